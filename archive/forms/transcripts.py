"""A file of captions for an evening: in which language, and on whose clock."""

from typing import Any

from django import forms

from events.enums import RecordingKind
from events.models import EventPage, Recording
from speakers.models.answers import LANGUAGES

from ..caption_blocks import LARGEST_BYTES, NotCaptions
from ..captions import Captions, read_captions

THE_EVENING = "evening"
NOT_KEPT = "This file was not kept. What is wrong stands above, line by line."
SPOKEN = [row for row in LANGUAGES if row[0] != "xx"]


class TranscriptForm(forms.Form):
    """`captions` is what was read, once the form is valid; `faults` say of each fault of the file where it is."""

    file = forms.FileField(
        label="File",
        help_text="Captions as WebVTT (.vtt) or SubRip (.srt), 5 MB at the most. "
        "If there is a transcript in that language already, this one takes its place.",
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt,application/x-subrip"}),
        error_messages={"required": "Choose a file first.", "empty": "The file is empty."},
    )
    language = forms.ChoiceField(label="Language", choices=SPOKEN, initial="en")
    made_for = forms.ChoiceField(
        label="Its times are those of",
        help_text="The recording for which it was made. Its offset is taken into account.",
    )

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recordings: dict[str, Recording] = {}
        for recording in event.recordings.all():
            self.recordings.setdefault(str(recording.kind), recording)
        kinds = [(kind, f"the {str(RecordingKind(kind).label).lower()}") for kind in self.recordings]
        self.fields["made_for"].choices = [*kinds, (THE_EVENING, "the evening itself")]  # type: ignore[attr-defined]
        self.captions: Captions | None = None

        self.faults: list[str] = []

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB, which is the most we can keep.")
        try:
            self.captions = read_captions(file.read())
        except NotCaptions as refusal:
            self.faults = refusal.sentences
            raise forms.ValidationError(NOT_KEPT) from refusal
        return file

    def refuse(self, refusal: NotCaptions) -> None:
        """What only turned up when it was kept."""
        self.faults = refusal.sentences
        self.add_error("file", NOT_KEPT)

    @property
    def recording(self) -> Recording | None:
        """The one on whose clock it is; None for the evening's own."""
        return self.recordings.get(self.cleaned_data["made_for"])
