"""Everything that talks have linked to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.views import read_only

from .. import lists
from ..linking import listing

PER_PAGE = 60


@read_only
def link_list(request: HttpRequest) -> HttpResponse:
    """Links of the newest evening first; those of one kind where the address names it."""
    kinds = listing.kinds()
    kind = listing.known_kind(request.GET.get("kind", ""), kinds)
    page = lists.page_of(Paginator(listing.Links(kind, kinds), PER_PAGE), request)
    narrowed = f"kind={kind}" if kind else ""
    context = {
        "page": page,
        "links": listing.told(list(page.object_list)),
        "kinds": kinds,
        "kind": kind,
        "narrowed": narrowed,
        "query": lists.query_of(page, narrowed),
        "index": not kind,
    }
    return render(request, "archive/links.html", context)
