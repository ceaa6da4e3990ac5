"""Everything that talks have linked to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.views import read_only, tidy

from .. import lists
from ..linking import listing

PER_PAGE = 60


@read_only
@tidy
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
        "kind_words": next((one.label for one in kinds if one.value == kind), ""),
        "narrowed": narrowed,
        "query": lists.query_of(page, narrowed),
        "index": not kind,
    }
    return render(request, "archive/links.html", context)
