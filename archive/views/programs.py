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
ANEW = "Something that was in the open data was taken back, so it is being made anew. Look again in a few minutes."
AGAIN_SECONDS = 120  # the worker looks each minute, and then has to make it


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
    """What the file holds, with its size and checksum; or that there is none at the moment."""
    data = OpenData.current()
    context = {
        "data": data,
        "anew": ANEW if data is None and OpenData.is_taken_away() else "",
        "tables": described(data.rows) if data else [],
        "licence": data_licence(),
        "site": settings.SITE_URL,
    }
    response = render(request, "archive/open_data.html", context)
    # Kept by nobody, our own page cache included: where each process has its own, it would go on naming a file that
    # was taken away.
    response["Cache-Control"] = "no-store"
    return response


@read_only
def open_data_file(request: HttpRequest) -> HttpResponseBase:
    """The file; nothing of it to whoever has it already, as long as it is served at all."""
    for _ in range(2):  # one that was just put in the place of another is there at the second look
        if (current := OpenData.current()) is None:
            break
        etag = f'"{current.sha256}"'
        answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
        if answer is None:
            try:
                answer = FileResponse(current.file.open("rb"), filename=FILENAME, as_attachment=True)
            except FileNotFoundError:
                continue
        answer["ETag"], answer["Cache-Control"], answer["Access-Control-Allow-Origin"] = etag, "no-cache", "*"
        return answer
    return _none_now()


@read_only
def open_data_checksum(request: HttpRequest) -> HttpResponse:
    """As `sha256sum --check` reads it."""
    if (current := OpenData.current()) is None:
        return _none_now()
    response = HttpResponse(f"{current.sha256}  {FILENAME}\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"  # beside the file, never behind it
    return response


def _none_now() -> HttpResponse:
    """Raises NotHere where there never was one."""
    if not OpenData.objects.exclude(made_at=None).exists():
        raise NotHere(NOT_YET)
    headers = {"Retry-After": str(AGAIN_SECONDS), "Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(f"{ANEW}\n", "text/plain; charset=utf-8", 503, headers=headers)
