"""The fields of the speakers' form: what each may hold, in which words it refuses, and how it is compared."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from .enums import DatePrecision, LinkKind
from .markup import INTERNAL, tidy_text, to_html, to_text
from .models import Ask, Promise, TalkLink
from .models.answers import LANGUAGES

ANSWER_LIMIT = 20_000
MOST_ROWS = 40


class Refused(ValueError):
    """What was typed can't be kept in this field; the message says why, for the person who typed it."""


def digest(value: str) -> str:
    """Short, for comparing what a form began from with what is there now."""
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(slots=True)
class Field:
    """One value of a draft. `value` is what is kept; `typed` what was refused, to be shown again with `error`."""

    name: str
    label: str
    value: str = ""
    kind: str = "line"  # line, text, rich, url, email, date, choice
    limit: int = 0
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    typed: str | None = None
    error: str = ""

    @property
    def shown(self) -> str:
        return self.value if self.typed is None else self.typed

    @property
    def digest(self) -> str:
        return digest(self.value)

    def read(self, typed: str) -> str:
        """What is kept for what was typed.

        Raises:
            Refused: it is too long, no date, or none of the choices.
        """
        text = tidy_text(typed)
        if self.kind not in ("text", "rich"):
            text = " ".join(text.split())
        if self.limit and len(text) > self.limit:
            raise Refused(
                f"This has {len(text):,} characters, and {self.limit:,} is the most we can keep here. "
                "Shorten it, and it is saved."
            )
        if self.kind == "choice" and text not in dict(self.choices):
            raise Refused("Choose one of the answers that are offered.")
        if self.kind == "date" and text:
            _check_date(text)
        if self.kind == "rich":
            return self.read_only(text)
        return text

    def read_only(self, text: str) -> str:
        """Rich text as it would be shown again, of whatever length."""
        return to_text(to_html(text, keep=[link[0] for link in INTERNAL.finditer(self.value)]))

    def refuse(self, typed: str, why: Refused) -> None:
        self.typed, self.error = typed, str(why)

    def readable(self, value: str) -> str:
        return dict(self.choices).get(value, value)

    def joined(self, mine: str, theirs: str) -> str:
        """Both texts in one; a single line keeps both with a stroke between. A choice can't be both: mine."""
        if self.kind == "choice" or not theirs or not mine:
            return mine or theirs
        return f"{theirs}\n\n{mine}" if self.kind in ("text", "rich") else f"{theirs} / {mine}"


def _check_date(text: str) -> None:
    try:
        dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no date we can read. Write it like 2026-02-04.") from error


# Rows


def cells(*made: tuple[str, str, str, int, tuple[tuple[str, str], ...]]) -> tuple[Field, ...]:
    """Each as its name, label, kind, limit and choices."""
    return tuple(Field(name, label, "", kind, limit, "", choices) for name, label, kind, limit, choices in made)


@dataclass(frozen=True, slots=True)
class RowKind:
    """What the rows of one list are made of."""

    model: type[Model]
    noun: str
    heading: str
    hint: str
    cells: tuple[Field, ...]


_PRECISIONS = tuple((str(value), str(label)) for value, label in DatePrecision.choices)
ROW_KINDS = {
    "links": RowKind(
        TalkLink,
        "link",
        "Links",
        "What a reader can open: the service, the data, the report.",
        cells(
            ("label", "What it is", "line", 160, ()),
            ("url", "Address", "url", 500, ()),
            ("kind", "Kind", "choice", 0, tuple((str(v), str(label)) for v, label in LinkKind.choices)),
            ("language", "Language", "choice", 0, tuple(LANGUAGES)),
        ),
    ),
    "asks": RowKind(
        Ask,
        "ask",
        "What you ask of people",
        "Answer a consultation, join a test, write to you. Give a link, an e-mail address, or neither.",
        cells(
            ("text", "What they can do", "line", 300, ()),
            ("url", "Link", "url", 500, ()),
            ("email", "E-mail address, shown to readers", "email", 254, ()),
            ("opens_on", "Opens on, if later", "date", 0, ()),
            ("closes_on", "Closes on", "date", 0, ()),
            ("closes_precision", "How exact is that", "choice", 0, _PRECISIONS),
        ),
    ),
    "promises": RowKind(
        Promise,
        "promise",
        "What you say will happen",
        "We come back to these a year later.",
        cells(
            ("text", "What will happen", "line", 300, ()),
            ("due_on", "About when", "date", 0, ()),
            ("due_precision", "How exact is that", "choice", 0, _PRECISIONS),
        ),
    ),
}
DATES = frozenset({"opens_on", "closes_on", "due_on"})
DEFAULTS = {"kind": "other", "language": "en", "closes_precision": "day", "due_precision": "month"}
Row = dict[str, str]


@dataclass(slots=True)
class RowList:
    """A list of rows as one value: a save takes all of it or nothing, and a clash shows it whole."""

    name: str
    kind: RowKind
    value: str = "[]"
    typed: list[Row] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    blank: int = 0
    known: frozenset[str] = frozenset()  # the keys of rows that are released

    @property
    def label(self) -> str:
        return self.kind.heading

    @property
    def error(self) -> str:
        return self.errors.get("", "")

    @property
    def digest(self) -> str:
        return digest(self.value)

    @property
    def shown(self) -> list[list[Field]]:
        """The rows as fields, with `blank` empty ones at the end."""
        rows: list[Row] = json.loads(self.value) if self.typed is None else self.typed
        return [self._row(at, row) for at, row in enumerate([*rows, *[{} for _ in range(self.blank)]])]

    def _row(self, at: int, row: Row) -> list[Field]:
        fields = [
            Field(cell.name, cell.label, row.get(cell.name, DEFAULTS.get(cell.name, "")), cell.kind, cell.limit)
            for cell in self.kind.cells
        ]
        for made, cell in zip(fields, self.kind.cells, strict=True):
            made.name, made.choices = f"{self.name}-{at}-{cell.name}", cell.choices
            made.error = self.errors.get(made.name, "")
        return [*fields, Field(f"{self.name}-{at}-id", "", row.get("id", ""), "key")]

    def collect(self, typed: Mapping[str, str]) -> list[Row]:
        """The rows that a form sent, in order of their numbers; empty ones are left out."""
        found: dict[int, Row] = {}
        for name, value in typed.items():
            prefix, _, rest = name.partition("-")
            number, _, cell = rest.partition("-")
            if prefix == self.name and number.isdecimal() and len(number) < 6:
                found.setdefault(int(number), {})[cell] = value
        return [found[number] for number in sorted(found) if _has_words(found[number])]

    def read(self, rows: list[Row]) -> str:
        """What is kept for these rows.

        Raises:
            Refused: too many, or a cell refuses; `errors` then says which.
        """
        if len(rows) > MOST_ROWS:
            raise Refused(f"These are {len(rows):,}, and {MOST_ROWS} is the most we can show. Choose the best of them.")
        kept = []
        for at, row in enumerate(rows):
            clean: Row = {"id": row.get("id", "") if row.get("id") in self.known else ""}
            for cell in self.kind.cells:
                try:
                    clean[cell.name] = cell.read(row.get(cell.name) or DEFAULTS.get(cell.name, ""))
                except Refused as why:
                    self.errors[f"{self.name}-{at}-{cell.name}"] = str(why)
            kept.append(clean)
        if self.errors:
            raise Refused("")
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    def refuse(self, typed: list[Row], why: Refused) -> None:
        self.typed = typed[: MOST_ROWS + 1]
        if str(why):
            self.errors[""] = str(why)

    def readable(self, value: str) -> str:
        return "\n".join(
            " · ".join(filter(None, (row.get(cell.name, "") for cell in self.kind.cells if cell.kind != "choice")))
            for row in json.loads(value)
        )

    @property
    def lines(self) -> list[str]:
        return self.readable(self.value).splitlines()

    def joined(self, mine: str, theirs: str) -> str:
        rows = rows_in(theirs)
        rows += [row for row in rows_in(mine) if row not in rows]
        return json.dumps(rows, ensure_ascii=False, sort_keys=True)

    def objects(self) -> list[Any]:
        """Rows of the model, in memory."""
        made = []
        for at, row in enumerate(json.loads(self.value)):
            values = {name: value for name, value in row.items() if name not in ("opens_on", "closes_on", "due_on")}
            dates = {
                n: dt.date.fromisoformat(v) for n, v in row.items() if n in ("opens_on", "closes_on", "due_on") and v
            }
            made.append(self.kind.model(**values, **dates, sort_order=at))
        return made


def rows_in(value: str) -> list[Row]:
    """The rows of a list's value; none where it is not one, since it has been to the browser and back."""
    try:
        rows = json.loads(value)
    except ValueError:
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _has_words(row: Row) -> bool:
    return any(
        (row.get(name) or "").strip() for name in ("name", "label", "text", "url", "email", "closes_on", "due_on")
    )


def list_of(name: str, objects: Any, kinds: Mapping[str, RowKind] = ROW_KINDS) -> RowList:
    """The list of a draft's rows."""
    kind = kinds[name]
    rows = [
        {"id": str(row.pk or "")}
        | {cell.name: str(value) if (value := getattr(row, cell.name)) else "" for cell in kind.cells}
        for row in objects
    ]
    known = frozenset(row["id"] for row in rows if row["id"])
    return RowList(name, kind, json.dumps(rows, ensure_ascii=False, sort_keys=True), known=known)
