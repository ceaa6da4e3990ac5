"""The register as readers see it: what it is, who named it, and where else it was named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from events.models import EventPage, TalkPage
from pages.cache import remember
from speakers.enums import LinkKind

from ..models import Link, LinkState, Mention

MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of link, and how many of it there are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """An evening that names a link, and the talk in it."""

    event: EventPage
    talk: TalkPage | None


@dataclass(frozen=True, slots=True)
class Told:
    """A link with the place that named it last, and the evenings that named it before."""

    link: Link
    newest: Place
    also: tuple[EventPage, ...]
    more: int

    @property
    def kind(self) -> str:
        return "" if self.link.kind == LinkKind.OTHER else LinkKind(self.link.kind).label

    @property
    def is_dead(self) -> bool:
        return bool(self.link.state == LinkState.DEAD)


def kinds() -> list[KindCount]:
    """The kinds there are, in their usual order. Remembered."""
    counts = remember("links", lambda: dict(Link.objects.named().order_by().values_list("kind").annotate(Count("pk"))))
    return [KindCount(kind.value, kind.label, counts[kind.value]) for kind in LinkKind if counts.get(kind.value)]


class Links(Sequence[int]):
    """The keys of a kind's links, or of all: counted once for all readers, and cut without reading the rest."""

    def __init__(self, kind: str, counts: Iterable[KindCount]) -> None:
        self.rows = Link.objects.named().filter(**({"kind": kind} if kind else {})).values_list("pk", flat=True)
        self.length = sum(one.count for one in counts if kind in ("", one.value))

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: Any) -> Any:
        return list(self.rows[part])


def told(keys: Sequence[int]) -> list[Told]:
    """Links with the places that name them, newest first; four queries whatever the number."""
    links = Link.objects.in_bulk(keys)
    places: dict[int, list[Mention]] = {key: [] for key in keys}
    rows = Mention.objects.filter(link__in=keys).order_by("-event__starts_at", "talk__path", "pk")
    for row in rows.only("link", "event", "talk"):
        places[row.link_id].append(row)
    events = EventPage.objects.public().select_related("series").in_bulk({row.event_id for row in rows})
    talks = TalkPage.objects.announced().in_bulk({row.talk_id for row in rows if row.talk_id})
    found = []
    for key in keys:
        rows_here = [row for row in places[key] if row.event_id in events]
        theirs = [Place(events[row.event_id], talks.get(row.talk_id or 0)) for row in rows_here]
        if theirs:
            also = list(dict.fromkeys(place.event for place in theirs if place.event != theirs[0].event))
            found.append(Told(links[key], theirs[0], tuple(also[:MOST_PLACES]), max(0, len(also) - MOST_PLACES)))
    return found
