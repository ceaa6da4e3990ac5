"""A transcript to take away: as plain text, and as captions cut for one recording."""

from collections.abc import Iterable, Sequence
from typing import Any

from events.chapter_texts import webvtt_text
from events.positions import write_timestamp
from events.templatetags.events_tags import label
from pages.english import moment

from .models import Cue
from .transcripts import Part


def as_text(event: Any, parts: Sequence[Part]) -> str:
    """Headings for parts and questions, and a paragraph for each passage with its place in the evening."""
    lines = [f"{event.title}", f"{label(event)}, {moment(event.local_start)}", ""]
    for part in parts:
        lines += [f"[{part.clock}] {part.label}", ""]
        for section in part.sections:
            if section.label:
                lines += [f"Question: {section.label}", ""]
            for passage in section.passages:
                voice = f"{passage.voice}: " if passage.voice else ""
                lines += [f"{passage.clock}  {voice}{passage.text}", ""]
    return "\n".join(lines)


def as_captions(cues: Iterable[Cue], *, offset_seconds: int) -> str:
    """WebVTT on a recording's own clock. What is said before it begins isn't in it."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        starts, ends = cue.starts_ms + offset_seconds * 1000, cue.ends_ms + offset_seconds * 1000
        if ends <= 0:
            continue
        voice = f"<v {webvtt_text(cue.voice)}>" if cue.voice else ""
        times = f"{write_timestamp(max(0, starts))} --> {write_timestamp(ends)}"
        blocks.append(f"{times}\n{voice}{webvtt_text(cue.text)}\n")
    return "\n".join(blocks)
