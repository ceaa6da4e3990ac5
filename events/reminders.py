"""Reminding speakers in the admin: of one talk, or of all that an evening lacks. The mails before they go."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from pages.english import listed
from speakers.enums import Baton
from speakers.models import Contribution
from speakers.reminding import NothingToRemind, RemindedJustNow, last_reminded, recipients_of, remind, show

from .enums import FREES_A_SLOT
from .forms.inviting import NoteForm
from .models import TalkPage
from .planning import OrganisersView, edit_url

SEND = "send"


def why_not_remind(talk: TalkPage) -> str:
    """Why nobody can be reminded of a talk; empty where they can."""
    if talk.event is None or talk.contribution is None:
        return "This talk belongs to no evening any more, so nothing is wanted for it."
    if talk.state in FREES_A_SLOT or talk.event.is_called_off:
        return "This talk, or its evening, is off. Nothing is wanted for it."
    if talk.contribution.held_by != Baton.SPEAKERS:
        return "You have this at the moment. Hand it to the speakers first, with a note if something is missing."
    if not recipients_of(talk.contribution):
        return "Nobody in this talk has an address yet. Invite its speakers first."
    return ""


class RemindView(OrganisersView, TemplateView):
    """GET: the mails as they will be. POST: the same with a note, or, with "send", they are queued."""

    template_name = "events/admin/remind.html"
    page_title = "Remind them"
    header_icon = "mail"

    @cached_property
    def talks(self) -> list[TalkPage]:
        return [self.slot]

    @property
    def refusal(self) -> str:
        return why_not_remind(self.slot)

    def back(self) -> str:
        return AdminURLFinder(self.organiser).get_edit_url(self.slot.contribution) or edit_url(self.slot)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or NoteForm()
        note = form.cleaned_data.get("note", "") if form.is_bound and form.is_valid() else ""
        refusal = self.refusal
        asked = [] if refusal else [self.rows_of(talk, note) for talk in self.talks]
        context = {"event": self.event, "form": form, "refusal": refusal, "asked": asked, "back": self.back()}
        context["count"] = sum(len(row["mails"]) for row in asked)
        return {**super().get_context_data(**kwargs), **context}

    def rows_of(self, talk: TalkPage, note: str) -> dict[str, Any]:
        """A talk's mails, when its people were reminded last, and who of them can't be written to."""
        contribution: Contribution = talk.contribution  # type: ignore[assignment]  # or there was a refusal
        mails = show(contribution, note=note, by=self.organiser, at=timezone.now())
        written_to = {mail.to.speaker for mail in mails if mail.to.helper is None}
        silent = [one.name for one in contribution.speakers() if one not in written_to]
        return {"talk": talk, "mails": mails, "reminded": last_reminded(contribution), "silent": silent}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        if self.refusal:
            messages.error(request, self.refusal)
            return redirect(self.back())
        if not form.is_valid() or request.POST.get("step") != SEND:
            status = 200 if form.is_valid() else 400
            return self.render_to_response(self.get_context_data(form=form), status=status)
        for talk in self.talks:
            self.send(talk, form.cleaned_data["note"])
        return redirect(self.back())

    def send(self, talk: TalkPage, note: str) -> None:
        """Queue one talk's mails and say so, or why not."""
        contribution: Contribution = talk.contribution  # type: ignore[assignment]  # or there was a refusal
        try:
            people = remind(contribution=contribution, note=note, by=self.organiser, at=timezone.now())
        except (NothingToRemind, RemindedJustNow) as refusal:
            messages.warning(self.request, f"{capfirst(talk.in_words)}: {refusal}")
        else:
            names = listed([str(one) for one in people])
            comma = "," if people[-1].helper else ""
            messages.success(self.request, f"{capfirst(talk.in_words)}: the reminder to {names}{comma} is on its way.")


class RemindAllView(RemindView):
    """The same for each talk of an evening that its speakers hold and have not sent."""

    page_title = "Remind all who have not sent"

    @cached_property
    def talks(self) -> list[TalkPage]:
        rows = TalkPage.objects.child_of(self.evening).in_running_order().select_related("event", "contribution")
        return [talk for talk in rows if not why_not_remind(talk)]

    @property
    def refusal(self) -> str:
        return "" if self.talks else "Every talk was sent, or its speakers were not asked or have no address yet."

    def back(self) -> str:
        return edit_url(self.evening)
