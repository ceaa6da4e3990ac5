"""Who sends which row: taken in small batches, and given back or ended by whoever took it.

Each step is one statement that names the worker, so a row that another worker has taken meanwhile is left alone. Times
are passed in, aware. `note_handed_over` is SQL because it runs once for every mail.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from .enums import MailState, Urgency
from .models import OutgoingMail

BATCH = 50
# A row whose worker died is taken by another one after this, and so leaves within a minute.
LEASE = dt.timedelta(seconds=45)
# From the first byte to the server's last answer; longer than its transport may wait (transport.py).
SENDING_LEASE = dt.timedelta(seconds=150)
CUT_SHORT = "The worker stopped while it was being sent."


class Leased(NamedTuple):
    """What sending a row needs."""

    pk: int
    message_id: int
    recipient: str
    filling: dict[str, str]
    heading: str
    uid: UUID
    attempts: int
    urgency: int


def lease(*, worker: str, at: dt.datetime, with_news: bool = True, limit: int = BATCH) -> list[Leased]:
    """Take up to `limit` rows for a worker, the most urgent first and the longest waiting first among equals."""
    taken: list[Leased] = []
    for urgency in sorted(Urgency):
        if urgency == Urgency.NEWS and not with_news:
            continue
        # One range of the index `mailing_next_to_leave` for each urgency, however many rows aren't due yet.
        waiting = OutgoingMail.objects.waiting(at=at).filter(urgency=urgency).order_by("due_at", "pk")
        if len(taken) < limit and waiting.exists():
            taken += _take(waiting, worker=worker, at=at, limit=limit - len(taken))
    return taken


@transaction.atomic
def _take(waiting: Any, *, worker: str, at: dt.datetime, limit: int) -> list[Leased]:
    """SKIP LOCKED on PostgreSQL; on SQLite the transaction is IMMEDIATE, and the second worker waits for its turn."""
    columns = waiting.select_for_update(skip_locked=True).values_list(*Leased._fields)
    rows = [Leased._make(row) for row in columns[:limit]]
    OutgoingMail.objects.filter(pk__in=[row.pk for row in rows]).update(leased_by=worker, leased_until=at + LEASE)
    return rows


def release(*, rows: Iterable[Leased], worker: str) -> None:
    """Give rows back that were not begun."""
    mine = OutgoingMail.objects.filter(pk__in=[row.pk for row in rows], leased_by=worker, state=MailState.QUEUED)
    mine.update(leased_by="", leased_until=None)


NOTE = """
UPDATE mailing_outgoingmail SET
    state = CASE WHEN id = %(done)s THEN 'sent' ELSE 'sending' END,
    filling = CASE WHEN id = %(done)s THEN '{}' ELSE filling END,
    outcome = '',
    provider_id = CASE WHEN id = %(done)s THEN %(provider_id)s ELSE provider_id END,
    ended_at = CASE WHEN id = %(done)s THEN %(at)s ELSE ended_at END,
    leased_by = CASE WHEN id = %(done)s THEN '' ELSE leased_by END,
    leased_until = CASE WHEN id = %(done)s THEN NULL ELSE %(until)s END
WHERE id IN (%(done)s, %(begun)s) AND leased_by = %(worker)s
    AND CASE WHEN id = %(done)s THEN state IN ('sending', 'unknown') ELSE state = 'queued' AND called_back = '' END
RETURNING id
"""
NOBODY = 0  # no row has this id


def note_handed_over(
    *, sent: Leased | None, provider_id: str = "", following: Leased | None, worker: str, at: dt.datetime
) -> bool:
    """Write down that one mail was accepted and that the following is being handed over: one statement, one commit.

    So a worker that is killed leaves one mail that may have gone, and never two. Returns whether the following may be
    sent: not if it was called back, or is another worker's by now.
    """
    done, begun = (row.pk if row else NOBODY for row in (sent, following))
    adapted = connection.ops.adapt_datetimefield_value  # as SQLite wants it
    values: dict[str, Any] = {
        "done": done,
        "begun": begun,
        "provider_id": provider_id[:200],
        "at": adapted(at),
        "until": adapted(at + SENDING_LEASE),
        "worker": worker,
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)
        return (begun,) in cursor.fetchall()


def _end(*, row: Leased, worker: str, **fields: Any) -> int:
    """End or requeue a row of mine, one that somebody called unknown meanwhile too: I know better."""
    states = (MailState.QUEUED, MailState.SENDING, MailState.UNKNOWN)
    mine = OutgoingMail.objects.filter(pk=row.pk, leased_by=worker, state__in=states)
    return mine.update(leased_by="", leased_until=None, **fields)


def set_aside(*, row: Leased, worker: str, at: dt.datetime, why: str) -> None:
    """It was refused, or can't be written: a person decides."""
    _end(row=row, worker=worker, state=MailState.SET_ASIDE, outcome=why[:300], ended_at=at)


def may_have_gone(*, row: Leased, worker: str, at: dt.datetime, why: str) -> None:
    """It was handed over, and no answer came. It is never sent again by itself."""
    _end(row=row, worker=worker, state=MailState.UNKNOWN, outcome=why[:300], ended_at=at)


@transaction.atomic
def try_later(*, row: Leased, worker: str, at: dt.datetime, due_at: dt.datetime, why: str) -> None:
    """It surely did not leave: back into the queue, unless somebody called it back meanwhile."""
    unwanted = OutgoingMail.objects.filter(pk=row.pk, leased_by=worker).exclude(called_back="")
    for called_back in unwanted.values_list("called_back", flat=True):
        _end(row=row, worker=worker, state=MailState.CANCELLED, outcome=called_back, filling={}, ended_at=at)
    _end(
        row=row,
        worker=worker,
        state=MailState.QUEUED,
        outcome=why[:300],
        due_at=due_at,
        attempts=row.attempts + 1,
        ended_at=None,
    )


def note_the_dead(*, at: dt.datetime) -> int:
    """Call unknown what a dead worker was sending. `leased_by` stays, so that one that only slept can still say."""
    died = OutgoingMail.objects.left_by_the_dead(at=at)
    return died.update(state=MailState.UNKNOWN, outcome=CUT_SHORT, ended_at=at)
