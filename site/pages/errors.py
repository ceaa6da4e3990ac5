"""Pages that aren't there: why, and where to go on."""

import re

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

DEEPEST = 6
_SEGMENT = re.compile(r"[\w-]{1,255}")


class NotHere(Http404):
    """Something isn't there, and readers may know why: the message stands on the page."""


def nearest_page_above(request: HttpRequest) -> Page | None:
    """The nearest public page whose address the asked one continues; None where only the front page is left.

    A page counts where everything above it is public too. Two queries at most.
    """
    segments = [segment for segment in request.path_info.split("/") if segment][:DEEPEST]
    site = Site.find_for_request(request)
    if site is None or not segments or not all(map(_SEGMENT.fullmatch, segments)):
        return None
    paths = [site.root_page.url_path]
    for segment in segments:
        paths.append(f"{paths[-1]}{segment}/")
    there = {page.url_path: page for page in Page.objects.live().public().filter(url_path__in=paths[1:])}
    found = None
    for path in paths[1:]:
        if path not in there:
            break
        found = there[path]
    return found
