"""Views in the admin that put what speakers propose into the programme."""

from typing import Any

from django.shortcuts import get_object_or_404

from speakers.models import Speaker

from .actions import NotInOrder
from .introductions import NobodyProposed, WhichOrganisation, take_over_introduction
from .models import TalkPage
from .outlook import contribution_url
from .planning import ConfirmView, edit_url
from .proposed import TITLE_AND_TEASER, proposed_words, take_over_words


class IntroduceView(ConfirmView):
    page_title = "Introduce them as they propose"
    header_icon = "user"
    question = "Role, organisation and pronunciation are put into the programme as the speaker proposes them."
    button = "Take it over"

    def act(self) -> str:
        speaker = get_object_or_404(Speaker, pk=self.kwargs["speaker_pk"])
        try:
            take_over_introduction(talk=self.slot, speaker=speaker, by=self.organiser)
        except (NobodyProposed, WhichOrganisation) as refusal:
            raise NotInOrder(str(refusal)) from refusal
        return f"The programme introduces {speaker.name} as they propose."

    def back(self) -> str:
        return contribution_url(self.slot, user=self.organiser) or super().back()


class TakeWordsView(ConfirmView):
    """What speakers propose to call their talk and to say about it, beside what the programme says."""

    template_name = "events/admin/take_words.html"
    page_title = "Take over what they propose"
    header_icon = "title"

    def act(self) -> str:
        post = self.request.POST
        names = TITLE_AND_TEASER if post.get("take") == "both" else (post.get("take", ""),)
        taken = take_over_words(talk=self.slot, names=names, seen=post.dict(), by=self.organiser)
        now = TalkPage.objects.select_related("event").get(pk=self.slot.pk)
        seen = now.is_public and not now.has_unpublished_changes
        return (
            f"The programme has {' and '.join(f'the {name}' for name in taken)} as they propose. "
            f"{'Readers see it.' if seen else 'Publish it when you are ready.'}"
        )

    def back(self) -> str:
        came_from = self.request.GET.get("back")
        if came_from == "evening":
            return edit_url(self.evening)
        desk = contribution_url(self.slot, user=self.organiser) if came_from == "contribution" else None
        return desk or super().back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposed = proposed_words(self.slot.get_latest_revision_as_object())
        return {**super().get_context_data(**kwargs), "proposed_words": proposed}
