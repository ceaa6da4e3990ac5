"""What the archive keeps of its own."""

from .imports import ImportRun
from .opendata import OpenData
from .transcripts import Cue, Transcript

__all__ = ["Cue", "ImportRun", "OpenData", "Transcript"]
