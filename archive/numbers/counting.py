"""Everything on the page of numbers, from a few queries whatever the size of the archive. Remembered."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Count, Max
from django.db.models.functions import Coalesce

from events.enums import FREES_A_SLOT
from events.models import EventPage, TalkPage, TalkSpeaker
from pages.cache import LONGEST_SECONDS
from speakers.models import Answer, StandardQuestion

from .. import querysets

type ByYear = dict[int, int]


@dataclass(slots=True)
class Counts:
    """What was held so far. A person is counted once a year; at their first talk ever they are new."""

    evenings: ByYear = field(default_factory=Counter)
    talks: ByYear = field(default_factory=Counter)
    speakers: ByYear = field(default_factory=Counter)
    newcomers: ByYear = field(default_factory=Counter)
    answers: ByYear = field(default_factory=Counter)
    kinds: dict[str, int] = field(default_factory=Counter)  # people in talks, by the kind of their organisation
    hosts: dict[str, int] = field(default_factory=Counter)
    topics: dict[str, ByYear] = field(default_factory=dict)
    questions: dict[str, int] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """From the first to the last with an evening, those without one too."""
        return list(range(min(self.evenings), max(self.evenings) + 1)) if self.evenings else []


def counts(*, at: dt.datetime) -> Counts:
    """Of the evenings that are over at that moment; counted again when another one is, or else each minute at most.

    Counting reads the whole archive, so a change alone doesn't make it count again at once. There are no words in it.
    """
    newest = EventPage.objects.public().held(at=at).order_by().aggregate(newest=Max("over_at"))["newest"]
    if newest is None:
        return Counts()
    return cast(Counts, cache.get_or_set(f"numbers.{newest.timestamp()}", lambda: _counts(at), LONGEST_SECONDS))


def _counts(at: dt.datetime) -> Counts:
    found = Counts()
    held = EventPage.objects.public().held(at=at)
    years = _evenings(held, found)
    talks = TalkPage.objects.public().filter(event__in=held.order_by().values("pk")).exclude(state__in=FREES_A_SLOT)
    year_of = {key: years[event] for key, event in talks.order_by().values_list("pk", "event") if event in years}
    found.talks = Counter(year_of.values())
    _people(year_of, found)
    _topics(year_of, found)
    _answers(years, found)
    return found


def _evenings(held: Iterable[EventPage], found: Counts) -> dict[int, int]:
    """The year of each evening, on the clock of its series."""
    zones: dict[str, ZoneInfo] = {}
    years = {}
    rows = held.order_by("starts_at").values_list("pk", "starts_at", "series__time_zone", "host__name")  # type: ignore[attr-defined]
    for key, starts_at, zone, host in rows:
        years[key] = year = starts_at.astimezone(zones.setdefault(zone, ZoneInfo(zone))).year
        found.evenings[year] += 1
        if host:
            found.hosts[host] += 1
    return years


def _people(year_of: dict[int, int], found: Counts) -> None:
    who = Coalesce("speaker__merged_into", "speaker")
    rows = TalkSpeaker.objects.order_by("talk__event__starts_at", "pk").annotate(who=who)
    known: set[int] = set()
    seen: set[tuple[int, int]] = set()
    for talk, person, kind in rows.values_list("talk", "who", "organisation__kind"):
        year = year_of.get(talk)
        if year is None:
            continue
        if (year, person) not in seen:
            seen.add((year, person))
            found.speakers[year] += 1
        if person not in known:
            known.add(person)
            found.newcomers[year] += 1
        if kind:
            found.kinds[kind] += 1


def _topics(year_of: dict[int, int], found: Counts) -> None:
    rows = TalkPage.topics.through.objects.order_by("topic__name", "topic", "pk").values_list("talkpage", "topic__name")
    for talk, name in rows:
        if talk in year_of:
            found.topics.setdefault(name, Counter())[year_of[talk]] += 1


def _answers(years: dict[int, int], found: Counts) -> None:
    given = Answer.objects.with_words().filter(contribution__in=querysets.readable()).order_by()
    rows = given.values_list("question", "contribution__talk__event").annotate(answers=Count("pk"))
    by_question: Counter[int] = Counter()
    for question, event, count in rows:
        if event in years:
            found.answers[years[event]] += count
            by_question[question] += count
    short = StandardQuestion.objects.in_bulk(list(by_question))
    found.questions = {short[key].text: by_question[key] for key in sorted(by_question)}
