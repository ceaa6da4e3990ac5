"""The archive's verbs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from django.db import transaction

from accounts.models import User
from events.actions import publish_writeup
from events.models import EventPage, SeriesPage

from .importers import read_plan, shape_of
from .importers.evening import EveningFacts
from .importers.job import Job, keep_draft
from .importers.loading import load_evening, load_into
from .importers.matching import Directory
from .importers.plan import WriteupPlan
from .importers.questions import DEFAULT_QUESTIONS
from .importers.review import find_doubts, find_lost_links, leftover_lines
from .importers.series import FIRST_TITLE, default_questions, make_first_series, questions_of, wordings_of
from .models import ImportRun


class LeftoversWait(Exception):
    """An evening can't be published while lines that fit nowhere wait for somebody to look at them."""


class Did(Enum):
    """What an import did."""

    MADE = "made"
    REPLACED = "replaced"
    PUBLISHED_AS_IT_STOOD = "published as it stood"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, and what a person should look at: doubts, and links that the text has lost."""

    plan: WriteupPlan
    doubts: tuple[str, ...]
    lost_links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an import. `run` is the evening's newest import, None where it never came from one."""

    did: Did
    event: EventPage
    reading: Reading
    run: ImportRun | None
    from_same_text: bool = False
    made_series: bool = False
    notes: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()


def read_writeup_of(
    *, text: str, facts: EveningFacts, series: SeriesPage | None, directory: Directory | None
) -> Reading:
    """Read a text and hold it against what is known. Changes nothing.

    `series` is None where the site has none yet, `directory` where nobody can be looked up.

    Raises:
        WriteupShapeUnknown
    """
    wordings = wordings_of(questions_of(series)) if series else DEFAULT_QUESTIONS
    title = series.title if series else FIRST_TITLE
    plan = read_plan(text, number=facts.number, questions=wordings, series=title)
    doubts = find_doubts(plan, facts=facts, series=series, directory=directory)
    return Reading(plan, tuple(doubts), tuple(find_lost_links(plan)))


@transaction.atomic
def import_writeup(
    *,
    text: str,
    filename: str,
    facts: EveningFacts,
    series: SeriesPage | None,
    at: dt.datetime,
    new_series_slug: str = "",
    replace: bool = False,
    publish: bool = False,
    leftovers_seen: bool = False,
    by: User | None = None,
) -> Outcome:
    """Make an evening of drafts from an old write-up; all of it or nothing.

    `series` is None where the site has none: then the first one is made. An evening that is there already stays as it
    is, unless `replace` asks for new drafts of it. `publish` publishes the drafts and releases what was given; of an
    evening that is there as drafts of this same text, as they stand. `leftovers_seen` says that somebody has looked at
    what the text left over.

    Side effects: new people and organisations; an ImportRun with the whole text.

    Raises:
        WriteupShapeUnknown, SeriesNotMade, NoSuchMoment, ValidationError
        LeftoversWait, NotInOrder: it is to be published, and can't be.
    """
    if series is not None:
        # Two imports of one evening at once: the second waits here, and then finds it.
        SeriesPage.objects.select_for_update().get(pk=series.pk)
    directory = Directory()
    reading = read_writeup_of(text=text, facts=facts, series=series, directory=directory)
    event = EventPage.objects.of_series(series).filter(number=facts.number).first() if series else None
    if event is not None and not replace:
        return _already_there(event, reading, text=text, publish=publish, seen=leftovers_seen, at=at, by=by)
    if publish and event is None and not leftovers_seen:
        _refuse_leftovers(leftover_lines(reading.plan))
    made_series = series is None
    series = series or make_first_series(slug=new_series_slug)
    job = Job(
        plan=reading.plan,
        facts=facts,
        series=series,
        questions=questions_of(series) or default_questions(),
        directory=directory,
        at=at,
        by=by,
        goes_public=publish,
        leftovers_seen=leftovers_seen,
    )
    loaded = load_into(event, job) if event else load_evening(job)
    held_back = _publish(loaded, at=at, by=by) if publish else ()
    run = _remember(loaded, reading, job, text=text, filename=filename)
    return Outcome(
        did=Did.REPLACED if event else Did.MADE,
        event=EventPage.objects.get(pk=loaded.pk),
        reading=reading,
        run=run,
        from_same_text=True,
        made_series=made_series,
        notes=tuple(job.notes),
        held_back=held_back,
    )


def _already_there(
    event: EventPage,
    reading: Reading,
    *,
    text: str,
    publish: bool,
    seen: bool,
    at: dt.datetime,
    by: User | None,
) -> Outcome:
    """Nothing, or its drafts published: never new words."""
    run = ImportRun.objects.filter(event=event).first()
    same = run is not None and run.source_sha256 == _digest(text)
    if run is None or not (same and publish) or event.live:
        return Outcome(Did.NOTHING, event, reading, run, from_same_text=same)
    if seen:
        draft = event.get_latest_revision_as_object()
        draft.leftovers_seen = True
        keep_draft(draft, by=by)
        ImportRun.objects.filter(pk=run.pk).update(leftovers_seen_at=at)
    held_back = _publish(event, at=at, by=by)
    fresh = EventPage.objects.get(pk=event.pk)
    return Outcome(Did.PUBLISHED_AS_IT_STOOD, fresh, reading, run, from_same_text=True, held_back=held_back)


def _publish(event: EventPage, *, at: dt.datetime, by: User | None) -> tuple[str, ...]:
    """Publish an evening as written up. Returns what of the speakers' words was held back, and why."""
    newest = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    if newest.leftovers_block:
        _refuse_leftovers(newest.leftovers.splitlines())
    unreleased = publish_writeup(event=event, at=at, by=by)
    return tuple(
        f"“{given.talk.title}”: what its speakers gave is not released. {given.words}"
        for given in unreleased
        if given.contribution.has_words()
    )


def _refuse_leftovers(lines: Sequence[str]) -> None:
    if not lines:
        return
    left = "One line fits" if len(lines) == 1 else f"{len(lines)} lines fit"
    raise LeftoversWait(
        f"{left} nowhere and would not be published. Look at what is left over, with --dry-run or in the evening’s "
        "draft, then say so with --leftovers-seen. Nothing was changed."
    )


def _remember(event: EventPage, reading: Reading, job: Job, *, text: str, filename: str) -> ImportRun:
    shape = shape_of(text)
    return ImportRun.objects.create(
        event=event,
        at=job.at,
        by=job.by,
        filename=filename[:200],
        source_sha256=_digest(text),
        source=text,
        shape=getattr(shape, "__name__", "").rpartition(".")[2],
        plan=reading.plan.as_json_dict(),
        warnings=[*reading.doubts, *job.notes, *(f"A lost link. {lost}" for lost in reading.lost_links)],
        leftovers_seen_at=job.at if job.leftovers_seen else None,
    )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
