"""How many are on the list, now and at the end of each month. Worked out from the rows: there is no other count.

Somebody who left and came back counts from their return, and who was erased never counts: the past is of those we know.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from .enums import Heading, SubscriberState
from .models import Subscriber, SubscriberConsent, Suppression

MONTHS = 12


@dataclass(frozen=True)
class Standing:
    """The list as it is now."""

    pending: int
    on_the_list: int
    suppressed: int
    left: int
    # Heading → how many hear about it.
    hearing: dict[Heading, int]


@dataclass(frozen=True)
class Month:
    """One month of the list."""

    first: dt.date
    joined: int
    # Left, or fell silent: bounced, complained, taken off.
    went: int
    on_the_list: int
    hearing: dict[Heading, int] = field(default_factory=dict)


def standing() -> Standing:
    """Who is where."""
    by_state = dict(Subscriber.objects.values_list("state").annotate(Count("pk")))
    on_the_list = Subscriber.objects.on_the_list().count()
    return Standing(
        pending=by_state.get(SubscriberState.PENDING, 0),
        on_the_list=on_the_list,
        suppressed=by_state.get(SubscriberState.ACTIVE, 0) - on_the_list,
        left=by_state.get(SubscriberState.LEFT, 0),
        hearing={heading: Subscriber.objects.hearing(heading).count() for heading in Heading},
    )


def growth(*, at: dt.datetime, months: int = MONTHS) -> list[Month]:
    """The last months, the present one last and as far as it has come. Ten queries, however many rows."""
    firsts = _firsts(at, months)
    starts = [timezone.make_aware(dt.datetime.combine(first, dt.time())) for first in firsts]
    # The first count is what was before all of them.
    ends = [*starts, at + dt.timedelta(seconds=1)]
    joined = _before(Subscriber.objects.filter(confirmed_at__isnull=False), "confirmed_at", ends)
    left = _before(Subscriber.objects.filter(confirmed_at__isnull=False, left_at__isnull=False), "left_at", ends)
    silent = _before(_silenced(Subscriber.objects.filter(state=SubscriberState.ACTIVE), "hash"), "silent_at", ends)
    hearing = {heading: _hearing(heading, ends) for heading in Heading}
    went = [gone + quiet for gone, quiet in zip(left, silent, strict=True)]
    return [
        Month(
            first=first,
            joined=joined[i + 1] - joined[i],
            went=went[i + 1] - went[i],
            on_the_list=joined[i + 1] - went[i + 1],
            hearing={heading: counts[i + 1] for heading, counts in hearing.items()},
        )
        for i, first in enumerate(firsts)
    ]


def _hearing(heading: Heading, ends: list[dt.datetime]) -> list[int]:
    consents = SubscriberConsent.objects.filter(heading=heading, confirmed_at__isnull=False)
    held = consents.filter(withdrawn_at=None, subscriber__state=SubscriberState.ACTIVE)
    confirmed = _before(consents, "confirmed_at", ends)
    withdrawn = _before(consents.filter(withdrawn_at__isnull=False), "withdrawn_at", ends)
    silent = _before(_silenced(held, "subscriber__hash"), "silent_at", ends)
    return [came - gone - quiet for came, gone, quiet in zip(confirmed, withdrawn, silent, strict=True)]


def _silenced(rows: Any, hash_field: str) -> Any:
    """Rows of suppressed addresses, with when that was."""
    suppressions = Suppression.objects.filter(hash=OuterRef(hash_field))
    return rows.filter(models.Exists(suppressions)).annotate(silent_at=Subquery(suppressions.values("at")[:1]))


def _before(rows: Any, moment: str, ends: list[dt.datetime]) -> list[int]:
    """How many rows had that moment before each end. One pass over them: no months are made of half a million times."""
    counts = {f"before_{i}": Count("pk", filter=Q(**{f"{moment}__lt": end})) for i, end in enumerate(ends)}
    found = rows.aggregate(**counts)
    return [found[f"before_{i}"] for i in range(len(ends))]


def _firsts(at: dt.datetime, months: int) -> list[dt.date]:
    """The first day of each month, the oldest first."""
    first = timezone.localdate(at).replace(day=1)
    firsts = [first]
    while len(firsts) < months:
        first = (first - dt.timedelta(days=1)).replace(day=1)
        firsts.append(first)
    return firsts[::-1]
