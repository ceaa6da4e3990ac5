"""Corrections, by year, newest first; and as a feed."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.views import read_only

from .. import correcting, lists
from ..feeds import polled
from ..follow_up_feeds import CorrectionsFeed

PER_PAGE = 48


@read_only
def feed(request: HttpRequest) -> HttpResponse:
    """Known by its words alone: of a correction only the day is known, and that says too little of when it changed."""
    return polled(request, CorrectionsFeed(), dated=False)


@read_only
def correction_list(request: HttpRequest) -> HttpResponse:
    page = lists.page_of(Paginator(correcting.standing(), PER_PAGE), request)
    corrections = correcting.told(list(page.object_list))
    context = {
        "page": page,
        "years": [(year, list(run)) for year, run in groupby(corrections, key=lambda row: row.made_on.year)],
        "query": lists.query_of(page),
    }
    return render(request, "archive/corrections.html", context)
