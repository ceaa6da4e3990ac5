"""How the API is spoken to: read alone, from any site, a limited number of times a minute, told only what is new."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from mailing.limits import source_hash
from pages.clock import now
from pages.origin import ip_address

from . import problems
from .description import description
from .operations import api
from .problems import Refused

READ = ("GET", "HEAD")
REQUESTS_A_MINUTE = 120
KEPT_SECONDS = 60  # as long as the site itself keeps a page
MINUTE = 60


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An answer that the site keeps ready isn't counted: it never comes here (pages.cache)."""

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _open_to_all(HttpResponse(status=HTTPStatus.NO_CONTENT))
        if request.method not in READ:
            refusal = problems.answer(Refused(405, "There is nothing to write here: GET and HEAD are all there is."))
            refusal["Allow"] = "GET, HEAD, OPTIONS"
            return _open_to_all(refusal)
        if (wait := seconds_to_wait(request)) is not None:
            return _open_to_all(_too_many(wait))
        asked, request.method = request.method, "GET"
        answer = view(request, *args, **kwargs)
        request.method = asked  # for whoever leaves the body of an answer to HEAD away
        return _open_to_all(_conditional(request, answer))

    return opened


def seconds_to_wait(request: HttpRequest) -> int | None:
    """Counts a request; the seconds until the next one is welcome, where this was one too many.

    By network, in the cache that all processes share. This machine's own are never too many.
    """
    at = now(request)
    source = source_hash(ip_address(request), at=at)
    if not source:
        return None
    key = f"api.{source}.{at:%H%M}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # emptied in between
        return None
    return MINUTE - at.second if count > REQUESTS_A_MINUTE else None


def _too_many(wait: int) -> HttpResponse:
    words = f"{REQUESTS_A_MINUTE} requests a minute are what we can answer. Go on in {wait} seconds."
    answer = problems.answer(Refused(429, f"{words} The whole archive is one file: /open-data/."))
    answer["Retry-After"] = str(wait)
    return answer


def _conditional(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """With an ETag of what it says. A weak one: compressed or not, it says the same."""
    if answer.status_code != HTTPStatus.OK:
        return answer
    answer["ETag"] = f'W/"{sha256(answer.content).hexdigest()[:32]}"'
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer  # type: ignore[return-value]


def _open_to_all(answer: HttpResponse) -> HttpResponse:
    """Any site's script may read it: there is no cookie, and nothing that is anybody's own."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if answer.status_code == HTTPStatus.NO_CONTENT:
        answer["Access-Control-Allow-Methods"] = "GET, HEAD"
        answer["Access-Control-Allow-Headers"] = "If-None-Match"
        answer["Access-Control-Max-Age"] = str(int(dt.timedelta(days=1).total_seconds()))
    return answer


def no_such_place(request: HttpRequest) -> HttpResponse:
    return problems.answer(Refused(404, "There is no such address. /api/ says which there are."))


def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


def addresses() -> list[URLPattern]:
    """The operations below `api/v1/`, its description, and an answer in its own kind to everything else there."""
    operations, _, _ = api.urls
    opened = [
        path(f"api/v1/{pattern.pattern}", door(pattern.callback))
        for pattern in operations
        if isinstance(pattern, URLPattern) and str(pattern.pattern)
    ]
    return [
        path("api/v1/openapi.json", door(openapi), name="openapi"),
        *opened,
        re_path(r"^api/v1(?:/.*)?$", door(no_such_place)),
    ]
