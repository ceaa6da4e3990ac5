"""Mails about the evening that comes next: one that has gone, one approved for its moment, others still to approve."""

import datetime as dt

from django.db.models import Q

from accounts.models import User
from events.announcing import approve
from events.models import Announcement, EventPage
from events.outcomes import shown_letter
from events.plans import EveningMails
from events.recipients import fill
from events.sending import fresh_evening, note_the_end
from mailing.enums import MailState
from mailing.models import Message, OutgoingMail

GONE, APPROVED = "announced", "a-week-before"
SINCE = dt.timedelta(days=14)
ON_THE_WAY = dt.timedelta(minutes=7)


def load_mails(event: EventPage, *, by: User, now: dt.datetime) -> int:
    """With the organisers' own verbs; what has gone is set down as gone, so that nothing leaves. Returns how many."""
    then = now - SINCE
    mail = _approve(event, GONE, by=by, at=then)
    fill(mail.pk)
    gone = OutgoingMail.objects.filter(message=mail.message)
    number = gone.update(state=MailState.SENT, filling={}, ended_at=then + ON_THE_WAY)
    note_the_end(event, mail.pk, at=then + ON_THE_WAY)
    _approve(event, APPROVED, by=by, at=now)
    return number


def _approve(event: EventPage, name: str, *, by: User, at: dt.datetime) -> Announcement:
    mails = EveningMails.of(fresh_evening(event), at=at)
    plan = mails.find(name)
    if plan is None:
        raise LookupError(name)
    return approve(event=event, name=name, seen=shown_letter(mails, plan).digest, at=at, by=by)


def forget_mails() -> None:
    """All mails about evenings and about what is given to them, and their copies."""
    about = Q(template__startswith="events/email/") | Q(template__startswith="speakers/email/")
    messages = list(Message.objects.filter(about).values_list("pk", flat=True))
    Announcement.objects.all().delete()
    OutgoingMail.objects.filter(message__in=messages).delete()
    Message.objects.filter(pk__in=messages).delete()
