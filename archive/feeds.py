"""Atom feeds. What they say depends on the record alone, never on the clock: a reader asks again and gets 304."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from events.templatetags.events_tags import label
from pages.english import listed
from speakers.models import Ask, Contribution

from . import asking
from .atom import LONG_AGO, MEDIA_TYPE, RecordedAtom, absolute, tag
from .polling import Kept, answer

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """An ask as the feed tells it. `place` is which of its talk's asks it is: rows come and go with each release."""

    asked: asking.Asked
    place: int
    released_at: dt.datetime
    updated_at: dt.datetime


def polled(request: HttpRequest, feed: Feed, *, dated: bool = True) -> HttpResponse:
    """A feed of one page, kept as those of evenings are: what it tells changes only when something public does.

    `dated` says whether its newest entry's moment is when it changed.
    """
    return answer(request, lambda: _kept(request, feed, dated=dated))


def _kept(request: HttpRequest, feed: Feed, *, dated: bool) -> Kept:
    written = feed.get_feed(None, request)
    modified = int(written.latest_post_date().timestamp()) if dated else None
    return Kept.of(written.writeString("utf-8").encode(), modified=modified, content_type=MEDIA_TYPE)


class AsksFeed(Feed):
    """What speakers asked of the room, the newest evenings' first."""

    feed_type = RecordedAtom
    title = f"{settings.WAGTAIL_SITE_NAME}: what speakers ask of you"
    subtitle = "Consultations, tests and questions, as speakers put them to the room."
    author_name = settings.WAGTAIL_SITE_NAME
    language = "en-GB"

    def link(self) -> str:
        return absolute(reverse("asks"))

    def feed_url(self) -> str:
        return absolute(reverse("asks_feed"))

    def feed_guid(self) -> str:
        return tag("asks")

    def items(self) -> list[Entry]:
        keys = asking.newest(NEWEST)
        # Only dates of the record are told, so any moment will do.
        asks = asking.told(keys, at=LONG_AGO)
        given = Contribution.objects.in_bulk({asked.talk.contribution_id for asked in asks})
        places = _places(given)
        return [_entry(asked, given[asked.talk.contribution_id or 0], places[asked.key]) for asked in asks]

    def item_title(self, entry: Entry) -> str:
        return entry.asked.ask.text

    def item_link(self, entry: Entry) -> str:
        return absolute(entry.asked.talk.get_url() or "/")

    def item_guid(self, entry: Entry) -> str:
        return tag(f"asks/{entry.asked.talk.pk}/{entry.place}")

    def item_author_name(self, entry: Entry) -> str:
        return listed([person.speaker.name for person in entry.asked.people]) or settings.WAGTAIL_SITE_NAME

    def item_pubdate(self, entry: Entry) -> dt.datetime:
        return entry.released_at

    def item_updateddate(self, entry: Entry) -> dt.datetime:
        return entry.updated_at

    def item_description(self, entry: Entry) -> str:
        asked = entry.asked
        where = format_html("Asked in “{}”, {}. ", asked.talk.title, label(asked.event))
        how = format_html('<a href="{}">How to take part</a>. ', asked.ask.url) if asked.ask.url else ""
        return format_html("<p>{}{}{}</p>", where, how, asking.closes_in_words(asked))


def _places(given: dict[int, Any]) -> dict[int, int]:
    """Which of its talk's asks each is, counted from 1: {key of the ask: place}."""
    seen: dict[int, int] = {}
    places = {}
    rows = Ask.objects.filter(contribution__in=given).order_by("contribution", "sort_order", "pk")
    for key, contribution in rows.values_list("pk", "contribution"):
        places[key] = seen[contribution] = seen.get(contribution, 0) + 1
    return places


def _entry(asked: asking.Asked, given: Contribution, place: int) -> Entry:
    released = given.first_published_at or asked.event.starts_at
    return Entry(asked, place, released, given.last_published_at or released)
