"""What people do with mails about an evening: approve, call back, change, write, try out.

The clock's part is in `sending`.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from mailing.actions import queue_mail
from mailing.enums import Urgency
from mailing.models import OutgoingMail

from .enums import MailKind, PlanState
from .letters import letter_of
from .models import Announcement, EventPage
from .models.announcements import AFTER_APPROVAL
from .plans import EveningMails, Plan
from .recipients import recipients_of
from .sending import end, freeze, fresh_evening, keep_letter, locked, to_approve


class CannotGo(Exception):
    """A mail can't be approved, changed or called back as it stands; says why, in a sentence."""


class WordsChanged(CannotGo):
    """The mail reads differently from what the person saw."""


@transaction.atomic
def approve(*, event: EventPage, name: str, seen: str, at: dt.datetime, by: User) -> Announcement:
    """Let a mail go at its moment, or at once where that has passed. Approving it twice is approving it once.

    `seen` is the digest of the words that the person had in front of them. A mail that goes at once can be called back
    for five minutes.

    Raises:
        CannotGo: it can't go, or nobody would get it. WordsChanged: it reads differently by now.
    """
    mails, plan = open_plan(event=event, name=name, at=at)
    mail = plan.mail
    if mail.state in AFTER_APPROVAL:
        return mail
    if not plan.can_be_approved:
        raise CannotGo(plan.over or plan.not_yet or "It has been approved once. Plan it again first.")
    letter = letter_of(mails, mail, leaves_at=plan.leaves_at)
    if letter.digest != seen:
        raise WordsChanged("This mail reads differently since you looked at it. Look at it again, then approve it.")
    if plan.goes_at_once and not recipients_of(mail, leaves_at=plan.leaves_at, at=at).exists():
        raise CannotGo("Nobody would get this mail yet.")
    mail.state, mail.note = PlanState.APPROVED, ""
    mail.approved_by, mail.approved_at, mail.approved_for = by, at, plan.due_at
    mail.approved_words, mail.facts = letter.digest, mails.facts
    mail.save()
    if plan.goes_at_once:
        freeze(mails, mail, letter, at=at)
    return mail


@transaction.atomic
def withdraw_approval(*, event: EventPage, name: str, at: dt.datetime) -> Announcement:
    """An approved mail that hasn't gone waits for approval again.

    Raises:
        CannotGo: it has gone, or nobody had approved it.
    """
    mail = open_plan(event=event, name=name, at=at)[1].mail
    if mail.state != PlanState.APPROVED:
        raise CannotGo("It isn’t waiting for its time any more.")
    return to_approve(mail, note="")


@transaction.atomic
def call_back(*, event: EventPage, name: str, at: dt.datetime) -> Announcement:
    """Take what still waits of a mail out of the outbox. What has left has left.

    Raises:
        CannotGo: nothing of it waits.
    """
    mail = open_plan(event=event, name=name, at=at)[1].mail
    if mail.state != PlanState.GOING:
        raise CannotGo("Nothing of this mail waits any more.")
    end(mail, PlanState.RECALLED, why="An organiser called it back.", at=at)
    return mail


@transaction.atomic
def plan_again(*, event: EventPage, name: str, at: dt.datetime) -> Announcement:
    """A mail that nobody got, because it was called back, stopped or lapsed, waits for approval again.

    Raises:
        CannotGo: somebody got it, or its words are no longer true.
    """
    mails, plan = open_plan(event=event, name=name, at=at)
    mail = plan.mail
    if mail.state not in (PlanState.RECALLED, PlanState.STOPPED, PlanState.LAPSED):
        raise CannotGo("This mail is planned already.")
    if mail.recipients > mail.called_back:
        raise CannotGo("Some people got this mail. Write them a message of your own.")
    fresh = Announcement(pk=mail.pk, event=event, kind=mail.kind, heading=mail.heading, occurrence=mail.occurrence)
    for name_ in ("timing", "days", "clock", "minutes", "subject", "opening", "text"):
        setattr(fresh, name_, getattr(mail, name_))
    fresh.attempt = mail.attempt + 1
    if over := mails.plan(fresh).over:
        raise CannotGo(over)
    fresh.save()
    return fresh


@transaction.atomic
def change_plan(*, event: EventPage, name: str, at: dt.datetime, **fields: Any) -> Announcement:
    """Change a mail's words or time. It has to be approved again.

    Raises:
        CannotGo: it has gone.
    """
    mail = open_plan(event=event, name=name, at=at)[1].mail
    if not mail.is_open:
        raise CannotGo("This mail has gone. It can’t be changed any more.")
    for field, value in fields.items():
        setattr(mail, field, value)
    return to_approve(mail, note="")


@transaction.atomic
def write_message(*, event: EventPage, at: dt.datetime, **fields: Any) -> Announcement:
    """Plan a message of the organisers' own."""
    mails = locked(event=event, at=at)
    occurrence = mails.next_occurrence(MailKind.FREE)
    mail = Announcement.usual(event=mails.event, kind=MailKind.FREE, occurrence=occurrence, **fields)
    mail.save()
    return mail


@transaction.atomic
def discard(*, event: EventPage, name: str, at: dt.datetime) -> None:
    """Throw a message of the organisers' own away, before anybody got it.

    Raises:
        CannotGo: it has gone, or it is one of the evening's own mails.
    """
    mail = open_plan(event=event, name=name, at=at)[1].mail
    if not mail.is_free or not mail.is_open:
        raise CannotGo("Only a message of your own that hasn’t gone can be thrown away.")
    mail.delete()


@transaction.atomic
def send_test(*, event: EventPage, name: str, at: dt.datetime, to: User, filling: dict[str, str]) -> OutgoingMail:
    """Send one person the mail as it would go now. Pressed twice within a minute, it goes once.

    `filling` is what stands in the place of each subscriber's own links.

    Raises:
        CannotGo: the evening has no such mail.
    """
    mails = EveningMails.of(fresh_evening(event), at=at)
    plan = mails.find(name)
    if plan is None or not plan.mail.is_open:
        raise CannotGo("This mail has gone.")
    letter = letter_of(mails, plan.mail, leaves_at=plan.leaves_at)
    purpose = f"announcement-test:{event.pk}:{name}:{to.pk}:{letter.digest[:16]}:{at:%Y-%m-%dT%H:%M}"
    message = keep_letter(letter, template=f"events/email/{plan.mail.kind}", salt="test", at=at)
    return queue_mail(to=to.email, message=message, purpose=purpose, urgency=Urgency.PERSONAL, filling=filling)


def open_plan(*, event: EventPage, name: str, at: dt.datetime) -> tuple[EveningMails, Plan]:
    """A mail by its name, with its evening locked."""
    mails = locked(event=event, at=at)
    plan = mails.find(name)
    if plan is None:
        raise CannotGo("This evening has no such mail.")
    return mails, plan
