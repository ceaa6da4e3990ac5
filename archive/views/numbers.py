"""The archive in figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.models import EventPage
from pages.cache import changes_at
from pages.clock import now
from pages.errors import NotHere
from pages.views import read_only

from ..numbers.counting import counts
from ..numbers.figures import figures, named


@read_only
def numbers(request: HttpRequest) -> HttpResponse:
    """What was held so far, until the next evening is over."""
    at = now(request)
    coming = EventPage.objects.public().next_to_come(at=at).order_by("over_at")
    changes_at(request, coming.values_list("over_at", flat=True).first())
    found = counts(at=at)
    return render(request, "archive/numbers.html", {"figures": figures(found), "years": found.years})


@read_only
def as_csv(request: HttpRequest, name: str) -> HttpResponse:
    """The table of one figure."""
    figure = named(figures(counts(at=now(request))), name)
    if figure is None:
        raise NotHere("There is no such figure, or nothing to count yet.")
    response = HttpResponse("".join(figure.csv_lines()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{figure.name}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response
