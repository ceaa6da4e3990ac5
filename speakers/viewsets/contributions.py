"""Contributions in the admin: listed, edited, released; never added, copied, deleted or scheduled there."""

from typing import Any

from django.urls import path
from wagtail.snippets.views.snippets import SnippetViewSet

from ..forms.contributions import ContributionForm
from ..models import Contribution
from ..panels import contribution_editor
from ..views import desk, slides
from .contribution_list import ContributionFilters, ContributionIndexView
from .contribution_views import (
    EditContribution,
    InspectContribution,
    LockContribution,
    ReleaseContribution,
    RevertContribution,
    TakeOffContribution,
    UnlockContribution,
    UnscheduleContribution,
)

NEVER = {"add", "delete", "preview_on_add"}


class ContributionViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Contribution
    icon = "form"
    menu_label = "Contributions"
    menu_name = "contributions"
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ContributionIndexView
    edit_view_class = EditContribution
    inspect_view_class = InspectContribution
    lock_view_class = LockContribution
    unlock_view_class = UnlockContribution
    revisions_unschedule_view_class = UnscheduleContribution
    unpublish_view_class = TakeOffContribution
    revisions_revert_view_class = RevertContribution
    filterset_class = ContributionFilters
    index_template_name = "speakers/admin/contribution_list.html"
    edit_template_name = "speakers/admin/contribution_edit.html"
    inspect_template_name = "speakers/admin/contribution_inspect.html"
    ordering = ("-talk__event__starts_at", "talk__path", "-pk")
    search_fields = ["proposed_title", "talk__title", "talk__talk_speakers__speaker__name", "talk__event__title"]
    search_backend_name = None
    edit_handler = contribution_editor(ContributionForm)
    list_per_page = 40

    @property
    def unpublish_view(self) -> Any:
        return self.construct_view(self.unpublish_view_class, template_name="speakers/admin/contribution_take_off.html")

    def get_urlpatterns(self) -> list[Any]:
        """Without the doors that are never open, and with our own."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in NEVER]
        return [
            *kept,
            path("release/<int:pk>/", self.construct_view(ReleaseContribution), name="release"),
            path("hand-over/<int:pk>/", desk.hand_to_speakers, name="hand_over"),
            path("take-back/<int:pk>/", desk.take_back, name="take_back"),
            path("notes/<int:pk>/", desk.add_note, name="add_note"),
            path("consents/<int:pk>/", desk.record_consent, name="record_consent"),
            path("slides/<int:pk>/", slides.upload_slides, name="upload_slides"),
            path("slides/<int:pk>/remove/", slides.remove_slides, name="remove_slides"),
            path("slides/<int:pk>/use/", slides.use_pdf, name="use_pdf"),
            path("slides/<int:pk>/download/", slides.download_slides, name="download_slides"),
            path("slides/<int:pk>/copy/", slides.download_slides, {"what": "copy"}, name="download_copy"),
            path("slides/<int:pk>/made/", slides.download_slides, {"what": "made"}, name="download_made"),
        ]
