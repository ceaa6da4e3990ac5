"""Recordings and chapters: one timeline for an evening, whatever platform plays it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from pages.models import MediaFile

from ..enums import RecordingKind, RecordingState
from ..positions import write_position
from ..querysets import RecordingQuerySet


class Recording(Orderable):
    """A recording of the whole evening, somewhere on the web or as a file of ours."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="recordings")
    kind = models.CharField(max_length=5, choices=RecordingKind, default=RecordingKind.VIDEO)
    state = models.CharField(max_length=12, choices=RecordingState, default=RecordingState.PUBLISHED)
    url = models.URLField("address", max_length=500, blank=True, help_text="The page on YouTube, Vimeo, SoundCloud…")
    file = models.ForeignKey(MediaFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    duration_seconds = models.PositiveIntegerField("length in seconds", null=True, blank=True)
    offset_seconds = models.IntegerField(
        "offset in seconds",
        default=0,
        help_text="Where the evening’s first second stands in this recording. Usually 0. "
        "After a new cut, change this one number: every chapter stays right.",
    )
    captions = models.BooleanField("has captions", default=False)
    reason = models.CharField(
        "why not", max_length=200, blank=True, help_text="Shown to readers where it is withheld or there is none."
    )

    objects = RecordingQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = "recording"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.url or self.file or self.get_state_display()}"

    @property
    def is_published(self) -> bool:
        return self.state == RecordingState.PUBLISHED and bool(self.url or self.file_id)

    def position(self, seconds: int) -> int:
        """The platform's second for a second of the evening's clock; never before its beginning."""
        return max(0, seconds + self.offset_seconds)

    def clean(self) -> None:
        super().clean()
        if self.state == RecordingState.PUBLISHED and not (self.url or self.file_id):
            raise ValidationError({"url": "Give its address or choose a file, or say that there is none."})


class Chapter(Orderable):
    """A moment of the evening's own clock that has a name."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="chapters")
    seconds = models.PositiveIntegerField("second", help_text="Seconds from the evening’s first.")
    label = models.CharField(max_length=200)
    talk = models.ForeignKey(
        "events.TalkPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="chapters"
    )
    question = models.ForeignKey(
        "events.AudienceQuestion", null=True, blank=True, on_delete=models.SET_NULL, related_name="chapters"
    )

    class Meta(Orderable.Meta):
        verbose_name = "chapter"

    def __str__(self) -> str:
        return self.label

    @property
    def clock(self) -> str:
        """ "9:13", or "1:01:31" past the hour."""
        return write_position(self.seconds)

    @property
    def begins_a_part(self) -> bool:
        """Whether a talk, or something else of the evening, begins; a question belongs to what it follows."""
        return bool(self.talk_id or not self.question_id)

    def sort_key(self) -> tuple[int, Any]:
        return self.seconds, self.pk or 0
