"""The tables of the open data and their columns, read from the shapes of the records."""

import datetime as dt
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from ..exports import harmless
from ..records import shapes

TYPES: list[tuple[type, str]] = [
    (bool, "yes or no"),
    (int, "whole number"),
    (dt.datetime, "date and time"),
    (dt.date, "date"),
    (str, "text"),
]
UNITS = ("milliseconds", "seconds", "minutes")
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """`codes` are (value, what it means); `may_be_empty` says whether a row may have none."""

    name: str
    kind: str
    unit: str
    may_be_empty: bool
    codes: tuple[tuple[str, str], ...]
    words: str

    @property
    def codes_in_words(self) -> str:
        return SEPARATOR.join(f"{value} = {label}" for value, label in self.codes)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file. `parent` is the column that says which row of another table its rows belong to."""

    name: str
    shape: type[BaseModel]
    words: str
    parent: tuple[str, str] | None = None  # (name, what it is)
    has_json: bool = True

    @property
    def columns(self) -> list[Column]:
        head = [Column(self.parent[0], "whole number", "", False, (), self.parent[1])] if self.parent else []
        return [*head, *columns_of(self.shape)]


EVENT = ("event", "The evening’s id.")
TALK = ("talk", "The talk’s id.")
TABLES = (
    Table("series", shapes.SeriesRecord, "The series."),
    Table("events", shapes.EventRecord, "The evenings."),
    Table("recordings", shapes.RecordingRecord, "Where an evening is seen or heard.", EVENT, False),
    Table("chapters", shapes.ChapterRecord, "What begins when in an evening’s recording.", EVENT, False),
    Table("talks", shapes.TalkRecord, "The talks."),
    Table("appearances", shapes.AppearanceRecord, "Who spoke in a talk, as they were on that day.", TALK, False),
    Table(
        "links",
        shapes.LinkRecord,
        "What the speakers of a talk point to: a row each time. The page of links has each address once, and those "
        "in answers, accounts and other texts too.",
        TALK,
        False,
    ),
    Table("promises", shapes.PromiseRecord, "What the speakers of a talk said would happen.", TALK, False),
    Table("replies", shapes.ReplyRecord, "What became of promises, as their speakers say.", TALK, False),
    Table("answers", shapes.AnswerRecord, "What speakers answered to the standard questions, or why not."),
    Table("asks", shapes.AskRecord, "What speakers asked of the room."),
    Table("audience_questions", shapes.AudienceQuestionRecord, "What the audience asked and was answered."),
    Table("corrections", shapes.CorrectionRecord, "What was wrong and was put right."),
    Table(
        "transcripts",
        shapes.LineRecord,
        "What was said at evenings, line by line; not at talks whose speakers keep all rights or have not agreed to "
        "being recorded.",
    ),
    Table("speakers", shapes.SpeakerRecord, "The people."),
    Table("organisations", shapes.OrganisationRecord, "The organisations."),
    Table(
        "organisation_names",
        shapes.FormerNameRecord,
        "What an organisation was called before.",
        ("organisation", "The organisation’s id."),
        False,
    ),
    Table("hosts", shapes.HostRecord, "The hosts."),
    Table("topics", shapes.TopicRecord, "The topics."),
    Table("questions", shapes.QuestionRecord, "The standard questions."),
    Table(
        "question_wordings",
        shapes.FormerWordingRecord,
        "How a question was put before.",
        ("question", "The question’s id."),
        False,
    ),
)


def columns_of(shape: type[BaseModel]) -> list[Column]:
    """A record's columns. Rows within a record have a table of their own; a licence has two columns."""
    return [column for name, field in shape.model_fields.items() for column in _columns(name, field)]


def _columns(name: str, field: Any) -> Iterator[Column]:
    inner, may_be_empty = _without_none(field.annotation)
    words = field.description or ""
    if inner is shapes.LicenceRecord:
        yield Column(name, "text", "", True, (), "The name of its licence; empty: none is known.")
        yield Column(f"{name}_url", "text", "", True, (), "Where the licence stands.")
        return
    if get_origin(inner) is list:
        if get_args(inner)[0] is str:
            yield Column(name, "list of texts", "", True, (), words)
        return
    if issubclass(inner, Enum):
        codes = tuple((str(choice.value), str(choice.label)) for choice in inner)  # type: ignore[attr-defined]
        yield Column(name, "code", "", may_be_empty, codes, words)
        return
    kind = next(label for known, label in TYPES if issubclass(inner, known))
    unit = next((unit for unit in UNITS if name.endswith(unit)), "")
    yield Column(name, kind, unit, may_be_empty or kind == "text", (), words)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation, False
    (inner,) = (part for part in get_args(annotation) if part is not types.NoneType)
    return inner, True


def cells(record: BaseModel, parent: int | None = None) -> list[str]:
    """A record as a row of its table; no cell of it is a formula."""
    row = [] if parent is None else [str(parent)]
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, shapes.LicenceRecord):
            row += [harmless(value.name), harmless(value.url)]
        elif isinstance(value, list):
            row += (
                [harmless(SEPARATOR.join(value))]
                if all(isinstance(part, str) for part in value) and _is_flat(record, name)
                else []
            )
        else:
            row.append(harmless(_cell(value)))
    return row


def _is_flat(record: BaseModel, name: str) -> bool:
    return get_args(type(record).model_fields[name].annotation)[0] is str


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
