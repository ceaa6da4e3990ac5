"""The speakers' side's verbs: a contribution made, handed over, saved, released; two people made one."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import User

from .checking import check, tidy
from .enums import Baton, ConsentTo, MissingReason
from .merging import merge_rows
from .models import (
    Answer,
    Contribution,
    Handover,
    PrivateNote,
    Speaker,
    StandardQuestion,
    TalkConsent,
)
from .telling import tell_published, whom_to_tell


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
    *, contribution: Contribution, to: str, at: dt.datetime, by: User | None = None, note: str = ""
) -> Handover:
    """Hand a contribution to "speakers" or "organisers". The newest row counts; a repeated handover adds none.

    Side effects: a line in its history.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    newest = fresh.newest_handover()
    if newest is not None and newest.to == to and not note:
        return newest  # type: ignore[no-any-return]
    log(instance=fresh, action="speakers.hand_over", user=by, data={"to": str(to)})
    return Handover.objects.create(contribution=fresh, to=to, at=at, by=by, note=note, revision=fresh.latest_revision)


def save_draft(*, contribution: Contribution, by: User | None = None, **options: Any) -> Revision:
    """Keep a contribution's words as a draft. Never refuses what was typed: release checks it."""
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        return contribution.save_revision(user=by, clean=False, log_action=True, **options)


@transaction.atomic
def release(*, contribution: Contribution, by: User | None = None) -> Contribution:
    """Publish the newest draft of what the speakers gave: the only caller of a contribution's publish.

    Side effects: Wagtail's `published` signal, and with it page cache and search; at first, mails to its speakers.

    Raises:
        WithTheSpeakers: they hold it. ValidationError: the draft isn't in order, one sentence a fault.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if fresh.held_by == Baton.SPEAKERS:
        raise WithTheSpeakers("The speakers have this at the moment. Take it back before you release it.")
    draft = fresh.get_latest_revision_as_object()
    draft.go_live_at = draft.expire_at = None
    tidy(draft)
    check(draft)
    told = whom_to_tell(fresh)
    revision = draft.save_revision(user=by, clean=False, log_action=False)
    revision.publish(user=by, skip_permission_checks=True)
    fresh.refresh_from_db()
    if told:
        tell_published(fresh)
    return fresh


@transaction.atomic
def unrelease(*, contribution: Contribution, by: User | None = None) -> Contribution:
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
def merge_speakers(*, kept: Speaker, merged: Speaker, by: User | None = None) -> Speaker:
    """Make two rows one person. Nothing is deleted: the merged row stays, hidden, and its address redirects.

    Live rows that name the merged person name the kept one; drafts that still do keep working, since the row is there,
    and readers are shown the kept person. What only the merged row has (photo, biography, links) is taken over.

    Side effects: a line in the history of both.

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
    for speaker, other in ((kept, merged), (merged, kept)):
        log(instance=speaker, action="speakers.merge", user=by, data={"kept": kept.name, "with": other.name})
    return kept


def write_note(*, contribution: Contribution, text: str, at: dt.datetime, by: User | None = None) -> PrivateNote:
    """Keep a note that only organisers see."""
    return PrivateNote.objects.create(contribution=contribution, text=text, at=at, by=by)


@transaction.atomic
def give_consent(
    *,
    contribution: Contribution,
    speaker: Speaker,
    what: str,
    wording: str,
    at: dt.datetime,
    by: User | None = None,
) -> TalkConsent:
    """Record that a speaker agreed, and in which words. What they took back before is given again.

    Side effects: a line in the contribution's history; whoever listens to saves of TalkConsent.
    """
    consent = TalkConsent.objects.create(
        contribution=contribution, speaker=speaker, what=what, wording=wording, given_at=at
    )
    _log_consent("speakers.give_consent", consent=consent, by=by)
    return consent


@transaction.atomic
def withdraw_consent(
    *,
    contribution: Contribution,
    speaker: Speaker,
    what: str,
    at: dt.datetime,
    wording: str = "",
    by: User | None = None,
) -> list[TalkConsent]:
    """A speaker takes back what they agreed to; `released()` leaves it out from now on.

    Where nothing was on record the withdrawal itself is put there.

    Side effects: a line in the contribution's history; whoever listens to saves of TalkConsent.
    """
    rows = contribution.consents.in_force(what).filter(speaker=speaker)
    consents = list(rows) or [
        TalkConsent(
            contribution=contribution, speaker=speaker, what=what, given_at=at, wording=wording or "Nothing on record."
        )
    ]
    for consent in consents:
        consent.withdrawn_at = max(at, consent.given_at)
        consent.save()
    _log_consent("speakers.withdraw_consent", consent=consents[0], by=by)
    return consents


def _log_consent(action: str, *, consent: TalkConsent, by: User | None) -> None:
    data = {"speaker": consent.speaker.name, "what": ConsentTo(consent.what).label}
    log(instance=consent.contribution, action=action, user=by, data=data)
