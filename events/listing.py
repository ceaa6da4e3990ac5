"""Lists of evenings: what is next, and all of them as tiles."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min
from django.http import HttpRequest
from django.utils.http import urlencode
from wagtail.models import Site

from pages.cache import changes_at
from pages.clock import now
from pages.english import month
from pages.models import SiteSettings

from .enums import FREES_A_SLOT, EventStatus
from .models import EventPage, Host, SeriesPage, TalkPage
from .models.events import CALLED_OFF
from .occasion import Occasion

TILES = 128  # sixteen rows of eight
LONGEST_ECHO = 40  # letters of a value that we did not understand


# What is next


def main_series(request: HttpRequest, *, known: SeriesPage | None = None) -> SeriesPage | None:
    """The series that the site's settings name, or the oldest public one; asked for once a request.

    `known` is one that is at hand already, and isn't asked for again if it is the one.
    """
    if not hasattr(request, "main_series"):
        site = Site.find_for_request(request)
        chosen = SiteSettings.for_request(request).main_series_id if site else None
        public = SeriesPage.objects.live().order_by("path")
        series = known if known and known.live and known.pk == chosen else None
        if chosen and not series:
            series = public.filter(pk=chosen).first()
        request.main_series = series or public.first()  # type: ignore[attr-defined]
    return request.main_series  # type: ignore[attr-defined, no-any-return]


def next_evening(request: HttpRequest) -> EventPage | None:
    """The main series' evening that comes next, or is on now; asked for once a request."""
    if not hasattr(request, "next_evening"):
        series = main_series(request)
        evening = None
        if series is not None:
            coming = EventPage.objects.public().of_series(series).next_to_come(at=now(request))
            evening = coming.select_related("venue", "host").first()
        if evening is not None:
            evening.series = series
            changes_at(request, Occasion.of(evening, at=now(request)).changes_at)
        request.next_evening = evening  # type: ignore[attr-defined]
    return request.next_evening  # type: ignore[attr-defined, no-any-return]


# Tiles


@dataclass(frozen=True, slots=True)
class Tile:
    """An evening in the grid. `title` is empty where it would only repeat series and number."""

    number: int
    title: str
    url: str
    month: str
    called_off: str


def tiles_of(events: Any, *, series: SeriesPage, request: HttpRequest) -> list[Tile]:
    """A queryset of one series' evenings as tiles, in one query without the pages' long texts."""
    above = series.get_url(request)
    rows = events.values_list("number", "title", "slug", "starts_at", "status")
    return [
        Tile(
            number=number,
            title="" if title == f"{series.title} {number}" else title,
            url=f"{above}{slug}/",
            month=month(starts_at.astimezone(series.zone)),
            called_off=EventStatus(status).label if status in CALLED_OFF else "",
        )
        for number, title, slug, starts_at, status in rows
    ]


# The series' own page


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader asked for in the address, and what of it could not be understood."""

    year: int | None
    host: Host | None
    misread: tuple[str, ...]

    @property
    def is_all(self) -> bool:
        return self.year is None and self.host is None

    @property
    def query(self) -> str:
        return urlencode({k: v for k, v in (("year", self.year), ("host", self.host and self.host.slug)) if v})


def read_choice(request: HttpRequest, *, years: Iterable[int], hosts: Iterable[Host]) -> Chosen:
    """Year and host as the address names them. Never asks the database with a reader's own words."""
    by_year = {str(year): year for year in years}
    by_slug = {host.slug: host for host in hosts}
    misread = []
    for name, known in (("year", by_year), ("host", by_slug)):
        value = request.GET.get(name, "").strip()
        if value and value not in known:
            misread.append(f"{name} “{value[:LONGEST_ECHO]}”")
    year, host = (request.GET.get(name, "").strip() for name in ("year", "host"))
    return Chosen(by_year.get(year), by_slug.get(host), tuple(misread))


def series_context(series: SeriesPage, request: HttpRequest) -> dict[str, Any]:
    """For `events/series_page.html`: evenings to come, and a page of the grid of all that were."""
    at = now(request)
    main_series(request, known=series)
    public = EventPage.objects.public().of_series(series)
    years, hosts = years_of(public, zone=series.zone), list(hosts_of(public))
    chosen = read_choice(request, years=years, hosts=hosts)
    found = public
    if chosen.year:
        found = found.in_year(chosen.year, zone=series.zone)
    if chosen.host:
        found = found.filter(host=chosen.host)
    coming = list(found.upcoming(at=at).select_related("host", "venue"))
    for event in coming:
        event.series = series
        changes_at(request, Occasion.of(event, at=at).changes_at)
    page, misread = page_of(found.past(at=at), asked=request.GET.get("page", ""))
    talks = TalkPage.objects.public().filter(event__in=public.held(at=at))
    return {
        "series": series,
        "chosen": chosen,
        "years": years,
        "hosts": hosts,
        "coming": [(event, Occasion.of(event, at=at)) for event in coming if page.number == 1],
        "past": page,
        "misread": [*(f"We don’t know the {words}, so we left it out." for words in chosen.misread), *misread],
        "canonical_query": urlencode([*parse_qsl(chosen.query), *([("page", page.number)] if page.number > 1 else [])]),
        "tiles": tiles_of(page.object_list, series=series, request=request),
        "talk_count": talks.exclude(state__in=FREES_A_SLOT).count(),
    }


def page_of(events: Any, *, asked: str) -> tuple[Page, list[str]]:
    """The page that was asked for, or the nearest there is; and what to say where they differ."""
    paginator = Paginator(events, TILES)
    page = paginator.get_page(asked or 1)
    if asked in ("", str(page.number)):
        return page, []
    which = "last" if page.number > 1 or asked.isdecimal() else "first"
    return page, [f"There is no page “{asked[:LONGEST_ECHO]}”, so this is the {which} one."]


def years_of(events: Any, *, zone: dt.tzinfo) -> list[int]:
    """From the newest evening's year to the oldest's, on the zone's clock; one query over an index."""
    ends = events.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if ends["first"] is None:
        return []
    return list(range(ends["last"].astimezone(zone).year, ends["first"].astimezone(zone).year - 1, -1))


def hosts_of(events: Any) -> Any:
    """The hosts of these evenings, by name."""
    return Host.objects.filter(pk__in=events.order_by().values("host").distinct())
