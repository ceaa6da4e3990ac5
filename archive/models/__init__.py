"""What the archive keeps of its own."""

from .asks import AskEntry
from .imports import ImportRun
from .linking import Link, LinkState, Mention
from .opendata import OpenData
from .searching import IndexedWord, Kind, Passage, Stale
from .transcripts import Cue, Transcript

__all__ = [
    "AskEntry",
    "Cue",
    "ImportRun",
    "IndexedWord",
    "Kind",
    "Link",
    "LinkState",
    "Mention",
    "OpenData",
    "Passage",
    "Stale",
    "Transcript",
]
