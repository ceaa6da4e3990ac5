"""The last door before a page is served: a live page under an unpublished one is seen by nobody."""

from typing import Any

from django.http import Http404, HttpRequest


def guarded(page: Any, request: HttpRequest) -> None:
    """Returns None where the page may be served. Raises Http404 where it isn't public; a preview in the admin may pass."""
    if not page.is_public and not getattr(request, "is_preview", False):
        raise Http404("Not published.")
