"""Search: a page that helps before anything is typed, results in groups, one group in pages, and suggestions."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from pages.views import read_only, tidy

from .. import choices, lists, search
from ..choices import Chosen
from ..search import KINDS, Group, Query, Ranked

SUGGESTIONS_KEPT_SECONDS = 300
compress = GZipMiddleware(lambda request: HttpResponse())


@read_only
@tidy
def results(request: HttpRequest) -> HttpResponse:
    """Kept by nobody where something is asked: whoever asks for a million things fills no cache of ours."""
    query = search.parse(request.GET.get("q", ""))
    options = search.options()
    chosen = choices.read_chosen(request.GET, options)
    told = _one_kind if query and request.GET.get("in") in KINDS else _overview
    context = {"query": query, "chosen": chosen, "contents": None if query.text else search.contents()}
    context |= {"address": _address(query, chosen) if query.text else chosen.query}
    context |= choices.form_of(options, chosen) | told(request, query, chosen)
    response = render(request, "archive/search.html", context)
    if request.GET:
        patch_cache_control(response, private=True, max_age=60)
        # What the page cache keeps is compressed by it. Nothing on this page is secret.
        return compress.process_response(request, response)  # type: ignore[return-value]
    return response


def _overview(request: HttpRequest, query: Query, chosen: Chosen) -> dict[str, Any]:
    found = search.find(query, chosen, exact="exact" in request.GET)
    return {"found": found, "asked": _address(found.query, chosen)}


def _one_kind(request: HttpRequest, query: Query, chosen: Chosen) -> dict[str, Any]:
    """Results come and go: past the end there is the last page."""
    some = request.GET.get("some", "")
    query = search.loosely(query, int(some) if some.isdecimal() and len(some) < 3 else 0)
    ranked = Ranked(query, chosen, KINDS[request.GET["in"]])
    page = ranked.in_pages().get_page(request.GET.get("page"))
    group = Group(ranked.kind, ranked.count, list(page.object_list))
    asked = _address(query, chosen)
    narrowed = f"{asked}&in={group.name}"
    told = {"query": query, "group": group, "page": page, "asked": asked, "narrowed": narrowed}
    return {**told, "address": lists.query_of(page, narrowed)}


def _address(query: Query, chosen: Chosen) -> str:
    """The part of the address after the question mark that says what is looked for."""
    some = [("some", query.some)] if query.some else []
    return urlencode([("q", query.text), *chosen.items(), *some])


@read_only
def suggestions(request: HttpRequest) -> JsonResponse:
    """A few titles that begin like what is being typed."""
    found = search.suggest(request.GET.get("q", ""))
    rows = [{"text": row.text, "kind": row.kind, "url": row.url} for row in found]
    response = JsonResponse({"suggestions": rows})
    patch_cache_control(response, private=True, max_age=SUGGESTIONS_KEPT_SECONDS)
    response["X-Robots-Tag"] = "noindex"
    return response


@read_only
def opensearch(request: HttpRequest) -> HttpResponse:
    """For browsers that offer to search here: https://developer.mozilla.org/docs/Web/XML/Guides/OpenSearch"""
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "archive/opensearch.xml", {"site": settings.SITE_URL}, content_type=content_type)
