"""Everything that talks have linked to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.views import read_only, tidy

from .. import choices, lists
from ..linking import listing

PER_PAGE = 60


@read_only
@tidy
def link_list(request: HttpRequest) -> HttpResponse:
    """Links of the newest evening first; those of one kind where the address names one that we know."""
    kinds = listing.kinds()
    words = {one.value: one.label for one in kinds}
    kind, misread = choices.one_of(words, request.GET.get("kind", ""), "kind")
    page = lists.page_of(Paginator(listing.Links(kind, kinds), PER_PAGE), request)
    narrowed = f"kind={kind}" if kind else ""
    context = {
        "page": page,
        "links": listing.told(list(page.object_list)),
        "kinds": kinds,
        "kind": kind,
        "kind_words": words.get(kind, ""),
        "narrowed": narrowed,
        "query": lists.query_of(page, narrowed),
        "index": not kind,
    }
    return render(request, "archive/links.html", {**context, "misread": misread})
