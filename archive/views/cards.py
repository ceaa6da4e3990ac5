"""Social cards as pictures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response

from pages.views import read_only

from ..cards import kept
from ..cards.subjects import find

AGAIN_SECONDS = 5


@read_only
def card(request: HttpRequest, place: str, digest: str) -> HttpResponse:
    """The card of a public thing. An address with other words on it leads to what is on it now."""
    subject = find(place)
    if digest != subject.card.digest:
        return redirect(subject.url)
    etag = f'"{subject.card.version}"'
    try:
        response = get_conditional_response(request, etag=etag) or HttpResponse(
            kept.png(subject.card, subject.place), content_type="image/png"
        )
    except kept.TooBusy:
        headers = {"Retry-After": str(AGAIN_SECONDS)}
        return HttpResponse("Too many pictures are being drawn.", "text/plain; charset=utf-8", 503, headers=headers)
    response["ETag"] = etag
    # Not for good: what is taken back must go from other people's stores too.
    response["Cache-Control"] = "public, max-age=3600"
    return response
