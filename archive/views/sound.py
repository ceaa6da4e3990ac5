"""The podcast, its cover, and the chapters that go along with a sound file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.models import Site

from events.models import EventPage
from pages.clock import now
from pages.errors import NotHere
from pages.models import SiteSettings
from pages.views import read_only

from .. import atom, entries, lists, podcast
from ..cards.drawing import cover
from ..following import Moved, Scope, scope_of
from ..polling import Kept, answer
from .feeds import ways_of

PER_PAGE = 100
PNG_SECONDS = 86_400


@read_only
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The sound files of everything, or of a series, newest first."""
    try:
        return answer(request, lambda: _kept(request, slug), key=request.GET.get("page", ""))
    except Moved as moved:
        return redirect(f"{moved.path}feeds/podcast/", permanent=True)


def _kept(request: HttpRequest, slug: str) -> Kept:
    scope = _scope(request, slug)
    keys = podcast.events_with_sound(scope.events, at=now(request)).values_list("pk", flat=True)
    page = lists.page_of(Paginator(keys, PER_PAGE), request)
    nights = entries.nights_of(list(page), words=True)
    address = atom.absolute(f"{scope.path}feeds/podcast/")
    written = podcast.podcast(
        title=scope.title,
        page=atom.absolute(scope.path),
        address=address,
        image=atom.absolute(reverse("podcast_cover", args=[slug] if slug else [])),
        email=SiteSettings.for_request(request).contact_email,
        ways=ways_of(address, page),
        rights=atom.shared(entries.rights_of(night.said) for night in nights),
    )
    for episode in podcast.episodes_of(nights):
        podcast.add(written, episode)
    modified = int(written.latest_post_date().timestamp())
    return Kept.of(written.writeString("utf-8").encode(), modified=modified, content_type=written.content_type)


def _scope(request: HttpRequest, slug: str) -> Scope:
    return scope_of("series" if slug else "", slug, Site.find_for_request(request))


@read_only
def podcast_cover(request: HttpRequest, slug: str = "") -> HttpResponse:
    try:
        scope = _scope(request, slug)
    except Moved as moved:
        return redirect(f"{moved.path}feeds/podcast.png", permanent=True)
    response = HttpResponse(cover(scope.title), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={PNG_SECONDS}"
    return response


@read_only
def chapters(request: HttpRequest, series: str, number: str) -> HttpResponse:
    """The chapters of an evening's sound file, on that file's clock."""
    event, recording = _sound(request, series, number)
    response = JsonResponse({"version": "1.2.0", "chapters": podcast.chapters(recording, event)})
    response["Content-Type"] = "application/json+chapters"
    return response


def _sound(request: HttpRequest, series: str, number: str) -> tuple[EventPage, Any]:
    held = EventPage.objects.public().held(at=now(request)).filter(series__slug=series, number=number)
    event = held.select_related("series").prefetch_related("recordings__file", "chapters").first()
    recording = podcast.sound_of(event) if event else None
    if event is None or recording is None:
        raise NotHere("This evening has no sound file.")
    return event, recording
