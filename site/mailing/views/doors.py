"""What the list's pages have in common: none is kept by anybody, and none tells another site its address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pages.errors import NotHere
from pages.views import page_not_found

from ..links import NotOurs, preferences_url
from ..models import Subscriber
from .words import NOT_OURS

View = Callable[..., HttpResponse]


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """No cache keeps it, no search engine lists it, and no page after it learns its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def open_door(view: View) -> View:
    """GET, HEAD and POST, without a cookie: the page checks for itself where a form comes from."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return opened


def by_link(view: View) -> View:
    """A page behind a signed link. The link is the proof: no cookie, no token, whoever's mail program sends it.

    GET and HEAD change nothing: mail scanners open every link. What isn't ours is a 404 with a way on.
    """

    @open_door
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except NotOurs:
            response = page_not_found(request, NotHere(NOT_OURS))
        except NotHere as fault:
            response = page_not_found(request, fault)
        return kept_by_nobody(response)

    return opened


def subscriber_of(key: Any) -> Subscriber:
    """Whom a link is about.

    Raises:
        NotOurs: they are not known any more.
    """
    found = Subscriber.objects.filter(key=key).first()
    if found is None:
        raise NotOurs
    return found


def known(subscriber: Subscriber, **more: Any) -> dict[str, Any]:
    """What the pages say about a subscriber."""
    return {
        "subscriber": subscriber,
        "headings": subscriber.headings(),
        "preferences_url": preferences_url(subscriber),
        **more,
    }
