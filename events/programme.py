"""The running order: every slot's clock time, whoever may see its talk."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch

from pages.models import PictureRendition
from pages.pictures import PORTRAIT
from speakers.models import Speaker

from .lines import TalkLine
from .models import EventPage, TalkPage, TalkSpeaker


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the running order. `position` is 1 for the first; `talk` is None where it isn't announced yet."""

    position: int
    starts_at: dt.datetime
    talk: TalkPage | None


@dataclass(frozen=True, slots=True)
class Programme:
    """The slots in order. `gone` are talks that were announced, and then withdrawn or moved."""

    slots: tuple[Slot, ...]
    gone: tuple[TalkPage, ...]
    order: tuple[int, ...]  # keys of the talks that take up a slot, drafts too

    @property
    def talks(self) -> list[TalkPage]:
        return [slot.talk for slot in self.slots if slot.talk]

    def place_of(self, talk: TalkPage, *, over: bool) -> tuple[int, int] | None:
        """Which talk of how many. Of an evening that is over, slots that nobody ever heard of don't count."""
        if over:
            keys = [other.pk for other in self.talks]
            return (keys.index(talk.pk) + 1, len(keys)) if talk.pk in keys else None
        slot = self.slot_of(talk)
        return (slot.position, len(self.slots)) if slot else None

    def slot_of(self, talk: TalkPage) -> Slot | None:
        """The slot of a talk, which may be a draft that `slots` keep to themselves."""
        if talk.pk not in self.order:
            return None
        return replace(self.slots[self.order.index(talk.pk)], talk=talk)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a talk, as they were on that day."""

    speaker: Speaker
    role: str
    organisation: Any
    organisation_name: str
    place: str
    # Their talks on other evenings, newest first; filled in where a page tells of them.
    spoke: tuple[TalkLine, ...] = ()
    speaks: tuple[TalkLine, ...] = ()

    @property
    def has_page(self) -> bool:
        return bool(self.speaker.live)


def with_names() -> list[Any]:
    """What to prefetch with talks to name their people as they were on the day, in two queries."""
    rows = TalkSpeaker.objects.select_related("speaker__photo", "organisation")
    return [Prefetch("talk_speakers", queryset=rows), "talk_speakers__organisation__former_names"]


def with_people() -> list[Any]:
    """As `with_names`, and the photos ready to show, in one more query."""
    ready = PictureRendition.objects.filter(filter_spec__in=PORTRAIT)
    photos = Prefetch("talk_speakers__speaker__photo__renditions", queryset=ready, to_attr="prefetched_renditions")
    return [*with_names(), photos]


def with_programme() -> list[Any]:
    """What to prefetch with talks: what else the programme's side says about them, in three queries."""
    return ["topics", "corrections", "related_talks"]


def programme_of(event: EventPage, *, along: Iterable[Any] = (), preview: bool = False) -> Programme:
    """An evening's running order, in two queries and those of what to prefetch `along` with its talks.

    Drafts take up their slot and say nothing. In a preview they are there, for the organiser who looks.
    """
    order = tuple(event.slot_talks().values_list("pk", flat=True))
    shown = TalkPage.objects.filter(event=event) if preview else TalkPage.objects.public().filter(event=event)
    talks = {talk.pk: talk for talk in shown.in_running_order().prefetch_related(*along)}
    for talk in talks.values():
        talk.event = event
    slots = tuple(
        Slot(place + 1, slot_start(event, place), talks[pk] if pk in talks and talks[pk].is_announced else None)
        for place, pk in enumerate(order)
    )
    gone = tuple(talk for pk, talk in talks.items() if pk not in order and talk.is_announced)
    return Programme(slots, gone, order)


def slot_start(event: EventPage, place: int) -> dt.datetime:
    """The clock time of a slot; place 0 is the first."""
    series = event.series
    before = series.welcome + place * series.slot if series else dt.timedelta(0)
    return (event.starts_at + before).astimezone(event.zone)


def people_of(talk: TalkPage) -> list[Person]:
    """A talk's speakers in order, each once; who was merged into somebody else is that person."""
    day = talk.event.local_start.date() if talk.event else None
    people: dict[int, Person] = {}
    for row in talk.talk_speakers.all():
        if row.speaker_id:
            person = _person(row, day)
            people.setdefault(person.speaker.pk, person)
    return list(people.values())


def _person(row: TalkSpeaker, day: dt.date | None) -> Person:
    organisation = row.organisation
    name = "" if organisation is None else organisation.name_on(day) if day else organisation.name
    return Person(row.speaker.merged_into or row.speaker, row.role, organisation, name, row.place)
