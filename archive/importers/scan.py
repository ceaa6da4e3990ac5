"""Each line of a pasted page on its own: what it can be, before its place is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from speakers.keys import fold

from .headings import audience_source, is_links_heading
from .lines import ends_sentence, is_heading_like
from .links import SpecialLine, read_special
from .people import Opening, read_heading, read_opening
from .questions import QuestionReader, StandardQuestion

_FURNITURE = frozenset(
    {
        *("accept all cookies", "accept cookies", "back to top", "cookie policy", "leave a comment", "print this page"),
        *("share on bluesky", "share on facebook", "share on linkedin", "share on twitter", "share on x", "share this"),
        *("share this article", "share this page", "share this post", "skip to content", "skip to main content"),
    }
)
_MORE_TO_READ = frozenset(
    {
        *("further articles", "more from our blog", "more from the blog", "more like this", "read next"),
        *("related articles", "related blog posts", "related content", "related pages", "related posts", "see also"),
        *("you may also be interested in", "you may also like", "you might also like"),
    }
)
_SHORTEST_FURNITURE = min(map(len, _FURNITURE | _MORE_TO_READ))
_SHORT = 60


class Mark(Enum):
    """What a line is that carries nothing but itself."""

    LINKS_HEADING = auto()
    TITLE = auto()
    FURNITURE = auto()
    MORE_TO_READ = auto()


@dataclass(frozen=True, slots=True)
class AudienceHeading:
    """ "From Slido:"; `source` is "Slido"."""

    source: str


type What = StandardQuestion | Opening | AudienceHeading | SpecialLine | Mark | None


@dataclass(slots=True)
class Line:
    """A line and what it is; None is text."""

    text: str
    what: What


def scan(lines: Sequence[str], questions: QuestionReader) -> list[Line]:
    """The lines with what they are, headings of talks included."""
    scanned = [Line(text, _what_is(text, questions)) for text in lines]
    _mark_headings(scanned)
    _mark_titles(scanned)
    return scanned


def _what_is(text: str, questions: QuestionReader) -> What:
    question = questions.read(text)
    if question is not None:
        return question
    special = read_special(text)
    if special is not None:
        return special
    if len(text) <= _SHORT:
        short = _what_is_short(text)
        if short is not None:
            return short
    return read_opening(text)


def _what_is_short(text: str) -> What:
    source = audience_source(text)
    if source:
        return AudienceHeading(source)
    if is_links_heading(text):
        return Mark.LINKS_HEADING
    if len(text) < _SHORTEST_FURNITURE:
        return None
    plain = fold(text).rstrip(":. ")
    if plain in _FURNITURE:
        return Mark.FURNITURE
    return Mark.MORE_TO_READ if plain in _MORE_TO_READ else None


def _mark_headings(lines: list[Line]) -> None:
    """Let a line "Name, Role, Organisation" open a talk if it stands alone; several in a row are a list of people."""
    headings = {
        position: heading
        for position, line in enumerate(lines)
        if line.what is None and (heading := read_heading(line.text)) is not None
    }
    for position, heading in headings.items():
        alone = position - 1 not in headings and position + 1 not in headings
        if alone and position + 1 < len(lines) and _can_follow_heading(lines[position + 1]):
            lines[position].what = heading


def _can_follow_heading(line: Line) -> bool:
    return isinstance(line.what, (Opening, StandardQuestion)) or (line.what is None and ends_sentence(line.text))


def _mark_titles(lines: list[Line]) -> None:
    """Mark the headings above talks as their titles, if there are several talks and each of them has one."""
    titles: list[Line] = []
    for position, line in enumerate(lines):
        if not isinstance(line.what, Opening):
            continue
        above = lines[position - 1] if position else None
        if above is not None and isinstance(above.what, Opening):
            continue
        before = lines[position - 2].text if position > 1 else "."
        if above is None or not _is_title(above, before):
            return
        titles.append(above)
    if len(titles) > 1:
        for title in titles:
            title.what = Mark.TITLE


def _is_title(line: Line, before: str) -> bool:
    return line.what is None and is_heading_like(line.text) and " " in line.text and ends_sentence(before)
