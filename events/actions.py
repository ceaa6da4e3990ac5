"""The organisers' verbs."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from speakers.actions import make_contribution

from .enums import EventStatus, TalkState
from .models import EventPage, Host, SeriesPage, TalkPage, Venue
from .models.talks import TO_BE_ANNOUNCED


class NumberTaken(Exception):
    """The series already has an evening with this number, a draft perhaps."""


class TalkHasWords(Exception):
    """Somebody has written in this talk's contribution; it can be withdrawn, but not deleted."""


@transaction.atomic
def plan_evening(
    *,
    series: SeriesPage,
    number: int,
    starts_at: dt.datetime,
    host: Host | None = None,
    venue: Venue | None = None,
    title: str = "",
    slots: int | None = None,
    by: AbstractBaseUser | None = None,
    **fields: Any,
) -> EventPage:
    """Make an evening as a draft, with its talks and an empty answer for each standard question.

    `starts_at` is aware. `slots` is the number of talks; the series' own number where it is None. `fields` are
    further fields of EventPage (chair, booking_url…).

    Raises:
        NumberTaken: the series has an evening with this number.
    """
    # A row lock on the series, so that two people planning the same number wait for each other.
    SeriesPage.objects.select_for_update().get(pk=series.pk)
    if EventPage.objects.filter(series=series, number=number).exists():
        raise NumberTaken(f"{series.title} {number} is already there. Choose another number.")
    event = EventPage(
        title=title or f"{series.title} {number}",
        slug=str(number),
        series=series,
        number=number,
        starts_at=starts_at,
        status=fields.pop("status", EventStatus.TENTATIVE),
        host=host,
        venue=venue,
        live=False,
        owner=by,
        **fields,
    )
    parent = SeriesPage.objects.get(pk=series.pk)
    parent.add_child(instance=event)
    for position in range(1, (series.slots if slots is None else slots) + 1):
        add_slot(event=event, position=position, by=by)
    # A fresh row: the one at hand doesn't know how many children it has by now, and a revision would remember that.
    event = EventPage.objects.get(pk=event.pk)
    event.save(update_fields=["over_at"])
    event.save_revision(user=by, log_action=True)
    return event


@transaction.atomic
def add_slot(*, event: EventPage, position: int | None = None, by: AbstractBaseUser | None = None) -> TalkPage:
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
def withdraw_talk(*, talk: TalkPage, by: AbstractBaseUser | None = None) -> TalkPage:
    """Take a talk out of the programme. Its words stay; readers no longer see them. Its slot is free again."""
    return _set_state(talk=talk, state=TalkState.WITHDRAWN, by=by)


def _set_state(*, talk: TalkPage, state: TalkState, by: AbstractBaseUser | None) -> TalkPage:
    """The state in the row and in the newest draft, so that publishing the draft doesn't undo it."""
    fresh = TalkPage.objects.select_for_update().get(pk=talk.pk)
    was_live = fresh.live
    draft = fresh.get_latest_revision_as_object()
    draft.state = state
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    fresh.state = state
    if was_live and not fresh.has_unpublished_changes:
        revision.publish(user=by, skip_permission_checks=True)
    else:
        fresh.save(update_fields=["state"])
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
                f"“{talk.title}” can’t be deleted: its speakers’ words would be lost. Withdraw the talk instead."
            )


@transaction.atomic
def renumber_evening(*, event: EventPage, number: int, by: AbstractBaseUser | None = None) -> EventPage:
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
    return fresh
