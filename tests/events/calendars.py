"""Calendars as a subscriber has them, and entries as they are kept."""

import datetime as dt
from typing import Any

import icalendar

from events.entries import refresh_calendar
from events.models import CalendarEntry, EventPage
from events.publishing import refresh_end
from tests.factories import make_event, make_host, make_organisation, make_speaker, make_talk, make_venue

SOON = dt.timedelta(days=9)


def make_evening_in_calendars() -> EventPage:
    """A public evening of one talk, with an entry."""
    event = make_event(number=7, venue=make_venue(), host=make_host("Harbour House"))
    tides = make_organisation("Board of Tides")
    make_talk(event=event, title="Tides", speakers=[make_speaker("Ada Vale")], organisation=tides)
    refresh_end(event.pk)
    refresh_calendar(event.pk)
    return event


def entry_of(event: EventPage) -> CalendarEntry:
    return CalendarEntry.objects.get(event=event.pk)


def told(entry: Any) -> Any:
    """An entry's VEVENT, read by a program that didn't write it."""
    return icalendar.Event.from_ical(entry.vevent)


def shown(entry: Any, *names: str) -> list[str]:
    """The values of properties of an entry, as text."""
    event = told(entry)
    return [str(event[name]) for name in names]


def sequence(event: EventPage) -> int:
    return entry_of(event).sequence


def description(event: EventPage) -> str:
    return shown(entry_of(event), "DESCRIPTION")[0]


def in_feed(client: Any, address: str) -> list[Any]:
    """The VEVENTs at an address, in order."""
    response = client.get(address)
    assert response.status_code == 200, address
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def summaries(client: Any, address: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in in_feed(client, address)]
