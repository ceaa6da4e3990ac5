"""What speakers said would happen, over all evenings, and what did: what is due, what was answered, what is open."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef

from events.conversation import promise_words
from events.models import EventPage, SeriesPage, TalkPage
from events.programme import Person, people_of
from pages.cache import remember
from pages.clock import next_midnight
from speakers.models import Promise, PromiseReply
from speakers.promises import due_day, paired

from . import querysets
from .answers import talks_told

ANSWERED, DUE, OPEN = "answered", "due", "open"
STATES = {ANSWERED: "With a reply", DUE: "Due, and no reply yet", OPEN: "Still to come"}


class Row(NamedTuple):
    """A promise without its words: the day on which it comes due, its evening's year, whether there is a reply."""

    key: int
    due: dt.date
    year: int
    time_zone: str
    is_answered: bool

    def state(self, today: dt.date) -> str:
        return state_of(self.due, today=today, is_answered=self.is_answered)


def state_of(due: dt.date, *, today: dt.date, is_answered: bool) -> str:
    if is_answered:
        return ANSWERED
    return DUE if due < today else OPEN


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise, how it stands, and the talk in which it was made."""

    key: int
    state: str
    text: str
    when: str
    replies: tuple[PromiseReply, ...]
    talk: TalkPage
    people: tuple[Person, ...]

    @property
    def event(self) -> EventPage:
        return cast(EventPage, self.talk.event)

    @property
    def state_words(self) -> str:
        return STATES[self.state]


def rows() -> list[Row]:
    """Every public promise, newest evening first. Remembered."""
    return remember("promises", _rows)


def _rows() -> list[Row]:
    event = "contribution__talk__event"
    # From the promises, which are few, to what was given, and not the other way.
    given = querysets.readable().filter(pk=OuterRef("contribution"))
    found = (
        Promise.objects.filter(Exists(given))
        .only("contribution", "text", "due_on", "due_precision")
        .annotate(starts_at=F(f"{event}__starts_at"), zone=F(f"{event}__series__time_zone"))
        .order_by("-starts_at", "contribution__talk__path", "sort_order", "pk")
    )
    promises = list(found)
    answered = _answered(promises)
    return [_row(promise, promise.pk in answered) for promise in promises]


def _row(promise: Promise, is_answered: bool) -> Row:
    zone = promise.zone  # type: ignore[attr-defined]
    given_on = promise.starts_at.astimezone(ZoneInfo(zone)).date()  # type: ignore[attr-defined]
    return Row(promise.pk, due_day(promise, given_on=given_on), given_on.year, zone, is_answered)


def _answered(promises: Sequence[Promise]) -> set[int]:
    texts: dict[int, list[Promise]] = {}
    for promise in promises:
        texts.setdefault(promise.contribution_id, []).append(promise)
    replies: dict[int, list[PromiseReply]] = {}
    for reply in PromiseReply.objects.published().only("contribution", "said"):
        replies.setdefault(reply.contribution_id, []).append(reply)
    found = set()
    for contribution, told in replies.items():
        about, _ = paired((promise.text for promise in texts.get(contribution, [])), told)
        found |= {promise.pk for promise in texts.get(contribution, []) if about[promise.text]}
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """Every promise on a day: (key, state, year), newest evening first."""

    order: list[tuple[int, str, int]]
    moving: list[str]

    def counts(self) -> dict[str, int]:
        return {state: sum(1 for _, found, _ in self.order if found == state) for state in STATES}

    def years(self) -> list[int]:
        return sorted({year for _, _, year in self.order}, reverse=True)

    def chosen(self, *, state: str, year: int | None) -> list[int]:
        return [key for key, found, of in self.order if state in ("", found) and year in (None, of)]

    def changes_at(self, at: dt.datetime) -> dt.datetime | None:
        """What is open comes due at a midnight."""
        return min((next_midnight(at, ZoneInfo(zone)) for zone in self.moving), default=None)


def standing(*, at: dt.datetime) -> Standing:
    """Remembered for the day, which may be another one in another series' zone."""
    zones = SeriesPage.objects.live().values_list("time_zone", flat=True)
    days = {zone: at.astimezone(ZoneInfo(zone)).date() for zone in sorted(set(zones))}
    return remember(f"promises.{days}", lambda: _standing(days))


def _standing(days: dict[str, dt.date]) -> Standing:
    known = [(row, row.state(days[row.time_zone])) for row in rows()]
    moving = sorted({row.time_zone for row, state in known if state == OPEN})
    return Standing([(row.key, state, row.year) for row, state in known], moving)


def told(keys: Sequence[int], *, at: dt.datetime) -> list[Promised]:
    """Promises with their words, replies, talk and people: the same queries whatever the number."""
    given = querysets.readable()
    promises = Promise.objects.filter(pk__in=keys, contribution__in=given).annotate(talk_key=F("contribution__talk"))
    found = {promise.pk: promise for promise in promises}
    talks = talks_told({promise.talk_key for promise in found.values()})
    replies = _replies(found.values())
    shown = [found[key] for key in keys if key in found and found[key].talk_key in talks]
    return [_promised(row, talks[row.talk_key], replies[row.pk], at=at) for row in shown]


def _replies(promises: Iterable[Promise]) -> dict[int, tuple[PromiseReply, ...]]:
    by_contribution: dict[int, list[Promise]] = {}
    pairs = [(promise.pk, promise.contribution_id) for promise in promises]
    wanted, keys = {key for key, _ in pairs}, {key for _, key in pairs}
    # All promises of these talks: a reply belongs to the one whose words are nearest, shown here or not.
    for promise in Promise.objects.filter(contribution__in=keys).order_by("sort_order", "pk"):
        by_contribution.setdefault(promise.contribution_id, []).append(promise)
    told_by: dict[int, list[PromiseReply]] = {}
    for reply in PromiseReply.objects.published().filter(contribution__in=keys).select_related("speaker"):
        told_by.setdefault(reply.contribution_id, []).append(reply)
    found: dict[int, tuple[PromiseReply, ...]] = {}
    for contribution, rows_of_it in by_contribution.items():
        about, _ = paired((row.text for row in rows_of_it), told_by.get(contribution, []))
        found |= {row.pk: tuple(about[row.text]) for row in rows_of_it if row.pk in wanted}
    return found


def _promised(promise: Promise, talk: TalkPage, replies: tuple[PromiseReply, ...], *, at: dt.datetime) -> Promised:
    zone = talk.event.zone if talk.event else dt.UTC
    given_on = talk.event.local_start.date() if talk.event else at.date()
    row = Row(promise.pk, due_day(promise, given_on=given_on), given_on.year, "", bool(replies))
    return Promised(
        key=promise.pk,
        state=row.state(at.astimezone(zone).date()),
        text=promise.text,
        when=promise_words(promise).words,
        replies=replies,
        talk=talk,
        people=tuple(people_of(talk)),
    )
