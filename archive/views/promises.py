"""What happened next: every promise, newest first; what has come due, what was answered, what is open."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from pages.cache import changes_at
from pages.clock import now
from pages.views import read_only, tidy

from .. import choices, lists, promising
from ..feeds import polled
from ..follow_up_feeds import RepliesFeed

PER_PAGE = 48


@read_only
def feed(request: HttpRequest) -> HttpResponse:
    return polled(request, RepliesFeed())


@read_only
@tidy
def promise_list(request: HttpRequest) -> HttpResponse:
    """`?state=` and `?year=` narrow it; a value that nobody knows is left out, and the page says so."""
    at = now(request)
    standing = promising.standing(at=at)
    changes_at(request, standing.changes_at(at))
    state, year, misread = _chosen(request, standing)
    page = lists.page_of(Paginator(standing.chosen(state=state, year=year), PER_PAGE), request)
    promises = promising.told(list(page.object_list), at=at)
    narrowed = urlencode({name: value for name, value in (("state", state), ("year", year)) if value})
    context = {
        "page": page,
        "years": [(found, list(run)) for found, run in groupby(promises, key=lambda row: row.event.local_start.year)],
        "narrowed": narrowed,
        "index": not narrowed,
        "query": lists.query_of(page, narrowed),
        **_form(standing, state, year, misread),
    }
    return render(request, "archive/promises.html", context)


def _form(standing: promising.Standing, state: str, year: int | None, misread: tuple[str, ...]) -> dict[str, Any]:
    counts = standing.counts()
    states = [(key, words, counts[key]) for key, words in promising.STATES.items()]
    words = [promising.STATES[state]] if state else []
    chosen_words = [*words, *([f"said in {year}"] if year else [])]
    told = {"counts": states, "all_years": standing.years(), "state": state, "year": year}
    return {**told, "chosen_words": chosen_words, "misread": misread}


def _chosen(request: HttpRequest, standing: promising.Standing) -> tuple[str, int | None, tuple[str, ...]]:
    years = {str(found): found for found in standing.years()}
    state, unknown_state = choices.one_of(promising.STATES, request.GET.get("state", ""), "state")
    year, unknown_year = choices.one_of(years, request.GET.get("year", ""), "year")
    return state, years.get(year), (*unknown_state, *unknown_year)
