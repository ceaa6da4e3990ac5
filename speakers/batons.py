"""The baton, as its holders pass it: sent to the organisers, taken back, returned with a note, a correction begun."""

import datetime as dt

from django.db import transaction

from accounts.models import User

from .actions import WithTheSpeakers, give_consent, hand_over, withdraw_consent
from .checking import check, missing, tidy
from .enums import Baton, ConsentTo
from .helping import tell_writers
from .models import Contribution, Handover, Speaker, TalkConsent
from .notices import tell_organisers, tell_speakers
from .saving import WithTheOrganisers
from .wordings import CONSENTS


class SomethingIsMissing(Exception):
    """Not everything is there, and no reason was given for sending it all the same."""


class TheyHaveBegun(Exception):
    """The organisers have changed it since it was sent, so it can't simply be taken back."""


class NothingToCorrect(Exception):
    """It isn't published, or the organisers are at work on it."""


@transaction.atomic
def send_to_organisers(*, contribution: Contribution, by: User, who: str, reason: str, at: dt.datetime) -> Handover:
    """The speakers are done. `reason` says why something is missing; it is kept with the handover.

    Side effects: a line in the history; a mail to each organiser.

    Raises:
        WithTheOrganisers: they have it already. ValidationError: one sentence a fault that only the speakers can mend.
        SomethingIsMissing: and there is no reason.
    """
    fresh = _locked(contribution)
    if fresh.held_by != Baton.SPEAKERS:
        raise WithTheOrganisers("The organisers have this already.")
    draft = fresh.get_latest_revision_as_object()
    tidy(draft)
    check(draft)
    lacking = missing_from_speakers(draft)
    if lacking and not reason.strip():
        raise SomethingIsMissing("Say in a few words why, and send it.")
    handover = hand_over(contribution=fresh, to=Baton.ORGANISERS, at=at, by=by, note=reason.strip())
    tell_organisers(
        contribution=fresh, what="sent", purpose=str(handover.pk), who=who, reason=reason.strip(), lacking=lacking
    )
    return handover


def missing_from_speakers(draft: Contribution) -> list[str]:
    """What a speaker could still give; not what only the organisers can do."""
    return [sentence for sentence in missing(draft) if not sentence.startswith("Its talk is not public")]


def may_take_back(contribution: Contribution, newest: Handover | None, *, is_speaker: bool) -> bool:
    """Whether a speaker sent it and the organisers have changed nothing since."""
    if newest is None or newest.to != Baton.ORGANISERS or not is_speaker:
        return False
    latest = contribution.latest_revision
    return latest is None or (latest.pk == newest.revision_id and latest.created_at <= newest.at)


@transaction.atomic
def take_it_back(*, contribution: Contribution, by: User, at: dt.datetime) -> Handover:
    """A speaker sent it too early.

    Side effects: a line in the history.

    Raises:
        TheyHaveBegun: the organisers took it themselves, or have changed it since.
    """
    fresh = _locked(contribution)
    newest = fresh.newest_handover()
    if not may_take_back(fresh, newest, is_speaker=newest is not None and sent_by_a_speaker(fresh, newest)):
        raise TheyHaveBegun("The organisers have begun with it. Ask them to return it, and you can go on.")
    return hand_over(contribution=fresh, to=Baton.SPEAKERS, at=at, by=by)


def sent_by_a_speaker(contribution: Contribution, handover: Handover) -> bool:
    return handover.by_id is not None and Contribution.objects.of(handover.by_id).filter(pk=contribution.pk).exists()


@transaction.atomic
def hand_to_speakers(*, contribution: Contribution, by: User | None, note: str, at: dt.datetime) -> Handover:
    """The organisers hand it over, or return it with a note.

    Side effects: a line in the history; a mail with the note to each speaker who has an account, and to whoever writes
    for one.
    """
    fresh = _locked(contribution)
    handover = hand_over(contribution=fresh, to=Baton.SPEAKERS, at=at, by=by, note=note)
    returned = fresh.handovers.filter(to=Baton.ORGANISERS).exists()
    words = {"note": note, "returned": returned, "wanted_on": _wanted_on(fresh, at=at)}
    for tell in (tell_speakers, tell_writers):
        tell(contribution=fresh, what="handed_over", purpose=str(handover.pk), **words)
    return handover


@transaction.atomic
def propose_correction(*, contribution: Contribution, by: User, at: dt.datetime) -> Handover:
    """After publication a speaker takes it up again; readers see what is published until the next release.

    Side effects: a line in the history.

    Raises:
        NothingToCorrect: it isn't published, or there is a newer draft. WithTheSpeakers: they have it already.
    """
    fresh = _locked(contribution)
    if fresh.held_by == Baton.SPEAKERS:
        raise WithTheSpeakers("You have this already.")
    if not fresh.live or fresh.has_unpublished_changes:
        raise NothingToCorrect("The organisers are at work on this. Write to them about what should change.")
    return hand_over(contribution=fresh, to=Baton.SPEAKERS, at=at, by=by, note="A correction")


@transaction.atomic
def agree(*, contribution: Contribution, speaker: Speaker, what: ConsentTo, by: User, at: dt.datetime) -> TalkConsent:
    """A speaker agrees, in the site's own words; agreeing twice is agreeing once."""
    given = contribution.consents.in_force(what).filter(speaker=speaker).first()
    return given or give_consent(
        contribution=contribution, speaker=speaker, what=what, wording=CONSENTS[what], at=at, by=by
    )


@transaction.atomic
def take_consent_back(
    *, contribution: Contribution, speaker: Speaker, what: ConsentTo, by: User, at: dt.datetime
) -> TalkConsent:
    """A speaker takes back what they agreed to: it is off the site at once. Taking it back twice is once.

    Side effects: those of `withdraw_consent`; a mail to each organiser.
    """
    told = contribution.consents.filter(speaker=speaker, what=what).order_by("withdrawn_at").last()
    if told and told.withdrawn_at and not contribution.consents.in_force(what).filter(speaker=speaker).exists():
        return told
    rows = withdraw_consent(contribution=contribution, speaker=speaker, what=what, at=at, by=by)
    tell_organisers(
        contribution=contribution,
        what="consent_taken_back",
        purpose=f"{rows[0].pk}:{at.timestamp():.0f}",
        who=speaker.name,
        consent=ConsentTo(what).label.lower(),
        is_recording=what == ConsentTo.RECORD,
    )
    return rows[0]


def _wanted_on(contribution: Contribution, *, at: dt.datetime) -> dt.date | None:
    """By when it is wanted; None once that day is over."""
    event = getattr(getattr(contribution, "talk", None), "event", None)
    if event is None or event.answers_wanted_on < at.astimezone(event.zone).date():
        return None
    return event.answers_wanted_on  # type: ignore[no-any-return]


def _locked(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_for_update().get(pk=contribution.pk)
