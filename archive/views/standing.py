"""How long what a page tells of evenings stays true."""

from collections.abc import Iterable

from django.http import HttpRequest

from pages.cache import changes_at
from pages.clock import now

from ..appearances import Appearance


def until_over(request: HttpRequest, shown: Iterable[Appearance]) -> None:
    """What is still to come is so until its evening is over; what was asked and promised changes at midnight."""
    for appearance in shown:
        if appearance.followed:
            changes_at(request, appearance.followed.changes_at)
        if appearance.event.over_at > now(request):
            changes_at(request, appearance.event.over_at)
