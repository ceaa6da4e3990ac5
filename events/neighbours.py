"""The talk before one and the talk after it: within the evening, and at its ends from evening to evening."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest

from .lines import lines_of
from .models import EventPage, TalkPage
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Neighbour:
    """`evening` names the other evening where one has to go there."""

    title: str
    url: str
    evening: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """None before the first talk of a series, and after the last one."""

    earlier: Neighbour | None = None
    later: Neighbour | None = None

    def __bool__(self) -> bool:
        return bool(self.earlier or self.later)


def neighbours(talk: TalkPage, programme: Programme, *, request: HttpRequest) -> Neighbours:
    """A talk outside the running order has none. One query at the ends of an evening, and none in between."""
    talks, event = programme.talks, talk.event
    if event is None or talk not in talks:
        return Neighbours()
    place = talks.index(talk)
    earlier = [_here(other, request) for other in talks[:place]]
    later = [_here(other, request) for other in talks[place + 1 :]]
    if not (earlier and later):
        before, after = _elsewhere(event, request)
        earlier, later = earlier or before, later or after
    return Neighbours(earlier[-1] if earlier else None, later[0] if later else None)


def _here(talk: TalkPage, request: HttpRequest) -> Neighbour:
    return Neighbour(talk.title, talk.get_url(request) or "")


def _elsewhere(event: EventPage, request: HttpRequest) -> tuple[list[Neighbour], list[Neighbour]]:
    """The talks of the nearest evening before, and of the nearest after, that have some. One query."""
    evenings = EventPage.objects.public().of_series(event.series).standing()
    told = evenings.filter(Exists(TalkPage.objects.announced().filter(event=OuterRef("pk"))))
    nearest = [Subquery(found.values("pk")[:1]) for found in (told.before(event), told.after(event))]
    talks = TalkPage.objects.announced().filter(Q(event=nearest[0]) | Q(event=nearest[1]))
    before: list[Neighbour] = []
    after: list[Neighbour] = []
    for line, number in lines_of(talks, request=request, beside="event__number"):
        is_earlier = (line.starts_at, number) < (event.starts_at, event.number)
        (before if is_earlier else after).append(Neighbour(line.title, line.url, line.label))
    return before, after
