"""Atom feeds of what came after an evening: replies to promises, and corrections. From the record alone."""

import datetime as dt

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html

from events.models import TalkPage
from events.programme import people_of, with_names
from events.templatetags.events_tags import label
from pages.english import listed, month, short_day
from speakers.models import PromiseReply

from . import correcting, querysets
from .atom import RecordedAtom, absolute, tag
from .feeds import NEWEST


class RepliesFeed(Feed):
    """What speakers say became of what they said would happen; the newest published first."""

    feed_type = RecordedAtom
    title = f"{settings.WAGTAIL_SITE_NAME}: what happened next"
    subtitle = "What speakers said would happen, and what became of it."
    author_name = settings.WAGTAIL_SITE_NAME
    language = "en-GB"

    def link(self) -> str:
        return absolute(reverse("what_happened_next"))

    def feed_url(self) -> str:
        return absolute(reverse("what_happened_next_feed"))

    def feed_guid(self) -> str:
        return tag("what-happened-next")

    def items(self) -> list[tuple[PromiseReply, TalkPage]]:
        replies = PromiseReply.objects.published().filter(contribution__in=querysets.readable())
        newest = list(replies.select_related("speaker").order_by("-published_at", "-pk")[:NEWEST])
        keys = {reply.contribution_id for reply in newest}
        talks = list(TalkPage.objects.public().filter(contribution__in=keys).select_related("event__series"))
        prefetch_related_objects(talks, *with_names())
        by_contribution = {talk.contribution_id: talk for talk in talks}
        shown = [reply for reply in newest if reply.contribution_id in by_contribution]
        return [(reply, by_contribution[reply.contribution_id]) for reply in shown]

    def item_title(self, item: tuple[PromiseReply, TalkPage]) -> str:
        reply, _ = item
        return f"{reply.get_outcome_display()}: {reply.said}"

    def item_link(self, item: tuple[PromiseReply, TalkPage]) -> str:
        return absolute(item[1].get_url() or "/")

    def item_guid(self, item: tuple[PromiseReply, TalkPage]) -> str:
        return tag(f"what-happened-next/{item[0].pk}")

    def item_author_name(self, item: tuple[PromiseReply, TalkPage]) -> str:
        reply, talk = item
        names = [reply.speaker.name] if reply.speaker else [person.speaker.name for person in people_of(talk)]
        return listed(names) or settings.WAGTAIL_SITE_NAME

    def item_pubdate(self, item: tuple[PromiseReply, TalkPage]) -> dt.datetime | None:
        return item[0].published_at

    item_updateddate = item_pubdate

    def item_description(self, item: tuple[PromiseReply, TalkPage]) -> str:
        reply, talk = item
        event = talk.event
        where = f"{label(event)}, {month(event.local_start)}" if event else ""
        return format_html(
            "<p>In “{}”, {}, they said: {}</p><p>{}, {}. {}</p>",
            talk.title,
            where,
            reply.said,
            reply.get_outcome_display(),
            short_day(reply.replied_on),
            reply.words,
        )


class CorrectionsFeed(Feed):
    """What was wrong and is right now; the newest first."""

    feed_type = RecordedAtom
    title = f"{settings.WAGTAIL_SITE_NAME}: corrections"
    subtitle = "What was wrong on this site, and is right now."
    author_name = settings.WAGTAIL_SITE_NAME
    language = "en-GB"

    def link(self) -> str:
        return absolute(reverse("corrections"))

    def feed_url(self) -> str:
        return absolute(reverse("corrections_feed"))

    def feed_guid(self) -> str:
        return tag("corrections")

    def items(self) -> list[correcting.Correction]:
        return correcting.told(correcting.standing()[:NEWEST])

    def item_title(self, item: correcting.Correction) -> str:
        return f"Correction: {item.title}"

    def item_link(self, item: correcting.Correction) -> str:
        return absolute(item.url)

    def item_guid(self, item: correcting.Correction) -> str:
        return tag(f"corrections/{item.id}")

    def item_pubdate(self, item: correcting.Correction) -> dt.datetime:
        return dt.datetime.combine(item.made_on, dt.time(12), tzinfo=dt.UTC)

    item_updateddate = item_pubdate

    def item_description(self, item: correcting.Correction) -> str:
        return format_html("<p>{}, {}: {}</p>", item.where, short_day(item.made_on), item.text)
