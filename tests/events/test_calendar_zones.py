"""VTIMEZONE: any zone's clock changes, as other programs read them."""

import datetime as dt
import io
import random
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical

from events.vtimezone import vtimezone

LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
ZONES = [
    "Europe/London",
    "America/New_York",  # another rule since 2007
    "Asia/Kolkata",  # none
    "Europe/Dublin",  # summer time is the standard, says Irish law
    "Europe/Moscow",  # gave it up, and then again
    "Europe/Istanbul",
    "Africa/Casablanca",  # follows the moon
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Asia/Pyongyang",  # half an hour away, and back
    "Australia/Lord_Howe",  # by half an hour
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Pacific/Apia",  # left out a day
    "Pacific/Chatham",
    "UTC",
]


def as_dateutil(zone):
    return tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{vtimezone(zone)}END:VCALENDAR\r\n")).get()


def moments(zone):
    """Local times that occur once: many at random, and those around each change of clocks in four years."""
    chance = random.Random(zone.key)
    since = dt.datetime(1996, 5, 1, tzinfo=dt.UTC)
    found = [since + dt.timedelta(minutes=chance.randrange(60 * 24 * 365 * 70)) for _ in range(150)]
    for year in (1999, 2008, 2015, 2027):
        days = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=day) for day in range(365))
        turns = [day for day in days if day.astimezone(zone).utcoffset() != _later(day).astimezone(zone).utcoffset()]
        found += [day + dt.timedelta(minutes=30 * half) for day in turns for half in range(48)]
    local = [moment.astimezone(zone) for moment in found]
    return [moment for moment in local if moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()]


def _later(day):
    return day + dt.timedelta(days=1)


def test_london_is_two_rules():
    assert vtimezone("Europe/London") == LONDON.replace("\n", "\r\n")


@pytest.mark.parametrize("name", ZONES)
def test_zone_reads_as_it_is(name):
    read, zone = as_dateutil(name), ZoneInfo(name)
    wrong = [m for m in moments(zone) if m.replace(tzinfo=read).utcoffset() != m.utcoffset()]
    assert wrong == []


@pytest.mark.parametrize("name", ZONES)
def test_other_programs_read_the_zone(name):
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{vtimezone(name)}END:VCALENDAR\r\n"
    (component,) = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")
    there = dt.datetime(2026, 7, 15, 12, tzinfo=ZoneInfo(name))
    expected, summer = there.utcoffset(), there.replace(tzinfo=None)
    assert component.to_tz(lookup_tzid=False).utcoffset(summer) == expected
    assert vobject.readOne(text).vtimezone.tzinfo.utcoffset(summer) == expected


def test_zone_whose_rule_changed_has_both():
    text = vtimezone("America/New_York")
    assert text.count("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU") == 1
    assert text.count("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU") == 1
    assert "RDATE:20060402T020000" in text


def test_zone_without_summer_time_is_one_line_of_offset():
    assert vtimezone("Asia/Kolkata").count("BEGIN:STANDARD") == 1
    assert "TZOFFSETTO:+0530" in vtimezone("Asia/Kolkata")
