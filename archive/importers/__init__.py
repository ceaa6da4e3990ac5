"""Old write-ups, read: file → text (`reading`) → the shape that knows it (`SHAPES`) → a plan (`plan`).

Nothing here knows the database or Django. A shape is a module with `recognises(text) -> bool` and
`parse(text, *, number, questions, series) -> WriteupPlan`; the first in SHAPES that recognises the text reads it.
"""

from collections.abc import Mapping
from typing import Protocol

from . import plain_text
from .plan import WriteupPlan
from .questions import DEFAULT_QUESTIONS
from .reading import WriteupError


class Shape(Protocol):
    def recognises(self, text: str, /) -> bool: ...

    def parse(self, text: str, /, *, number: int, questions: Mapping[str, str], series: str) -> WriteupPlan: ...


class WriteupShapeUnknown(WriteupError):
    """No shape knows how to read this text."""


SHAPES: tuple[Shape, ...] = (plain_text,)


def read_plan(
    text: str, *, number: int, questions: Mapping[str, str] = DEFAULT_QUESTIONS, series: str = "Data Bites"
) -> WriteupPlan:
    """The plan of a write-up in whatever shape it has.

    Raises:
        WriteupShapeUnknown: no shape recognises the text.
    """
    for shape in SHAPES:
        if shape.recognises(text):
            return shape.parse(text, number=number, questions=questions, series=series)
    raise WriteupShapeUnknown("This file is a web page’s code. Open the page, copy its text, and import that instead.")
