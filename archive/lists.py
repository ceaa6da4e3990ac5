"""Long lists of names: sorted as people look for them, in groups, cut into pages that a group's link leads to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.text import slugify

from pages.english import listed, tallied
from speakers.enums import OrganisationKind
from speakers.models import Organisation, OrganisationName, Speaker
from speakers.names import plain

from . import querysets
from .appearances import newest_organisations

PER_PAGE = 240
OTHER_LETTERS = "Other"
FORMER_NAMES = 3


@dataclass(slots=True)
class Entry:
    """A name in a list, with what it counts. `group` is its heading's text."""

    key: int
    name: str
    slug: str
    group: str
    talks: int
    chaired: int = 0
    beside: str = ""

    @property
    def words(self) -> str:
        """ "Board of Tides, 3 talks, led 2 evenings"."""
        told = (
            self.beside,
            tallied(self.talks, "talk") if self.talks else "",
            f"led {tallied(self.chaired, 'evening')}" if self.chaired else "",
        )
        return ", ".join(part for part in told if part)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of a list: how many names stand under it, and the page on which it begins."""

    label: str
    count: int
    page: int
    anchor: str


class Grouped(Protocol):
    """Whatever stands under a heading."""

    @property
    def group(self) -> str: ...


class GroupedPaginator[E: Grouped](Paginator):
    """Pages of entries that are sorted by group."""

    def __init__(self, entries: Sequence[E], *, prefix: str, per_page: int | None = None) -> None:
        super().__init__(entries, per_page or PER_PAGE)
        self.prefix = prefix

    def groups(self) -> Iterator[Group]:
        start = 0
        for label, members in groupby(self.object_list, key=lambda entry: entry.group):
            count = sum(1 for _ in members)
            yield Group(label, count, start // self.per_page + 1, f"{self.prefix}-{slugify(label)}")
            start += count

    def sections(self, page: Page) -> list[tuple[Group, list[E]]]:
        """The headings that a page shows, each with its entries on that page."""
        groups = {group.label: group for group in self.groups()}
        return [(groups[label], list(rows)) for label, rows in groupby(page.object_list, key=lambda entry: entry.group)]


def page_of(paginator: Paginator, request: HttpRequest) -> Page:
    """The page that `?page=` asks for; 404 for one that there isn't."""
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("No such page.") from error


def query_of(page: Page, narrowed: str = "") -> str:
    """The part of a page's own address after the question mark; the first page of everything has none.

    `narrowed` is what chooses the list's entries.
    """
    return "&".join(part for part in (narrowed, f"page={page.number}" if page.number > 1 else "") if part)


def speakers_a_to_z() -> list[Entry]:
    """Everybody with a page, by family name: also whose only talk or evening was withdrawn or called off.

    Search and the sitemap have the same people. Three queries.
    """
    talks, chaired = querysets.talk_counts("talk_speakers__speaker"), querysets.chair_counts()
    rows = Speaker.objects.public().order_by().values_list("pk", "name", "sort_name", "slug")
    known = [(plain(sort_name or name), pk, name, slug) for pk, name, sort_name, slug in rows]
    return [
        Entry(pk, name, slug, _letter(order), talks.get(pk, 0), chaired.get(pk, 0))
        for order, pk, name, slug in sorted(known, key=lambda row: (_letter(row[0]) == OTHER_LETTERS, row))
        if pk in talks or pk in chaired
    ]


def _letter(order: str) -> str:
    first = order[:1].upper()
    return first if "A" <= first <= "Z" else OTHER_LETTERS


def with_organisations(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The same people, each with the organisation they were at when they last spoke. Three queries."""
    newest = newest_organisations(entry.key for entry in entries)
    for entry in entries:
        entry.beside = newest.get(entry.key, "")
    return entries


def organisations_by_kind() -> list[Entry]:
    """Organisations with a page, by kind and name: those with a public talk, or a part that has one. Three queries.

    Search and the sitemap have the same ones, also whose only talk was withdrawn or called off.
    """
    talks = querysets.talk_counts("talk_speakers__organisation")
    rows = Organisation.objects.order_by().values_list("pk", "parent", "name", "short_name", "slug", "kind")
    parents = {pk: parent for pk, parent, *_ in rows}
    shown: set[int] = set()
    for used in talks:
        key: int | None = used
        while key is not None and key not in shown:
            shown.add(key)
            key = parents.get(key)
    was: dict[int, list[str]] = {}
    for pk, name in OrganisationName.objects.order_by("until", "pk").values_list("organisation", "name"):
        was.setdefault(pk, []).append(name)
    order = {kind: place for place, kind in enumerate(OrganisationKind.values)}
    known = sorted((order[kind], plain(name), pk, name, short, slug, kind) for pk, _, name, short, slug, kind in rows)
    return [
        Entry(
            pk, name, slug, str(OrganisationKind(kind).label), talks.get(pk, 0), beside=_also_called(short, was.get(pk))
        )
        for _, _, pk, name, short, slug, kind in known
        if pk in shown
    ]


def _also_called(short_name: str, former: list[str] | None) -> str:
    """ "BoT, once Tide Office and Mud Board"; of many names the last few."""
    shown = (former or [])[-FORMER_NAMES:]
    if former and len(former) > FORMER_NAMES:
        shown.append(tallied(len(former) - FORMER_NAMES, "other name"))
    return ", ".join(part for part in (short_name, f"once {listed(shown)}" if shown else "") if part)
