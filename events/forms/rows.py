"""The forms of child rows, and what must hold among the rows of one parent."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from ..counts import Spell
from .fields import NOT_A_LENGTH, PositionField


class ChapterForm(WagtailAdminModelForm):  # type: ignore[misc]
    seconds = PositionField(
        label="Starts at",
        help_text="Minutes and seconds from the evening’s first, such as 9:13, or 1:01:31 after the first hour.",
    )


class RecordingForm(WagtailAdminModelForm):  # type: ignore[misc]
    duration_seconds = PositionField(
        label="Length",
        required=False,
        help_text="Such as 1:12:40. Leave empty if unsure.",
        error_messages={"invalid": NOT_A_LENGTH},
    )
    offset_seconds = PositionField(
        label="Offset",
        negative=True,
        required=False,
        help_text="Where the evening’s first second stands in this recording, such as 0:12. Usually 0:00. "
        "After a new cut, change this one number: every chapter stays right.",
    )

    def clean_offset_seconds(self) -> int:
        return self.cleaned_data["offset_seconds"] or 0


class CorrectionForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A correction, of today unless its row says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("made_on") is None:
            self.initial["made_on"] = timezone.localdate()


class Rows(BaseChildFormSet):  # type: ignore[misc]
    """Rows of one parent; `compare` says what is wrong among them."""

    def clean(self) -> None:
        super().clean()
        self.compare()

    def compare(self) -> None:
        raise NotImplementedError

    def kept(self) -> Iterator[forms.ModelForm]:
        """Forms that are in order by themselves and not about to be deleted."""
        for form in self.forms:
            if form.is_valid() and form not in self.deleted_forms:
                yield form

    def refuse_twice(self, field: str, message: str) -> None:
        """Adds the message to each row whose value of that field stands in a row before."""
        seen: set[Any] = set()
        for form in self.kept():
            value = form.cleaned_data.get(field)
            if value is not None and value in seen:
                form.add_error(field, message)
            seen.add(value)


class ChapterRows(Rows):
    def compare(self) -> None:
        self.refuse_twice("seconds", "Another chapter starts at this moment already.")


class RecordingRows(Rows):
    """One timeline, and one place to play it: a video and a sound recording."""

    def compare(self) -> None:
        self.refuse_twice(
            "kind", "There is one of this kind already. An evening has one video and one sound recording."
        )


class SeriesQuestionRows(Rows):
    def compare(self) -> None:
        self.refuse_twice("question", "This question is asked already.")


class TalkSpeakerRows(Rows):
    def compare(self) -> None:
        self.refuse_twice("speaker", "This speaker is in the list already.")


class HostSpellRows(Rows):
    """Two hosts can't have the same number."""

    def compare(self) -> None:
        earlier: list[Spell] = []
        for form in self.kept():
            row = form.cleaned_data
            if row.get("first_number") is None:
                continue
            spell = Spell(row.get("host"), row["first_number"], row.get("last_number"))
            clash = next((other for other in earlier if spell.overlaps(other)), None)
            if clash is not None:
                form.add_error("first_number", f"{clash.host} has {clash.words} already. Change one of the two.")
            earlier.append(spell)
