"""Where a form was sent from. Public pages have no cookie, so a token in one can't tell; the browser does."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

# "none" is the reader's own doing: a reload, a restored tab.
OURS = ("same-origin", "none")


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, as far as the browser says.

    Sec-Fetch-Site decides where it came along (Fetch Metadata, all browsers since 2023), Origin elsewhere. A program
    sends neither: it could send anything, and is no reader's browser that somebody else steers.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in OURS
    if origin := request.headers.get("Origin"):
        here = f"{request.scheme}://{request.get_host()}"
        return origin in (here, "{0.scheme}://{0.netloc}".format(urlsplit(settings.SITE_URL)))
    return True


def ip_address(request: HttpRequest) -> str:
    """The reader's address. Behind proxies of ours (TRUSTED_PROXY_COUNT) it is what the outermost of them saw."""
    if settings.TRUSTED_PROXY_COUNT:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        return seen[-settings.TRUSTED_PROXY_COUNT] if len(seen) >= settings.TRUSTED_PROXY_COUNT else ""
    return str(request.META.get("REMOTE_ADDR", ""))
