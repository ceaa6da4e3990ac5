"""What is taken back is given to nobody: from the same commit on, the file that holds it is served no longer.

Every public change comes here through the one door (`events/publishing.py`), within its own transaction. A mere
addition leaves the file in its place until the next one is made. In doubt it goes: it is away for a few minutes.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from events.enums import FREES_A_SLOT, RecordingState
from events.models import AudienceQuestion, EventPage, Host, Recording, SeriesPage, TalkPage, Topic
from speakers.enums import ConsentTo, ReuseTerms
from speakers.models import (
    Contribution,
    Organisation,
    PromiseReply,
    Speaker,
    StandardQuestion,
    TalkConsent,
    TermsChoice,
)

from ..models import OpenData, Transcript

logger = logging.getLogger(__name__)


def changed(row: Any) -> None:
    """Take the file away if this row's change took back something that may be in it.

    Side effects: the file is deleted once the transaction is done; whoever is making the next one begins again.
    """
    if (test := TAKEN_BACK.get(type(row))) is None or (held := OpenData.objects.filter(pk=1).first()) is None:
        return
    if test(row, held) and (name := OpenData.take_away()):
        transaction.on_commit(partial(_delete, held.file.storage, name))


def _delete(storage: Any, name: str) -> None:
    try:
        storage.delete(name)
    except Exception:  # it has no address any more, and goes when the next one is put into its place
        logger.exception("The file of open data that was taken away could not be deleted.")


def _series(row: SeriesPage, held: OpenData) -> bool:
    return row.terms == ReuseTerms.RESERVED or not SeriesPage.objects.live().filter(pk=row.pk).exists()


def _evening(row: EventPage, held: OpenData) -> bool:
    is_public = EventPage.objects.public().filter(pk=row.pk).exists()
    is_withheld = Recording.objects.filter(event=row.pk, state=RecordingState.WITHHELD).exists()
    return _may_be_in(row, held) and (not is_public or is_withheld)


def _talk(row: TalkPage, held: OpenData) -> bool:
    is_public = TalkPage.objects.public().filter(pk=row.pk).exists()
    return _may_be_in(row, held) and (not is_public or row.state in FREES_A_SLOT)


def _contribution(row: Contribution, held: OpenData) -> bool:
    """Unpublished, a consent taken back, or released again since: its words took the place of others."""
    if _is_heard(row) and any(
        TalkConsent.objects.withdrawn(what).filter(contribution=row.pk).exists()
        for what in (ConsentTo.RECORD, ConsentTo.ANSWERS)
    ):
        return True
    if not _may_be_in(row, held):
        return False
    is_newer = _is_being_made(held) or _is_newer(row.last_published_at, held)
    is_again = row.first_published_at != row.last_published_at and is_newer
    return is_again or not Contribution.objects.with_slides_allowed().filter(pk=row.pk).exists()


def _terms(row: TermsChoice, held: OpenData) -> bool:
    """What was given under other terms isn't offered under them any longer."""
    return _may_be_in(row.contribution, held) or _is_heard(row.contribution)


def _transcript(row: Transcript, held: OpenData) -> bool:
    """Deleted, or another takes its place: a new one has no lines yet when it is kept."""
    return _is_gone(row, held) or row.cues.exists()


def _is_heard(contribution: Contribution) -> bool:
    """Whether what was said in its talk stands in a transcript."""
    return Transcript.objects.filter(event__talks__contribution=contribution.pk).exists()


def _person(row: Speaker, held: OpenData) -> bool:
    """Deleted; or hidden, with a talk or an evening in public."""
    if row.live:
        return _is_gone(row, held)
    talks = TalkPage.objects.public().filter(talk_speakers__speaker=row.pk)
    return _is_gone(row, held) or talks.exists() or EventPage.objects.public().filter(chair=row.pk).exists()


def _question(row: AudienceQuestion, held: OpenData) -> bool:
    """One with an answer that isn't public may have been; what the audience has just asked was not."""
    return bool(row.answer) and not AudienceQuestion.objects.public().filter(pk=row.pk).exists()


def _reply(row: PromiseReply, held: OpenData) -> bool:
    """Deleted; or set aside: whether it was ever public is not known any more."""
    return row.set_aside_at is not None or _is_gone(row, held)


def _is_gone(row: Any, held: OpenData) -> bool:
    return not type(row)._default_manager.filter(pk=row.pk).exists()


def _may_be_in(row: Any, held: OpenData) -> bool:
    """Whether it was first published before the file was made, or while the next one is being made."""
    if row.first_published_at is None:
        return False
    return _is_being_made(held) or not _is_newer(row.first_published_at, held)


def _is_being_made(held: OpenData) -> bool:
    """What changes now may have been read already, or not yet."""
    return held.leased_until is not None


def _is_newer(moment: dt.datetime, held: OpenData) -> bool:
    return held.checked_at is None or moment > held.checked_at


TAKEN_BACK: dict[type, Callable[[Any, OpenData], bool]] = {
    SeriesPage: _series,
    EventPage: _evening,
    TalkPage: _talk,
    Contribution: _contribution,
    TermsChoice: _terms,
    AudienceQuestion: _question,
    PromiseReply: _reply,
    Transcript: _transcript,
    Speaker: _person,
    Organisation: _is_gone,
    Host: _is_gone,
    Topic: _is_gone,
    StandardQuestion: _is_gone,
}
