"""How speakers would like to be introduced, and how the programme takes it over."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from speakers.doubles import describe_organisation, folded, likely_organisations
from speakers.models import Introduction, Organisation, Speaker

from .models import TalkPage
from .proposed import keep_draft, refuse_locked


class NobodyProposed(Exception):
    """This speaker proposed nothing, or is not in the talk."""


class WhichOrganisation(Exception):
    """There is one of a similar name: a person must say whether it is the same."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one speaker would like to be called, where the programme says something else."""

    speaker: Speaker
    differences: tuple[str, ...]


def proposals(talk: TalkPage) -> list[Proposal]:
    """Where the speakers' newest draft differs from the programme's; nothing of what they left empty."""
    found = []
    for row in talk.talk_speakers.all():
        if row.speaker_id and (wish := _wish(talk, row.speaker)) is not None:
            now = {"role": row.role, "organisation": str(row.organisation or "")}
            now["pronunciation"] = row.speaker.pronunciation
            told = [(name, getattr(wish, name)) for name in now]
            differences = tuple(f"{name}: {value}" for name, value in told if value and value != now[name])
            if differences:
                found.append(Proposal(row.speaker, differences))
    return found


def _wish(talk: TalkPage, speaker: Speaker) -> Introduction | None:
    if talk.contribution is None:
        return None
    rows = talk.contribution.get_latest_revision_as_object().introductions.all()
    return next((row for row in rows if row.speaker_id == speaker.pk), None)


@transaction.atomic
def take_over_introduction(*, talk: TalkPage, speaker: Speaker, by: User | None = None) -> TalkPage:
    """Put role, organisation and pronunciation as the speaker proposed them into the programme and their own row.

    In the newest draft, and at once on the page where that has no other draft; an organisation nobody knows is added.

    Side effects: a revision with a line in the talk's history, publication where it is live.

    Raises:
        NobodyProposed: there is nothing to take over. WhichOrganisation: one of a similar name is there.
        NotInOrder: the talk is locked, or waits for a set day.
    """
    fresh = TalkPage.objects.select_for_update().get(pk=talk.pk)
    refuse_locked(fresh, by=by)
    draft = fresh.get_latest_revision_as_object()
    wish = _wish(fresh, speaker)
    rows = list(draft.talk_speakers.all())
    row = next((row for row in rows if row.speaker_id == speaker.pk), None)
    if wish is None or row is None:
        raise NobodyProposed("There is nothing to take over.")
    row.role = wish.role or row.role
    row.organisation = organisation_called(wish.organisation) if wish.organisation else row.organisation
    draft.talk_speakers = rows
    keep_draft(fresh, draft, by=by, publish=fresh.live and not fresh.has_unpublished_changes)
    _pronounce(row.speaker, wish.pronunciation, by=by)
    return TalkPage.objects.get(pk=fresh.pk)


def _pronounce(speaker: Speaker, said: str, *, by: User | None) -> None:
    """In the row and in a newer draft, so that publishing that doesn't undo it."""
    if not said or said == speaker.pronunciation:
        return
    person = Speaker.objects.get(pk=speaker.pk)
    if person.has_unpublished_changes:
        draft = person.get_latest_revision_as_object()
        draft.pronunciation = said
        draft.save_revision(user=by, clean=False)
        person.refresh_from_db()
    person.pronunciation = said
    person.save(update_fields=["pronunciation"])


def organisation_called(name: str) -> Organisation:
    """The one of that name, or a new one.

    Raises:
        WhichOrganisation: it may be one that is known under a similar name.
    """
    similar = likely_organisations(name)
    same = [
        known for known in similar if folded(known.name) == folded(name) or folded(known.short_name) == folded(name)
    ]
    if same:
        return same[0]
    if similar:
        names = " or ".join(describe_organisation(known) for known in similar)
        raise WhichOrganisation(f"“{name}” may be {names}. Choose it in the talk, or add a new one there.")
    return Organisation.objects.create(name=name)
