"""A file of captions taken apart, line by line: its letters, its format, its blocks, and every fault with its line."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LARGEST_BYTES = 5 * 1024 * 1024
LONGEST_MS = 24 * 3600 * 1000
MOST_FAULTS = 20
VTT, SRT = "vtt", "srt"
NAMES = {VTT: "WebVTT", SRT: "SubRip"}
EXAMPLES = {VTT: "00:01:02.500 --> 00:01:05.000", SRT: "00:01:02,500 --> 00:01:05,000"}
ARROW = "-->"
_STRICT = r"(?:(\d{2,3}):)?(\d{2}):(\d{2})([.,])(\d{3})"
_LOOSE = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})([.,])(\d{3})"
_TIMING = {
    kind: re.compile(rf"\s*{time}\s*-->\s*{time}(?:\s.*)?", re.ASCII) for kind, time in ((VTT, _STRICT), (SRT, _LOOSE))
}
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_STARTS = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the file, counted from 1 as editors do."""

    line: int
    words: str

    @property
    def sentence(self) -> str:
        return f"Line {self.line:,}: {self.words}"


class NotCaptions(ValueError):
    """The file can't be kept as captions; `faults` say why, for the person who made it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(self.sentences))

    @property
    def sentences(self) -> list[str]:
        """The first of them, and how many there are besides."""
        rest = len(self.faults) - MOST_FAULTS
        more = [f"And {rest:,} more. Mend these first."] if rest > 0 else []
        return [*(fault.sentence for fault in self.faults[:MOST_FAULTS]), *more]


@dataclass(frozen=True, slots=True)
class Block:
    """One line of speech: the line of the file that holds its time, its times, and its words with their markup."""

    line: int
    starts_ms: int
    ends_ms: int
    payload: tuple[str, ...]


def counted_lines(number: int) -> str:
    return "one line" if number == 1 else f"{number:,} lines"


def lines_of(text: str) -> list[str]:
    """As editors count them: other separators that Unicode knows are part of a line."""
    return _LINE_ENDS.split(text)


def decoded(data: bytes) -> str:
    """The file as text, with line ends as they come.

    Raises:
        NotCaptions: empty, too large, or letters that can't be read.
    """
    if not data.strip():
        raise NotCaptions([Fault(1, "The file is empty.")])
    if len(data) > LARGEST_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        raise NotCaptions([Fault(1, f"The file has {size}, and 5 MB is the most we can keep.")])
    encoding, name = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        read = data[: error.start].decode(encoding, errors="replace")
        line = len(lines_of(read))
        raise NotCaptions([Fault(line, f"A letter here isn’t {name}. Save the file as UTF-8.")]) from error
    if "\x00" in text:
        line = len(lines_of(text[: text.index("\x00")]))
        raise NotCaptions([Fault(line, "There is a character here that is no text. This is not a file of captions.")])
    return text


def _encoding(data: bytes) -> tuple[str, str]:
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return encoding, name
    # Without a mark: every other byte of plain English in UTF-16 is nought.
    if data[1:8:2] == b"\x00" * 4 or data[1:4:2] == b"\x00\x00":
        return "utf-16-le", "UTF-16"
    if data[0:8:2] == b"\x00" * 4:
        return "utf-16-be", "UTF-16"
    return "utf-8", "UTF-8"


def format_of(lines: Sequence[str]) -> str:
    """ "vtt" or "srt", by what is in the file and never by its name.

    Raises:
        NotCaptions: it is neither.
    """
    first = next((number for number, line in enumerate(lines) if line), 0)
    if re.match(r"WEBVTT(?:[ \t]|$)", lines[first]):
        if first:
            raise NotCaptions([Fault(first + 1, "“WEBVTT” must be the first line of the file.")])
        return VTT
    if any(ARROW in line for line in lines[first : first + 3]):
        return SRT
    words = "This is neither WebVTT, whose first line is “WEBVTT”, nor SubRip, which begins with a number and a time."
    raise NotCaptions([Fault(first + 1, words)])


def read_blocks(lines: Sequence[str], kind: str) -> tuple[list[Block], list[Fault]]:
    """Every line of speech, and every fault."""
    blocks: list[Block] = []
    faults: list[Fault] = []
    paragraphs = _paragraphs(lines)
    if kind == VTT:
        number, header = next(paragraphs)
        if (early := next((place for place, line in enumerate(header) if ARROW in line), 0)) > 0:
            faults.append(Fault(number + early, "Leave an empty line between “WEBVTT” and the first time."))
    for number, paragraph in paragraphs:
        if kind == VTT and _STARTS.match(paragraph[0]) and ARROW not in paragraph[0]:
            continue
        found = _read_block(number, paragraph, kind)
        (blocks if isinstance(found, Block) else faults).append(found)  # type: ignore[arg-type]
    return blocks, faults


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, each with the number of its first line."""
    begins = 1
    paragraph: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            begins = begins if paragraph else number
            paragraph.append(line)
        elif paragraph:
            yield begins, paragraph
            paragraph = []


def _read_block(number: int, paragraph: list[str], kind: str) -> Block | Fault:
    """The time is in the first line, or in the second below a name or number."""
    place = next((place for place, line in enumerate(paragraph[:2]) if ARROW in line), None)
    if place is None:
        return Fault(number, f"Words without a time. A line such as {EXAMPLES[kind]} must stand above them.")
    again = next((later for later, line in enumerate(paragraph[place + 1 :], place + 1) if ARROW in line), None)
    if again is not None:
        return Fault(number + again, "Another time begins here. Leave an empty line before each.")
    return _timed(number + place, paragraph[place], tuple(paragraph[place + 1 :]), kind)


def _timed(line: int, timing: str, payload: tuple[str, ...], kind: str) -> Block | Fault:
    match = _TIMING[kind].fullmatch(timing)
    if match is None:
        return Fault(line, f"“{timing.strip()[:60]}” isn’t a time. Write it like {EXAMPLES[kind]}.")
    wrong = "," if kind == VTT else "."
    if wrong in (match[4], match[9]):
        mark, instead = ("comma", "full stop") if kind == VTT else ("full stop", "comma")
        known = f"In {NAMES[kind]} it is a {instead}: {EXAMPLES[kind]}."
        return Fault(line, f"A {mark} stands before the thousandths. {known}")
    starts, ends = _milliseconds(*match.group(1, 2, 3, 5)), _milliseconds(*match.group(6, 7, 8, 10))
    if starts is None or ends is None:
        return Fault(line, "Minutes and seconds go to 59.")
    if ends > LONGEST_MS:
        return Fault(line, "This is more than a day after the beginning.")
    if ends <= starts:
        return Fault(line, "It ends before it begins, or at the same moment.")
    return Block(line, starts, ends, payload)


def _milliseconds(hours: str | None, minutes: str, seconds: str, rest: str) -> int | None:
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)
