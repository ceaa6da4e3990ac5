"""Whole public pages, kept ready and compressed, for at most a minute and only until something changes.

Compressing costs more than the page, so the compressed body is what is kept. One generation number is part of every
key: `bump()` makes all that was kept unreachable. A page that knows when its words will change next (an evening begins,
an ask closes) says so with `changes_at()`, and is gone by then.
"""

import datetime as dt
import gzip
import time
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

LONGEST_SECONDS = 60
REMEMBERED_SECONDS = 3600
GENERATION_KEY = "pages.generation"
READ_EVERY_SECONDS = 1.0
SMALLEST_BYTES = 512
PASSED_BY = ("/cms/", "/static/", "/media/", "/portal/", "/account/")
CARRIED = (
    *("Content-Type", "Content-Encoding", "Vary", "X-Frame-Options", "ETag", "Last-Modified"),
    *("Cache-Control", "Link", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"),
)
CROSS_ORIGIN = {"Access-Control-Allow-Origin", "Access-Control-Expose-Headers"}
KEPT_TYPES = ("text/html", "application/xml", "text/plain", "application/json")

_seen = {"generation": 0, "read_at": float("-inf")}


def generation(*, now: float | None = None) -> int:
    """The shared generation, read at most once a second by each process."""
    moment = time.monotonic() if now is None else now
    if moment - _seen["read_at"] >= READ_EVERY_SECONDS:
        _seen["generation"] = cache.get(GENERATION_KEY, 0)
        _seen["read_at"] = moment
    return int(_seen["generation"])


def bump() -> None:
    """Something public changed: nothing that was kept is served again (by another process for a second at most)."""
    # Time, not a counter: should the cache lose its content, an old number can't come back.
    cache.set(GENERATION_KEY, time.time_ns(), None)
    _seen["read_at"] = float("-inf")


def changes_at(request: HttpRequest, moment: dt.datetime | None) -> None:
    """Say at which moment the words of the page that is being made change next; the soonest one counts."""
    known = getattr(request, "changes_at", None)
    if moment is not None and (known is None or moment < known):
        request.changes_at = moment  # type: ignore[attr-defined]


def remember[T](name: str, make: Callable[[], T]) -> T:
    """What costs much and changes only when something public does: made once, and again after the next `bump()`.

    `name` holds everything that the result depends on but the database. Nothing that tells of the clock, and not None.
    """
    key = f"remembered.{generation()}.{sha256(name.encode()).hexdigest()}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, REMEMBERED_SECONDS)
    return found


class PageCacheMiddleware:
    """Answers anonymous GETs from the cache, and keeps what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_use(request):
            return self.get_response(request)
        key = self._key(request)
        kept = cache.get(key)
        # The site's clock decides, not the cache's: the two may differ, and the cache may be another machine.
        if kept is not None and time.time() < kept[0]:
            return self._restore(request, kept)
        response = self.get_response(request)
        return self._keep(request, key, response)

    @staticmethod
    def _may_use(request: HttpRequest) -> bool:
        cookies = request.COOKIES
        preview = getattr(request, "is_dummy", False)
        personal = settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies
        return (
            request.method in ("GET", "HEAD")
            and not personal
            and not preview
            and "Authorization" not in request.headers
            and not request.path.startswith(PASSED_BY)
        )

    @staticmethod
    def _key(request: HttpRequest) -> str:
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        name = f"{request.scheme}|{request.get_host()}|{request.get_full_path()}|{zipped}|{request.method}"
        return f"page.{generation()}.{sha256(name.encode()).hexdigest()}"

    def _keep(self, request: HttpRequest, key: str, response: HttpResponse) -> HttpResponse:
        if not self._may_keep(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" in request.headers.get("Accept-Encoding", "") and len(response.content) >= SMALLEST_BYTES:
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        seconds: float = LONGEST_SECONDS
        if (moment := getattr(request, "changes_at", None)) is not None:
            seconds = min(seconds, moment.timestamp() - time.time())
        if seconds > 0:
            headers = {name: response[name] for name in CARRIED if name in response}
            until = time.time() + seconds
            cache.set(key, (until, response.status_code, response.content, headers), seconds)
        return response

    @staticmethod
    def _may_keep(response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.has_header("Content-Encoding")
            and not response.has_header("Content-Disposition")
            and response.get("Content-Type", "").split(";")[0] in KEPT_TYPES
            and "cookie" not in response.get("Vary", "").lower()
            and not any(word in response.get("Cache-Control", "") for word in ("no-store", "private"))
        )

    @staticmethod
    def _restore(request: HttpRequest, kept: tuple[float, int, bytes, dict[str, str]]) -> HttpResponse:
        """As it was kept; nothing of it to a program that says by its ETag that it has it already."""
        _, status, body, headers = kept
        response = HttpResponse(body, status=status)
        for name, value in headers.items():
            response[name] = value
        response["Content-Length"] = str(len(body))
        if "ETag" not in headers:
            return response
        answer: HttpResponse = get_conditional_response(request, etag=headers["ETag"], response=response) or response
        for name in headers.keys() & CROSS_ORIGIN:
            answer[name] = headers[name]
        return answer
