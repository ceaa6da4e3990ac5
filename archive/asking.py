"""What speakers asked of the room, over all evenings: what is open, and what was, at the moment of asking."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from django.db.models import F

from events.conversation import AskNow, ask_on
from events.models import EventPage, TalkPage
from events.programme import Person, people_of
from pages.cache import remember
from pages.clock import next_midnight
from pages.english import days_left, short_day
from speakers.models import Ask
from speakers.periods import last_day

from . import querysets
from .answers import talks_told

CLOSING, TO_OPEN, ENDLESS, CLOSED = range(4)
HEADINGS = {
    CLOSING: "Open now",
    TO_OPEN: "Opening soon",
    ENDLESS: "Open, with no closing date",
    CLOSED: "Closed",
}


class Dated(NamedTuple):
    """An ask's dates, without its words."""

    key: int
    opens_on: dt.date | None
    last_day: dt.date | None
    starts_at: dt.datetime  # its evening
    time_zone: str

    def today(self, at: dt.datetime) -> dt.date:
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def state(self, at: dt.datetime) -> int:
        today = self.today(at)
        if self.opens_on and today < self.opens_on:
            return TO_OPEN
        if self.last_day is None:
            return ENDLESS
        return CLOSING if today <= self.last_day else CLOSED


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask, how it stands, and the talk in which it was put."""

    key: int
    state: int
    ask: AskNow
    last_day: dt.date | None
    left: str  # "12 days left"; only where it closes one day
    talk: TalkPage
    people: tuple[Person, ...]
    is_urgent: bool

    @property
    def event(self) -> EventPage:
        return cast(EventPage, self.talk.event)


SOON_DAYS = 7


def dated() -> list[Dated]:
    """Every public ask with its dates, newest evening first. Remembered."""
    return remember("asks", _dated)


def _dated() -> list[Dated]:
    event = "contribution__talk__event__"
    rows = Ask.objects.filter(contribution__in=querysets.readable()).order_by(
        f"-{event}starts_at", "contribution__talk__path", "sort_order", "pk"
    )
    columns = ("pk", "opens_on", "closes_on", "closes_precision", f"{event}starts_at", f"{event}series__time_zone")
    return [
        Dated(key, opens_on, last_day(closes_on, precision), starts_at, zone)
        for key, opens_on, closes_on, precision, starts_at, zone in rows.values_list(*columns)
    ]


def in_order(*, at: dt.datetime) -> list[Dated]:
    """What closes soonest first; then what opens soonest; then what never closes, newest first; then what has closed,
    the last to close first."""
    far = dt.date.max

    def place(row: Dated) -> tuple[int, int]:
        state = row.state(at)
        if state == CLOSED:
            return state, -(row.last_day or far).toordinal()
        if state == ENDLESS:
            return state, 0
        return state, ((row.last_day if state == CLOSING else row.opens_on) or far).toordinal()

    return sorted(dated(), key=place)


def told(rows: Sequence[Dated], *, at: dt.datetime) -> list[Asked]:
    """Asks with their words, their talk and its people, in five queries whatever the number."""
    asks = Ask.objects.filter(pk__in=[row.key for row in rows], contribution__in=querysets.readable())
    found = {ask.pk: (ask, ask.talk_key) for ask in asks.annotate(talk_key=F("contribution__talk"))}
    talks = talks_told({key for _, key in found.values()})
    return [
        _asked(row, found[row.key][0], talks[found[row.key][1]], at=at)
        for row in rows
        if row.key in found and found[row.key][1] in talks
    ]


def _asked(row: Dated, ask: Ask, talk: TalkPage, *, at: dt.datetime) -> Asked:
    state, today = row.state(at), row.today(at)
    days = (row.last_day - today).days if row.last_day and state == CLOSING else None
    return Asked(
        key=row.key,
        state=state,
        ask=ask_on(ask, today),
        last_day=row.last_day,
        left="" if days is None else days_left(days),
        talk=talk,
        people=tuple(people_of(talk)),
        is_urgent=days is not None and days <= SOON_DAYS,
    )


def by_state(asks: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    """Asks that are in order, under the words of their state."""
    return [(HEADINGS[state], list(run)) for state, run in groupby(asks, key=lambda asked: asked.state)]


def changes_next(rows: Sequence[Dated], *, at: dt.datetime) -> dt.datetime | None:
    """When the first of these words is no longer true: days left are counted anew at midnight."""
    zones = {row.time_zone for row in rows if row.state(at) in (CLOSING, TO_OPEN)}
    return min((next_midnight(at, ZoneInfo(zone)) for zone in zones), default=None)


def closes_in_words(asked: Asked) -> str:
    """ "Open until 4 March 2026.", whatever day it is; for a feed, which tells no time of its own."""
    return f"Open until {short_day(asked.last_day)}." if asked.last_day else "It has no closing date."
