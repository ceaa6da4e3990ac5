"""Addresses of the organisers' side that aren't pages: an evening by its number, calendars, slides, recordings."""

import logging
import re

from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.csp import csp_override
from wagtail.views import serve

from accounts.second_factor import opens_admin
from pages.clock import now
from pages.errors import NotHere
from pages.models import MediaFile
from pages.streaming import send
from pages.views import read_only
from speakers.models import Contribution, SlideDeck
from speakers.slides import MEDIA_TYPE

from . import feeds
from .badges import badge as draw_badge
from .chapter_texts import as_webvtt
from .clips import published
from .listing import main_series
from .models import EventPage, Recording, TalkPage
from .subscribing import calendar_context

logger = logging.getLogger(__name__)
NUMBER = re.compile(r"[1-9][0-9]{0,8}")  # as people write one, and no larger than a column holds
HARMLESS = {"default-src": ["'none'"], "sandbox": True}
# A browser that opens it on its own makes a page of it, with a player and that player's styles.
PLAYS = {"default-src": ["'none'"], "media-src": ["'self'"], "style-src": ["'unsafe-inline'"]}


@read_only
def short_address(request: HttpRequest, number: str) -> HttpResponse:
    """`/60`: the evening with that number in the site's main series.

    302 and not 301: browsers keep a 301 for good, and the main series can change. What lasts is that it leads there.
    """
    series = main_series(request)
    if series is None or not NUMBER.fullmatch(number):
        raise NotHere("There is no evening with that number.")
    event = EventPage.objects.public().of_series(series).filter(number=number).first()
    if event is None:
        raise NotHere(f"{series.title} has no number {number} so far.")
    return redirect(event.get_url(request))


@read_only
def calendar(request: HttpRequest, series: str) -> HttpResponse:
    """How to subscribe to a series' calendar. A page of text may have such an address too, further down."""
    found = feeds.live_series(series)
    if found is None:
        return serve(request, request.path_info.lstrip("/"))
    return render(request, "events/calendar.html", calendar_context(found, request))


@read_only
def badge(request: HttpRequest, series: str, number: str) -> HttpResponse:
    """An evening's number in eight bits. It says no more than its address does, and never changes."""
    if not EventPage.objects.public().filter(series__slug=series, number=number).exists():
        raise NotHere("There is no such evening.")
    response = HttpResponse(draw_badge(int(number)), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@read_only
def chapters(request: HttpRequest, series: str, number: str, kind: str) -> HttpResponse:
    """The chapters of a published recording, on its own clock, as a text track."""
    evenings = EventPage.objects.public().past(at=now(request)).filter(series__slug=series, number=number)
    event = evenings.prefetch_related("recordings__file", "chapters").first()
    found = published(event, kind) if event else None
    if found is None or not found.clips:
        raise NotHere("There are no chapters of such a recording.")
    return HttpResponse(as_webvtt(found.clips), content_type="text/vtt; charset=utf-8")


@read_only
@csp_override(HARMLESS)  # type: ignore[arg-type]  # the stub knows no switches
def slides(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A talk's slides to keep, while its words are public and nobody has taken back their consent."""
    allowed = Contribution.objects.with_slides_allowed().filter(talk__in=TalkPage.objects.public())
    given = get_object_or_404(allowed.select_related("slides", "slides_pdf", "talk__event__series"), pk=pk)
    deck = given.deck_for_readers
    if deck is None:
        raise NotHere("The slides of this talk are not here as a file.")
    # A deck's file never changes: another upload is another deck.
    etag = f'"slides-{deck.pk}"'
    response = get_conditional_response(request, etag=etag) or _download(given, deck)
    # Asked for anew each time, so that a withdrawal holds at once.
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _download(given: Contribution, deck: SlideDeck) -> FileResponse:
    """The copy for readers; what was given stays with its speakers and the organisers."""
    talk = given.talk  # type: ignore[attr-defined]
    try:
        file = deck.copy.open("rb")
    except FileNotFoundError as error:
        logger.exception("The slides of contribution %s are not in the store: %s", given.pk, deck.copy.name)
        raise NotHere("These slides have gone missing. We have been told, and will look for them.") from error
    name = f"{talk.event.series.slug}-{talk.event.number}-{talk.slug}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


@read_only
@csp_override(PLAYS)
def recording(request: HttpRequest, pk: int, name: str = "") -> HttpResponseBase:
    """A recording that is a file of ours, while a public evening shows it; for whoever works in the admin, always."""
    file = get_object_or_404(MediaFile, pk=pk)
    if not (Recording.objects.public().filter(file=file).exists() or works_in_the_admin(request)):
        raise NotHere("This recording is not public.")
    if not isinstance(file.file.storage, FileSystemStorage):
        # A store of its own sends large files better than we do: to an address that is good for an hour.
        response: HttpResponseBase = redirect(file.file.url)
    else:
        response = _play(request, file)
    # Asked for anew each time, so that withholding it holds at once.
    response["Cache-Control"] = "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def works_in_the_admin(request: HttpRequest) -> bool:
    """Whether the admin would open to this session now, second factor and all."""
    return request.user.has_perm("wagtailadmin.access_admin") and opens_admin(request)


def _play(request: HttpRequest, file: MediaFile) -> HttpResponseBase:
    try:
        return send(request, file.file)
    except FileNotFoundError as error:
        logger.exception("Media file %s is not in the store: %s", file.pk, file.file.name)
        raise NotHere("This recording has gone missing. We have been told, and will look for it.") from error
