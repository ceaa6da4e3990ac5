"""The archive's verbs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256

from django.db import transaction

from accounts.models import User
from events.actions import publish_writeup
from events.models import EventPage, SeriesPage

from .importers import read_plan, shape_of
from .importers.evening import DRAFTS_ONLY, EveningFacts, Wishes
from .importers.job import Job, keep_draft
from .importers.loading import load_evening, load_into
from .importers.matching import Directory
from .importers.plan import WriteupPlan
from .importers.questions import DEFAULT_QUESTIONS
from .importers.review import find_doubts, find_lost_links, leftover_lines
from .importers.series import FIRST_TITLE, make_first_series, questions_of, wordings_of
from .models import ImportRun


class LeftoversWait(Exception):
    """An evening can't be published while lines that fit nowhere wait for somebody to look at them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A write-up's whole text, and the name of the file it came in."""

    text: str
    filename: str

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()


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
    source: Source,
    facts: EveningFacts,
    series: SeriesPage | None,
    at: dt.datetime,
    wishes: Wishes = DRAFTS_ONLY,
    new_series_slug: str = "",
    by: User | None = None,
) -> Outcome:
    """Make an evening of drafts from an old write-up, as wished; all of it or nothing. Without a series, the first one.

    Side effects: new people and organisations; an ImportRun with the whole text.

    Raises:
        WriteupShapeUnknown, SeriesNotMade, NoSuchMoment, ValidationError
        LeftoversWait, NotInOrder: it is to be published, and can't be.
    """
    if series is not None:
        # Two imports of one evening at once: the second waits here, and then finds it.
        SeriesPage.objects.select_for_update().get(pk=series.pk)
    directory = Directory()
    reading = read_writeup_of(text=source.text, facts=facts, series=series, directory=directory)
    event = EventPage.objects.of_series(series).filter(number=facts.number).first() if series else None
    if event is not None and not wishes.replace:
        return _already_there(event, reading, source, wishes, at=at, by=by)
    if wishes.publish and event is None and not wishes.leftovers_seen:
        _refuse_leftovers(leftover_lines(reading.plan))
    job = Job(
        plan=reading.plan,
        facts=facts,
        series=series or make_first_series(slug=new_series_slug),
        directory=directory,
        at=at,
        by=by,
        wishes=wishes,
    )
    return replace(_make(event, reading, source, job), made_series=series is None)


def _make(event: EventPage | None, reading: Reading, source: Source, job: Job) -> Outcome:
    """New drafts, published if wished, and what is remembered of it."""
    made = load_into(event, job) if event else load_evening(job)
    held_back = _publish(made, at=job.at, by=job.by) if job.wishes.publish else ()
    run = _remember(made, reading, source, job)
    return Outcome(
        Did.REPLACED if event else Did.MADE,
        EventPage.objects.get(pk=made.pk),
        reading,
        run,
        from_same_text=True,
        notes=tuple(job.notes),
        held_back=held_back,
    )


def _already_there(
    event: EventPage, reading: Reading, source: Source, wishes: Wishes, *, at: dt.datetime, by: User | None
) -> Outcome:
    """Nothing, or its drafts published: never new words."""
    run = ImportRun.objects.filter(event=event).first()
    same = run is not None and run.source_sha256 == source.digest
    if run is None or not (same and wishes.publish) or event.live:
        return Outcome(Did.NOTHING, event, reading, run, from_same_text=same)
    if wishes.leftovers_seen:
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


def _remember(event: EventPage, reading: Reading, source: Source, job: Job) -> ImportRun:
    return ImportRun.objects.create(
        event=event,
        at=job.at,
        by=job.by,
        filename=source.filename[:200],
        source_sha256=source.digest,
        source=source.text,
        shape=getattr(shape_of(source.text), "__name__", "").rpartition(".")[2],
        plan=reading.plan.as_json_dict(),
        warnings=[*reading.doubts, *job.notes, *(f"A lost link. {lost}" for lost in reading.lost_links)],
        leftovers_seen_at=job.at if job.wishes.leftovers_seen else None,
    )
