"""What would become public, read before somebody decides: a programme's pages, and what speakers gave."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.locks import ScheduledForPublishLock

from speakers.batons import missing_from_speakers
from speakers.checking import check, tidy
from speakers.enums import Baton
from speakers.models import Contribution
from speakers.telling import told_in_words

from .enums import FREES_A_SLOT
from .models import EventPage, TalkPage


@dataclass(frozen=True, slots=True)
class Programme:
    """The newest drafts of an evening and its talks: what publishing would change, and what it would leave."""

    event: EventPage
    talks: tuple[TalkPage, ...]
    to_be_announced: int

    @property
    def due(self) -> list[Any]:
        """Pages that aren't public as they stand in their newest draft; the evening first."""
        pages: list[Any] = [self.event, *self.talks]
        return [page for page in pages if not page.live or page.has_unpublished_changes]


def is_locked(page: Any, user: Any) -> bool:
    lock = page.get_lock()
    return bool(lock and not isinstance(lock, ScheduledForPublishLock) and (user is None or lock.for_user(user)))


def programme_of(event: EventPage) -> Programme:
    """An evening's programme. Talks that are withdrawn or moved away are left as they are."""
    newest = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    rows = TalkPage.objects.child_of(newest).in_running_order()
    drafts = [row.get_latest_revision_as_object() for row in rows]
    staying = [draft for draft in drafts if draft.state not in FREES_A_SLOT]
    talks = tuple(draft for draft in staying if draft.is_announced)
    return Programme(event=newest, talks=talks, to_be_announced=len(staying) - len(talks))


@dataclass(frozen=True, slots=True)
class Given:
    """What the speakers of one talk gave: ready to be released, with what readers would miss, or why not."""

    talk: TalkPage
    contribution: Contribution
    ready: bool
    words: str
    missing: tuple[str, ...] = ()


def given_for(programme: Programme) -> list[Given]:
    """For each talk with a title, in running order."""
    return [_given(talk, talk.contribution) for talk in programme.talks if talk.contribution is not None]


def _given(talk: TalkPage, contribution: Contribution) -> Given:
    if contribution.live and not contribution.has_unpublished_changes:
        return Given(talk, contribution, ready=False, words="Released already.")
    if contribution.held_by == Baton.SPEAKERS:
        return Given(talk, contribution, ready=False, words="The speakers have it. Take it back, or wait for them.")
    if not contribution.has_words():
        return Given(talk, contribution, ready=False, words="Nothing is written yet.")
    draft = contribution.get_latest_revision_as_object()
    tidy(draft)
    try:
        check(draft)
    except ValidationError as error:
        return Given(talk, contribution, ready=False, words=" ".join(error.messages))
    words = f"It will be released. {told_in_words(contribution)}".strip()
    return Given(talk, contribution, ready=True, words=words, missing=tuple(missing_from_speakers(draft)))
