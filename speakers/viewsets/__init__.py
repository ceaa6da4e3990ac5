"""The speakers' side in Wagtail's admin: one group in the menu."""

from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .contributions import ContributionViewSet
from .organisations import OrganisationViewSet
from .people import SpeakerViewSet
from .questions import StandardQuestionViewSet


class SpeakersGroup(SnippetViewSetGroup):  # type: ignore[misc]
    items = (ContributionViewSet, SpeakerViewSet, OrganisationViewSet, StandardQuestionViewSet)
    menu_label = "Speakers"
    menu_icon = "group"
    menu_order = 210
