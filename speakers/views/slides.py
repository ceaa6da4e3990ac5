"""Slides at the organisers' desk: taken in, taken away, downloaded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from ..decks.faults import NotSlides
from ..downloads import send_deck
from ..enums import Baton
from ..forms.desk import SlidesForm
from ..keeping import NotKept, Part, keep_slides, take_slides_away, use_made_pdf
from ..models import Contribution
from ..slides import LARGEST_BYTES
from .desk import at_the_desk, is_in_order, is_open_to, may

ROOM_FOR_THE_REST = 1024 * 1024
TOO_LARGE = "This file is larger than the 50 MB that we keep, so it was not read. Ask for a smaller one, or for a link."
TAKEN = {
    Part.SHOWN: "The slides are in the draft. Only organisers can have this file.",
    Part.READERS: "The PDF is in the draft. Readers get a copy of it when you release it.",
}


def before_it_is_read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses what is far too large by what the browser declares. Django reads a whole request to find its token."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, pk: int) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES + ROOM_FOR_THE_REST:
            messages.error(request, TOO_LARGE)
            return redirect("wagtailsnippets_speakers_contribution:edit", pk)
        return csrf_protect(view)(request, pk)

    return checked


@before_it_is_read
@at_the_desk
def upload_slides(request: HttpRequest, contribution: Contribution) -> None:
    form = SlidesForm(request.POST, request.FILES)
    if not (is_open_to(request, contribution) and is_in_order(request, form)):
        return
    user: Any = request.user
    file, part = form.cleaned_data["file"], form.cleaned_data["part"]
    try:
        keep_slides(
            contribution=contribution, file=file, filename=file.name, by=user, part=part, holder=Baton.ORGANISERS
        )
    except (NotSlides, NotKept) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, TAKEN[part])


@at_the_desk
def remove_slides(request: HttpRequest, contribution: Contribution) -> None:
    part = Part.READERS if request.POST.get("part") == Part.READERS else Part.SHOWN
    if is_open_to(request, contribution):
        take_slides_away(contribution=contribution, by=request.user, part=part)  # type: ignore[arg-type]
        messages.success(request, "The file is no longer in the draft. Earlier versions still have it.")


@at_the_desk
def use_pdf(request: HttpRequest, contribution: Contribution) -> None:
    if not is_open_to(request, contribution):
        return
    if use_made_pdf(contribution=contribution, by=request.user) is None:  # type: ignore[arg-type]
        messages.error(request, "There is no PDF of these slides that we made.")
    else:
        messages.success(request, TAKEN[Part.READERS])


@require_safe
def download_slides(request: HttpRequest, pk: int, what: str = "night") -> FileResponse:
    """A file of the newest draft, for whoever may look at contributions in the admin."""
    if not may(request, "change", "view"):
        raise PermissionDenied
    return send_deck(get_object_or_404(Contribution, pk=pk).get_latest_revision_as_object(), what)
