"""Search over everything that was said: the one door for the views. How it works is in `archive/searching/`.

>>> find('"open data" census -draft')  # doctest: +SKIP
Found(query=…, groups=[Group(kind=<Kind.TALK>…), …])
"""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Count

from events.enums import FREES_A_SLOT
from events.models import EventPage, TalkPage
from pages.cache import remember
from pages.english import counted
from speakers.enums import OrganisationKind
from speakers.models import Organisation

from . import querysets, topics
from .choices import ALL, Chosen
from .models import Kind, Passage
from .searching import engines, results, spelling
from .searching.documents import SUGGESTED
from .searching.engines import Slice
from .searching.guarding import public
from .searching.query import Query, loosely, loosened, parse
from .searching.results import KINDS, Group, Ranked
from .searching.words import folded
from .survey import Option, Options

__all__ = ["KINDS", "Found", "Group", "Query", "Ranked", "Suggestion", "find", "loosely", "options", "parse", "suggest"]

LITTLE = 2  # results below which another spelling is offered
SHORTEST = 2  # letters from which anything is suggested
LONGEST = 60
WORDS = 6
PER_KIND = 3
MOST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """`query` was looked for; `instead_of` was typed, where nothing fits that; `or_else` is another spelling."""

    query: Query
    groups: list[Group] = field(default_factory=list)
    instead_of: Query | None = None
    or_else: Query | None = None

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups)


def find(query: Query, chosen: Chosen = ALL, *, exact: bool = False) -> Found:
    """The first few of each kind. Typing errors are forgiven, and a word too many, unless it has to be `exact`."""
    groups = results.overview(query, chosen)
    found = Found(query, groups)
    if exact or not query or found.total > LITTLE:
        return found
    joined = list(spelling.joined(query))
    apart = joined[-1] if joined else query
    meant = list(spelling.meant(apart))
    for other in [*joined, *meant]:
        near = Found(other, results.overview(other, chosen), instead_of=query)
        if near.total > found.total:
            return Found(query, groups, or_else=other) if groups else near
    return found if groups else _with_less(meant[0] if meant else apart, chosen, typed=query)


def _with_less(query: Query, chosen: Chosen, *, typed: Query) -> Found:
    """What has most of the words; else what has the one that stands in the fewest places."""
    for other in loosened(query):
        if groups := results.overview(other, chosen):
            return Found(other, groups, instead_of=typed if query is not typed else None)
    if len(query.all_of) < 2 or (rarest := results.rarest_part(query, chosen)) is None:
        return Found(typed)
    part, counts = rarest
    return Found(part, results.overview(part, chosen, counts), instead_of=typed)


# What results can be narrowed by


def options() -> Options:
    """Everything in public that a list can be narrowed by. Six queries, remembered."""
    return remember("search.options", _options)


def _options() -> Options:
    public_talks = TalkPage.objects.public().exclude(state__in=FREES_A_SLOT).order_by()
    used = set(public_talks.values_list("talk_speakers__organisation", flat=True))
    rows = Organisation.objects.order_by("name", "pk").values_list("pk", "slug", "name", "kind")
    organisations = [row for row in rows if row[0] in used]
    kinds = {kind for *_, kind in organisations}
    moments = EventPage.objects.public().order_by().values_list("starts_at", "series__time_zone", "host")
    held = [(at.astimezone(ZoneInfo(zone)).year, host) for at, zone, host in moments]
    hosts = {host for _, host in held}
    listed = [entry.topic for _, entries in topics.by_kind() for entry in entries]
    found: dict[str, list[Option]] = {
        "year": [(str(year), str(year)) for year in sorted({year for year, _ in held}, reverse=True)],
        "kind": [(kind, str(OrganisationKind(kind).label)) for kind in OrganisationKind.values if kind in kinds],
        "organisation": [(slug, name) for _, slug, name, _ in organisations],
        "topic": sorted(((topic.slug, topic.name) for topic in listed), key=lambda option: option[1].casefold()),
        "host": [(host.slug, host.name) for host in querysets.hosts() if host.pk in hosts],
    }
    return found


@dataclass(frozen=True, slots=True)
class Contents:
    """What there is to search: "240 talks" and the like, and topics to begin with."""

    counts: list[str]
    topics: list[str]


def contents() -> Contents:
    """For a page on which nothing was asked yet. Remembered."""
    return remember("search.contents", _contents)


def _contents() -> Contents:
    known = dict(Passage.objects.order_by("kind").values_list("kind").annotate(count=Count("pk")))
    listed = sorted((entry for _, group in topics.by_kind() for entry in group), key=lambda entry: -entry.talks)
    counts = [counted(known[kind], *results.NAMES[kind][1:]) for kind in results.ORDER if kind in known]
    return Contents(counts, [entry.topic.name for entry in listed[:MOST_TOPICS]])


# What is suggested while somebody types


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    kind: str
    url: str


def suggest(text: str) -> list[Suggestion]:
    """Titles in which all the words stand, the last perhaps not finished: a few of each kind. At most eight queries."""
    words = folded(text[:LONGEST])[:WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    keys = engines.keys_that_begin(words, [Slice(kind, PER_KIND) for kind in SUGGESTED])
    rows = Passage.objects.only("kind", "source", "title", "url").in_bulk(keys)
    shown = public(rows[key] for key in keys if key in rows)
    return [Suggestion(row.title, results.NAMES[Kind(row.kind)][1], row.url) for row in shown]
