"""What the archive keeps of its own."""

from .asks import AskEntry
from .imports import ImportRun
from .transcripts import Cue, Transcript

__all__ = ["AskEntry", "Cue", "ImportRun", "Transcript"]
