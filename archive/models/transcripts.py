"""Transcripts: what was said at an evening, line by line, on the evening's own clock."""

from django.conf import settings
from django.db import models


class Transcript(models.Model):
    """A file of captions as it came in. Its lines are on the evening's clock, so a new cut changes none of them.

    It belongs to the evening and to no row of a recording: those come and go with the page's revisions.
    """

    event = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="transcripts")
    language = models.CharField(max_length=20, default="en")
    filename = models.CharField(max_length=200)
    source = models.TextField(help_text="The file, whole: nothing of it is lost.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("event", "language"), name="archive_one_transcript_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.language})"


class Cue(models.Model):
    """A line of a transcript, with the second of the evening's clock at which it is said."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="cues")
    starts_ms = models.PositiveIntegerField(help_text="Milliseconds from the evening’s first.")
    ends_ms = models.PositiveIntegerField()
    voice = models.CharField(max_length=120, blank=True, help_text="Who speaks, where the file says so.")
    text = models.TextField()

    class Meta:
        ordering = ("starts_ms", "pk")
        indexes = [models.Index(fields=("transcript", "starts_ms"), name="archive_cues_in_order")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def second(self) -> int:
        """Whole seconds of the evening's clock, as links and chapters count them."""
        return self.starts_ms // 1000
