"""The last door before a page is served: a live page under an unpublished one is seen by nobody."""

from typing import Any

from django.http import Http404, HttpRequest


def refuse_unless_public(page: Any, request: HttpRequest) -> None:
    """Raises Http404 where a page isn't public. A preview in the admin may pass."""
    if not page.is_public and not getattr(request, "is_preview", False):
        raise Http404("Not published.")
