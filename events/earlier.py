"""What came before a talk and after it, each talk once, with every reason why a reader of this one would look."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import DenseRank
from django.http import HttpRequest

from pages.english import listed

from .enums import FREES_A_SLOT
from .lines import COLUMNS, RelatedLine, TalkLine, line_of
from .models import TalkPage
from .models.events import CALLED_OFF
from .programme import Person

NAMED = 3  # talks asked for of a topic or an organisation; its own page has them all
SHOWN = 6  # talks told in all, and more only where the organisers chose more


@dataclass(slots=True, eq=False)
class Beside:
    """A talk to read beside this one: one of ours, or the organisers' words until that evening is in."""

    line: TalkLine | None
    words: str = ""
    url: str = ""
    when: str = ""
    reason: str = ""  # the organisers' own
    by: list[str] = field(default_factory=list)
    of: list[str] = field(default_factory=list)
    on: list[str] = field(default_factory=list)

    @property
    def why(self) -> str:
        """ "Also by Ada Vale, from the Board of Tides, on Maps and Water"."""
        ways = (("by", self.by), ("from", self.of), ("on", self.on))
        also = ", ".join(f"{way} {listed(names)}" for way, names in ways if names)
        return f"Also {also}" if also else ""

    @property
    def weight(self) -> int:
        """How much it has to do with this talk; the same person counts for two topics."""
        return 2 * len(self.by) + len(self.of) + len(self.on)


@dataclass(frozen=True, slots=True)
class Around:
    """The talks before and after one, and the topics and organisations whose pages have more of them."""

    before: list[Beside]
    after: list[Beside]
    topics: list[Any]
    organisations: list[Person]


def around(talk: TalkPage, people: Sequence[Person], related: Iterable[RelatedLine], *, request: HttpRequest) -> Around:
    """What the organisers chose, and then the rest by how much it has to do with the talk. Two queries.

    Later talks are told where the organisers chose them, or where the same people spoke.
    """
    topics = {topic.pk: topic for topic in talk.topics.all()}
    named = {person.organisation.pk: person for person in people if person.organisation}
    on = _newest(talk, _before(talk), "topics", topics, request)
    of = _newest(talk, _by_others(talk, people), "talk_speakers__organisation", named, request)
    found: dict[Any, Beside] = {}
    for row in related:
        key = row.line.key if row.line else row.words
        found[key] = Beside(row.line, row.words, row.url, row.when, row.reason)
    chosen = list(found.values())
    for person in people:
        for line in person.spoke:
            _beside(found, line).by.append(person.speaker.name)
    for key, person in named.items():
        for line in of.get(key, ()):
            _beside(found, line).of.append(person.organisation_name)
    for key, topic in topics.items():
        for line in on.get(key, ()):
            _beside(found, line).on.append(topic.name)
    start = talk.event.starts_at if talk.event else None
    later = [row for row in found.values() if start and row.line and row.line.starts_at > start]
    return Around(
        before=_told([row for row in found.values() if row not in later], chosen),
        after=_told(later, chosen),
        topics=[topic for key, topic in topics.items() if key in on],
        organisations=[person for key, person in named.items() if key in of],
    )


def _beside(found: dict[Any, Beside], line: TalkLine) -> Beside:
    return found.setdefault(line.key, Beside(line))


def _told(rows: list[Beside], chosen: list[Beside]) -> list[Beside]:
    """The organisers' choice in their order, then the weightiest of the rest, the newest first."""
    first = [row for row in rows if row in chosen]
    rest = sorted((row for row in rows if row not in chosen), key=_when, reverse=True)
    weightiest = sorted(rest, key=lambda row: row.weight, reverse=True)[: max(SHOWN - len(first), 0)]
    return [*first, *(row for row in rest if row in weightiest)]


def _when(row: Beside) -> dt.datetime:
    return row.line.starts_at if row.line else dt.datetime.min.replace(tzinfo=dt.UTC)


def _before(talk: TalkPage) -> Any:
    """Public talks of evenings before, that took place."""
    before = TalkPage.objects.public().filter(event__starts_at__lt=talk.event.starts_at if talk.event else None)
    return before.exclude(state__in=FREES_A_SLOT).exclude(event__status__in=CALLED_OFF)


def _by_others(talk: TalkPage, people: Iterable[Person]) -> Any:
    """As `_before`, without what the same people said: that has a better reason than where they work."""
    theirs = TalkPage.objects.filter(talk_speakers__speaker__in={person.speaker.pk for person in people})
    return _before(talk).exclude(pk__in=theirs.values("pk"))


def _newest(
    talk: TalkPage, talks: Any, column: str, keys: Iterable[int], request: HttpRequest
) -> dict[int, tuple[TalkLine, ...]]:
    """The newest of some talks for each value of a field, by that value. No query where there is none to ask for."""
    wanted = list(keys)
    if talk.event is None or not wanted:
        return {}
    newest_first = (F("event__starts_at").desc(), F("path").asc())
    # Two people of one organisation in one talk are one talk.
    turn = Window(DenseRank(), partition_by=F(column), order_by=newest_first)
    newest = talks.filter(**{f"{column}__in": wanted}).annotate(turn=turn).filter(turn__lte=NAMED).order_by("turn")
    lines: dict[int, dict[int, TalkLine]] = {}
    for *columns, value in newest.values_list(*COLUMNS, column):
        line = line_of(*columns, request=request)
        lines.setdefault(value, {})[line.key] = line
    return {value: tuple(found.values()) for value, found in lines.items()}
