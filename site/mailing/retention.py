"""How long the outbox remembers whom a mail went to and what it was filled in with. Each minute, a part at a time."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from .enums import MailState, Urgency
from .models import OutgoingMail

# After this a mail that still waits says nothing that anybody waits for.
STALE_AFTER = dt.timedelta(days=2)
TOO_LATE = "It could not leave within two days."
# Long enough to look into a complaint.
ADDRESS_KEPT = {
    Urgency.WAITING: dt.timedelta(days=90),
    Urgency.INVITATION: dt.timedelta(days=90),
    Urgency.PERSONAL: dt.timedelta(days=90),
    Urgency.NEWS: dt.timedelta(days=365),
}
# Until then a person may send again what was set aside or is unknown.
FILLING_KEPT = dt.timedelta(days=14)
A_TIME = 5000


def keep_house() -> None:
    """The minute's job."""
    at = timezone.now()
    set_stale_aside(at=at)
    forget(at=at)


def set_stale_aside(*, at: dt.datetime) -> int:
    """Set aside what has been due for two days. Returns how many, at most 5,000 a time."""
    stale = OutgoingMail.objects.waiting(at=at).filter(due_at__lt=at - STALE_AFTER)
    return _some(stale).update(state=MailState.SET_ASIDE, outcome=TOO_LATE, ended_at=at)


def forget(*, at: dt.datetime) -> int:
    """Forget addresses and fillings whose time is over. Returns how many rows, at most 5,000 of each kind a time."""
    forgotten = 0
    for urgency, kept in ADDRESS_KEPT.items():
        old = OutgoingMail.objects.filter(urgency=urgency, ended_at__lt=at - kept).exclude(recipient="")
        forgotten += _some(old).update(recipient="", filling={})
    for state in (MailState.SET_ASIDE, MailState.UNKNOWN):
        decided = OutgoingMail.objects.filter(state=state, ended_at__lt=at - FILLING_KEPT).exclude(filling={})
        forgotten += _some(decided).update(filling={})
    return forgotten


def _some(rows: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
    """The first of them, still asked whether they are what was looked for when they are changed."""
    return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:A_TIME]))
