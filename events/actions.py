"""The organisers' verbs."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from accounts.models import User
from speakers.actions import WithTheSpeakers, make_contribution, release

from .enums import TO_BE_ANNOUNCED, EventStatus, TalkState
from .guard import LEFTOVERS_NOT_SEEN
from .models import EventPage, SeriesPage, TalkPage
from .publishing import page_changed
from .readiness import Given, given_for, is_locked, programme_of


class NumberTaken(Exception):
    """The series already has an evening with this number, a draft perhaps."""


class TalkHasWords(Exception):
    """Somebody has written in this talk's contribution; it can be withdrawn, but not deleted."""


class NotInOrder(Exception):
    """A page can't be published as it stands; says which, and what to do."""


@transaction.atomic
def plan_evening(
    *,
    series: SeriesPage,
    number: int,
    starts_at: dt.datetime,
    title: str = "",
    slots: int | None = None,
    by: User | None = None,
    **fields: Any,
) -> EventPage:
    """Make an evening as a draft, with its talks and an empty answer for each standard question.

    `starts_at` is aware. `slots` is the number of talks; the series' own number where it is None. `fields` are
    further fields of EventPage (host, venue, chair, booking_url…); tentative where they name no status.

    Raises:
        NumberTaken: the series has an evening with this number.
    """
    # A row lock on the series, so that two people planning the same number wait for each other.
    parent = SeriesPage.objects.select_for_update().get(pk=series.pk)
    if EventPage.objects.filter(series=series, number=number).exists():
        raise NumberTaken(f"{series.title} {number} is already there. Choose another number.")
    event = EventPage(
        title=title or f"{series.title} {number}",
        series=series,
        number=number,
        starts_at=starts_at,
        live=False,
        owner=by,
        **{"status": EventStatus.TENTATIVE, **fields},
    )
    parent.add_child(instance=event)
    for position in range(1, (series.slots if slots is None else slots) + 1):
        add_slot(event=event, position=position, by=by)
    # A fresh row: the one at hand doesn't know its children, and a revision would remember that.
    event = EventPage.objects.get(pk=event.pk)
    event.save(update_fields=["over_at"])
    event.save_revision(user=by, log_action=True)
    return event


@transaction.atomic
def add_slot(*, event: EventPage, position: int | None = None, by: User | None = None) -> TalkPage:
    """Add an empty slot at the end of an evening's running order, with its contribution. Returns the talk, a draft."""
    event = EventPage.objects.get(pk=event.pk)
    position = position or event.get_children_count() + 1
    taken = set(event.get_children().values_list("slug", flat=True))
    while f"slot-{position}" in taken:
        position += 1
    series = SeriesPage.objects.get(pk=event.series_id)
    talk = TalkPage(
        title=TO_BE_ANNOUNCED,
        slug=f"slot-{position}",
        event=event,
        contribution=make_contribution(questions=series.questions()),
        live=False,
        owner=by,
    )
    event.add_child(instance=talk)
    talk.save_revision(user=by)
    return talk


@transaction.atomic
def withdraw_talk(*, talk: TalkPage, by: User | None = None) -> TalkPage:
    """Take a talk out of the programme. Its words stay; readers no longer see them. Its slot is free again."""
    return _set_state(talk=talk, state=TalkState.WITHDRAWN, by=by)


@transaction.atomic
def reinstate_talk(*, talk: TalkPage, at: dt.datetime, by: User | None = None) -> TalkPage:
    """Take a talk back into the programme: planned, or given where its evening is over at that moment."""
    over = talk.event is not None and talk.event.over_at <= at
    return _set_state(talk=talk, state=TalkState.GIVEN if over else TalkState.PLANNED, by=by)


def _set_state(*, talk: TalkPage, state: TalkState, by: User | None) -> TalkPage:
    """The state in the row and in the newest draft, so that publishing the draft doesn't undo it."""
    fresh = TalkPage.objects.select_for_update().get(pk=talk.pk)
    has_no_other_draft = fresh.live and not fresh.has_unpublished_changes
    draft = fresh.get_latest_revision_as_object()
    draft.state = state
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    fresh.state = state
    if has_no_other_draft:
        revision.publish(user=by, skip_permission_checks=True)
    else:
        fresh.save(update_fields=["state"])
        page_changed(fresh)
    fresh.refresh_from_db()
    return fresh


def refuse_deletion(*, talks: Any) -> None:
    """Called before talks, or an evening with talks, are deleted.

    Raises:
        TalkHasWords: somebody has written in one of them.
    """
    for talk in talks:
        if talk.contribution_id and talk.contribution.has_words():
            raise TalkHasWords(
                f"{capfirst(talk.in_words)} can’t be deleted: its speakers’ words would be lost. "
                "Withdraw the talk instead."
            )


@transaction.atomic
def renumber_evening(*, event: EventPage, number: int, by: User | None = None) -> EventPage:
    """Give an evening another number, and so another address; the old one redirects where it was public.

    Raises:
        NumberTaken: the series has an evening with this number.
    """
    fresh = EventPage.objects.select_for_update().get(pk=event.pk)
    if EventPage.objects.filter(series=fresh.series, number=number).exclude(pk=fresh.pk).exists():
        raise NumberTaken(f"{number} is already there. Choose another number.")
    default_title = f"{fresh.series.title} {fresh.number}" if fresh.series else ""
    fresh.number = number
    fresh.slug = str(number)
    if fresh.series and fresh.title == default_title:
        fresh.title = f"{fresh.series.title} {number}"
    fresh.save(user=by, log_action="wagtail.edit")
    draft = fresh.get_latest_revision_as_object()
    draft.slug = str(number)
    if draft.title == default_title:
        draft.title = fresh.title
    draft.save_revision(user=by, clean=False)
    page_changed(fresh)
    return fresh


@transaction.atomic
def publish_programme(*, event: EventPage, by: User | None = None) -> list[Any]:
    """Publish an evening and its talks that have a title, at once. What is to be announced stays a draft.

    Returns the pages that were published. A schedule of theirs is overtaken.

    Raises:
        NotInOrder: leftovers wait, a page is locked, or its draft has a fault; then nothing is published.
    """
    return _publish(programme_of(event).due, by=by)


@transaction.atomic
def publish_writeup(*, event: EventPage, at: dt.datetime, by: User | None = None) -> list[Given]:
    """Publish an evening and its talks as written up, and release what the organisers hold of the speakers' words.

    The evening counts as written up from that day on its series' clock, its talks as given. Returns what was not
    released, with the reason; what was released before isn't in it.

    Raises:
        NotInOrder: the evening isn't over, or as for `publish_programme`; then nothing is published.
    """
    programme = programme_of(event)
    if programme.event.over_at > at:
        raise NotInOrder("This evening isn’t over yet. Publish its programme for now.")
    pages = programme.due
    if programme.event.written_up_on is None:
        programme.event.written_up_on = at.astimezone(programme.event.zone).date()
        pages.append(programme.event)
    for talk in programme.talks:
        if talk.state != TalkState.GIVEN:
            talk.state = TalkState.GIVEN
            pages.append(talk)
    _publish(list(dict.fromkeys(pages)), by=by)
    return [given for given in given_for(programme_of(event)) if not _release(given, by=by)]


def _release(given: Given, *, by: User | None) -> bool:
    """Whether a contribution is out now."""
    if not given.ready:
        return given.contribution.live and not given.contribution.has_unpublished_changes
    try:
        release(contribution=given.contribution, by=by)
    except (WithTheSpeakers, ValidationError):
        return False
    return True


def _publish(drafts: list[Any], *, by: User | None) -> list[Any]:
    """Publish drafts of pages now, all or none."""
    for draft in drafts:
        if getattr(draft, "leftovers_block", False):
            raise NotInOrder(LEFTOVERS_NOT_SEEN)
        if is_locked(draft, by):
            raise NotInOrder(f"“{draft.title}” is locked. Unlock it first.")
        if draft.go_live_at and draft.go_live_at > timezone.now():
            draft.go_live_at = None
        try:
            draft.full_clean()
        except ValidationError as error:
            raise NotInOrder(f"“{draft.title}”: {' '.join(error.messages)}") from error
    for draft in drafts:
        draft.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    return drafts
