"""Feeds of evenings and of what was said at them, and the page that names them all."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.models import Site

from events.models import SeriesPage
from pages.clock import now
from pages.views import read_only

from .. import atom, entries, lists
from ..following import EVENINGS, WRITE_UPS, Moved, Scope, scope_of
from ..podcast import series_with_sound
from ..polling import Kept, answer

PER_PAGE = {EVENINGS: 40, WRITE_UPS: 10}
TITLES = {EVENINGS: "{}, as announced", WRITE_UPS: "{}: what was said"}
SUBTITLES = {
    EVENINGS: "When, where and who: each as soon as it is announced, and again when it changes.",
    WRITE_UPS: "The whole words of each write-up, and again when they change.",
}


@read_only
def feed_list(request: HttpRequest) -> HttpResponse:
    """Everything that can be followed, in words."""
    series = SeriesPage.objects.live().order_by("path")
    return render(request, "archive/feed_list.html", {"series": list(series), "sound": series_with_sound()})


@read_only
def feed(request: HttpRequest, kind: str, noun: str = "", slug: str = "") -> HttpResponse:
    """A page of a feed. What was renamed or merged leads to where it is followed now."""
    try:
        return answer(request, lambda: _kept(request, kind, noun, slug), key=request.GET.get("page", ""))
    except Moved as moved:
        query = request.META["QUERY_STRING"]
        return redirect(f"{moved.path}feeds/{kind}/{'?' if query else ''}{query}", permanent=True)


def _kept(request: HttpRequest, kind: str, noun: str, slug: str) -> Kept:
    scope = scope_of(noun, slug, Site.find_for_request(request))
    rows = entries.announced(scope) if kind == EVENINGS else entries.written_up(scope, at=now(request))
    page = lists.page_of(Paginator(rows.values_list("pk", flat=True), PER_PAGE[kind]), request)
    head = _head(scope, kind)
    told = _entries(scope, kind, list(page))
    written = atom.paged(head, told, ways=ways_of(head.address, page))
    body = written.writeString("utf-8").encode()
    return Kept.of(body, modified=int(written.latest_post_date().timestamp()), content_type=atom.MEDIA_TYPE)


def _entries(scope: Scope, kind: str, keys: list[int]) -> list[atom.Entry]:
    words = kind == WRITE_UPS
    if scope.talks is not None:
        return entries.talk_entries(keys, words=words)
    make = entries.write_up_entry if words else entries.evening_entry
    return [make(night) for night in entries.nights_of(keys, words=words)]


def _head(scope: Scope, kind: str) -> atom.Head:
    return atom.Head(
        id=atom.tag(f"feeds/{scope.key}{kind}"),
        title=TITLES[kind].format(scope.title),
        subtitle=SUBTITLES[kind],
        address=atom.absolute(f"{scope.path}feeds/{kind}/"),
        page=atom.absolute(scope.path),
    )


def ways_of(address: str, page: Page) -> list[tuple[str, str]]:
    """This page of a feed, and the others (RFC 5005, section 3)."""

    def at(number: int) -> str:
        return address if number == 1 else f"{address}?page={number}"

    ways = [("self", at(page.number))]
    if page.has_other_pages():
        ways += [("first", at(1)), ("last", at(page.paginator.num_pages))]
    if page.has_previous():
        ways.append(("previous", at(page.previous_page_number())))
    if page.has_next():
        ways.append(("next", at(page.next_page_number())))
    return ways
