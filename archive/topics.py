"""A topic's story: the talks that named it, year by year, with their people and what they answered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce

from events.enums import FREES_A_SLOT, TopicKind
from events.models import CalendarEntry, SeriesPage, TalkPage, TalkSpeaker, Topic
from events.models.events import CALLED_OFF
from pages.cache import remember
from pages.english import tallied
from speakers.models import Answer, Organisation, Speaker, StandardQuestion

from . import querysets

MOST_NAMED = 16  # people and organisations beside the talks


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic in the list, with its talks that stand: an evening that was called off counts as none."""

    topic: Topic
    talks: int
    first: int
    newest: int

    @property
    def words(self) -> str:
        """ "3 talks, 2021 to 2025", "1 talk, 2022"."""
        years = str(self.first) if self.first == self.newest else f"{self.first} to {self.newest}"
        return f"{tallied(self.talks, 'talk')}, {years}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A talk of a topic: its key, the year under which it stands, and whether its evening was called off."""

    key: int
    group: str
    is_called_off: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A person, an organisation or a question, and how often."""

    thing: Any
    count: int


@dataclass(frozen=True, slots=True)
class Most:
    """Those with the most talks, and how many there are in all."""

    named: list[Counted]
    total: int

    @property
    def unnamed(self) -> int:
        return self.total - len(self.named)

    @classmethod
    def of(cls, counts: list[tuple[int, int]], rows: dict[int, Any]) -> Self:
        return cls([Counted(rows[key], count) for key, count in counts[:MOST_NAMED] if key in rows], len(counts))


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that a topic's page tells beside its talks."""

    people: Most
    organisations: Most
    answered: list[Counted]


def talks_on(topic: Topic) -> Any:
    """The public talks of a topic, newest first; not those that were withdrawn or moved."""
    return TalkPage.objects.public().filter(topics=topic).exclude(state__in=FREES_A_SLOT).newest_first()


def calendars(topic: Topic) -> list[SeriesPage]:
    """The series with a calendar of the evenings about a topic. One query."""
    about = CalendarEntry.objects.filter(topics=topic).values("series")
    return list(SeriesPage.objects.live().filter(pk__in=about))


def entries(topic: Topic) -> list[Entry]:
    """The talks of a topic, newest first, by year."""
    return remember(f"topic.{topic.pk}", lambda: _entries(topic))


def _entries(topic: Topic) -> list[Entry]:
    rows = talks_on(topic).values_list("pk", "event__starts_at", "event__series__time_zone", "event__status")
    return [Entry(key, str(_year(at, zone)), status in CALLED_OFF) for key, at, zone, status in rows]


def story(topic: Topic) -> Story:
    """Three queries, and three more that are remembered."""
    people, organisations, answered = remember(f"story.{topic.pk}", lambda: _counts(topic))
    questions = StandardQuestion.objects.in_bulk([key for key, _ in answered])
    speakers = Speaker.objects.in_bulk([key for key, _ in people[:MOST_NAMED]])
    named = Organisation.objects.in_bulk([key for key, _ in organisations[:MOST_NAMED]])
    return Story(
        Most.of(people, speakers),
        Most.of(organisations, named),
        [Counted(questions[key], count) for key, count in answered if key in questions],
    )


Counts = list[tuple[int, int]]


def _counts(topic: Topic) -> tuple[Counts, Counts, Counts]:
    """(key, how many) of people, organisations and questions; the first two by number, the last as they are asked."""
    rows = TalkSpeaker.objects.filter(talk__in=talks_on(topic).order_by().values("pk"))
    people = rows.filter(speaker__live=True, speaker__merged_into=None)
    answers = Answer.objects.with_words().filter(contribution__in=querysets.readable(Q(talk__topics=topic)))
    answered = answers.order_by("question").values_list("question").annotate(answers=Count("pk"))
    return _most(people, "speaker"), _most(rows.exclude(organisation=None), "organisation"), list(answered)


def _most(rows: Any, field: str) -> Counts:
    found = rows.values_list(field).annotate(talks=Count("talk", distinct=True))
    return list(found.order_by("-talks", f"{field}__name", field))


def by_kind() -> list[tuple[str, list[Listed]]]:
    """Topics with a public talk under their kinds: what returns by its name first, then subjects. One query."""
    known = remember("topics", _listed)
    topics = Topic.objects.in_bulk([key for key, *_ in known])
    listed = [Listed(topics[key], *rest) for key, *rest in known if key in topics]
    listed.sort(key=lambda entry: (entry.topic.name.casefold(), entry.topic.pk))
    kinds = [("Things that return", TopicKind.NAMED_THING), ("Subjects", TopicKind.SUBJECT)]
    groups = [(heading, [entry for entry in listed if entry.topic.kind == kind]) for heading, kind in kinds]
    return [(heading, found) for heading, found in groups if found]


def _listed() -> list[tuple[int, int, int, int]]:
    talks = TalkPage.objects.public().exclude(state__in=FREES_A_SLOT).exclude(topics=None).order_by()
    start, stands = "event__starts_at", ~Q(event__status__in=CALLED_OFF)
    rows = talks.values_list("topics").annotate(
        talks=Count("pk", filter=stands),
        first=Coalesce(Min(start, filter=stands), Min(start)),
        newest=Coalesce(Max(start, filter=stands), Max(start)),
        zone=Min("event__series__time_zone"),
    )
    return [(key, count, _year(first, zone), _year(newest, zone)) for key, count, first, newest, zone in rows]


def _year(moment: dt.datetime, zone: str) -> int:
    return moment.astimezone(ZoneInfo(zone)).year
