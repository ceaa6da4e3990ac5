"""The speakers' side's verbs: a contribution made, handed over, saved, released; two people made one."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.models import Revision

from .enums import Baton, MissingReason
from .merging import merge_rows
from .models import Answer, Contribution, Handover, Speaker, StandardQuestion


class WithTheSpeakers(Exception):
    """The speakers hold this contribution; the organisers can take it back."""


class CannotMerge(Exception):
    """These two rows can't be made one."""


def make_contribution(*, questions: Iterable[StandardQuestion]) -> Contribution:
    """A contribution with an empty answer, still to come, for each question in its order."""
    contribution = Contribution(live=False)
    contribution.answers = [
        Answer(question=question, wording=question.text, missing=MissingReason.TO_COME, sort_order=place)
        for place, question in enumerate(questions)
    ]
    contribution.save()
    return contribution


@transaction.atomic
def hand_over(
    *, contribution: Contribution, to: str, at: dt.datetime, by: AbstractBaseUser | None = None, note: str = ""
) -> Handover:
    """Hand a contribution to "speakers" or "organisers". The newest row counts; a repeated handover adds none."""
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    newest = fresh.newest_handover()
    if newest is not None and newest.to == to and not note:
        return newest  # type: ignore[no-any-return]
    return Handover.objects.create(contribution=fresh, to=to, at=at, by=by, note=note, revision=fresh.latest_revision)


def save_draft(*, contribution: Contribution, by: AbstractBaseUser | None = None, **options: Any) -> Revision:
    """Keep a contribution's words as a draft. Never refuses what was typed: release checks it."""
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        return contribution.save_revision(user=by, clean=False, log_action=True, **options)


@transaction.atomic
def release(*, contribution: Contribution, by: AbstractBaseUser | None = None) -> Contribution:
    """Publish the newest draft of what the speakers gave: the only caller of a contribution's publish.

    Side effects: Wagtail's `published` signal, and with it page cache and search.

    Raises:
        WithTheSpeakers: they hold it. ValidationError: the draft isn't in order.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if fresh.held_by == Baton.SPEAKERS:
        raise WithTheSpeakers("The speakers have this at the moment. Take it back before you release it.")
    draft = fresh.get_latest_revision_as_object()
    draft.go_live_at = draft.expire_at = None
    draft.full_clean()
    revision = draft.save_revision(user=by, clean=False, log_action=False)
    revision.publish(user=by, skip_permission_checks=True)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def unrelease(*, contribution: Contribution, by: AbstractBaseUser | None = None) -> Contribution:
    """Take the speakers' words off the site again; they stay as a draft.

    Raises:
        WithTheSpeakers: they hold it.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if fresh.held_by == Baton.SPEAKERS:
        raise WithTheSpeakers("The speakers have this at the moment. Take it back before you unpublish it.")
    fresh.unpublish(user=by)
    return fresh


@transaction.atomic
def merge_speakers(*, kept: Speaker, merged: Speaker, by: AbstractBaseUser | None = None) -> Speaker:
    """Make two rows one person. Nothing is deleted: the merged row stays, hidden, and its address redirects.

    Live rows that name the merged person name the kept one; drafts that still do keep working, since the row is there,
    and readers are shown the kept person. What only the merged row has (photo, biography, links) is taken over.

    Raises:
        CannotMerge: the same row, one that is merged already, or both have an account of their own.
    """
    kept = Speaker.objects.select_for_update().get(pk=kept.pk)
    merged = Speaker.objects.select_for_update().get(pk=merged.pk)
    if kept.pk == merged.pk:
        raise CannotMerge("Choose two different people.")
    if kept.merged_into_id or merged.merged_into_id:
        raise CannotMerge("One of them was merged already. Choose the person it was merged into.")
    if kept.user_id and merged.user_id:
        raise CannotMerge("Both have an account of their own. Take one of the accounts away first.")
    merge_rows(kept=kept, merged=merged)
    return kept
