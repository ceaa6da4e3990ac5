"""Speakers are invited to a talk: put into the programme's draft, and mailed the way to it with their slot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Site

from accounts.models import User
from mailing.actions import write_message
from mailing.prepared import fill, fill_html
from mailing.writing import written
from pages import english
from pages.models import SiteSettings
from speakers.inviting import invite
from speakers.models import Contribution, Invitation, Speaker
from speakers.notices import unmarked
from speakers.talk_links import good_until

from .actions import NotInOrder
from .enums import FREES_A_SLOT, TO_BE_ANNOUNCED, EventStatus
from .facts import place_words
from .models import EventPage, TalkPage, TalkSpeaker
from .proposed import keep_draft
from .slot_file import minutes_in_words, slot_files, slot_starts_at

TEMPLATE = "events/email/invitation"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to invite, at which address: somebody known, or somebody new by name."""

    address: str
    speaker: Speaker | None = None
    name: str = ""

    @property
    def called(self) -> str:
        return self.speaker.name if self.speaker else self.name


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail as its recipient sees it, but for the link, which nobody else should have."""

    asked: Asked
    subject: str
    text: str
    html: str
    files: list[str]


@transaction.atomic
def invite_to_talk(
    *, talk: TalkPage, asked: Iterable[Asked], note: str, hands_over: bool, by: User, at: dt.datetime
) -> list[Invitation]:
    """Mail each of them the way to the talk. Who isn't among its speakers yet is put into the programme's draft.

    Side effects: those of `speakers.inviting.invite` for each; new people, a draft of the programme.

    Raises:
        NotInOrder: the talk or its evening is off. speakers.ties.AddressTaken, accounts.actions.SwitchedOff
    """
    # One at a time for a talk, so that a second press finds what the first has made.
    fresh = TalkPage.objects.select_for_update(of=("self",)).select_related("contribution").get(pk=talk.pk)
    contribution = _open_contribution(fresh)
    sent = []
    for one in asked:
        speaker = _somebody(one, by=by)
        put_into_draft(talk=fresh, speaker=speaker, by=by)
        message = write_message(
            template=TEMPLATE,
            context=context_of(fresh, note=note, by=by, at=at),
            files=slot_files(fresh, speaker, at=at),
        )
        sent.append(
            invite(
                contribution=contribution,
                speaker=speaker,
                address=one.address,
                message=message,
                note=note,
                hands_over=hands_over,
                by=by,
                at=at,
            )
        )
    return sent


def _open_contribution(talk: TalkPage) -> Contribution:
    if sentence := why_not_invite(talk):
        raise NotInOrder(sentence)
    return talk.contribution  # type: ignore[return-value]  # or there would have been a sentence


def why_not_invite(talk: TalkPage) -> str:
    """Why nobody can be invited to a talk; empty where they can."""
    if talk.event is None or talk.event.series is None or talk.contribution is None:
        return "This talk belongs to no evening any more, so nobody can be invited to it."
    if talk.state in FREES_A_SLOT:
        return "This talk is out of the programme. Reinstate it, then invite its speakers."
    if talk.event.is_called_off:
        state = str(EventStatus(talk.event.status).label).lower()
        return f"This evening is {state}. Give it its new day, then invite its speakers."
    return ""


def _somebody(asked: Asked, *, by: User) -> Speaker:
    """Whom it is about: the person chosen, whoever has the address and goes by the name, or somebody new."""
    if asked.speaker is not None:
        return asked.speaker.merged_into or asked.speaker
    if (known := known_by_both(asked.name, asked.address)) is not None:
        return known
    person = Speaker(name=asked.name)
    person.full_clean()
    person.save()
    log(instance=person, action="wagtail.create", user=by)
    return person


def known_by_both(name: str, address: str) -> Speaker | None:
    """The person whose account has this address, if they go by this name."""
    return Speaker.objects.known_as(name).filter(user__email=address.strip().lower(), merged_into=None).first()


def put_into_draft(*, talk: TalkPage, speaker: Speaker, by: User) -> None:
    """Among the speakers of the programme's newest draft. A page that is public stays as it is: they may say no."""
    draft = talk.get_latest_revision_as_object()
    rows = list(draft.talk_speakers.all())
    if speaker.pk in {row.speaker_id for row in rows}:
        return
    rows.append(TalkSpeaker(speaker=speaker, sort_order=len(rows)))
    draft.talk_speakers = rows
    keep_draft(talk, draft, by=by, publish=False)
    talk.refresh_from_db()


# The mail


def context_of(talk: TalkPage, *, note: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """What an invitation says: who, which evening, when, where, what is asked, until when."""
    event: EventPage = talk.event  # type: ignore[assignment]  # it was asked before
    site = Site.objects.filter(is_default_site=True).first()
    wanted_on, today = event.answers_wanted_on, at.astimezone(event.zone).date()
    contribution = talk.contribution
    rows = contribution.get_latest_revision_as_object().answers.all() if contribution else []
    return {
        "event": event,
        "title": "" if talk.draft_title == TO_BE_ANNOUNCED else unmarked(talk.draft_title),
        "who": unmarked(str(by)),
        "note": unmarked(note.strip()),
        "slot_at": slot_starts_at(talk, event),
        "minutes": minutes_in_words(event.series) if event.series else "",
        "is_over": event.over_at <= at,
        "is_unsure": event.status == EventStatus.TENTATIVE,
        "place": unmarked(place_words(event.venue)) if event.venue else "",
        "finding_it": unmarked(event.venue.finding_it) if event.venue else "",
        "questions": len({row.question_id for row in rows}),
        "wanted_on": wanted_on if wanted_on >= today else None,
        "contact": SiteSettings.for_site(site).contact_email if site else "",
    }


def show(talk: TalkPage, asked: Asked, *, note: str, by: User, at: dt.datetime) -> Shown:
    """The mail that would go, before it goes."""
    event: EventPage = talk.event  # type: ignore[assignment]  # it was asked before
    subject, text, html = written(template=TEMPLATE, context=context_of(talk, note=note, by=by, at=at))
    until = good_until(event, at=at).astimezone(event.zone).date()
    theirs = {
        "name": asked.called,
        "link": f"{settings.SITE_URL}/account/link/their-own/",
        "until": english.day(until),
    }
    files = slot_files(talk, asked.speaker or Speaker(pk=0, name=asked.name), at=at)
    return Shown(asked, fill(subject, theirs), fill(text, theirs), fill_html(html, theirs), [f.name for f in files])
