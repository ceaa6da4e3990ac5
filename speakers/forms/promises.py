"""What happened next: the speaker's form, and the one for what an organiser was told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..enums import PromiseOutcome

LONGEST_WORDS = 1000


class PromiseReplyForm(forms.Form):
    outcome = forms.ChoiceField(
        label="How does it stand?",
        choices=PromiseOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three.", "invalid_choice": "Choose one of the three."},
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"max_length": f"That is long. {LONGEST_WORDS:,} characters are the most we can keep."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == PromiseOutcome.NOT_ANY_MORE and not cleaned.get("words", "").strip():
            self.add_error("words", ValidationError("Say in a sentence why. Readers will want to know."))
        return cleaned


class EnteredReplyForm(PromiseReplyForm):
    """What a speaker told an organiser, and on which day."""

    replied_on = forms.DateField(
        label="They said so on",
        input_formats=["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "That isn’t a date. Write it like 2026-02-04."},
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["words"].label = "In their words"

    def clean_replied_on(self) -> Any:
        on = self.cleaned_data["replied_on"]
        if on > self.today:
            raise ValidationError("That day is still to come.")
        return on
