"""What became of an evening's mails, counted in the outbox, and the words that went."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from mailing.enums import MailState
from mailing.models import OutgoingMail

from .letters import Letter, letter_of
from .models import Announcement
from .plans import EveningMails, Plan


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a mail's copies stand where. `bounced` are complaints too."""

    waiting: int = 0
    sent: int = 0
    bounced: int = 0
    unknown: int = 0
    refused: int = 0
    called_back: int = 0

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """For a table: what there is anything of, and always what waits and what was sent."""
        every = (
            ("waiting", self.waiting),
            ("sent", self.sent),
            ("bounced", self.bounced),
            ("unknown", self.unknown),
            ("refused", self.refused),
            ("called back", self.called_back),
        )
        return [(name, number) for name, number in every if number or name in ("waiting", "sent")]


@dataclass(frozen=True, slots=True)
class MailRow:
    """A line of an evening's mails; `counts` is None for what hasn't gone."""

    plan: Plan
    counts: Counts | None


COLUMN = {
    MailState.QUEUED: "waiting",
    MailState.SENDING: "waiting",
    MailState.SENT: "sent",
    MailState.BOUNCED: "bounced",
    MailState.COMPLAINED: "bounced",
    MailState.UNKNOWN: "unknown",
    MailState.SET_ASIDE: "refused",
    MailState.CANCELLED: "called_back",
}


def counts_by_message(keys: Sequence[int]) -> dict[int, Counts]:
    """One query, whatever the number."""
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    rows = OutgoingMail.objects.filter(message__in=keys).order_by().values_list("message", "state")
    for message, state, number in rows.annotate(number=Count("pk")) if keys else ():
        column = COLUMN[MailState(state)]
        found[message][column] = found[message].get(column, 0) + number
    return {key: Counts(**columns) for key, columns in found.items()}


def counts_of(mail: Announcement) -> Counts | None:
    return counts_by_message([mail.message_id])[mail.message_id] if mail.message_id else None


def rows_of(plans: Sequence[Plan]) -> list[MailRow]:
    counts = counts_by_message([plan.mail.message_id for plan in plans if plan.mail.message_id])
    return [MailRow(plan, counts.get(plan.mail.message_id or 0)) for plan in plans]


def shown_letter(mails: EveningMails, plan: Plan) -> Letter:
    """What went, or what would go now."""
    message = plan.mail.message
    if message is not None:
        return Letter(message.subject, message.text, message.html)
    return letter_of(mails, plan.mail, leaves_at=plan.leaves_at)
