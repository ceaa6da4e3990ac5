"""The last doors: before a page is served, and before an evening is published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

LEFTOVERS_NOT_SEEN = (
    "Something that an import could not place waits in the leftovers. "
    "Move it where it belongs, or tick that it has been seen to, before you publish this evening."
)


class LeftoversNotSeen(PermissionDenied):
    """An evening has leftovers that nobody has seen to. Where no form says it in words, Wagtail's refusal does."""

    def __init__(self, event: Any) -> None:
        self.event = event
        super().__init__(f"{event}: {LEFTOVERS_NOT_SEEN}")


def refuse_unless_public(page: Any, request: HttpRequest) -> None:
    """A live page under an unpublished one is seen by nobody: raises Http404. A preview in the admin may pass."""
    if not page.is_public and not getattr(request, "is_preview", False):
        raise Http404("Not published.")
