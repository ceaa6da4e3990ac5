"""A contribution's views in the admin: Wagtail's own, asking the baton, saving drafts and releasing by our action."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.snippets.views import snippets

from ..actions import WithTheSpeakers, unrelease
from ..checking import missing
from ..clearing import clearances_of
from ..enums import Baton
from ..forms.desk import ConsentForm, HandoverForm, NoteForm
from ..models import Contribution
from ..progress import progress
from ..reminding import last_reminded
from ..telling import told_in_words
from ..terms import terms_page
from ..views import desk


class BatonMixin:
    """For Wagtail's own views that change something and don't ask a lock: the baton is asked first."""

    object: Contribution
    permission_required: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contribution = self.object
        if desk.may(request, self.permission_required) and contribution.held_by == Baton.SPEAKERS:
            messages.error(request, contribution.get_lock().get_message(request.user))  # type: ignore[union-attr]
            return redirect(desk.editor_url(contribution))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class LockContribution(BatonMixin, snippets.LockView):  # type: ignore[misc]
    pass


class UnlockContribution(BatonMixin, snippets.UnlockView):  # type: ignore[misc]
    pass


class UnscheduleContribution(BatonMixin, snippets.RevisionsUnscheduleView):  # type: ignore[misc]
    pass


class TakeOffContribution(BatonMixin, snippets.UnpublishView):  # type: ignore[misc]
    """Wagtail's unpublish, through our action."""

    page_title = "Take it off the site"
    success_message = "Readers no longer see it. The words are kept as a draft."

    def unpublish(self) -> HttpResponse | None:
        try:
            unrelease(contribution=self.object, by=self.request.user)
        except WithTheSpeakers as refusal:
            messages.error(self.request, str(refusal))
            return redirect(desk.editor_url(self.object))
        return None

    def get_next_url(self) -> str:
        return desk.editor_url(self.object)

    def get_success_buttons(self) -> list[Any]:
        return []


class EditContribution(snippets.EditView):  # type: ignore[misc]
    """Saves drafts; publishing is a release, through our action."""

    def get_available_actions(self) -> list[str]:
        actions = [action for action in super().get_available_actions() if action != "publish"]
        may_release = desk.may(self.request, "publish")
        return [*actions, "release"] if may_release and not self.locked_for_user else actions

    def release_action(self) -> HttpResponse:
        """After the draft was saved: at once, or by way of a page that says what is missing and who gets a mail."""
        contribution = Contribution.objects.get(pk=self.object.pk)
        if missing(contribution.get_latest_revision_as_object()) or told_in_words(contribution):
            return redirect("wagtailsnippets_speakers_contribution:release", contribution.pk)
        return desk.release_now(self.request, contribution)

    def get_success_message(self, instance: Contribution | None = None) -> str:
        return "The draft is saved. Readers see nothing of it until it is released."

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.locked_for_user:
            # The words are shown without a form: there is nothing to save, and no panels for a script to look for.
            context |= {"autosave_enabled": False, "edit_handler_data": None}
        if not self.expects_json_response:
            context["desk"] = self.desk_context()
        return context

    def desk_context(self) -> dict[str, Any]:
        """Who holds it, since when and what happened before; notes, consents; the small forms."""
        contribution = self.live_object
        handovers = list(contribution.handovers.select_related("by"))
        return {
            "contribution": contribution,
            "talk": getattr(contribution, "talk", None),
            "progress": progress(contribution),
            "is_seen": contribution.is_released(),
            "with_speakers": bool(handovers) and handovers[0].to == Baton.SPEAKERS,
            "handovers": handovers,
            "reminded": last_reminded(contribution),
            "notes": list(contribution.notes.select_related("by")),
            "consents": list(contribution.consents.select_related("speaker")),
            "helpers": list(contribution.helpers.select_related("user", "speaker")),
            "clearances": clearances_of(contribution),
            "terms": terms_page(contribution),
            "handover_form": HandoverForm(),
            "note_form": NoteForm(),
            "consent_form": ConsentForm(contribution=contribution),
            "may_release": desk.may(self.request, "publish"),
        }


class RevertContribution(generic.RevisionsRevertMixin, EditContribution):  # type: ignore[misc]
    """An earlier version as the new draft; Wagtail's own would write the rows of what isn't live."""

    view_name = "revisions_revert"

    def save_instance(self) -> Contribution:
        contribution: Contribution = self.form.save(commit=False)
        self.has_content_changes = self.form.has_changed()
        self.new_revision = contribution.save_revision(
            user=self.request.user, log_action=True, previous_revision=self.revision, clean=False
        )
        return contribution

    def get_success_message(self, instance: Contribution | None = None) -> str:
        return "The earlier version is the draft now. Readers see nothing of it until it is released."


class ReleaseContribution(
    generic.PermissionCheckedMixin, generic.BaseObjectMixin, generic.WagtailAdminTemplateMixin, TemplateView
):  # type: ignore[misc]
    """Says what is missing, asks once more, and releases the newest draft."""

    permission_required = "publish"
    page_title = "Release"
    template_name = "speakers/admin/contribution_release.html"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("wagtailsnippets_speakers_contribution:list"), "label": "Contributions"}
        editor = {"url": desk.editor_url(self.object), "label": str(self.object)}
        return [*self.breadcrumbs_items, index, editor, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.object.get_latest_revision_as_object()
        facts = {"contribution": self.object, "missing": missing(draft), "editor_url": desk.editor_url(self.object)}
        facts["told"] = told_in_words(self.object)
        return {**super().get_context_data(**kwargs), **facts}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if desk.is_open_to(request, self.object):
            return desk.release_now(request, self.object)
        return redirect(desk.editor_url(self.object))


class InspectContribution(snippets.InspectView):  # type: ignore[misc]
    """For whoever may look and not change: the newest draft, without the organisers' notes."""

    page_title = "What was given"

    def get_object(self, queryset: Any = None) -> Contribution:
        contribution: Contribution = super().get_object(queryset)
        return contribution.get_latest_revision_as_object()  # type: ignore[no-any-return]
