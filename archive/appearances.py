"""Who spoke where: public talks as the pages of people and organisations tell them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from events.models import EventPage, TalkPage, TalkSpeaker
from events.programme import Person, people_of, with_names
from speakers.models import Answer, Organisation

from .followed import Followed


@dataclass(frozen=True, slots=True)
class Appearance:
    """A public talk and its people as they were on the day: those the page is about, and who spoke with them."""

    talk: TalkPage
    people: tuple[Person, ...]
    others: tuple[Person, ...]
    followed: Followed | None = None  # where a page tells what became of it
    answers: Sequence[Answer] = ()  # where a page leads to them

    @property
    def event(self) -> EventPage:
        return cast(EventPage, self.talk.event)

    @property
    def day(self) -> dt.date:
        return self.event.local_start.date()


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was in one talk, or in several one after the other. The organisation has its name of then."""

    role: str
    organisation: Any
    organisation_name: str
    first: dt.date
    last: dt.date

    @property
    def words(self) -> str:
        """ "Chief Statistician, Board of Tides"."""
        return ", ".join(part for part in (self.role, self.organisation_name) if part)

    @property
    def years(self) -> str:
        """ "2025", or "2019 to 2025"."""
        if self.first.year == self.last.year:
            return str(self.last.year)
        return f"{self.first.year} to {self.last.year}"


def of_speaker(speaker: Any) -> list[Appearance]:
    """Every public talk of a person, withdrawn ones too, newest first."""
    talks = TalkPage.objects.public().filter(pk__in=TalkSpeaker.objects.filter(speaker=speaker).values("talk"))
    return told(talks.newest_first(), about=lambda person: person.speaker.pk == speaker.pk)


def told(talks: Any, *, about: Callable[[Person], bool]) -> list[Appearance]:
    """Talks with their people, in three queries whatever the number. `about` says whom the page is about."""
    found = []
    for talk in talks.select_related("event__series").prefetch_related(*with_names()):
        people = people_of(talk)
        named = tuple(person for person in people if about(person))
        found.append(Appearance(talk, named, tuple(person for person in people if person not in named)))
    return found


def in_programme(appearances: Iterable[Appearance]) -> list[Appearance]:
    """Those whose talk was neither withdrawn nor moved to another evening."""
    return [appearance for appearance in appearances if appearance.talk.takes_a_slot]


def roles(appearances: Sequence[Appearance]) -> list[Role]:
    """A person's roles through time, newest first; one that stayed the same is told once, from first to last."""
    found: list[Role] = []
    for appearance in appearances:
        for person in appearance.people[:1]:
            if not (person.role or person.organisation_name):
                continue
            new = Role(person.role, person.organisation, person.organisation_name, appearance.day, appearance.day)
            if found and _same(found[-1], new):
                new = Role(new.role, new.organisation, new.organisation_name, appearance.day, found.pop().last)
            found.append(new)
    return found


def _same(one: Role, other: Role) -> bool:
    return (one.role, one.organisation_name) == (other.role, other.organisation_name)


def newest_organisations(speaker_keys: Iterable[int]) -> dict[int, str]:
    """The name, then, of the organisation at which each person last spoke in public: {key of the person: name}."""
    # By their own rows alone: a list of every public talk to look in would be made for a single person.
    spoke = TalkPage.objects.public().filter(
        talk_speakers__speaker__in=list(speaker_keys), talk_speakers__organisation__isnull=False
    )
    # Only what is needed: an evening's row brings its whole write-up along.
    told = spoke.order_by("event__starts_at", "talk_speakers__pk").values_list(
        "talk_speakers__speaker", "talk_speakers__organisation", "event__starts_at", "event__series__time_zone"
    )
    newest = {speaker: rest for speaker, *rest in told}
    organisations = Organisation.objects.prefetch_related("former_names").in_bulk({key for key, *_ in newest.values()})
    return {
        speaker: organisations[key].name_on(starts_at.astimezone(ZoneInfo(zone)).date())
        for speaker, (key, starts_at, zone) in newest.items()
    }
