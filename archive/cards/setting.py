"""Setting words: in runs of one type each, in lines that fit, from right to left where they are read so."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .fonts import BUILT_IN, Face, face_for, rides_along, shapes

ELLIPSIS = "…"
# Chinese and Japanese are broken between any two letters.
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# No line begins with these (JIS X 4051 calls it kinsoku).
_NOT_FIRST = "、。，．・：；？！）」』】〉》〕ー…々"
_TIED = "\N{NO-BREAK SPACE}"
_PIECE = re.compile(rf"[^\S{_TIED}]+|[{_WIDE}][{_NOT_FIRST}]*|(?:[^\s{_WIDE}]|{_TIED})+")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that one family sets."""

    text: str
    face: Face


def drawable(text: str) -> str:
    """The words as far as they can be set: a letter that no family has loses its accents, or its word is left out."""
    words = [_drawable_word(word) for word in " ".join(text.split()).split(" ")]
    return " ".join(word for word in words if word)


def _drawable_word(word: str) -> str:
    letters = []
    for letter in word:
        if rides_along(letter) or face_for(letter):
            letters.append(letter)
            continue
        plain = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
        if plain == [letter] or not plain or not all(face_for(part) for part in plain):
            return ""
        letters += plain
    return "".join(letters)


def runs_of(text: str) -> list[Run]:
    runs: list[Run] = []
    for letter in text:
        beside = runs[-1].face if runs else None
        face = beside if beside and rides_along(letter) else face_for(letter, beside=beside) or beside or BUILT_IN
        if runs and runs[-1].face == face:
            runs[-1] = Run(runs[-1].text + letter, face)
        else:
            runs.append(Run(letter, face))
    return runs


def is_right_to_left(text: str) -> bool:
    """By the first letter that has a direction (Unicode's rule P2)."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way in ("R", "AL") for way in directions if way in ("L", "R", "AL")), False)


@dataclass(frozen=True, slots=True)
class Type:
    """A size and a weight, in pixels."""

    size: int
    bold: bool = False

    @property
    def line(self) -> int:
        return round(self.size * (1.14 if self.bold else 1.3))

    def width(self, text: str) -> int:
        return round(sum(self._font(run).getlength(run.text, **_way(text)) for run in runs_of(text)))

    def draw(self, draw: Any, text: str, *, left: int, top: int, right: int, ink: tuple[int, int, int]) -> None:
        """One line. From right to left it begins at the right."""
        backwards = is_right_to_left(text)
        runs = runs_of(text)
        x = float(right - self.width(text) if backwards else left)
        for run in reversed(runs) if backwards else runs:
            font = self._font(run)
            # The baseline is shared by all families of a line.
            draw.text((x, top + self.size), run.text, font=font, fill=ink, anchor="ls", **_way(text))
            x += font.getlength(run.text, **_way(text))

    def _font(self, run: Run) -> Any:
        return run.face.at(self.size, bold=self.bold)


def _way(text: str) -> dict[str, str]:
    return {"direction": "rtl" if is_right_to_left(text) else "ltr"} if shapes() else {}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that fit, and the type that they are set in."""

    lines: tuple[str, ...]
    type: Type

    @property
    def height(self) -> int:
        return len(self.lines) * self.type.line

    def draw(self, draw: Any, *, left: int, top: int, right: int, ink: tuple[int, int, int]) -> int:
        """Returns where it ends."""
        for place, line in enumerate(self.lines):
            self.type.draw(draw, line, left=left, top=top + place * self.type.line, right=right, ink=ink)
        return top + self.height


def fitted(text: str, *, width: int, height: int, sizes: tuple[int, ...], bold: bool = False) -> Block:
    """The words in the largest of the sizes in which they fit; cut short in the smallest where they fit in none."""
    for size in sizes:
        face = Type(size, bold)
        lines = broken(text, width, face.width)
        if len(lines) * face.line <= height:
            return Block(tuple(_balanced(text, lines, width, face.width)), face)
    most = max(1, height // face.line)
    return Block((*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, face.width)), face)


def tied(text: str) -> str:
    """Words that stay on one line, where it is wide enough for them."""
    return text.replace(" ", _TIED)


def shortened(text: str, width: int, measure: Callable[[str], int]) -> str:
    """As many words of one line as fit, and an ellipsis."""
    if measure(text) <= width:
        return text
    pieces = list(_PIECE.findall(text))
    while pieces and measure("".join(pieces).rstrip(" ,;:.") + ELLIPSIS) > width:
        last = pieces.pop()
        if not pieces and len(last) > 1:  # a single word that is longer than the line
            pieces = [last[:-1]]
    return "".join(pieces).rstrip(" ,;:.") + ELLIPSIS


def broken(text: str, width: int, measure: Callable[[str], int]) -> list[str]:
    """Lines no wider than that, broken between words; within one only where it is wider than a line."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if measure(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
            continue
        parts = list(_slices(piece.strip(), width, measure))
        lines += parts if lines[-1].strip() else parts[:0]
        if not lines[-1].strip():
            lines[-1:] = parts
    return [line.strip() for line in lines if line.strip()]


def _slices(word: str, width: int, measure: Callable[[str], int]) -> Iterator[str]:
    while word:
        end = len(word)
        while end > 1 and measure(word[:end]) > width:
            end -= max(1, (end - 1) // 8) if measure(word[:end]) > width * 1.2 else 1
        if end < len(word) and (gap := word.rfind(_TIED, 1, end)) > 0:
            end = gap
        yield word[:end]
        word = word[end:].lstrip(_TIED)


def _balanced(text: str, lines: list[str], width: int, measure: Callable[[str], int]) -> list[str]:
    """The same number of lines, as even as they go."""
    if len(lines) < 2:
        return lines
    narrow, wide = width // 2, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        if len(broken(text, middle, measure)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return broken(text, wide, measure)
