"""The calendar of deadlines follows what speakers ask of the room.

Each ask that closes has an entry for the whole of its last day: calendars show such a day at its top, and tasks (VTODO)
in neither Google's nor Outlook's. It takes nobody's time. What is taken back stays in the calendar, cancelled and
without its words, so that whoever subscribed learns of it.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from icalendar import Event

from events.enums import CalendarStatus
from events.happenings import label
from events.ical import clean, content_hash, one_line, stamped
from events.models import TalkPage
from pages.cache import bump, generation
from pages.english import listed
from speakers.models import Ask

from . import asking, querysets
from .atom import absolute
from .models import AskEntry

# A deadline that passed longer ago is told no more news, only that it was taken back.
LATELY = dt.timedelta(days=366)
A_DAY = dt.timedelta(days=1)
_seen = {"generation": -1}


class Place(NamedTuple):
    """Which ask of which talk, counted from 1."""

    talk: int
    place: int


def each_minute() -> None:
    """Only when something public changed since this process last looked."""
    before = generation()
    if _seen["generation"] != before:
        refresh()
        _seen["generation"] = before


def refresh(*, at: dt.datetime | None = None) -> int:
    """Let the entries tell what is asked at a moment. Idempotent; returns how many calendars show as changed."""
    at = at or timezone.now()
    keys = _places()
    entries = list(AskEntry.objects.select_related("series"))
    rows = {Place(row.talk_id, row.place): row for row in entries if row.talk_id}
    changed = sum(_save(told, at=at) for told in _told(keys, rows, at=at))
    public = set(keys.values())
    gone = [row for row in entries if row.public and Place(row.talk_id or 0, row.place) not in public]
    changed += sum(_save((row, _values(row, public=False), _taken_back(row)), at=at) for row in gone)
    if changed:
        bump()
    return changed


def _places() -> dict[int, Place]:
    """Every public ask, by its key: those that close and those that don't, which have a place all the same."""
    asks = Ask.objects.filter(contribution__in=querysets.readable())
    rows = asks.annotate(talk_key=F("contribution__talk")).order_by("contribution", "sort_order", "pk")
    counted: dict[int, int] = {}
    found = {}
    for key, talk, closes_on in rows.values_list("pk", "talk_key", "closes_on"):
        counted[talk] = counted.get(talk, 0) + 1
        if closes_on:
            found[key] = Place(talk, counted[talk])
    return found


Told = tuple[AskEntry, dict[str, Any], str]


def _told(keys: dict[int, Place], rows: dict[Place, AskEntry], *, at: dt.datetime) -> Iterator[Told]:
    lately = [key for key in keys if _is_late(rows.get(keys[key]), at=at)]
    for asked in asking.told(lately, at=at):
        place, event = keys[asked.key], asked.event
        if event.series is None or asked.last_day is None:
            continue
        row = rows.get(place) or AskEntry(talk=TalkPage(pk=place.talk), place=place.place)
        row.series, row.number = event.series, event.number
        start = dt.datetime.combine(asked.last_day, dt.time(), tzinfo=event.series.zone)
        row.starts_at, row.ends_at, row.zone = start, start + A_DAY, event.series.time_zone
        yield row, _values(row, public=True), _entry(row, asked)


def _is_late(row: AskEntry | None, *, at: dt.datetime) -> bool:
    """Whether an entry may still change: it is new, it is off, or its day is not long past."""
    return row is None or not row.public or row.ends_at > at - LATELY


def _values(row: AskEntry, *, public: bool) -> dict[str, Any]:
    status = CalendarStatus.CONFIRMED if public else CalendarStatus.CANCELLED
    return {"public": public, "status": str(status)}


def _save(told: Told, *, at: dt.datetime) -> bool:
    """Returns whether calendars show the difference."""
    row, values, unstamped = told
    changed = content_hash(unstamped) != row.content_hash
    if not changed and row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return False
    is_new = row._state.adding
    for name, value in values.items():
        setattr(row, name, value)
    if changed:
        row.sequence += 0 if is_new else 1
        row.last_modified, row.content_hash = at, content_hash(unstamped)
        row.vevent = stamped(unstamped, sequence=row.sequence, last_modified=at)
    row.save()
    return changed


# Words


def _entry(row: AskEntry, asked: asking.Asked) -> str:
    people = listed([person.speaker.name for person in asked.people])
    lines = [
        f"{asked.ask.text}\n",
        f"How to take part: {asked.ask.url.removeprefix('mailto:')}" if asked.ask.url else "",
        f"Asked{f' by {people}' if people else ''} in “{asked.talk.title}”, {_label(row)}:",
        absolute(asked.talk.get_url() or "/"),
    ]
    url = asked.ask.url if asked.ask.url.startswith("http") else absolute(asked.talk.get_url() or "/")
    return _vevent(row, f"Closes: {asked.ask.text}", CalendarStatus.CONFIRMED, "\n".join(filter(None, lines)), url)


def _taken_back(row: AskEntry) -> str:
    address = absolute("/asks/")
    words = f"What was asked at {_label(row)} was taken back.\n\n{address}"
    return _vevent(row, f"Cancelled: asked at {_label(row)}", CalendarStatus.CANCELLED, words, address)


def _label(row: AskEntry) -> str:
    return label(row.series, row.number)


def _vevent(row: AskEntry, summary: str, status: CalendarStatus, description: str, url: str) -> str:
    day = row.starts_at.astimezone(ZoneInfo(row.zone)).date()
    event = Event()
    event.add("uid", str(row.uid))
    # A day has no zone; its end is the day after (RFC 5545, 3.6.1).
    event.add("dtstart", day)
    event.add("dtend", day + A_DAY)
    event.add("summary", one_line(summary))
    event.add("status", str(status))
    event.add("transp", "TRANSPARENT")
    event.add("description", clean(description))
    event.add("url", url)
    return event.to_ical().decode()
