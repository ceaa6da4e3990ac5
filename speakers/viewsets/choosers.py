"""Choosers of people and organisations: they search by name, create in place, and ask about a likely double."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from ..forms.people import NewOrganisationForm, NewSpeakerForm
from ..models import Organisation, OrganisationName, Speaker, SpeakerAlias


class NameFilter(BaseFilterForm):  # type: ignore[misc]
    """Every word typed must stand in a name, now or formerly."""

    q = forms.CharField(label="Name", required=False, widget=forms.TextInput(attrs={"placeholder": "Search"}))

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        query = self.cleaned_data.get("q", "")
        for word in query.split():
            objects = objects.filter(self.matches(word))
        self.is_searching, self.search_query = bool(query), query
        return objects

    def matches(self, word: str) -> Q:
        raise NotImplementedError


class Named:
    """The first column is a name; without Wagtail's own of the state, which asks the database for each row."""

    other_column: Column

    @property
    def columns(self) -> list[Column]:
        name = self.title_column  # type: ignore[attr-defined]
        name.label = "Name"
        return [name, self.other_column]


class SpeakerFilter(NameFilter):
    def matches(self, word: str) -> Q:
        aliases = SpeakerAlias.objects.filter(name__icontains=word)
        plain = Q(slug__contains=slugify(word)) if slugify(word) else Q()
        return Q(name__icontains=word) | Q(pk__in=aliases.values("speaker")) | plain


class OrganisationFilter(NameFilter):
    def matches(self, word: str) -> Q:
        former = OrganisationName.objects.filter(name__icontains=word)
        return Q(name__icontains=word) | Q(short_name__icontains=word) | Q(pk__in=former.values("organisation"))


class SpeakerChoices(Named):
    """Who may be chosen: nobody who was merged into somebody else."""

    filter_form_class = SpeakerFilter
    other_column = Column("last_organisation", label="Last spoke for", accessor="last_organisation")

    def get_object_list(self) -> QuerySet[Speaker]:
        return Speaker.objects.current().with_last_organisation().in_order()


class OrganisationChoices(Named):
    """What may be chosen: nothing that is archived."""

    filter_form_class = OrganisationFilter
    other_column = Column("short_name", label="Short name", accessor="short_name")

    def get_object_list(self) -> QuerySet[Organisation]:
        return Organisation.objects.filter(archived=False)


class ChooseSpeaker(SpeakerChoices, ChooseView):  # type: ignore[misc]
    pass


class ChooseSpeakerResults(SpeakerChoices, ChooseResultsView):  # type: ignore[misc]
    pass


class ChooseOrganisation(OrganisationChoices, ChooseView):  # type: ignore[misc]
    pass


class ChooseOrganisationResults(OrganisationChoices, ChooseResultsView):  # type: ignore[misc]
    pass


class SpeakerChooserViewSet(SnippetChooserViewSet):  # type: ignore[misc]
    choose_view_class = ChooseSpeaker
    choose_results_view_class = ChooseSpeakerResults
    creation_form_class = NewSpeakerForm
    creation_tab_label = "Somebody new"
    create_action_label = "Add this person"
    create_action_clicked_label = "Adding…"


class OrganisationChooserViewSet(SnippetChooserViewSet):  # type: ignore[misc]
    choose_view_class = ChooseOrganisation
    choose_results_view_class = ChooseOrganisationResults
    creation_form_class = NewOrganisationForm
    creation_tab_label = "A new one"
    create_action_label = "Add this organisation"
    create_action_clicked_label = "Adding…"
