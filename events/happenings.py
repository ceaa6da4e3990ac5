"""What calendars are told of an evening and of its speakers' slots: only what its public pages say."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from pages.english import clock_time, counted, listed

from .enums import CalendarStatus, EventStatus
from .ical import Happening, one_line
from .models import EventPage, SeriesPage, TalkPage, Topic
from .playback import source_of
from .programme import Person, Programme, Slot, people_of, programme_of, with_names

STATUSES = {
    EventStatus.TENTATIVE: CalendarStatus.TENTATIVE,
    EventStatus.CONFIRMED: CalendarStatus.CONFIRMED,
    EventStatus.CANCELLED: CalendarStatus.CANCELLED,
    # The old day is off; with the new one the same entry takes place again.
    EventStatus.POSTPONED: CalendarStatus.CANCELLED,
}
CALLED_OFF = {
    EventStatus.CANCELLED: "This evening is cancelled.",
    EventStatus.POSTPONED: "This evening is postponed. Its new date will be here.",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """A public evening at a moment, with everything its entries are made of."""

    event: EventPage
    series: SeriesPage
    programme: Programme
    at: dt.datetime

    @classmethod
    def of(cls, event: EventPage, series: SeriesPage, *, at: dt.datetime) -> "Telling":
        return cls(event, series, programme_of(event, along=[*with_names(), "topics"]), at)

    @property
    def is_told(self) -> bool:
        """Whether it is over and took place: from then on its entry is the write-up's."""
        return self.event.over_at <= self.at and not self.event.is_called_off

    @property
    def due_at(self) -> dt.datetime | None:
        """When it reads differently by itself."""
        return None if self.event.is_called_off or self.is_told else self.event.over_at

    @property
    def label(self) -> str:
        return label(self.series, self.event.number)

    @property
    def status(self) -> str:
        return str(CalendarStatus.CONFIRMED if self.is_told else STATUSES[EventStatus(self.event.status)])

    @property
    def topics(self) -> list[Topic]:
        return list(dict.fromkeys(topic for talk in self.programme.talks for topic in talk.topics.all()))

    @property
    def image(self) -> str:
        return absolute(reverse("badge", args=[self.series.slug, self.event.number]))

    @property
    def speaking(self) -> Iterator[tuple[Slot, TalkPage, Person]]:
        for slot in self.programme.slots:
            if slot.talk is not None:
                for person in people_of(slot.talk):
                    yield slot, slot.talk, person


def evening(telling: Telling, *, uid: str) -> Happening:
    """A public evening as calendars show it."""
    event, venue = telling.event, telling.event.venue
    ahead = not telling.is_told and not event.is_called_off
    return Happening(
        uid=uid,
        summary=f"{prefix(event.status)}{titled(event.title, telling.label)}",
        starts_at=event.starts_at,
        ends_at=event.over_at,
        zone=telling.series.zone,
        status=telling.status,
        description=description(telling),
        url=address_of(event),
        location=where(event),
        geo=(float(venue.latitude), float(venue.longitude)) if venue and venue.latitude is not None else None,
        stream=event.online_url if ahead else "",
        categories=(telling.series.title, *(topic.name for topic in telling.topics)),
        image=telling.image,
    )


def slot_of(telling: Telling, slot: Slot, talk: TalkPage, *, uid: str) -> Happening:
    """A public talk as its speaker's calendar shows it."""
    event, series = telling.event, telling.series
    minutes = [counted(series.talk_minutes, "minute")]
    if series.question_minutes:
        minutes.append(f"{counted(series.question_minutes, 'minute')} of questions")
    said = f"At {titled(event.title, telling.label)}. {listed(minutes).capitalize()}."
    return Happening(
        uid=uid,
        summary=f"{prefix(event.status)}{one_line(talk.title)} ({telling.label})",
        starts_at=slot.starts_at,
        ends_at=slot.starts_at + series.slot,
        zone=series.zone,
        status=telling.status,
        description="\n\n".join([CALLED_OFF.get(EventStatus(event.status), said), address_of(talk)]),
        url=address_of(talk),
        location=where(event),
        categories=(series.title,),
        image=telling.image,
    )


def taken_away(
    series: SeriesPage, number: int, *, uid: str, starts_at: dt.datetime, ends_at: dt.datetime, what: str = ""
) -> Happening:
    """What was announced and is no longer public: off, and none of the words it once had."""
    return Happening(
        uid=uid,
        summary=f"Cancelled: {what}{label(series, number)}",
        starts_at=starts_at,
        ends_at=ends_at,
        zone=series.zone,
        status=str(CalendarStatus.CANCELLED),
        description=f"This is no longer in the programme.\n\n{address_of(series)}",
        url=address_of(series),
    )


# Words


def label(series: SeriesPage, number: int) -> str:
    return one_line(f"{series.title} {number}")


def titled(title: str, label: str) -> str:
    return title if label in title else f"{label}: {one_line(title)}"


def prefix(status: str) -> str:
    """In the title too: many calendars show nothing of STATUS."""
    return {EventStatus.CANCELLED: "Cancelled: ", EventStatus.POSTPONED: "Postponed: "}.get(EventStatus(status), "")


def where(event: EventPage) -> str:
    venue = event.venue
    if venue is None:
        return "Online" if event.online_url else ""
    parts = [one_line(part) for part in (venue.name, *venue.address.splitlines()) if part.strip()]
    if venue.place and venue.place not in ", ".join(parts):
        parts.append(venue.place)
    return ", ".join(parts)


def description(telling: Telling) -> str:
    """In paragraphs. The link stands here too: some calendars hide URL."""
    event = telling.event
    if event.is_called_off:
        paragraphs = [CALLED_OFF[EventStatus(event.status)], address_of(event)]
    elif telling.is_told:
        paragraphs = [event.standfirst, "\n".join(afterwards(event)), "\n".join(who_spoke(telling))]
    else:
        paragraphs = [
            "The date is not certain yet." if event.status == EventStatus.TENTATIVE else "",
            event.standfirst,
            "\n".join(running_order(telling)),
            "\n".join(practical(event)),
            address_of(event),
        ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())


def running_order(telling: Telling) -> Iterator[str]:
    city = telling.series.zone.key.rsplit("/", 1)[-1].replace("_", " ")
    yield f"Running order ({city} time)"
    for slot in telling.programme.slots:
        yield f"{clock_time(slot.starts_at)} {talk_line(slot.talk) if slot.talk else 'To be announced'}"


def who_spoke(telling: Telling) -> Iterator[str]:
    for talk in telling.programme.talks:
        yield talk_line(talk)


def talk_line(talk: TalkPage) -> str:
    """ "A title: Ada Vale (Board of Tides) and Bo Ek"."""
    people = [
        f"{person.speaker.name} ({person.organisation_name})" if person.organisation_name else person.speaker.name
        for person in people_of(talk)
    ]
    return one_line(f"{talk.title}: {listed(people)}" if people else talk.title)


def practical(event: EventPage) -> Iterator[str]:
    venue = event.venue
    told: tuple[tuple[str, Any], ...] = (
        ("Host", event.host),
        ("Chair", event.chair),
        ("Book a place", event.booking_url),
        ("Watch online", event.online_url),
        ("The door", venue and venue.finding_it),
        ("Access", venue and venue.access),
    )
    for name, words in told:
        if words:
            yield f"{name}: {words}"


def afterwards(event: EventPage) -> Iterator[str]:
    """Where it can be seen and read: each recording, and the evening's page."""
    for source in filter(None, map(source_of, event.recordings.all())):
        yield f"{'Watch' if source.kind == 'video' else 'Listen'}: {absolute(source.url())}"
    yield f"{'Read the write-up' if event.written_up_on else 'The evening'}: {address_of(event)}"


# Addresses


def absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def address_of(page: Any) -> str:
    """Where a page is, on the site's own address whatever host Wagtail has on file."""
    parts = page.get_url_parts()
    return f"{settings.SITE_URL}{parts[2] if parts else '/'}"
