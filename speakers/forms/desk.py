"""The small forms beside a contribution's editor: handing over, notes, consents, slides."""

from typing import Any

from django import forms

from ..enums import ConsentTo
from ..keeping import Part
from ..models import Contribution, Speaker
from ..slides import EMPTY

GIVE, WITHDRAW = "give", "withdraw"


class HandoverForm(forms.Form):
    note = forms.CharField(
        label="A note for them",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the history.",
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="A new note",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a note first."},
    )


class ConsentForm(forms.Form):
    """What a speaker said to an organiser, recorded on their behalf."""

    what = forms.ChoiceField(label="About", choices=ConsentTo.choices, initial=ConsentTo.ANSWERS)
    decision = forms.ChoiceField(
        label="They",
        choices=[(GIVE, "agree"), (WITHDRAW, "take back what they agreed to")],
        initial=GIVE,
        widget=forms.RadioSelect,
    )
    wording = forms.CharField(
        label="In which words, and how",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as “By e-mail on 3 March: happy for all of it to be published.”",
    )

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = {speaker.pk for speaker in contribution.speakers()}
        keys |= set(contribution.consents.values_list("speaker_id", flat=True))
        people = Speaker.objects.filter(pk__in=keys).order_by("sort_name", "pk")
        speaker = forms.ModelChoiceField(queryset=people, label="Speaker", empty_label=None)
        self.fields = {"speaker": speaker, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == GIVE and not cleaned.get("wording", "").strip():
            self.add_error("wording", "Say in which words they agreed, and how they told you.")
        return cleaned


class SlidesForm(forms.Form):
    """What is in the file is told when it is read (`keeping.keep_slides`), since that takes a while."""

    file = forms.FileField(error_messages={"required": "Choose a file first.", "empty": EMPTY})
    part = forms.ChoiceField(choices=[(part, part) for part in Part], required=False)

    def clean_part(self) -> Part:
        return Part(self.cleaned_data["part"] or Part.SHOWN)
