"""What became of what was said and asked at some talks: promises with their replies, asks as they stand today."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, repeat

from django.db.models import Prefetch

from events.conversation import AskNow, PromiseNow, asks_of, changes_after, promises_of
from events.models import TalkPage
from pages.clock import next_midnight
from speakers.models import Contribution, PromiseReply
from speakers.promises import due_day

from . import querysets
from .promising import OPEN, STATES, state_of


@dataclass(frozen=True, slots=True)
class Followed:
    """Of one talk. Each promise comes with its state; `changes_at` is when these words are no longer true."""

    promises: tuple[tuple[PromiseNow, str], ...]
    asks: tuple[AskNow, ...]
    changes_at: dt.datetime | None

    def __bool__(self) -> bool:
        return bool(self.promises or self.asks)


def followed(talks: Iterable[TalkPage], *, at: dt.datetime) -> dict[int, Followed]:
    """By the key of the talk; four queries whatever the number. A talk of which readers see no words isn't there."""
    told = {talk.contribution_id: talk for talk in talks if talk.contribution_id}
    replies = Prefetch("promise_replies", queryset=PromiseReply.objects.published(), to_attr="what_happened_next")
    given = querysets.readable().filter(pk__in=told).prefetch_related("asks", "promises", replies)
    return {told[row.pk].pk: _followed(row, told[row.pk], at=at) for row in given}


def _followed(given: Contribution, talk: TalkPage, *, at: dt.datetime) -> Followed:
    zone = talk.event.zone if talk.event else dt.UTC
    today = at.astimezone(zone).date()
    given_on = talk.event.local_start.date() if talk.event else today
    promises = promises_of(given)
    # What was said about words that are no longer there stands last, and has a reply.
    due = chain((due_day(row, given_on=given_on) for row in given.promises.all()), repeat(given_on))
    states = [
        state_of(day, today=today, is_answered=bool(told.replies)) for told, day in zip(promises, due, strict=False)
    ]
    asks = list(given.asks.all())
    moves = OPEN in states or any(changes_after(ask, today) for ask in asks)
    return Followed(
        promises=tuple((told, STATES[state]) for told, state in zip(promises, states, strict=True)),
        asks=tuple(asks_of(asks, today)),
        changes_at=next_midnight(at, zone) if moves else None,
    )
