"""From the outbox to the mail server: fill in, hand over, write down what became of it."""

import datetime as dt
import logging
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from .enums import MailState
from .models import OutgoingMail

logger = logging.getLogger(__name__)
BLANK = re.compile(r"%%(\w+)%%")


def filled(words: str, filling: dict[str, str]) -> str:
    """Words with each `%%name%%` replaced by the recipient's own."""
    return BLANK.sub(lambda found: filling[found[1]], words)


def compose(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it leaves."""
    message = mail.message
    composed = EmailMultiAlternatives(
        subject=filled(message.subject, mail.filling),
        body=filled(message.text, mail.filling),
        to=[mail.recipient],
        headers={"Message-ID": f"<{mail.uid}@{urlsplit(settings.SITE_URL).hostname}>"},
    )
    if message.html:
        composed.attach_alternative(filled(message.html, mail.filling), "text/html")
    return composed


def send_due(*, at: dt.datetime) -> int:
    """Send what waits, the most urgent first; returns how many left."""
    sent = 0
    waiting = OutgoingMail.objects.filter(state=MailState.QUEUED, due_at__lte=at).select_related("message")
    for mail in waiting.order_by("urgency", "due_at", "pk"):
        composed = compose(mail)
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENDING)
        composed.send()
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, filling={}, ended_at=timezone.now())
        sent += 1
    return sent
