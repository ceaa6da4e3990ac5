"""What screens about one person in the admin have in common."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic import BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin

from ..models import Speaker

EDITOR = "wagtailsnippets_speakers_speaker:edit"


class AboutPerson(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """For whoever may change people; the trail leads back to the person."""

    permission_required = "change"
    object: Speaker

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": reverse("wagtailsnippets_speakers_speaker:list"), "label": "People"}
        person = {"url": reverse(EDITOR, args=[self.object.pk]), "label": self.object.name}
        return [*self.breadcrumbs_items, people, person, {"url": "", "label": self.page_title}]
