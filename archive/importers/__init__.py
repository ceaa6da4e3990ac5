"""Old write-ups, read: file → text (`reading`) → the shape that knows it (`SHAPES`) → a plan (`plan`).

Up to the plan nothing here knows the database or Django. A shape is a module with `recognises(text) -> bool` and
`parse(text, *, number, questions, series) -> WriteupPlan`; the first in SHAPES that recognises the text reads it.

From the plan to drafts of pages: `series` (whose evening), `matching` (who is known), `review` (what a person should
look at), `loading` (the drafts). The verb is `archive.actions.import_writeup`.
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
    return shape_of(text).parse(text, number=number, questions=questions, series=series)


def shape_of(text: str) -> Shape:
    """The shape that reads this text.

    Raises:
        WriteupShapeUnknown: no shape recognises it.
    """
    for shape in SHAPES:
        if shape.recognises(text):
            return shape
    raise WriteupShapeUnknown("This file is a web page’s code. Open the page, copy its text, and import that instead.")
