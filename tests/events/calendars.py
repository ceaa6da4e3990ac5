"""Calendars as a subscriber has them, and entries as they are kept."""

from typing import Any

import icalendar

from events.models import CalendarEntry, EventPage


def entry_of(event: EventPage) -> CalendarEntry:
    return CalendarEntry.objects.get(event=event.pk)


def told(entry: Any) -> Any:
    """An entry's VEVENT, read by a program that didn't write it."""
    return icalendar.Event.from_ical(entry.vevent)


def shown(entry: Any, *names: str) -> list[str]:
    """The values of properties of an entry, as text."""
    event = told(entry)
    return [str(event[name]) for name in names]


def in_feed(client: Any, address: str) -> list[Any]:
    """The VEVENTs at an address, in order."""
    response = client.get(address)
    assert response.status_code == 200, address
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def summaries(client: Any, address: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in in_feed(client, address)]
