"""The file itself: tables written as they are read, then put into one zip that is the same whenever the data is."""

import csv
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from pages.licence import data_licence

from ..exports import BYTE_ORDER_MARK
from .contents import Row
from .readme import readme
from .tables import TABLES, Table, cells

# Nothing in the zip tells when or where it was made.
EPOCH = (1980, 1, 1, 0, 0, 0)
ON_UNIX, READABLE = 3, 0o100644 << 16
COMPRESSION = 6
BLOCK_BYTES = 1024 * 1024
BETWEEN_ROWS = 500  # how often somebody may say stop
type Pause = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the zip, and where it waits until it goes there."""

    name: str
    path: Path
    rows: int | None = None


class _Sheet:
    """A table while it is written: as CSV, and as JSON if it has rows of its own."""

    def __init__(self, table: Table, folder: Path, stack: ExitStack) -> None:
        self.table, self.rows = table, 0
        self.csv_path, self.json_path = folder / f"{table.name}.csv", folder / f"{table.name}.json"
        file = stack.enter_context(self.csv_path.open("w", encoding="utf-8", newline=""))
        self.writer = csv.writer(file)
        file.write(BYTE_ORDER_MARK)
        self.writer.writerow([column.name for column in table.columns])
        self.json = stack.enter_context(self.json_path.open("w", encoding="utf-8")) if table.has_json else None
        if self.json:
            self.json.write("[")

    def add(self, record: Any, parent: int | None) -> None:
        self.writer.writerow(cells(record, parent))
        if self.json:
            told = json.dumps(record.model_dump(mode="json"), ensure_ascii=False)
            self.json.write(f"{',' if self.rows else ''}\n{told}")
        self.rows += 1

    def end(self) -> None:
        if self.json:
            self.json.write("\n]\n")

    def members(self) -> list[Member]:
        found = [Member(f"csv/{self.table.name}.csv", self.csv_path, self.rows)]
        return [*found, Member(f"json/{self.table.name}.json", self.json_path, self.rows)] if self.json else found


def write_tables(rows: Iterable[Row], folder: Path, *, pause: Pause) -> tuple[list[Member], dict[str, int]]:
    """Each row in its table, one after the other. Returns the files, and how many rows each table has."""
    with ExitStack() as stack:
        sheets = {table.name: _Sheet(table, folder, stack) for table in TABLES}
        for count, (name, record, parent) in enumerate(rows):
            sheets[name].add(record, parent)
            if count % BETWEEN_ROWS == 0:
                pause()
        for sheet in sheets.values():
            sheet.end()
    members = [member for sheet in sheets.values() for member in sheet.members()]
    return members, {name: sheet.rows for name, sheet in sheets.items()}


def write_dictionary(folder: Path, counts: dict[str, int]) -> list[Member]:
    """The columns of every table, as a table and as JSON; and the file to read first."""
    csv_path, json_path, readme_path = folder / "dictionary.csv", folder / "dictionary.json", folder / "README.txt"
    with csv_path.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        writer.writerow(["table", "column", "type", "unit", "may_be_empty", "codes", "description"])
        for table in TABLES:
            for column in table.columns:
                empty = "yes" if column.may_be_empty else "no"
                row = [table.name, column.name, column.kind, column.unit, empty, column.codes_in_words, column.words]
                writer.writerow(row)
    json_path.write_text(json.dumps(described(counts), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    readme_path.write_text(readme(counts), encoding="utf-8")
    return [Member(path.name, path) for path in (csv_path, json_path, readme_path)]


def described(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Every table with its rows and columns: for the dictionary, and for the page."""
    return [
        {
            "table": table.name,
            "description": table.words,
            "rows": counts.get(table.name, 0),
            "columns": [{**asdict(column), "codes": dict(column.codes)} for column in table.columns],
        }
        for table in TABLES
    ]


def write_zip(members: list[Member], target: Path, folder: Path) -> None:
    """All members in the order of their names, after the manifest with the checksum of each."""
    ordered = sorted(members, key=lambda member: member.name)
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(_manifest(ordered), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        for member in [Member(manifest.name, manifest), *ordered]:
            info = zipfile.ZipInfo(f"data-bites/{member.name}", EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, ON_UNIX, READABLE
            with member.path.open("rb") as source, archive.open(info, "w", force_zip64=True) as entry:
                shutil.copyfileobj(source, entry, BLOCK_BYTES)


def _manifest(members: list[Member]) -> dict[str, Any]:
    licence = data_licence()
    files = [
        {
            "name": member.name,
            "sha256": checksum(member.path),
            "bytes": member.path.stat().st_size,
            **({"rows": member.rows} if member.rows is not None else {}),
        }
        for member in members
    ]
    return {"site": settings.SITE_URL, "licence": {"name": licence.name, "url": licence.url}, "files": files}


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
