"""What a program is answered that asks again and again: 304 where nothing is new, or a body that is kept ready."""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from pages.cache import LONGEST_SECONDS, generation


@dataclass(frozen=True, slots=True)
class Kept:
    """A body, compressed, and what tells it from every other. `modified` is in seconds since 1970, or None."""

    zipped: bytes
    etag: str
    modified: int | None
    content_type: str

    @classmethod
    def of(cls, body: bytes, *, modified: int | None, content_type: str) -> "Kept":
        # Weak: the same words, whether they go compressed or not.
        etag = f'W/"{sha256(body).hexdigest()[:32]}"'
        return cls(gzip.compress(body, compresslevel=6, mtime=0), etag, modified, content_type)

    def answer(self, request: HttpRequest) -> HttpResponse:
        response = get_conditional_response(request, etag=self.etag, last_modified=self.modified)
        if response is None:
            response = HttpResponse(self.zipped, content_type=self.content_type)
            if "gzip" in request.headers.get("Accept-Encoding", ""):
                response["Content-Encoding"] = "gzip"
            else:
                response.content = gzip.decompress(self.zipped)
            response["Content-Length"] = str(len(response.content))
        response["ETag"] = self.etag
        if self.modified is not None:
            response["Last-Modified"] = http_date(self.modified)
        # Kept by whoever likes, and asked about each time.
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def answer(request: HttpRequest, make: Callable[[], Kept], *, key: str = "") -> HttpResponse:
    """From what is kept for this address, or from what is made. `key` is what in the address counts beside its path."""
    name = sha256(f"{request.path}?{key}".encode()).hexdigest()
    kept_as = f"polled.{generation()}.{name}"
    found: tuple[float, Kept] | None = cache.get(kept_as)
    # The site's clock decides, not the cache's.
    if found is None or time.time() >= found[0]:
        found = (time.time() + LONGEST_SECONDS, make())
        cache.set(kept_as, found, LONGEST_SECONDS)
    return found[1].answer(request)
