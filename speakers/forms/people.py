"""People and organisations: added in the editor or from a chooser, and merged."""

from typing import Any

from django import forms
from wagtail.snippets.widgets import AdminSnippetChooser

from ..doubles import describe_organisation, describe_person, likely_organisations, likely_people
from ..models import Organisation, Speaker
from ..names import sort_name
from ..prose import plain_text
from ..ties import why_not_theirs
from .similar import SimilarInChooser, SimilarInEditor


class NewSpeakerForm(SimilarInChooser):
    question = "Who is it?"
    fault = "There is somebody with a similar name. Choose them, or say that this is somebody else."
    new_label = "This is somebody else: add a new person"

    class Meta:
        model = Speaker
        fields = ("name",)

    def similar(self) -> list[Speaker]:
        return likely_people(self.typed("name"))

    def describe(self, other: Speaker) -> str:
        return describe_person(other)


class NewOrganisationForm(SimilarInChooser):
    question = "Which one is it?"
    fault = "There is an organisation with a similar name. Choose it, or say that this is another one."
    new_label = "This is another organisation: add it"

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "kind")

    def similar(self) -> list[Organisation]:
        return likely_organisations(self.typed("name"), self.typed("short_name"))

    def describe(self, other: Organisation) -> str:
        return describe_organisation(other)


class SpeakerForm(SimilarInEditor):
    another_label = "This is somebody else"

    def similar(self) -> list[Speaker]:
        return likely_people(self.typed("name"))

    def describe(self, other: Speaker) -> str:
        return describe_person(other)

    def clean(self) -> dict[str, Any]:
        """A name that changes takes the name in lists along, where that was made from it."""
        super().clean()
        if not plain_text(self.cleaned_data.get("biography") or ""):
            self.cleaned_data["biography"] = ""
        before, now = self.initial.get("name", ""), self.cleaned_data.get("name", "")
        if now != before and self.cleaned_data.get("sort_name") == sort_name(before):
            self.cleaned_data["sort_name"] = ""
        return self.cleaned_data


class OrganisationForm(SimilarInEditor):
    another_label = "This is another organisation"

    def similar(self) -> list[Organisation]:
        return likely_organisations(self.typed("name"), self.typed("short_name"))

    def describe(self, other: Organisation) -> str:
        return describe_organisation(other)


class AccountForm(forms.Form):
    """The address that a person signs in with."""

    address = forms.EmailField(
        label="Their address",
        max_length=254,
        help_text="Codes and links go there. Whoever reads its mail can open their talks.",
        error_messages={"required": "Type the address."},
    )

    def __init__(self, *args: Any, speaker: Speaker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaker = speaker

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).lower()
        if fault := why_not_theirs(speaker=self.speaker, address=address):
            raise forms.ValidationError(fault)
        return address


class MergeForm(forms.Form):
    """Who is kept."""

    def __init__(self, *args: Any, merged: Speaker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Speaker.objects.current().exclude(pk=merged.pk)
        self.fields["into"] = forms.ModelChoiceField(
            label="Who is kept",
            queryset=people,
            widget=AdminSnippetChooser(Speaker),
            error_messages={
                "required": "Choose the person to keep.",
                "invalid_choice": "That is the same person, or one who was merged already. Choose another.",
            },
        )
