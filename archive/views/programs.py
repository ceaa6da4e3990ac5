"""For people who write programs: what the API is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.licence import data_licence
from pages.views import read_only

from ..api.door import KEPT_SECONDS, REQUESTS_A_MINUTE
from ..api.filters import MOST
from ..api.words import things


@read_only
def api(request: HttpRequest) -> HttpResponse:
    context = {
        "things": things(),
        "base": f"{settings.SITE_URL}/api/v1",
        "most": MOST,
        "a_minute": REQUESTS_A_MINUTE,
        "kept_seconds": KEPT_SECONDS,
        "licence": data_licence(),
    }
    return render(request, "archive/api.html", context)
