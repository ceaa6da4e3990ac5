"""Forms of the archive's side of the admin."""

from .transcripts import TranscriptForm

__all__ = ["TranscriptForm"]
