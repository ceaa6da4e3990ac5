"""Who spoke where: public talks as a person's, an organisation's and a host's page tell them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from events.models import EventPage, TalkPage, TalkSpeaker


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was on a day: a job, at an organisation with the name it had then."""

    role: str
    organisation: Any
    organisation_name: str

    def __bool__(self) -> bool:
        return bool(self.role or self.organisation_name)


@dataclass(frozen=True, slots=True)
class Presence:
    """One person in one talk. `has_page` says whether there is a page of theirs to link to."""

    speaker: Any
    role: Role
    place: str

    @property
    def has_page(self) -> bool:
        return bool(self.speaker.live and self.speaker.merged_into_id is None)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A public talk and its people, as they were on the day: those the page is about, and who spoke with them."""

    talk: TalkPage
    people: tuple[Presence, ...]
    others: tuple[Presence, ...]

    @property
    def event(self) -> EventPage:
        return self.talk.event

    @property
    def day(self) -> dt.date:
        return self.event.local_start.date()

    @property
    def role(self) -> Role:
        return self.people[0].role


@dataclass(frozen=True, slots=True)
class Spell:
    """A role that somebody had in several appearances one after the other."""

    role: Role
    first: dt.date
    last: dt.date


def of_speaker(speaker: Any) -> list[Appearance]:
    """Every public talk of a person, withdrawn ones too, newest first."""
    talks = TalkPage.objects.public().filter(talk_speakers__speaker=speaker).distinct()
    return told(talks.newest_first(), about=lambda row: row.speaker_id == speaker.pk)


def told(talks: Any, *, about: Any) -> list[Appearance]:
    """Talks with their people, in five queries whatever the number. `about` says which rows the page is about."""
    talks = talks.select_related("event__series").prefetch_related(
        "talk_speakers__speaker", "talk_speakers__organisation__former_names"
    )
    return [_appearance(talk, about) for talk in talks]


def _appearance(talk: TalkPage, about: Any) -> Appearance:
    day = talk.event.local_start.date()
    rows = list(talk.talk_speakers.all())
    return Appearance(
        talk=talk,
        people=tuple(_presence(row, day) for row in rows if about(row)),
        others=tuple(_presence(row, day) for row in rows if not about(row)),
    )


def _presence(row: TalkSpeaker, day: dt.date) -> Presence:
    organisation = row.organisation
    name = organisation.name_on(day) if organisation else ""
    return Presence(speaker=row.speaker, role=Role(row.role, organisation, name), place=row.place)


def newest_organisations(speaker_keys: Iterable[int]) -> dict[int, str]:
    """The name, then, of the organisation at which each person last spoke in public: {key of the person: name}."""
    rows = TalkSpeaker.objects.filter(
        speaker__in=list(speaker_keys), talk__in=TalkPage.objects.public(), organisation__isnull=False
    ).order_by("talk__event__starts_at", "pk")
    rows = rows.select_related("organisation", "talk__event__series").prefetch_related("organisation__former_names")
    return {row.speaker_id: row.organisation.name_on(row.talk.event.local_start.date()) for row in rows}


def in_programme(appearances: Iterable[Appearance]) -> list[Appearance]:
    """Those whose talk was neither withdrawn nor moved to another evening."""
    return [appearance for appearance in appearances if appearance.talk.takes_a_slot]


def spells(appearances: Sequence[Appearance]) -> list[Spell]:
    """A person's roles through time, newest first; one that stayed the same is told once, from first to last."""
    found: list[Spell] = []
    for appearance in appearances:
        if not appearance.role:
            continue
        if found and found[-1].role == appearance.role:
            found[-1] = Spell(appearance.role, first=appearance.day, last=found[-1].last)
        else:
            found.append(Spell(appearance.role, first=appearance.day, last=appearance.day))
    return found
