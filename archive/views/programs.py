"""For people who write programs: what the API is, and the whole archive as a file."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from pages.errors import NotHere
from pages.licence import data_licence
from pages.views import read_only

from ..api.door import KEPT_SECONDS, REQUESTS_A_MINUTE
from ..api.filters import MOST
from ..api.words import things
from ..models import OpenData
from ..opendata.writing import described

FILENAME = "data-bites.zip"
NOT_YET = "The open data is being made for the first time. Look again in a few minutes."


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


@read_only
def open_data(request: HttpRequest) -> HttpResponse:
    """What the file holds, with its size and checksum; or that the first one is still to be made."""
    data = OpenData.current()
    context = {
        "data": data,
        "tables": described(data.rows) if data else [],
        "licence": data_licence(),
        "site": settings.SITE_URL,
    }
    return render(request, "archive/open_data.html", context)


@read_only
def open_data_file(request: HttpRequest) -> HttpResponseBase:
    """The file; nothing of it to whoever has it already."""
    for _ in range(2):  # one that was just put in the place of another is there at the second look
        current = _current()
        etag = f'"{current.sha256}"'
        answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
        if answer is None:
            try:
                answer = FileResponse(current.file.open("rb"), filename=FILENAME, as_attachment=True)
            except FileNotFoundError:
                continue
        answer["ETag"], answer["Cache-Control"], answer["Access-Control-Allow-Origin"] = etag, "no-cache", "*"
        return answer
    raise NotHere(NOT_YET)


@read_only
def open_data_checksum(request: HttpRequest) -> HttpResponse:
    """As `sha256sum --check` reads it."""
    response = HttpResponse(f"{_current().sha256}  {FILENAME}\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"  # beside the file, never behind it
    return response


def _current() -> OpenData:
    if (found := OpenData.current()) is None:
        raise NotHere(NOT_YET)
    return found
