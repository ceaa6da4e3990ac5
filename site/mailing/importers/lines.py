"""The lines of a CSV file of addresses, each checked; what is wrong is said by its line."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from ..addresses import clean_address
from ..enums import Heading, ListWay
from ..exports import FORMULA

MOST_LINES = 200_000
FAULTS_SHOWN = 30
LONGEST_WORDING = 5000
LONGEST_SOURCE = 200
NEEDED = {ListWay.PROOF: ("address", "headings", "wording", "date", "source"), ListWay.INVITE: ("address", "headings")}
SAME_AS = {"email": "address", "e-mail": "address", "e-mail address": "address", "email address": "address"}
# Stands where nobody was said to have agreed.
NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
DATES = ("%Y-%m-%d", "%d/%m/%Y")
HEADINGS = {name.lower(): heading for heading in Heading for name in (heading.value, str(heading.label))}

NOT_TEXT = "This isn’t text in UTF-8. In your spreadsheet, save it as “CSV UTF-8” and try again."


class Faulty(Exception):
    """A file that nothing is made of; `sentences` say why, line by line."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(sentences[0])
        self.sentences = sentences


@dataclass(frozen=True)
class Line:
    """One address, and what it is to hear about. Proof has words, a day and a source; an invitation has none."""

    number: int
    address: str
    headings: tuple[Heading, ...]
    wording: str = ""
    agreed_at: dt.datetime = NEVER
    source: str = ""


def to_json(line: Line) -> list[Any]:
    """A line as plain values."""
    headings = [heading.value for heading in line.headings]
    return [line.number, line.address, headings, line.wording, line.agreed_at.isoformat(), line.source]


def from_json(row: list[Any]) -> Line:
    """The line that `to_json` made these of."""
    number, address, headings, wording, agreed_at, source = row
    chosen = tuple(Heading(heading) for heading in headings)
    return Line(number, address, chosen, wording, dt.datetime.fromisoformat(agreed_at), source)


def decode(content: bytes) -> str:
    """A file's text.

    Raises:
        Faulty: it isn't UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Faulty(
            ["This isn’t text in UTF-8. In your spreadsheet, save it as “CSV UTF-8” and try again."]
        ) from error


def read(text: str, *, way: ListWay, today: dt.date) -> list[Line]:
    """Every line with something in it.

    Raises:
        Faulty: a column is missing, or a line has something wrong; nothing of such a file is taken.
    """
    try:
        rows = list(_rows(text, way))
    except csv.Error as error:
        raise Faulty(["This isn’t a CSV file: a quotation mark is open, or a cell is far too long."]) from error
    if not rows:
        raise Faulty(["There is no line below the names of the columns."])
    if len(rows) > MOST_LINES:
        raise Faulty([f"There are {len(rows):,} lines. Bring in at most {MOST_LINES:,} at once."])
    lines, faults = [], []
    for number, row in rows:
        try:
            lines.append(_line(number, row, way, today))
        except ValidationError as fault:
            faults.append(f"Line {number}: {fault.messages[0]}")
    if faults:
        more = len(faults) - FAULTS_SHOWN
        raise Faulty([*faults[:FAULTS_SHOWN], *([f"And {more:,} more lines."] if more > 0 else [])])
    return lines


def _rows(text: str, way: ListWay) -> Iterator[tuple[int, dict[str, str]]]:
    """The number in the file and the cells by column of each line that isn't empty."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = [cell.strip().lower() for cell in next(reader, [])]
    names = [SAME_AS.get(name, name) for name in names]
    if missing := [name for name in NEEDED[way] if name not in names]:
        columns = ", ".join(f"“{name}”" for name in missing)
        raise Faulty([f"The first line names the columns, and there is no column {columns}."])
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, dict(zip(names, map(_plain, cells), strict=False))


def _plain(cell: str) -> str:
    """A cell as it was before it was made safe for spreadsheets."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def _line(number: int, row: dict[str, str], way: ListWay, today: dt.date) -> Line:
    if "\0" in "".join(row.values()):
        raise ValidationError("There is a character in it that no text has.")
    address, headings = clean_address(row.get("address", "")), _headings(row.get("headings", ""))
    if way == ListWay.INVITE:
        return Line(number=number, address=address, headings=headings)
    wording, source = row.get("wording", ""), row.get("source", "")
    if not wording or len(wording) > LONGEST_WORDING:
        raise ValidationError(f"Give the wording they agreed to, in at most {LONGEST_WORDING:,} characters.")
    if not source or len(source) > LONGEST_SOURCE:
        raise ValidationError(f"Say in “source” where they agreed, in at most {LONGEST_SOURCE} characters.")
    agreed_at = _moment(row.get("date", ""), today)
    return Line(number, address, headings, wording=wording, agreed_at=agreed_at, source=source)


def _headings(cell: str) -> tuple[Heading, ...]:
    names = [name.strip().lower() for name in cell.split(";") if name.strip()]
    unknown = [name for name in names if name not in HEADINGS]
    if unknown or not names:
        known = " or ".join(f"“{heading.value}”" for heading in Heading)
        raise ValidationError(f"Under “headings” write {known}, or both with a semicolon between them.")
    chosen = {HEADINGS[name] for name in names}
    return tuple(heading for heading in Heading if heading in chosen)


def _moment(cell: str, today: dt.date) -> dt.datetime:
    for pattern in DATES:
        try:
            day = dt.datetime.strptime(cell, pattern).date()  # noqa: DTZ007  a day, made aware below
        except ValueError:
            continue
        if day > today:
            raise ValidationError("The date they agreed on is still to come.")
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))
    raise ValidationError("Write the date they agreed on like 2026-02-04.")
