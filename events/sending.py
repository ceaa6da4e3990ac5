"""What happens to mails about evenings by the clock: letting go what is due, stopping what is no longer true.

Whoever changes a mail holds its evening's row, so two people, or two workers, wait for each other.
"""

import datetime as dt
import hashlib
import logging

from django.db import transaction
from django.utils import timezone

from mailing.actions import call_back as call_back_mails
from mailing.enums import MailState
from mailing.models import Message, OutgoingMail

from .enums import MailKind, PlanState
from .letters import Letter, letter_of
from .models import Announcement, EventPage
from .plans import EveningMails, Plan
from .recipients import fill, recipients_of

logger = logging.getLogger(__name__)


def each_minute() -> None:
    """The clock's own job."""
    look_after_mails(at=timezone.now())


def evening_changed() -> None:
    """Something public changed: what waits and would lie now doesn't leave, and needn't wait for the clock's minute."""
    look_after_mails(at=timezone.now(), going=False)


def look_after_mails(*, at: dt.datetime, going: bool = True) -> int:
    """Let go what is due, stop what is no longer true, note what is done. Returns how many mails were looked at.

    Idempotent, with any number of workers. A mail that fails is written down and doesn't hold up the next. With
    `going` False it only stops.
    """
    keys = list(Announcement.objects.to_look_after(at=at).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        try:
            look_after(key, at=at, going=going)
        except Exception:  # one mail's fault must not stop the others'
            logger.exception("Mail %s about an evening failed; it is tried again in a minute.", key)
    return len(keys)


def look_after(key: int, *, at: dt.datetime, going: bool = True) -> None:
    """One mail that is approved or going out."""
    with transaction.atomic():
        mail = Announcement.objects.get(pk=key)
        if mail.event is None:
            mail = Announcement.objects.select_for_update().get(pk=key)
            end(mail, PlanState.STOPPED, why="The evening was deleted.", at=at)
            return
        mails = locked(event=mail.event, at=at)
        mail = next((row for row in mails.rows if row.pk == key), mail)
        if mail.state == PlanState.APPROVED:
            _look_after_approved(mails, mail, at=at, going=going)
        elif mail.state == PlanState.GOING and (why := mails.why_untrue(mail)):
            end(mail, PlanState.STOPPED, why=why, at=at)
        elif mail.state == PlanState.SENT and (why := mails.why_untrue(mail)):
            # Copies that were refused, or may have gone: nobody sends them again.
            mail.called_back += call_back_mails(mails=OutgoingMail.objects.filter(message=mail.message_id), why=why)
            mail.save(update_fields=["called_back"])
    if going and mail.state == PlanState.GOING:
        fill(mail.pk)
        note_the_end(mails.event, mail.pk, at=at)


def _look_after_approved(mails: EveningMails, mail: Announcement, *, at: dt.datetime, going: bool) -> None:
    plan = mails.plan(mail)
    if why := _why_look_again(mails, plan):
        to_approve(mail, note=why)
    elif mails.event.is_called_off and mail.kind not in (MailKind.CANCELLED, MailKind.FREE):
        end(mail, PlanState.STOPPED, why="The evening was called off.", at=at)
    elif not mails.event.is_public:
        end(mail, PlanState.STOPPED, why="Readers can no longer see this evening.", at=at)
    elif plan.over:
        end(mail, PlanState.LAPSED, why=plan.over, at=at)
    elif plan.goes_at_once and going:
        _go(mails, plan, at=at)
    elif mail.approved_for != plan.due_at and not plan.goes_at_once:
        mail.approved_for = plan.due_at
        mail.save(update_fields=["approved_for"])


def _why_look_again(mails: EveningMails, plan: Plan) -> str:
    """Why what was approved is no longer what somebody had agreed to."""
    mail, then, now = plan.mail, plan.mail.facts, mails.facts
    if mail.is_free and then["off"] != now["off"]:
        return "The evening was called off or put back after you approved your message. Read it again."
    if mail.is_free and then["start"] != now["start"]:
        return "The evening moved after you approved your message. Read it again."
    if plan.due_at != mail.approved_for and plan.goes_at_once and not mails.event.is_called_off:
        return "The evening moved, and the moment for this mail has passed. You can still send it."
    return ""


def _go(mails: EveningMails, plan: Plan, *, at: dt.datetime) -> None:
    mail = plan.mail
    if plan.not_yet:
        end(mail, PlanState.STOPPED, why=plan.not_yet, at=at)
    elif not recipients_of(mail, leaves_at=plan.leaves_at, at=at).exists():
        end(mail, PlanState.LAPSED, why="Nobody would have got it.", at=at)
    else:
        freeze(mails, mail, letter_of(mails, mail, leaves_at=plan.leaves_at), at=at)


def freeze(mails: EveningMails, mail: Announcement, letter: Letter, *, at: dt.datetime) -> None:
    """From here on the words are fixed; the outbox is filled after this transaction, in one of its own."""
    mail.message = keep_letter(letter, template=f"events/email/{mail.kind}", salt=f"{mail.pk}.{mail.attempt}", at=at)
    mail.state, mail.going_at, mail.facts = PlanState.GOING, at, mails.facts
    mail.true_until = mails.true_until(mail, leaves_at=mails.plan(mail).leaves_at)
    mail.reached = mail.recipients = mail.called_back = 0
    mail.filled_at = mail.ended_at = None
    mail.save()
    transaction.on_commit(lambda: fill(mail.pk, batches=1))


def keep_letter(letter: Letter, *, template: str, salt: str, at: dt.datetime) -> Message:
    """The words as a row of the outbox: one of its own for each `salt`, so that its mails can be counted by it."""
    key = hashlib.sha256(f"announcement\0{salt}\0{template}\0{letter.digest}".encode()).hexdigest()
    words = {"subject": letter.subject, "text": letter.text, "html": letter.html}
    return Message.objects.get_or_create(key=key, defaults={"template": template, "made_at": at, **words})[0]


@transaction.atomic
def note_the_end(event: EventPage, key: int, *, at: dt.datetime) -> None:
    """A mail of which nothing waits any more has been sent."""
    lock(event)
    mail = Announcement.objects.get(pk=key)
    undecided = OutgoingMail.objects.filter(message=mail.message_id, state__in=(MailState.QUEUED, MailState.SENDING))
    if mail.state == PlanState.GOING and mail.filled_at and not undecided.exists():
        mail.state, mail.ended_at = PlanState.SENT, at
        mail.save(update_fields=["state", "ended_at"])


# What people's verbs use too


def fresh_evening(event: EventPage) -> EventPage:
    return EventPage.objects.select_related("series", "venue", "chair").prefetch_related("recordings").get(pk=event.pk)


def lock(event: EventPage) -> None:
    """Until the transaction ends, nobody else changes this evening's mails."""
    EventPage.objects.select_for_update().filter(pk=event.pk).values_list("pk").first()


def locked(*, event: EventPage, at: dt.datetime) -> EveningMails:
    """The evening and its mails as they are now; nobody else changes them before the transaction ends."""
    lock(event)
    return EveningMails.of(fresh_evening(event), at=at)


def to_approve(mail: Announcement, *, note: str) -> Announcement:
    mail.state, mail.note = PlanState.PLANNED, note
    mail.approved_by = mail.approved_at = mail.approved_for = None
    mail.approved_words, mail.facts = "", {}
    mail.save()
    return mail


def end(mail: Announcement, state: PlanState, *, why: str, at: dt.datetime) -> None:
    """It goes no further. What waits of it is called back; where something has left, that is said."""
    if mail.message is not None:
        # Its own row is locked too: a worker that fills the outbox ends its batch first, and begins no other.
        mail.recipients = Announcement.objects.select_for_update().get(pk=mail.pk).recipients
        mail.called_back += call_back_mails(mails=OutgoingMail.objects.filter(message=mail.message), why=why)
    mail.state, mail.note, mail.ended_at = state, why, at
    mail.save(update_fields=["state", "note", "ended_at", "called_back"])
