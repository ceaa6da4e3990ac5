"""Evenings and slots as iCalendar (RFC 5545, 5546, 7986): text from what it is given, and nothing else.

No METHOD and no ORGANIZER: this is a calendar to read, and clients write mails to organisers. No RRULE: each evening
stands for itself. An entry is made once, without SEQUENCE and stamps; these are put in when it has changed.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from .vtimezone import vtimezone

PRODID = "-//Data Bites//Calendar//EN"
MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = dt.timedelta(hours=1)
HALF_A_DAY = dt.timedelta(hours=12)
COLOUR = "seagreen"  # a name of CSS, nearest to the site's green
END_OF_ENTRY = "END:VEVENT\r\n"
END_OF_CALENDAR = "END:VCALENDAR\r\n"
# RFC 5545, 3.1: no control characters in a text. C1 ones and lone surrogates are as unwelcome.
_REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Happening:
    """What a calendar shows of an evening or a slot. Times are aware; `geo` is latitude and longitude."""

    uid: str
    summary: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: ZoneInfo
    status: str
    description: str
    url: str
    location: str = ""
    geo: tuple[float, float] | None = None
    stream: str = ""
    categories: tuple[str, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as a whole: its name, its own address, the page about it, the zones that its entries use."""

    name: str
    description: str
    source: str
    url: str
    zones: tuple[str, ...]
    image: str = ""

    def with_zones(self, zones: tuple[str, ...]) -> "Feed":
        return replace(self, zones=zones)


def clean(text: str) -> str:
    """Without control characters, with line ends of one kind."""
    return _REFUSED.sub("", _LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def entry(what: Happening) -> str:
    """The VEVENT without SEQUENCE and stamps."""
    event = Event()
    event.add("uid", what.uid)
    start, end = on_the_clock(what.starts_at, what.ends_at, zone=what.zone)
    event.add("dtstart", start)
    if what.ends_at > what.starts_at:
        event.add("dtend", end)
    event.add("summary", one_line(what.summary))
    event.add("status", what.status)
    # What does not take place takes nobody's time.
    event.add("transp", "TRANSPARENT" if what.status == "CANCELLED" else "OPAQUE")
    event.add("description", clean(what.description))
    event.add("url", what.url)
    if what.location:
        event.add("location", one_line(what.location))
    if what.geo:
        event.add("geo", what.geo)
    if what.categories:
        event.add("categories", [one_line(name) for name in what.categories])
    if what.stream:
        event.add("conference", what.stream, parameters=_uri(FEATURE="VIDEO", LABEL="Watch online"))
    if what.image:
        event.add("image", what.image, parameters=_uri(DISPLAY="BADGE", FMTTYPE="image/png"))
    return event.to_ical().decode()


def on_the_clock(start: dt.datetime, end: dt.datetime, *, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Start and end on the zone's clock; in UTC where the clocks are changed within half a day.

    A local time that occurs twice is its first occurrence (RFC 5545, 3.3.5), and not every client knows; some count
    the hours around a change by the wrong side’s offset (node-ical did).
    """
    around = [moment.astimezone(dt.UTC) + step for moment in (start, end) for step in (-HALF_A_DAY, HALF_A_DAY)]
    in_zone = {moment.astimezone(zone).utcoffset() for moment in around}
    clock = zone if len(in_zone) == 1 else dt.UTC
    return start.astimezone(clock), end.astimezone(clock)


def content_hash(unstamped: str) -> str:
    """Changes whenever what a calendar shows does."""
    return sha256(unstamped.encode()).hexdigest()


def stamped(unstamped: str, *, sequence: int, last_modified: dt.datetime) -> str:
    """The VEVENT as it is sent. Without METHOD, DTSTAMP says the same as LAST-MODIFIED (RFC 5545, 3.8.7.2)."""
    stamp = f"{last_modified.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    stamps = f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{sequence}\r\n"
    return f"{unstamped.removesuffix(END_OF_ENTRY)}{stamps}{END_OF_ENTRY}"


@lru_cache(maxsize=256)
def head(feed: Feed) -> str:
    """Everything of a calendar before its entries."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(one_line(feed.name)))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, vText(clean(feed.description)))
    calendar.add("x-wr-timezone", vText(feed.zones[0]))
    calendar.add("color", COLOUR)
    calendar.add("url", feed.url)
    calendar.add("source", feed.source, parameters=_uri())
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT1H"))
    if feed.image:
        calendar.add("image", feed.image, parameters=_uri(DISPLAY="BADGE", FMTTYPE="image/svg+xml"))
    begun = calendar.to_ical().decode().removesuffix(END_OF_CALENDAR)
    return begun + "".join(vtimezone(zone) for zone in feed.zones)


def plain_head(zone: str) -> str:
    """As `head`, of a file that is sent once and that nobody subscribes to."""
    calendar = Calendar()
    for name, value in (("version", "2.0"), ("prodid", PRODID), ("calscale", "GREGORIAN")):
        calendar.add(name, value)
    return calendar.to_ical().decode().removesuffix(END_OF_CALENDAR) + vtimezone(zone)


def joined(begun: str, entries: Iterable[str]) -> str:
    """A whole calendar from its head and its stored entries."""
    return "".join([begun, *entries, END_OF_CALENDAR])


def _uri(**parameters: str) -> dict[str, Any]:
    return {**parameters, "VALUE": "URI"}
