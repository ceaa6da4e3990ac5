"""An evening as schema.org's Event, with its talks: https://developers.google.com/search/docs/appearance/structured-data/event."""

import datetime as dt
from typing import Any

from django.utils.dateparse import parse_datetime
from wagtail.models import PageLogEntry

from events.enums import EventStatus
from events.happenings import address_of, label, titled
from events.models import EventPage, Venue
from events.occasion import Occasion
from events.programme import Person, Programme, Slot, people_of

from ..cards.subjects import of_evening
from . import Node, absolute, node
from .names import someone

SCHEMA = "https://schema.org/"
CALLED_OFF = {EventStatus.CANCELLED: "EventCancelled", EventStatus.POSTPONED: "EventPostponed"}
PUBLISHED = "wagtail.publish"


def evening(event: EventPage, programme: Programme, occasion: Occasion) -> Node:
    """A public evening. Asks the database only whether one that is to come was announced for another day."""
    series, address = event.series, address_of(event)
    name = titled(event.title, label(series, event.number)) if series else event.title
    before = None if occasion.is_over or occasion.is_called_off else announced_before(event)
    shared = {"eventStatus": SCHEMA + status(event, before), **whereabouts(event, ahead=not occasion.is_over)}
    speaking = {person.speaker.pk: person for talk in programme.talks for person in people_of(talk)}
    return node(
        "Event",
        at_id=f"{address}#evening",
        name=name,
        description=event.standfirst,
        url=address,
        startDate=occasion.start.isoformat(),
        endDate=occasion.end.isoformat(),
        previousStartDate=before.astimezone(event.zone).isoformat() if before else None,
        **shared,
        organizer=organiser(event),
        performer=[someone(person) for person in speaking.values()],
        image=[absolute(of_evening(event, programme.talks).url)] if series else [],
        superEvent=node("EventSeries", name=series.title, url=address_of(series)) if series else None,
        subEvent=[talk(slot, event, shared) for slot in programme.slots if slot.talk],
    )


def talk(slot: Slot, event: EventPage, shared: Node) -> Node:
    """A talk as a part of its evening; it is where, how and whether the evening is."""
    page: Any = slot.talk
    length = event.series.slot if event.series else dt.timedelta(0)
    people: list[Person] = people_of(page)
    return node(
        "Event",
        name=page.title,
        description=page.teaser,
        url=address_of(page),
        startDate=slot.starts_at.isoformat(),
        endDate=(slot.starts_at + length).isoformat(),
        **shared,
        performer=[someone(person) for person in people],
    )


def status(event: EventPage, before: dt.datetime | None) -> str:
    return CALLED_OFF.get(EventStatus(event.status), "EventRescheduled" if before else "EventScheduled")


def announced_before(event: EventPage) -> dt.datetime | None:
    """The start that was published last before the present one; None where there was no other. One query."""
    published = PageLogEntry.objects.filter(page=event.pk, action=PUBLISHED, revision__isnull=False)
    starts = published.order_by("-timestamp", "-pk").values_list("revision__content__starts_at", flat=True)
    known = [parse_datetime(start) for start in starts if start]
    return next((start for start in known if start and start != event.starts_at), None)


def whereabouts(event: EventPage, *, ahead: bool) -> Node:
    """How one attends and where; nothing where it isn't known yet. The way in online is only for before it is over."""
    places: list[Node] = []
    if event.venue:
        places.append(place(event.venue))
    if event.online_url:
        places.append(node("VirtualLocation", url=event.online_url if ahead else address_of(event)))
    mode = "Mixed" if len(places) > 1 else "Offline" if event.venue else "Online" if places else ""
    told: Node = {"eventAttendanceMode": f"{SCHEMA}{mode}EventAttendanceMode"} if mode else {}
    return {**told, "location": places[0] if len(places) == 1 else places}


def place(venue: Venue) -> Node:
    lines = [line.strip() for line in venue.address.splitlines() if line.strip()]
    spot = (
        node("GeoCoordinates", latitude=float(venue.latitude), longitude=float(venue.longitude or 0))
        if venue.latitude is not None
        else None
    )
    where = node("PostalAddress", streetAddress=", ".join(lines), addressLocality=venue.place)
    return node("Place", name=venue.name, address=where if len(where) > 1 else venue.name, geo=spot)


def organiser(event: EventPage) -> Node:
    """Who hosts it; or the site, where that isn't said."""
    if event.host:
        return node("Organization", name=event.host.name, url=absolute(event.host.get_absolute_url()))
    return node("Organization", name=event.series.title if event.series else "", url=absolute("/"))
