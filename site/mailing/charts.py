"""A small chart of the list over time: lines as SVG, worked out here and drawn by a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
STEPS = (1, 2, 3, 4, 5, 6, 8)


@dataclass(frozen=True)
class Line:
    """One thing over time, and its points as SVG wants them."""

    label: str
    values: Sequence[int]
    points: str


@dataclass(frozen=True)
class Mark:
    """A line across the chart, and the number it stands for."""

    value: int
    y: float


@dataclass(frozen=True)
class Chart:
    lines: Sequence[Line]
    marks: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT


def draw(series: Mapping[str, Sequence[int]]) -> Chart:
    """Lines from 0 up, with a round number at the top: label → one value a month, all equally many."""
    top = round_up(max((max(values, default=0) for values in series.values()), default=0))

    def height_of(value: float) -> float:
        return round(HEIGHT - HEIGHT * value / top, 1)

    lines = [
        Line(
            label=label,
            values=values,
            points=" ".join(f"{place(i, len(values))},{height_of(value)}" for i, value in enumerate(values)),
        )
        for label, values in series.items()
    ]
    marks = [Mark(value=value, y=height_of(value)) for value in sorted({0, top // 2, top} if top > 1 else {0, top})]
    return Chart(lines=lines, marks=marks)


def place(index: int, count: int) -> float:
    return round(WIDTH * index / max(count - 1, 1), 1)


def round_up(value: int) -> int:
    """The next round number that is not below: 1 to 6, 8, 10, 20, 30 …"""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= value:
                return step * power
        power *= 10
