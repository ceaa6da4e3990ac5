"""What the archive keeps of its own."""

from .imports import ImportRun
from .transcripts import Cue, Transcript

__all__ = ["Cue", "ImportRun", "Transcript"]
