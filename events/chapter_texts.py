"""Chapters as texts: to paste at YouTube and SoundCloud, and as WebVTT for a player."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .clips import Clip
from .positions import write_position, write_timestamp

# YouTube shows chapters only where these hold: https://support.google.com/youtube/answer/9884579
FEWEST_CHAPTERS = 3
SHORTEST_SECONDS = 10
# A chapter needs an end in WebVTT; the last one of a recording whose length nobody gave is as long as a player likes.
LAST_OF_ALL_SECONDS = 24 * 3600
LEAD_IN = "Before the evening"


@dataclass(frozen=True, slots=True)
class PastedText:
    """Lines to paste, and what would keep a platform from taking them for chapters, a sentence each."""

    text: str
    faults: tuple[str, ...]


def for_youtube(clips: Sequence[Clip]) -> PastedText:
    """ "0:00 Welcome", a line for each. Where the recording begins before the evening does, that part has its line."""
    rows = [(clip.starts, clip.label) for clip in clips]
    if rows and rows[0][0] >= SHORTEST_SECONDS and _begins_with_the_evening(clips):
        rows.insert(0, (0, LEAD_IN))
    return PastedText(_lines(rows), tuple(_faults(rows)))


def _begins_with_the_evening(clips: Sequence[Clip]) -> bool:
    """Whether the first chapter is the evening's first second, and no talk: then what is before it is no part of it."""
    return clips[0].talk_id is None and clips[0].question_id is None


def for_soundcloud(clips: Sequence[Clip]) -> PastedText:
    """As YouTube's: SoundCloud makes a link of each time in a description, and asks nothing else of them."""
    return PastedText(_lines([(clip.starts, clip.label) for clip in clips]), ())


def _lines(rows: Sequence[tuple[int, str]]) -> str:
    return "".join(f"{write_position(at)} {_on_one_line(label)}\n" for at, label in rows)


def _on_one_line(label: str) -> str:
    """YouTube refuses a description with pointed brackets in it."""
    return " ".join(label.replace("<", "‹").replace(">", "›").split())


def _faults(rows: Sequence[tuple[int, str]]) -> list[str]:
    if not rows:
        return []
    found = []
    if rows[0][0] != 0:
        found.append(
            f"The first chapter must stand at 0:00. Yours, “{rows[0][1]}”, is at {write_position(rows[0][0])}: "
            "add a chapter at the evening’s first second."
        )
    if len(rows) < FEWEST_CHAPTERS:
        only = "There is only one." if len(rows) == 1 else f"There are only {len(rows)}."
        found.append(f"YouTube wants at least {FEWEST_CHAPTERS} chapters. {only}")
    for (at, label), (following, after) in pairwise(rows):
        if following - at < SHORTEST_SECONDS:
            found.append(
                f"“{label}” at {write_position(at)} and “{after}” at {write_position(following)} are less than "
                f"{SHORTEST_SECONDS} seconds apart: YouTube then shows no chapters at all."
            )
    return found


def as_webvtt(clips: Sequence[Clip]) -> str:
    """Chapters as a text track: https://www.w3.org/TR/webvtt1/#introduction-chapters"""
    blocks = ["WEBVTT\n"]
    for number, clip in enumerate(clips, start=1):
        ends = clip.ends if clip.ends is not None else clip.starts + LAST_OF_ALL_SECONDS
        times = f"{write_timestamp(clip.starts * 1000)} --> {write_timestamp(ends * 1000)}"
        blocks.append(f"{number}\n{times}\n{webvtt_text(clip.label)}\n")
    return "\n".join(blocks)


def webvtt_text(words: str) -> str:
    """Words as they stand in a WebVTT file: on one line each, without an arrow that would be a time."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in (" ".join(line.split()) for line in safe.splitlines()) if line)
