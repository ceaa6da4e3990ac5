"""What somebody reads first who has unpacked the open data."""

from django.conf import settings

from pages.licence import data_licence

from ..enums import AnswerStatus
from .tables import TABLES

WORDS = """{name}: the whole archive as open data
{site}/open-data/

WHAT IT IS
{tables}

csv/ has every table. Each row is told once; "event", "talk" and "question" say what it belongs to.
json/ has the same records, with what belongs to each within it.
dictionary.csv and dictionary.json say what each column holds: its type, unit and codes.
manifest.json has the SHA-256 checksum of every file. The checksum of the zip stands beside it:
{site}/open-data/data-bites.zip.sha256

HOW TO READ IT
All text is UTF-8. Dates are ISO 8601; a date and time has its offset from UTC.
In CSV a list's parts are set apart by "; ", an empty cell is nothing, and yes and no are "yes" and "no".
A cell that a spreadsheet would take for a formula begins with an apostrophe, which isn't part of its words.
The JSON has the words as they are.

ANSWERS
There is a row for each question and talk, whether or not there is an answer. "status" says which:
{codes}
A talk whose speakers' words are not public, or may not be used again, has no row.

LICENCE
{licence}

The same data always makes the same file. It is made anew after something public has changed.
"""
NO_LICENCE = "Each row of speakers' words says its own. Where it says none, ask first: nothing may be assumed."


def readme(counts: dict[str, int]) -> str:
    licence = data_licence()
    given = f"{licence.words}\nWhere a row names another licence, that one holds for it."
    return WORDS.format(
        name=settings.WAGTAIL_SITE_NAME,
        site=settings.SITE_URL,
        tables="\n".join(f"{table.name} ({counts[table.name]}): {table.words}" for table in TABLES),
        codes="\n".join(f"  {status.value}: {status.label}." for status in AnswerStatus),
        licence=given if licence.name else NO_LICENCE,
    )
