"""Every public address for search engines: with the day its words last changed where we know it."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from events.models import EventPage, SeriesPage, TalkPage
from pages.models import HomePage
from speakers.models import Speaker

from . import lists, querysets, questions, topics
from .records.names import speaker_keys
from .transcripts import public_transcripts

MOST_ADDRESSES = 50_000  # in one file: https://www.sitemaps.org/protocol.html
LISTS = (
    *("questions", "topics", "asks", "what_happened_next", "corrections", "speakers", "organisations", "hosts"),
    *("links", "feeds", "numbers", "open_data", "api"),
)
Row = tuple[str, dt.datetime | None]


class PublicSitemap(Sitemap):
    """Addresses as the pages' canonical links have them. An item is (path, when its words changed, or None)."""

    limit = MOST_ADDRESSES

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def items(self) -> list[Row]:
        return self.rows

    def location(self, item: Row) -> str:
        return item[0]

    def lastmod(self, item: Row) -> dt.datetime | None:
        return item[1]

    @cached_property
    def rows(self) -> list[Row]:
        return self.read()

    def read(self) -> list[Row]:
        raise NotImplementedError

    @cached_property
    def size(self) -> int:
        """How many addresses it has. The largest parts are counted without being read."""
        return len(self.rows)


class PageSitemap(PublicSitemap):
    """Wagtail's pages below the site's root."""

    def __init__(self, root: Page) -> None:
        self.root = root

    def path(self, url_path: str) -> str:
        return url_path[len(self.root.url_path) - 1 :]


class TextSitemap(PageSitemap):
    """The front page, the series, pages of text, and the lists. What gathers others' words has no day of its own."""

    def read(self) -> list[Row]:
        pages = Page.objects.live().public().descendant_of(self.root, inclusive=True)
        pages = pages.not_exact_type(EventPage, TalkPage).order_by("path")
        gathering = {*HomePage.objects.values_list("pk", flat=True), *SeriesPage.objects.values_list("pk", flat=True)}
        rows = pages.values_list("pk", "url_path", "last_published_at")
        lists_of_names = [(reverse(name), None) for name in LISTS]
        return [(self.path(url), None if pk in gathering else moment) for pk, url, moment in rows] + lists_of_names


class EventSitemap(PageSitemap):
    def events(self) -> Any:
        return EventPage.objects.public().descendant_of(self.root)

    @cached_property
    def size(self) -> int:
        return int(self.events().count())

    def read(self) -> list[Row]:
        shown = Q(talks__live=True)
        rows = self.events().newest_first().values_list("url_path", "last_published_at")
        rows = rows.annotate(
            talk=Max("talks__last_published_at", filter=shown),
            words=Max("talks__contribution__last_published_at", filter=shown & Q(talks__contribution__live=True)),
        )
        return [(self.path(url), newest(moments)) for url, *moments in rows]


class TalkSitemap(PageSitemap):
    def talks(self) -> Any:
        return TalkPage.objects.public().descendant_of(self.root)

    @cached_property
    def size(self) -> int:
        return int(self.talks().count())

    def read(self) -> list[Row]:
        released = Max("contribution__last_published_at", filter=Q(contribution__live=True))
        rows = self.talks().newest_first().values_list("url_path", "last_published_at").annotate(words=released)
        return [(self.path(url), newest(moments)) for url, *moments in rows]


class SpeakerSitemap(PublicSitemap):
    @cached_property
    def size(self) -> int:
        return len(speaker_keys())

    def read(self) -> list[Row]:
        talks = _talks_changed("talk_speakers__speaker")
        address = address_of("speaker")
        own = dict(Speaker.objects.public().order_by().values_list("pk", "last_published_at"))
        return [
            (address(entry.slug), newest([own.get(entry.key), talks.get(entry.key)]))
            for entry in lists.speakers_a_to_z()
        ]


class OrganisationSitemap(PublicSitemap):
    def read(self) -> list[Row]:
        talks, address = _talks_changed("talk_speakers__organisation"), address_of("organisation")
        return [(address(entry.slug), talks.get(entry.key)) for entry in lists.organisations_by_kind()]


class HostSitemap(PublicSitemap):
    """A host's page counts what was held, so it changes with the clock and has no day of its own."""

    def read(self) -> list[Row]:
        return [(reverse("host", args=[slug]), None) for slug in querysets.hosts().values_list("slug", flat=True)]


class QuestionSitemap(PublicSitemap):
    """A question's page gathers everybody's words, and has no day of its own."""

    def read(self) -> list[Row]:
        slugs = questions.with_a_page().order_by("pk").values_list("slug", flat=True)
        return [(reverse("question", args=[slug]), None) for slug in slugs]


class TopicSitemap(PublicSitemap):
    def read(self) -> list[Row]:
        talks = _talks_changed("topics")
        listed = [entry.topic for _, entries in topics.by_kind() for entry in entries]
        return [(topic.get_absolute_url(), talks.get(topic.pk)) for topic in listed]


class TranscriptSitemap(PublicSitemap):
    """The first part of each transcript, which leads to the others."""

    def read(self) -> list[Row]:
        rows = public_transcripts(at=timezone.now()).order_by("-event__starts_at", "language")
        shown = rows.values_list("event__series__slug", "event__number", "at")
        return [(reverse("transcript", args=[series, number]), at) for series, number, at in first_of_each(shown)]


def first_of_each(rows: Iterable[tuple[str, int, dt.datetime]]) -> list[tuple[str, int, dt.datetime]]:
    """One row for each evening."""
    return list({(series, number): (series, number, at) for series, number, at in rows}.values())


def sections(root: Page) -> dict[str, Any]:
    """The parts of the sitemap by their names in addresses."""
    return {
        "pages": TextSitemap(root),
        "evenings": EventSitemap(root),
        "talks": TalkSitemap(root),
        "speakers": SpeakerSitemap(),
        "organisations": OrganisationSitemap(),
        "hosts": HostSitemap(),
        "questions": QuestionSitemap(),
        "topics": TopicSitemap(),
        "transcripts": TranscriptSitemap(),
    }


def fits_one_file(parts: dict[str, Any]) -> bool:
    return sum(part.size for part in parts.values()) <= MOST_ADDRESSES


def index(parts: dict[str, Any]) -> list[SitemapIndexItem]:
    """The files of an index. A day for each would mean reading them all; their own addresses have theirs."""
    return [
        SitemapIndexItem(f"{settings.SITE_URL}{reverse('sitemap_section', args=[name])}{query}")
        for name, part in parts.items()
        for query in ["", *(f"?p={page}" for page in range(2, ceil(part.size / part.limit) + 1))]
    ]


def newest(moments: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return max((moment for moment in moments if moment), default=None)


def address_of(name: str) -> Callable[[str], str]:
    """Slug → address. Asking for each of 20,000 people anew was a third of the work."""
    before, after = reverse(name, args=["-slug-"]).split("-slug-")
    return lambda slug: f"{before}{slug}{after}"


def _talks_changed(field: str) -> dict[int, dt.datetime | None]:
    """When the newest talk of each, or its evening, was last published."""
    rows = TalkPage.objects.public().order_by().values_list(field)
    rows = rows.annotate(talk=Max("last_published_at"), event_at=Max("event__last_published_at"))
    return {key: newest(moments) for key, *moments in rows}
