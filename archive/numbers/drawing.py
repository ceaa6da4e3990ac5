"""Drawings for SVG: where each bar, square and word is. Colours are the style sheet's business.

A drawing is as wide as a telephone, so that its words can be read on one; rows go down, as many as there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 360
ROW, BAR = 24, 16
NAMED_ROW = 40  # with its words above the bar
LABEL = 44  # what a year takes beside its bar
SPARE = 52  # for the number behind a bar
LONGEST = 46  # letters of a label
LARGEST_CELL = 28
SHORT = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle. `part` is "bar" or "rest"."""

    x: float
    y: float
    width: float
    height: float
    part: str = "bar"


@dataclass(frozen=True, slots=True)
class Word:
    x: float
    y: float
    text: str
    kind: str = "of"
    anchor: str = "start"


@dataclass(slots=True)
class Drawing:
    """`height` in the units of WIDTH."""

    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    width: int = WIDTH


def bars(rows: Sequence[Sequence[str | int]]) -> Drawing:
    """A bar for each row, of one part or two; beside what it is about, or below it where that is long."""
    drawing = Drawing()
    highest = max((_total(row) for row in rows), default=0) or 1
    is_long = any(len(str(row[0])) > SHORT for row in rows)
    left, height, down = (0, NAMED_ROW, 19) if is_long else (LABEL, ROW, 0)
    for row in rows:
        top = drawing.height + down
        drawing.words.append(Word(0, drawing.height + 13, shortened(str(row[0]))))
        x: float = left
        for value, part in zip(row[1:], ("bar", "rest"), strict=False):
            length = round(int(value) / highest * (WIDTH - left - SPARE), 1)
            if length:
                drawing.shapes.append(Shape(x, top, length, BAR, part))
            x = round(x + length, 1)
        drawing.words.append(Word(x + 6, top + 13, f"{_total(row):,}", "count"))
        drawing.height += height
    return drawing


def _total(row: Sequence[str | int]) -> int:
    return sum(int(value) for value in row[1:])


def grid(rows: Sequence[tuple[str, Sequence[int]]], years: Sequence[int]) -> Drawing:
    """A row for each name with a square for each year; its area is what it counts."""
    drawing = Drawing()
    highest = max((value for _, values in rows for value in values), default=0) or 1
    step = min(LARGEST_CELL, WIDTH / max(1, len(years)))
    for name, values in rows:
        drawing.words.append(Word(0, drawing.height + 13, shortened(name)))
        for place, value in enumerate(values):
            side = round((value / highest) ** 0.5 * (step - 2), 1)
            if value:
                middle = place * step + step / 2
                top = drawing.height + 20 + (step - side) / 2
                drawing.shapes.append(Shape(round(middle - side / 2, 1), round(top, 1), side, side))
        drawing.height += 28 + step
    if rows and years:
        drawing.words.append(Word(0, drawing.height + 10, str(years[0]), "count"))
        if len(years) > 2:
            drawing.words.append(Word(len(years) * step, drawing.height + 10, str(years[-1]), "count", "end"))
        drawing.height += 16
    drawing.height = round(drawing.height, 1)
    return drawing


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
