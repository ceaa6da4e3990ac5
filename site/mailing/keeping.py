"""How long things are kept. The privacy page says the same numbers."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from .actions import suppress
from .enums import SuppressionReason
from .limits import HOUR
from .models import AddressList, SignUpTry, Subscriber
from .subscriptions import forget

UNCONFIRMED = dt.timedelta(days=30)
AFTER_LEAVING = dt.timedelta(days=365)
UNUSED_LIST = dt.timedelta(days=1)
AT_ONCE = 500


def forget_old() -> None:
    """What the worker does each minute. A few at a time: the next minute takes the next ones."""
    now = timezone.now()
    forget_unconfirmed(at=now)
    forget_who_left(at=now)
    SignUpTry.objects.filter(at__lt=now - HOUR).delete()
    AddressList.objects.filter(wanted_at=None, made_at__lt=now - UNUSED_LIST).exclude(content=b"").update(content=b"")


@transaction.atomic
def forget_unconfirmed(*, at: dt.datetime) -> int:
    """Who never answered is deleted after 30 days; returns how many."""
    gone = list(Subscriber.objects.never_confirmed(before=at - UNCONFIRMED)[:AT_ONCE])
    if gone:
        forget(gone)
    return len(gone)


@transaction.atomic
def forget_who_left(*, at: dt.datetime) -> int:
    """Who left is known by a hash alone after a year; returns how many."""
    gone = list(Subscriber.objects.left_before(at - AFTER_LEAVING)[:AT_ONCE])
    for subscriber in gone:
        suppress(address=subscriber.address, reason=SuppressionReason.ERASED)
    if gone:
        forget(gone)
    return len(gone)
