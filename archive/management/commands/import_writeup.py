"""Imports an old write-up: shows what would be made of it, makes an evening of drafts, publishes it if asked."""

import datetime as dt
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from archive.actions import Did, LeftoversWait, Outcome, Reading, Source, import_writeup, read_writeup_of
from archive.importers.evening import EveningFacts, NoSuchMoment, Wishes
from archive.importers.fitting import is_address, room
from archive.importers.matching import Directory
from archive.importers.reading import WriteupError, read_writeup
from archive.importers.series import SeriesNotFound, SeriesNotMade, SeriesNotSaid, find_series
from archive.importers.summary import summarise
from events.actions import NotInOrder
from events.forms.planning import HIGHEST_NUMBER
from events.models import EventPage, Host, SeriesPage
from pages.english import counted

SWITCHES = {
    "--dry-run": "Only show what would be made of it. Changes nothing.",
    "--json": "With --dry-run: the whole plan as JSON.",
    "--publish": "Publish the evening and its talks, and release what was given.",
    "--leftovers-seen": "You have looked at the lines that fit nowhere; they may stay behind.",
    "--replace": "The evening is there: make new drafts of it. What is public stays until you publish.",
}
FAULTS = (WriteupError, SeriesNotFound, SeriesNotSaid, SeriesNotMade, NoSuchMoment, LeftoversWait, NotInOrder)


class Refused(Exception):
    """What was asked for makes no sense; says why."""


class Command(BaseCommand):
    help = "Imports an old write-up, pasted as plain text: an evening with its talks and answers, as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="The write-up: UTF-8 text, a paragraph a line.")
        parser.add_argument("--number", required=True, help="The evening’s number.")
        parser.add_argument("--date", required=True, help="The evening’s day, like 2025-11-26.")
        parser.add_argument("--time", default="", help="When it began, like 18:00. Otherwise the series’ usual start.")
        parser.add_argument("--series", default="", help="The series’ slug, if there are several.")
        parser.add_argument("--host", default="", help="The host’s slug, if not the one the series names.")
        parser.add_argument("--byline", default="", help="Who wrote it up.")
        parser.add_argument("--written-up-on", default="", help="When it was first published, like 2025-12-04.")
        parser.add_argument("--original-url", default="", help="Where it was first published.")
        for name, words in SWITCHES.items():
            parser.add_argument(name, action="store_true", help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        if hasattr(self.stdout, "reconfigure"):  # whatever the terminal's language, names keep their letters
            self.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            with quiet(options["verbosity"]):
                self._do(options)
        except ValidationError as fault:
            raise self._refusal(" ".join(fault.messages)) from fault
        except DatabaseError as fault:
            raise self._refusal(f"The database can’t be used: {fault}. Run migrate, or try again.") from fault
        except (Refused, *FAULTS) as fault:
            raise self._refusal(str(fault)) from fault

    def _refusal(self, words: str) -> CommandError:
        """One line, whatever a file's name or a database says."""
        return CommandError(" ".join(printable(words).split()), returncode=2)

    def _do(self, options: dict[str, Any]) -> None:
        if options["json"] and not options["dry_run"]:
            raise Refused("--json shows a plan without importing it: add --dry-run.")
        number, day = read_number(options["number"]), read_day(options["date"], "--date")
        if day > timezone.localdate():
            raise Refused(f"{day} is still to come. A write-up is of an evening that was held: check --date.")
        path = Path(options["file"])
        text = read_writeup(path)
        if options["dry_run"]:
            self._show(text, number, day, options)
            return
        series = find_series(options["series"])
        outcome = import_writeup(
            source=Source(text, printable(path.name)),
            facts=read_facts(number, day, options),
            series=series,
            new_series_slug=options["series"],
            at=timezone.now(),
            wishes=Wishes(options["replace"], options["publish"], options["leftovers_seen"]),
        )
        self._tell(outcome)

    def _show(self, text: str, number: int, day: dt.date, options: dict[str, Any]) -> None:
        """What would be made of the text. A database that isn't ready is no hindrance: then nobody is known."""
        series, directory, facts = None, None, EveningFacts(number, day)
        try:
            series, directory = find_series(options["series"]), Directory()
            facts = read_facts(number, day, options)
        except DatabaseError:
            self.stderr.write("Warning: the database isn’t ready (run migrate), so nobody was looked up in it.")
        reading = read_writeup_of(text=text, facts=facts, series=series, directory=directory)
        if options["json"]:
            self.stdout.write(json.dumps(reading.plan.as_json_dict(), ensure_ascii=False, indent=2))
        else:
            for line in summarise(reading.plan, facts=facts, series=series, directory=directory):
                self.stdout.write(printable(line))
            there = EventPage.objects.of_series(series).filter(number=number).first() if series else None
            self.stdout.write(f"\n{name(there)} is already there." if there else "")
            self.stdout.write("Nothing was changed.")
        self._warn(reading.doubts, reading.lost_links)

    def _warn(self, doubts: Iterable[str], lost_links: Iterable[str]) -> None:
        for doubt in doubts:
            self.stderr.write(printable(f"Warning: {doubt}"))
        for lost in lost_links:
            self.stderr.write(printable(f"Lost link: {lost}"))

    def _tell(self, outcome: Outcome) -> None:
        event = outcome.event
        if outcome.did is Did.NOTHING:
            self.stdout.write(f"{name(event)} is already there: nothing was changed.{hint(outcome)}")
            return
        series: SeriesPage | None = event.series
        if outcome.made_series and series:
            self.stdout.write(f"There was no series: made “{series.title}” at {series.url}, with its questions.")
        self.stdout.write(TOLD[outcome.did].format(name=name(event), what=contents(outcome.reading)))
        if event.live and event.url and not event.has_unpublished_changes:
            self.stdout.write(f"It is public: {urljoin(settings.SITE_URL, event.url)}")
        path = reverse("wagtailadmin_pages:edit", args=[event.pk])
        self.stdout.write(f"To look at it in the admin: {urljoin(settings.SITE_URL, path)}")
        if outcome.did is Did.PUBLISHED_AS_IT_STOOD:  # its doubts were told when it was imported
            self._warn(outcome.held_back, ())
        else:
            self._warn((*outcome.reading.doubts, *outcome.notes, *outcome.held_back), outcome.reading.lost_links)


TOLD = {
    Did.MADE: "{name} was made: {what}.",
    Did.REPLACED: "{name} is already there: made new drafts of it from {what}.",
    Did.PUBLISHED_AS_IT_STOOD: "{name} is already there: published as it stood.",
}


def name(event: EventPage) -> str:
    """ "Data Bites 60", or "Data Bites 60, “Finding out”"."""
    plain = f"{event.series.title if event.series else ''} {event.number}".strip()
    return plain if event.title == plain else f"{plain}, “{event.title}”,"


def contents(reading: Reading) -> str:
    """ "four talks, 17 answers, seven questions from the audience, two lines left over"."""
    talks = reading.plan.talks
    asked = sum(len(talk.audience_questions) for talk in talks)
    parts = (
        counted(len(talks), "talk"),
        counted(sum(len(talk.answers) for talk in talks), "answer"),
        counted(asked, "question from the audience", "questions from the audience"),
        counted(len(reading.plan.unplaced), "line left over", "lines left over"),
    )
    return ", ".join(parts)


def hint(outcome: Outcome) -> str:
    """What one can do about an evening that is there already."""
    if outcome.run is None:
        return " It didn’t come from an import. With --replace this text makes new drafts of it."
    if not outcome.from_same_text:
        return " It came from another text. With --replace this one makes new drafts of it."
    return "" if outcome.event.live else " It is a draft: publish it in the admin, or with --publish."


def read_number(text: str) -> int:
    digits = str(text).strip()
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits[:9]) <= HIGHEST_NUMBER or len(digits) > 9:
        raise Refused(f"--number is a number from 1 to {HIGHEST_NUMBER}, not “{digits[:40]}”.")
    return int(digits)


def read_day(text: str, option: str) -> dt.date:
    try:
        return dt.datetime.strptime(str(text).strip(), "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise Refused(f"{option} is a day like 2025-11-26, not “{str(text)[:40]}”.") from None


def read_time(text: str) -> dt.time:
    try:
        return dt.datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007  a clock reading has no zone
    except ValueError:
        raise Refused(f"--time is a time like 18:00, not “{text[:40]}”.") from None


def read_facts(number: int, day: dt.date, options: dict[str, Any]) -> EveningFacts:
    """What the options say of the evening; asks the database for the host."""
    written = options["written_up_on"]
    written_up_on = read_day(written, "--written-up-on") if written else None
    if written_up_on and written_up_on < day:
        raise Refused(f"--written-up-on {written_up_on} is before the evening itself.")
    original_url = options["original_url"].strip()
    if original_url and not is_address(original_url, EventPage, "original_url"):
        raise Refused(f"--original-url is a web address like https://example.org/page, not “{original_url[:80]}”.")
    if len(options["byline"].strip()) > room(EventPage, "byline"):
        raise Refused(f"--byline has at most {room(EventPage, 'byline')} letters.")
    return EveningFacts(
        number=number,
        day=day,
        start=read_time(options["time"]) if options["time"] else None,
        host=find_host(options["host"]) if options["host"] else None,
        byline=options["byline"].strip(),
        written_up_on=written_up_on,
        original_url=original_url,
    )


def find_host(slug: str) -> Host:
    host = Host.objects.filter(slug=slug).first()
    if host is None:
        known = ", ".join(Host.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise Refused(f"There is no host “{slug}”. Known: {known}.")
    return host


@contextmanager
def quiet(verbosity: int) -> Iterator[None]:
    """Wagtail logs each page it saves, among the lines that a person has to read; with -v 2 it may."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    if verbosity < 2:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def printable(words: str) -> str:
    """Words that any stream can take: a file's name may hold bytes that are no letters."""
    return words.encode("utf-8", "replace").decode("utf-8")
