"""What came before a talk on the same topics, and from the same organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import DenseRank
from django.http import HttpRequest

from .enums import FREES_A_SLOT
from .lines import COLUMNS, TalkLine, line_of
from .models import TalkPage
from .models.events import CALLED_OFF
from .programme import Person

NAMED = 3  # talks named under a topic or an organisation; its own page has them all


@dataclass(frozen=True, slots=True)
class Earlier:
    """A topic or an organisation, and the newest talks on it, or from it, of evenings before."""

    thing: Any
    way: str  # "on" a topic, "from" an organisation
    name: str
    lines: tuple[TalkLine, ...]


def earlier_on(talk: TalkPage, *, request: HttpRequest) -> list[Earlier]:
    """For each topic of a talk what was said about it before, in one query. A topic that is new is left out."""
    topics = {topic.pk: topic for topic in talk.topics.all()}
    lines = _newest(talk, _before(talk), "topics", topics, request)
    return [Earlier(topic, "on", topic.name, lines[key]) for key, topic in topics.items() if key in lines]


def earlier_from(talk: TalkPage, people: Iterable[Person], *, request: HttpRequest) -> list[Earlier]:
    """For each organisation what other people of it said before, in one query; it has its name of this talk's day.

    What the same people said stands beside their names.
    """
    people = list(people)
    named = {person.organisation.pk: person for person in people if person.organisation}
    theirs = {person.speaker.pk for person in people}
    others = _before(talk).exclude(pk__in=TalkPage.objects.filter(talk_speakers__speaker__in=theirs).values("pk"))
    lines = _newest(talk, others, "talk_speakers__organisation", named, request)
    return [
        Earlier(person.organisation, "from", person.organisation_name, lines[key])
        for key, person in named.items()
        if key in lines
    ]


def _before(talk: TalkPage) -> Any:
    """Public talks of evenings before, that took place."""
    before = TalkPage.objects.public().filter(event__starts_at__lt=talk.event.starts_at if talk.event else None)
    return before.exclude(state__in=FREES_A_SLOT).exclude(event__status__in=CALLED_OFF)


def _newest(
    talk: TalkPage, talks: Any, field: str, keys: Iterable[int], request: HttpRequest
) -> dict[int, tuple[TalkLine, ...]]:
    """The newest of some talks for each value of a field, by that value. No query where there is none to ask for."""
    wanted = list(keys)
    if talk.event is None or not wanted:
        return {}
    newest_first = (F("event__starts_at").desc(), F("path").asc())
    # Two people of one organisation in one talk are one talk.
    turn = Window(DenseRank(), partition_by=F(field), order_by=newest_first)
    newest = talks.filter(**{f"{field}__in": wanted}).annotate(turn=turn).filter(turn__lte=NAMED).order_by("turn")
    lines: dict[int, dict[int, TalkLine]] = {}
    for *columns, value in newest.values_list(*COLUMNS, field):
        line = line_of(*columns, request=request)
        lines.setdefault(value, {})[line.key] = line
    return {value: tuple(found.values()) for value, found in lines.items()}
