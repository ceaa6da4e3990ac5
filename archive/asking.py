"""What speakers asked of the room, over all evenings: what is open, and what was, at the moment of asking."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from events.conversation import AskNow, ask_on
from events.models import EventPage, SeriesPage, TalkPage
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
SOON_DAYS = 7


class Dated(NamedTuple):
    """An ask's dates, without its words."""

    key: int
    opens_on: dt.date | None
    last_day: dt.date | None
    time_zone: str

    def state(self, today: dt.date) -> int:
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


def newest(count: int) -> list[int]:
    """The keys of the newest public asks, those of the newest evening first."""
    return list(_public().values_list("pk", flat=True)[:count])


def _public() -> QuerySet[Ask]:
    """Newest evening first."""
    event = "contribution__talk__event__"
    # From the asks, which are few, to what was given, and not the other way.
    given = querysets.readable().filter(pk=OuterRef("contribution"))
    order = (f"-{event}starts_at", "contribution__talk__path", "sort_order", "pk")
    return Ask.objects.filter(Exists(given)).order_by(*order)


def _dated() -> list[Dated]:
    zone = "contribution__talk__event__series__time_zone"
    rows = _public().values_list("pk", "opens_on", "closes_on", "closes_precision", zone)
    return [
        Dated(key, opens_on, last_day(closes_on, precision), zone) for key, opens_on, closes_on, precision, zone in rows
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """Every ask by its key on a day, in the order of the page; and the zones in which a midnight changes some."""

    order: list[int]
    moving: list[str]
    is_any_open: bool

    def changes_at(self, at: dt.datetime) -> dt.datetime | None:
        """When these words are no longer true: days left are counted anew at midnight."""
        return min((next_midnight(at, ZoneInfo(zone)) for zone in self.moving), default=None)


def standing(*, at: dt.datetime) -> Standing:
    """What closes soonest first; then what opens soonest; then what never closes, newest first; then what has closed.

    Remembered for the day, which may be another one in another series' zone.
    """
    zones = SeriesPage.objects.live().values_list("time_zone", flat=True)
    days = {zone: at.astimezone(ZoneInfo(zone)).date() for zone in sorted(set(zones))}
    return remember(f"asks.{days}", lambda: _standing(days))


def _standing(days: dict[str, dt.date]) -> Standing:
    far = dt.date.max.toordinal()

    def place(row: Dated) -> tuple[int, int]:
        state = row.state(days[row.time_zone])
        day = row.opens_on if state == TO_OPEN else row.last_day
        ordinal = day.toordinal() if day else far
        return state, -ordinal if state == CLOSED else ordinal

    rows = _dated()
    placed = sorted((*place(row), at) for at, row in enumerate(rows))
    moving = {rows[at].time_zone for state, _, at in placed if state in (CLOSING, TO_OPEN)}
    is_any_open = any(state in (CLOSING, ENDLESS) for state, *_ in placed)
    return Standing([rows[at].key for *_, at in placed], sorted(moving), is_any_open)


def told(keys: Sequence[int], *, at: dt.datetime) -> list[Asked]:
    """Asks with their words, their talk and its people, in five queries whatever the number."""
    given = querysets.readable(Q(asks__in=keys))
    asks = Ask.objects.filter(pk__in=keys, contribution__in=given)
    found = {ask.pk: (ask, ask.talk_key) for ask in asks.annotate(talk_key=F("contribution__talk"))}
    talks = talks_told({key for _, key in found.values()})
    shown = [found[key] for key in keys if key in found]
    return [_asked(ask, talks[talk], at=at) for ask, talk in shown if talk in talks]


def _asked(ask: Ask, talk: TalkPage, *, at: dt.datetime) -> Asked:
    zone = talk.event.zone if talk.event else dt.UTC
    today, last = at.astimezone(zone).date(), ask.last_day
    state = Dated(ask.pk, ask.opens_on, last, "").state(today)
    days = (last - today).days if last and state == CLOSING else None
    return Asked(
        key=ask.pk,
        state=state,
        ask=ask_on(ask, today),
        last_day=last,
        left="" if days is None else days_left(days),
        talk=talk,
        people=tuple(people_of(talk)),
        is_urgent=days is not None and days <= SOON_DAYS,
    )


def by_state(asks: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    """Asks that are in order, under the words of their state."""
    return [(HEADINGS[state], list(run)) for state, run in groupby(asks, key=lambda asked: asked.state)]


def closes_in_words(asked: Asked) -> str:
    """ "Open until 4 March 2026.", whatever day it is; for a feed, which tells no time of its own."""
    return f"Open until {short_day(asked.last_day)}." if asked.last_day else "It has no closing date."
