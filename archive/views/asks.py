"""What speakers asked of the room."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.cache import changes_at
from pages.clock import now
from pages.views import read_only

from .. import asking, lists
from ..feeds import AsksFeed, polled

PER_PAGE = 48


@read_only
def feed(request: HttpRequest) -> HttpResponse:
    return polled(request, AsksFeed())


@read_only
def ask_list(request: HttpRequest) -> HttpResponse:
    """Open ones first, those that close soonest before the others; closed ones say so by themselves."""
    at = now(request)
    standing = asking.standing(at=at)
    page = lists.page_of(Paginator(standing.order, PER_PAGE), request)
    changes_at(request, standing.changes_at(at))
    context = {
        "page": page,
        "groups": asking.by_state(asking.told(list(page), at=at)),
        "is_any_open": standing.is_any_open,
        "query": lists.query_of(page),
    }
    return render(request, "archive/asks.html", context)
