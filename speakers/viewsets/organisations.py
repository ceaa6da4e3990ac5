"""Organisations in the admin."""

from django.db.models import Q, QuerySet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from ..forms.people import OrganisationForm
from ..models import Organisation, OrganisationName
from ..panels import organisation_editor
from .choosers import OrganisationChooserViewSet


class OrganisationIndexView(IndexView):  # type: ignore[misc]
    def get_base_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.with_talk_count()

    def search_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        if not self.is_searching:
            return queryset
        former = OrganisationName.objects.filter(name__icontains=self.search_query)
        words = Q(name__icontains=self.search_query) | Q(short_name__icontains=self.search_query)
        return queryset.filter(words | Q(pk__in=former.values("organisation")))


class OrganisationViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Organisation
    icon = "home"
    menu_label = "Organisations"
    menu_name = "organisations"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "short_name", "kind", "parent", "became", "website", "archived"]
    index_view_class = OrganisationIndexView
    chooser_viewset_class = OrganisationChooserViewSet
    list_display = [
        "name",
        "short_name",
        "kind",
        NumberColumn("talk_count", label="Talks", accessor="talk_count", sort_key="talk_count"),
        Column("archived", label="Archived", accessor=lambda organisation: "Yes" if organisation.archived else "No"),
    ]
    list_filter = ["kind", "archived"]
    ordering = "name"
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 40
    edit_handler = organisation_editor(OrganisationForm)
