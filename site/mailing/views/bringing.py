"""A file of addresses: brought, looked at, then put on the list."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages

from ..enums import ListWay
from ..forms import UploadForm
from ..importers.bringing import STEPS_AT_ONCE, AlreadyWanted, go_on, keep, want
from ..importers.lines import Faulty
from ..models import AddressList
from .desk import DeskView

# What a line comes to → how it is said: before, and after.
SENTENCES = {
    "new": ("will be put on the list, or asked", "put on the list, or asked"),
    "waiting": ("were asked before and have not answered", "had been asked before and had not answered"),
    "here": ("are on the list already, and stay as they are", "were on the list already"),
    "left": ("left the list, and are left alone", "had left, and were left alone"),
    "suppressed": ("must not be written to, and are left alone", "must not be written to"),
    "twice": ("are in the file a second time", "were in the file a second time"),
}
DONE = "It is done. This is what the lines came to."
BEGUN = "It is begun, and goes on by itself. This is what the lines came to so far."


def said(outcome: dict[str, int], *, after: bool) -> Iterable[tuple[int, str]]:
    return [(outcome[fate], words[after]) for fate, words in SENTENCES.items() if outcome.get(fate)]


class BringView(DeskView):
    """Choose a file. It is checked line by line, and nothing happens yet."""

    template_name = "mailing/admin/bring.html"
    page_title = "Bring in addresses"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UploadForm())
        return super().get_context_data(**kwargs)  # type: ignore[no-any-return]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, sentences = UploadForm(request.POST, request.FILES), []
        if form.is_valid():
            file, way = form.cleaned_data["file"], ListWay(form.cleaned_data["way"])
            try:
                kept = keep(content=file.read(), filename=file.name, way=way, by=request.user, at=timezone.now())
            except Faulty as faults:
                sentences = faults.sentences
            else:
                return redirect("subscribers:look", kept.pk)
        context = self.get_context_data(form=form, sentences=sentences)
        return self.render_to_response(context, status=400)


class LookView(DeskView):
    """What a file will come to; a button that does it."""

    template_name = "mailing/admin/look.html"
    page_title = "A file of addresses"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        brought = get_object_or_404(AddressList, pk=self.kwargs["pk"])
        outcome = said(brought.outcome, after=brought.wanted_at is not None)
        return super().get_context_data(brought=brought, outcome=outcome, **kwargs)  # type: ignore[no-any-return]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        brought = get_object_or_404(AddressList, pk=self.kwargs["pk"])
        try:
            want(address_list=brought, at=timezone.now())
        except AlreadyWanted:
            messages.warning(request, "This file was brought in before, or is older than a day. Choose it again.")
        else:
            go_on(address_list=brought, at=timezone.now(), steps=STEPS_AT_ONCE)
            brought.refresh_from_db(fields=["applied_at"])
            messages.success(request, DONE if brought.applied_at else BEGUN)
        return redirect("subscribers:look", brought.pk)
