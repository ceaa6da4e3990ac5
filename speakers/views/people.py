"""Two rows of one person made one: who is kept, what will happen, and then it happens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from ..actions import CannotMerge, merge_speakers
from ..doubles import describe_person, likely_people
from ..forms.people import MergeForm
from ..models import Speaker
from .about_person import EDITOR, AboutPerson

MERGE = "wagtailsnippets_speakers_speaker:merge"


class MergeSpeaker(AboutPerson):
    """GET asks who is kept; GET ?into= says what will happen; POST does it."""

    page_title = "Merge"
    template_name = "speakers/admin/merge.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = "into" in self.request.GET
        form = MergeForm(self.request.GET if chosen else None, merged=self.object)
        kept = form.cleaned_data["into"] if chosen and form.is_valid() else None
        context = {"form": form, "merged": self.object, "kept": kept, "media": form.media}
        context |= _comparison(kept, self.object) if kept else {"others": self.others()}
        return {**super().get_context_data(**kwargs), **context}

    def others(self) -> list[dict[str, Any]]:
        """People of a similar name, one click away."""
        likely = [other for other in likely_people(self.object.name) if other.pk != self.object.pk]
        return [{"pk": other.pk, "label": describe_person(other)} for other in likely]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MergeForm(request.POST, merged=self.object)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["into"])))
            return redirect(MERGE, self.object.pk)
        try:
            kept = merge_speakers(kept=form.cleaned_data["into"], merged=self.object, by=request.user)  # type: ignore[arg-type]
        except CannotMerge as refusal:
            messages.error(request, str(refusal))
            return redirect(MERGE, self.object.pk)
        messages.success(request, f"{self.object.name} and {kept.name} are one person now: {kept.name}.")
        return redirect(EDITOR, kept.pk)


def _comparison(kept: Speaker, merged: Speaker) -> dict[str, Any]:
    """The facts of both, and the talks in which both stand: there the same name would stand twice."""
    into, gone = _facts(kept), _facts(merged)
    theirs = {row.talk_id for row in into["appearances"]}
    return {"into": into, "from": gone, "twice": [row.talk for row in gone["appearances"] if row.talk_id in theirs]}


def _facts(speaker: Speaker) -> dict[str, Any]:
    """A person's talks, newest first, and how they are described."""
    rows = speaker.appearances.select_related("talk__event", "organisation").order_by("-talk__event__starts_at")
    return {"label": describe_person(speaker), "appearances": list(rows)}
