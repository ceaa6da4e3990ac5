"""One message for very many: rows written in steps, never all in memory, and never twice."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import NamedTuple

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from .enums import Heading, Urgency
from .models import Message, OutgoingMail
from .waking import wake_after_commit

STEP = 2000


class Addressed(NamedTuple):
    """To whom, what for (no two mails have the same purpose), and what is theirs in the words."""

    to: str
    purpose: str
    filling: Mapping[str, str]


def in_steps[M: Model](queryset: QuerySet[M], *, size: int = STEP) -> Iterator[M]:
    """All of a queryset in the order of their keys, `size` at a time.

    Not `iterator()`: that leaves a query open, and SQLite then refuses to write as soon as somebody else has written.
    """
    ordered, last = queryset.order_by("pk"), None
    while True:
        step = list((ordered if last is None else ordered.filter(pk__gt=last))[:size])
        yield from step
        if len(step) < size:
            return
        last = step[-1].pk


def queue_mails(
    *,
    message: Message,
    rows: Iterable[Addressed],
    urgency: Urgency = Urgency.NEWS,
    heading: Heading | str = "",
    due_at: dt.datetime | None = None,
) -> int:
    """Put a message into the outbox for many; returns how many were not there yet.

    Each step is a transaction of its own, so that nobody waits for the whole: call it outside of one, and again should
    it be cut short, and who is there already is passed over. Give it a generator, over `in_steps()` for example.
    `due_at` (aware) is when they may leave; now where it is None.
    """
    new = 0
    for step in batched(rows, STEP, strict=False):
        moment = timezone.now()
        new += _write(
            {
                row.purpose: OutgoingMail(
                    message=message,
                    recipient=row.to.strip().lower(),
                    filling=dict(row.filling),
                    heading=heading,
                    purpose=row.purpose,
                    urgency=urgency,
                    due_at=due_at or moment,
                    made_at=moment,
                )
                for row in step
            }
        )
    return new


@transaction.atomic
def _write(mails: dict[str, OutgoingMail]) -> int:
    """One step. Whoever writes the same purposes at the same moment is not in its way, nor it in theirs."""
    known = set(OutgoingMail.objects.filter(purpose__in=list(mails)).values_list("purpose", flat=True))
    new = [mail for purpose, mail in mails.items() if purpose not in known]
    OutgoingMail.objects.bulk_create(new, ignore_conflicts=True)
    wake_after_commit()
    return len(new)
