"""Calendars over HTTP: a series', an evening's, and what every feed answers to a poll.

"Nothing new" is told from what is kept of a feed, without a query; a body is joined from stored entries.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, urlencode
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from pages.cache import LONGEST_SECONDS, generation
from pages.errors import NotHere
from pages.views import read_only

from . import ical
from .happenings import absolute, address_of, label
from .models import CalendarEntry, EventPage, Host, SeriesPage, Topic

FORMAT = "1"  # part of every ETag: another way of writing the same state needs another one
SLUG = re.compile(r"[-\w]{1,100}")


class Found(NamedTuple):
    """A calendar, which entries of which model are in it, and the newest change around them."""

    feed: ical.Feed
    model: Any
    chosen: dict[str, Any]
    newest: dt.datetime | None = None


@read_only
def series_calendar(request: HttpRequest, series: str) -> HttpResponse:
    """All evenings of a series, past ones too; `?host=` and `?topic=` choose among them."""
    chosen = choice(request.GET)
    return answer(request, (series, *chosen), find=lambda: _series_feed(request, series, *chosen))


@read_only
def event_calendar(request: HttpRequest, series: str, number: str) -> HttpResponse:
    """One evening. One that was announced and is gone says so."""
    response = answer(request, (series, number), find=lambda: _event_feed(request, series, int(number)))
    if response.status_code == 200:
        response["Content-Disposition"] = f'inline; filename="{series}-{number}.ics"'
    return response


def choice(query: QueryDict) -> tuple[str, str]:
    return query.get("host", "").strip(), query.get("topic", "").strip()


# Finding


class Moved(Exception):
    """A calendar has another address now."""

    def __init__(self, url: str) -> None:
        self.url = url


def live_series(slug: str) -> SeriesPage | None:
    return SeriesPage.objects.live().filter(slug=slug).first()


def _named(slug: str) -> SeriesPage | None:
    """As `live_series`, with what a feed's head says and nothing else: a whole page costs as much as the feed."""
    named = SeriesPage.objects.live().filter(slug=slug).order_by()
    return next(iter(named.only("slug", "title", "strapline", "time_zone")[:1]), None)


def _series_feed(request: HttpRequest, slug: str, host: str, topic: str) -> Found:
    series = _named(slug)
    if series is None:
        raise _elsewhere(request, f"/{slug}", SeriesPage, "series_calendar")
    # PostgreSQL takes no NUL, and nobody's words are a slug.
    at = hosts_in(series).filter(slug=host).first() if SLUG.fullmatch(host) else None
    about = topics_in(series).filter(slug=topic).first() if SLUG.fullmatch(topic) else None
    if (host and at is None) or (topic and about is None):
        raise NotHere(f"{series.title} has no such {'host' if host and at is None else 'topic'}.")
    # An entry that leaves a choice is newer than all that stays, so what counts is the series' newest change.
    newest = CalendarEntry.objects.of_series(series).newest_change() if at or about else None
    feed = ical.Feed(
        name=feed_name(series, at, about),
        description=series.strapline or f"All evenings of {series.title}.",
        source=feed_address(series, at, about),
        url=absolute(reverse("calendar", args=[series.slug])),
        zones=(series.time_zone,),
        image=absolute(static("img/byte.svg")),
    )
    chosen = {"series": series.pk, "host": at and at.pk, "topics": about and about.pk}
    return Found(feed, CalendarEntry, {name: key for name, key in chosen.items() if key}, newest)


def hosts_in(series: SeriesPage) -> Any:
    """Hosts that readers know of: of the series, or of an evening that was announced."""
    known = CalendarEntry.objects.of_series(series).order_by().values("host")
    return Host.objects.filter(Q(spells__series=series) | Q(pk__in=known)).distinct().order_by("name", "pk")


def topics_in(series: SeriesPage) -> Any:
    """Topics of evenings that were announced."""
    known = CalendarEntry.topics.through.objects.filter(calendarentry__series=series).values("topic")
    return Topic.objects.filter(pk__in=known).order_by("name", "pk")


def feed_name(series: SeriesPage, host: Host | None, topic: Topic | None) -> str:
    return f"{series.title}{f' at {host.name}' if host else ''}{f' about {topic.name}' if topic else ''}"


def feed_query(host: Host | None, topic: Topic | None) -> str:
    return urlencode({name: chosen.slug for name, chosen in (("host", host), ("topic", topic)) if chosen})


def feed_address(series: SeriesPage, host: Host | None, topic: Topic | None) -> str:
    address, query = absolute(reverse("series_calendar", args=[series.slug])), feed_query(host, topic)
    return f"{address}?{query}" if query else address


def _event_feed(request: HttpRequest, slug: str, number: int) -> Found:
    rows = CalendarEntry.objects.standing().filter(series__slug=slug, number=number)
    # Of several with one number the one that stands; the others were deleted.
    row = rows.order_by("-public", "-last_modified").values("pk").first()
    if row is None:
        raise _elsewhere(request, f"/{slug}/{number}", EventPage, "event_calendar")
    series = SeriesPage.objects.get(slug=slug, live=True)
    feed = ical.Feed(
        name=label(series, number),
        description=f"One evening of {series.title}.",
        source=absolute(reverse("event_calendar", args=[slug, number])),
        url=address_of(series),
        zones=(series.time_zone,),
    )
    return Found(feed, CalendarEntry, {"pk": row["pk"]})


def _elsewhere(request: HttpRequest, path: str, model: Any, name: str) -> Exception:
    """What was renamed or renumbered is found where its page redirects to."""
    site = Site.find_for_request(request)
    moved = Redirect.get_for_site(site).filter(old_path=path).exclude(redirect_page=None).first()
    page = moved and model.objects.live().filter(pk=moved.redirect_page_id).first()
    if page is None or (isinstance(page, EventPage) and not page.is_public):
        return NotHere("There is no such calendar.")
    args = [page.slug] if model is SeriesPage else [page.series.slug, page.number]
    query = request.META["QUERY_STRING"]
    return Moved(f"{reverse(name, args=args)}{'?' if query else ''}{query}")


# Answering


@dataclass(frozen=True, slots=True)
class State:
    """What a feed is at a moment: kept for as long as nothing public changes. `modified` is in seconds since 1970."""

    etag: str
    modified: int
    begun: str
    model: Any
    chosen: dict[str, Any]

    @classmethod
    def of(cls, found: Found) -> "State":
        """Works out what tells this state from every other."""
        by_zone = found.model.objects.filter(**found.chosen).by_zone()
        zones = tuple(dict.fromkeys([*found.feed.zones, *(row["zone"] for row in by_zone)]))
        begun = ical.head(found.feed.with_zones(zones))
        figures = [(row["zone"], row["count"], row["newest"].isoformat(), row["sequences"]) for row in by_zone]
        etag = sha256(repr((FORMAT, begun, figures)).encode()).hexdigest()[:32]
        changes = [row["newest"] for row in by_zone] + ([found.newest] if found.newest else [])
        modified = int(max(changes).timestamp()) if changes else 0
        return cls(f'"{etag}"', modified, begun, found.model, found.chosen)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """304 where the client has this state, without a query; or the body, in one.

        A body may be newer than its ETag, never older: then the next poll brings it again.
        """
        response = get_conditional_response(request, etag=self.etag, last_modified=self.modified or None)
        if response is None:
            rows = self.model.objects.filter(**self.chosen).in_order().values_list("vevent", flat=True)
            response = HttpResponse(ical.joined(self.begun, rows), content_type=ical.MEDIA_TYPE)
        response["ETag"] = self.etag
        if self.modified:
            response["Last-Modified"] = http_date(self.modified)
        # Kept by whoever likes, and asked about each time.
        response["Cache-Control"] = "no-cache"
        return response


def answer(request: HttpRequest, key: tuple[str, ...], *, find: Callable[[], Found]) -> HttpResponse:
    """From the state that is kept under a key, or from what is found."""
    kept_as = f"calendar.{generation()}.{sha256(repr((request.path, *key)).encode()).hexdigest()}"
    state: State | None = cache.get(kept_as)
    if state is None:
        try:
            state = State.of(find())
        except Moved as moved:
            return redirect(moved.url, permanent=True)
        cache.set(kept_as, state, LONGEST_SECONDS)
    return state.answer(request)
