"""What only a person decides about a mail: call it back, try a refused one again, send again what may have gone."""

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from .actions import call_back
from .enums import MailState
from .models import OutgoingMail, Suppression
from .prepared import BLANK
from .waking import wake_after_commit

CALLED_BACK = "The organisers called it back."


class NotPossible(Exception):
    """It can't be done with this mail, or no longer; says why, and what to do."""


def why_not(mail: OutgoingMail) -> str:
    """Why a mail that ended can't be sent again; nothing where it can."""
    words = mail.message.subject + mail.message.text + mail.message.html
    if not mail.recipient:
        return "Its address is forgotten by now."
    if mail.called_back:
        return f"It was called back: {mail.called_back}"
    if set(BLANK.findall(words)) - set(mail.filling):
        return "What was its own in it, such as a code or a link, is forgotten. Make a new one where it came from."
    if mail.heading and Suppression.objects.of(mail.recipient).exists():
        return "This address gets no news any more."
    return ""


@transaction.atomic
def call_one_back(*, mail: OutgoingMail, by: Any) -> None:
    """Take one waiting mail out of the outbox.

    Raises:
        NotPossible: it has gone, or is about to.
    """
    if not call_back(mails=OutgoingMail.objects.filter(pk=mail.pk), why=CALLED_BACK):
        raise NotPossible("It doesn’t wait any more, so it could not be called back.")
    log(instance=mail, action="mailing.call_back", user=by)


@transaction.atomic
def try_again(*, mail: OutgoingMail, at: dt.datetime, by: Any) -> None:
    """Put a mail that was refused back into the outbox, as a new one.

    Raises:
        NotPossible
    """
    _requeue(mail=mail, state=MailState.SET_ASIDE, at=at)
    log(instance=mail, action="mailing.try_again", user=by)


@transaction.atomic
def send_again(*, mail: OutgoingMail, at: dt.datetime, by: Any) -> None:
    """Send again what may have gone, because a person says that it did not arrive.

    It keeps its Message-ID: should both arrive, most mail programs show one.

    Raises:
        NotPossible
    """
    _requeue(mail=mail, state=MailState.UNKNOWN, at=at)
    log(instance=mail, action="mailing.send_again", user=by)


def _requeue(*, mail: OutgoingMail, state: MailState, at: dt.datetime) -> None:
    fresh = OutgoingMail.objects.select_for_update(of=("self",)).select_related("message").get(pk=mail.pk)
    if fresh.state != state:
        raise NotPossible(f"It is not as it was: {fresh.get_state_display()}.")
    if reason := why_not(fresh):
        raise NotPossible(reason)
    fresh.state, fresh.outcome, fresh.attempts = MailState.QUEUED, "", 0
    fresh.due_at, fresh.ended_at = at, None
    fresh.leased_by, fresh.leased_until = "", None
    fresh.save()
    wake_after_commit()
