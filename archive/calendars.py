"""A speaker's own slots, and the last days of what speakers ask, as calendars."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse

from events.feeds import Found, Moved, answer
from events.happenings import absolute
from events.ical import Feed
from events.models import SlotEntry
from events.subscribing import Ways
from pages.errors import NotHere
from pages.views import read_only
from speakers.models import Speaker

from .models import AskEntry


@read_only
def speaker_calendar_page(request: HttpRequest, slug: str) -> HttpResponse:
    """How to subscribe to a person's slots."""
    try:
        feed = _speaker_feed(slug).feed
    except Moved:
        return redirect("speaker", slug=slug)
    person = get_object_or_404(Speaker.objects.public(), slug=slug)
    return render(request, "archive/speaker_calendar.html", {"speaker": person, "ways": Ways(feed.source, feed.name)})


@read_only
def speaker_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Each slot of a person that was ever announced. Whoever was merged away leads to whom they were merged into."""
    return answer(request, (slug,), find=lambda: _speaker_feed(slug))


def _speaker_feed(slug: str) -> Found:
    person = get_object_or_404(Speaker.objects.select_related("merged_into"), slug=slug)
    if person.merged_into is not None and person.merged_into.live:
        raise Moved(reverse("speaker_calendar", args=[person.merged_into.slug]))
    entries = SlotEntry.objects.of_speaker(person)
    first = entries.in_order().values_list("zone", flat=True).first()
    if not person.live or first is None:
        raise NotHere("There is no such calendar.")
    feed = Feed(
        name=f"Talks by {person.name}",
        description=f"When {person.name} speaks, and spoke.",
        source=absolute(reverse("speaker_calendar", args=[person.slug])),
        url=absolute(person.get_absolute_url()),
        zones=(first,),
        image=absolute(static("img/byte.svg")),
    )
    return Found(feed, SlotEntry, {"speaker": person.pk, "series__live": True})


@read_only
def deadlines_page(request: HttpRequest) -> HttpResponse:
    """How to subscribe to the last days of what speakers ask."""
    feed = _deadlines().feed
    return render(request, "archive/deadlines.html", {"ways": Ways(feed.source, feed.name)})


@read_only
def deadlines(request: HttpRequest) -> HttpResponse:
    """The last day of each ask that closes, open and closed ones; what was taken back stays, cancelled."""
    return answer(request, (), find=_deadlines)


def _deadlines() -> Found:
    feed = Feed(
        name=f"{settings.WAGTAIL_SITE_NAME}: last days to take part",
        description="When what speakers asked of the room closes.",
        source=absolute(reverse("deadlines")),
        url=absolute(reverse("asks")),
        zones=(settings.TIME_ZONE,),
        image=absolute(static("img/byte.svg")),
    )
    return Found(feed, AskEntry, {"series__live": True})
