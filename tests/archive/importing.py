"""Imports as an operator runs them, and everything the database holds before and after."""

from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from events.models import EventPage, SeriesPage, TalkPage
from tests.factories import make_host, make_series

from .texts import WRITEUP

# What the leftovers of WRITEUP are, and how it is imported in these tests.
LEFT_OVER = [
    "Share this page",
    "Seven ways to name a spreadsheet",
    "Our colleague Moss Harker has read ten thousand file names, so that you need not.",
    "27 May 2031",
    "Related content",
    "What is a dairy?",
]
EVENING = {"number": "71", "date": "2025-05-28"}
OPENING = "Odile Farrow, Chief Taster, Dairy Board, spoke about rinds."


class Said(NamedTuple):
    out: str
    err: str


class Importer:
    """Writes a text into a file and imports it as evening 71, unless told otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, text: str | bytes, name: str = "evening.txt") -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def __call__(self, text: str | bytes | Path = WRITEUP, **options: Any) -> Said:
        path = text if isinstance(text, Path) else self.file(text)
        out, err = StringIO(), StringIO()
        call_command("import_writeup", str(path), stdout=out, stderr=err, **{**EVENING, **options})
        return Said(out.getvalue(), err.getvalue())


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def refused(imports: Importer, *args: Any, **options: Any) -> str:
    """What an import that is refused says; it changes nothing and prints nothing else."""
    before = everything()
    with pytest.raises(CommandError) as refusal:
        imports(*args, **options)
    assert everything() == before
    assert refusal.value.returncode == 2
    (line,) = str(refusal.value).splitlines()
    return line


def make_hosted_series(**fields: Any) -> SeriesPage:
    """The series that WRITEUP speaks of: 49 evenings at one host, then another."""
    first, then = make_host("The Quayside Institute"), make_host("Harbour House")
    return make_series(spells=[(first, 1, 49), (then, 50, None)], **fields)


def evening(number: int = 71) -> EventPage:
    """The newest draft."""
    return EventPage.objects.get(number=number).get_latest_revision_as_object()


def talks(number: int = 71) -> list[TalkPage]:
    """The newest drafts, in running order."""
    pages = TalkPage.objects.filter(event__number=number).in_running_order()
    return [page.get_latest_revision_as_object() for page in pages]


def given(number: int = 71) -> list[Any]:
    """The newest drafts of what was given, in running order."""
    return [talk.contribution.get_latest_revision_as_object() for talk in talks(number)]


def answers(contribution: Any) -> list[tuple[str, str, str]]:
    """(slug, text, why it is missing)."""
    return [(row.question.slug, row.text, row.missing) for row in contribution.answers.all()]
