"""A contribution's editor: one rich-text field for each question, and one for each speaker who answers alone."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from ..enums import AnswerMode, MissingReason
from ..models import Answer, Contribution
from ..sheet import Asked, Sheet


class ContributionForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Its answers are no formset: the fields are laid out by a Sheet, and a field that isn't sent stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = Sheet(self.instance, speakers=self.instance.speakers())
        if self.is_bound:
            self.sheet.admit(self.data)
        for asked in self.sheet.asked:
            self._add_fields(asked)
        self.unasked = self.sheet.unasked()
        for question in self.unasked:
            self.fields[f"ask-{question.pk}"] = forms.BooleanField(required=False, label=question.text)

    def _add_fields(self, asked: Asked) -> None:
        if asked.has_choice:
            self._add(
                asked.mode_name,
                forms.ChoiceField(
                    choices=AnswerMode.choices,
                    required=False,
                    initial=asked.mode,
                    label="Who answers",
                    widget=forms.RadioSelect,
                ),
            )
        for slot in asked.slots:
            field = Answer._meta.get_field("text").formfield(required=False, label=slot.label or asked.wording)
            field.initial = slot.text
            self._add(slot.name, field)
            self._add(
                slot.missing_name,
                forms.ChoiceField(
                    choices=MissingReason.choices,
                    required=False,
                    initial=slot.missing or MissingReason.TO_COME,
                    label="If it stays empty, why",
                ),
            )

    def _add(self, name: str, field: forms.Field) -> None:
        """A field that wasn't sent (the draft has changed since the form was opened) shows the draft's words."""
        field.disabled = self.is_bound and not self._was_sent(name)
        self.fields[name] = field

    def _was_sent(self, name: str) -> bool:
        return self.add_prefix(name) in self.data

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.sheet.fill_in(
            {name: value for name, value in self.cleaned_data.items() if self.add_prefix(name) in self.data}
        )
        for slot in self.sheet.doubles():
            who = f"{slot.speaker} has" if slot.speaker else "They have"
            self.add_error(
                slot.name, f"{who} answered this question already, above. Move these words there and empty this field."
            )
        return self.cleaned_data

    def save(self, commit: bool = False) -> Contribution:
        """The draft, in memory. `commit` is not obeyed: only a release writes the rows."""
        contribution: Contribution = super().save(commit=False)
        for question in self.unasked:
            if self.cleaned_data.get(f"ask-{question.pk}"):
                self.sheet.ask(question)
        contribution.answers = self.sheet.rows()
        contribution.set_aside = self.sheet.set_aside()
        return contribution
