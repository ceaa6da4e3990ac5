"""Files of captions, WebVTT or SubRip: read, and checked so that whoever made one can find each fault by its line.

WebVTT: https://www.w3.org/TR/webvtt1/. SubRip has no standard; what the tools in use write is what is read.
"""

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from .caption_blocks import (
    MOST_FAULTS,
    SRT,
    VTT,
    Block,
    Fault,
    NotCaptions,
    counted_lines,
    decoded,
    format_of,
    lines_of,
    read_blocks,
)

MOST_LINES = 20_000
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[^<>]*>")
_OVERRIDE = re.compile(r"\{\\[^}]*\}")  # SubRip borrows {\an8} from another format
LONGEST_VOICE = 120


@dataclass(frozen=True, slots=True)
class Said:
    """A line of speech on the clock of the recording that the file was made for."""

    starts_ms: int
    ends_ms: int
    voice: str
    text: str


@dataclass(slots=True)
class Captions:
    """`source` is the whole file as text; `warnings` are what a person should look at, and stops nothing."""

    source: str
    said: list[Said] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_captions(data: bytes) -> Captions:
    """
    Raises:
        NotCaptions: with every fault and its line, in the order of the file.
    """
    source = decoded(data)
    lines = [line.rstrip() for line in lines_of(source)]
    kind = format_of(lines)
    blocks, faults = read_blocks(lines, kind)
    if not faults and not blocks:
        faults = [Fault(1, "There is no line of speech in this file.")]
    if len(blocks) > MOST_LINES:
        faults = [Fault(blocks[MOST_LINES].line, f"We can keep {MOST_LINES:,} lines of speech, and here are more.")]
    if faults or (faults := _second_opinion(lines, kind, blocks)):
        raise NotCaptions(sorted(faults, key=lambda fault: fault.line))
    read = Captions(source, warnings=_warnings(blocks))
    for block in sorted(blocks, key=lambda block: block.starts_ms):
        read.said += _said(block, kind)
    if not read.said:
        raise NotCaptions([Fault(1, "No line of this file has any words in it.")])
    return read


def _second_opinion(lines: Sequence[str], kind: str, blocks: Sequence[Block]) -> list[Fault]:
    """Players differ in what they forgive, so another reader must find the same lines at the same times."""
    text = "\n".join(lines) + "\n"
    ours = [block for block in blocks if block.payload]
    try:
        found = list(webvtt.from_buffer(io.StringIO(text), format=kind, strict=kind == VTT).captions)
    except (MalformedCaptionError, MalformedFileError, ValueError) as error:
        return [Fault(1, f"Another reader of subtitles refuses this file: {str(error)[:120]}")]
    theirs = [caption.start_time.in_milliseconds() for caption in found if caption.lines]
    for block, at in zip(ours, theirs, strict=False):
        if block.starts_ms != at:
            return [Fault(block.line, "Other programs read this line differently. Save the file anew with an editor.")]
    if len(theirs) != len(ours):
        words = f"Other programs find {counted_lines(len(theirs))} of speech in this file, and we find {len(ours):,}."
        return [Fault(1, f"{words} Save it anew with an editor for subtitles.")]
    return []


def _warnings(blocks: Sequence[Block]) -> list[Fault]:
    """Lines without words, that overlap, and that go back in time."""
    found, latest = [], None
    for block in blocks:
        if not block.payload:
            found.append(Fault(block.line, "This line has a time and no words. It was left out."))
        if latest is not None and block.starts_ms < latest.starts_ms:
            found.append(Fault(block.line, f"It begins before the line above it, at line {latest.line}."))
        elif latest is not None and block.starts_ms < latest.ends_ms:
            found.append(Fault(block.line, f"It begins before line {latest.line} has ended."))
        if latest is None or block.starts_ms >= latest.starts_ms:
            latest = block
    if len(found) > MOST_FAULTS:
        rest = f"And {counted_lines(len(found) - MOST_FAULTS)} more like these."
        found = [*found[:MOST_FAULTS], Fault(found[MOST_FAULTS].line, rest)]
    return found


def _said(block: Block, kind: str) -> list[Said]:
    """What is said in a block, by each voice in it; a name holds until the next one."""
    raw = "\n".join(block.payload)
    if kind == SRT:
        raw = _OVERRIDE.sub("", raw)
    voice, found = "", []
    parts = _VOICE.split(raw)  # words, name, words, name, words
    for place, part in enumerate(parts):
        if place % 2:
            voice = _plain(part)[:LONGEST_VOICE]
        elif words := _plain(_TAG.sub("", part)):
            found.append(Said(block.starts_ms, block.ends_ms, voice, words))
    return found


def _plain(words: str) -> str:
    """Without markup, on one line."""
    return " ".join(html.unescape(words).split())
