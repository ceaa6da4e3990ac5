"""Somebody new who may be known already: asked once, then believed."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

SOMEBODY_ELSE = "new"


class SimilarInChooser(forms.ModelForm):
    """A chooser's form: where others have a similar name, one of them can be chosen, or the new one be meant."""

    new_label = "This is another one: add it"
    question = "Is it this one?"
    fault = "There is one with a similar name. Choose it, or say that this is another."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(other.pk): other for other in self.similar()} if self.is_bound else {}
        if self.known:
            self.fields["same_as"] = forms.ChoiceField(
                label=self.question,
                choices=[
                    *((key, self.describe(other)) for key, other in self.known.items()),
                    (SOMEBODY_ELSE, self.new_label),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": self.fault},
            )

    def typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))

    def similar(self) -> list[Any]:
        raise NotImplementedError

    def describe(self, other: Any) -> str:
        raise NotImplementedError

    def save(self, commit: bool = True) -> Any:
        """The one that was chosen, untouched, or the new one."""
        chosen = self.known.get(self.cleaned_data.get("same_as", ""))
        return chosen if chosen is not None else super().save(commit)


class SimilarInEditor(WagtailAdminModelForm):  # type: ignore[misc]
    """An add form: where others have a similar name, a tick says that this is another one."""

    another_label = "This is another one"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        self.known = self.similar() if self.is_bound and is_new else []
        if self.known:
            self.fields["another"] = forms.BooleanField(
                label=self.another_label,
                error_messages={
                    "required": "Look at the similar names first, and tick the box if this is another one."
                },
            )

    def typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))

    def similar(self) -> list[Any]:
        raise NotImplementedError
