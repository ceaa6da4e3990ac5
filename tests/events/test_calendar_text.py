"""The text of an entry: right in every parser, whatever stands in it, and the same bytes for the same state."""

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
import time_machine
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events import ical

ROOT = Path(__file__).resolve().parents[2]
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
STAMP = dt.datetime(2026, 1, 5, 9, 30, 15, 123456, tzinfo=dt.UTC)
UID = "3f0d2b6e-6a0f-4f5e-9d54-b8a40cf3a6b1"
PARSERS = ["icalendar", "vobject", "ics"]


def happening(**changes):
    start = changes.pop("starts_at", dt.datetime(2026, 2, 4, 18, tzinfo=LONDON))
    fields = {
        "uid": UID,
        "summary": "Data Bites 61",
        "starts_at": start,
        "ends_at": changes.pop("ends_at", start + dt.timedelta(minutes=69)),
        "zone": start.tzinfo,
        "status": "CONFIRMED",
        "description": "Four talks.",
        "url": "https://databites.example/data-bites/61/",
        "location": "The Old Sorting Office, London",
        "geo": (51.50329, -0.12345),
        "stream": "https://live.example/61",
        "categories": ("Data Bites", "Maps, and more"),
        "image": "https://databites.example/data-bites/61/badge.png",
    }
    return ical.Happening(**{**fields, **changes})


def feed(zone="Europe/London", **changes):
    fields = {
        "name": "Data Bites",
        "description": "All evenings.",
        "source": "https://databites.example/data-bites/calendar.ics",
        "url": "https://databites.example/data-bites/calendar/",
        "zones": (zone,),
    }
    return ical.Feed(**{**fields, **changes})


def calendar(*told, zone="Europe/London", **changes):
    entries = [ical.stamped(ical.entry(one), sequence=2, last_modified=STAMP) for one in told]
    return ical.joined(ical.head(feed(zone, **changes)), entries)


def read(text, parser):
    """Summary, description, start and end in UTC of the only entry, as another program reads them."""
    if parser == "icalendar":
        (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
        found = str(event["SUMMARY"]), str(event["DESCRIPTION"]), event["DTSTART"].dt, event["DTEND"].dt
    elif parser == "vobject":
        event = vobject.readOne(text).vevent
        found = event.summary.value, event.description.value, event.dtstart.value, event.dtend.value
    else:
        (event,) = ics.Calendar(text).events
        found = event.name, event.description, event.begin.datetime, event.end.datetime
    return found[0], found[1], found[2].astimezone(dt.UTC), found[3].astimezone(dt.UTC)


def as_text(value):
    return value if isinstance(value, str) else value.decode()


# What stands in it


def test_entry_has_all_that_a_calendar_can_show():
    (event,) = icalendar.Calendar.from_ical(calendar(happening())).walk("VEVENT")
    told = {name: as_text(event[name].to_ical()) for name in event if name != "CATEGORIES"}
    assert told == {
        "UID": UID,
        "DTSTART": "20260204T180000",
        "DTEND": "20260204T190900",
        "DTSTAMP": "20260105T093015Z",
        "LAST-MODIFIED": "20260105T093015Z",
        "SEQUENCE": "2",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
        "SUMMARY": "Data Bites 61",
        "DESCRIPTION": "Four talks.",
        "LOCATION": "The Old Sorting Office\\, London",
        "GEO": "51.50329;-0.12345",
        "URL": "https://databites.example/data-bites/61/",
        "CONFERENCE": "https://live.example/61",
        "IMAGE": "https://databites.example/data-bites/61/badge.png",
    }
    assert event["CATEGORIES"].to_ical() == b"Data Bites,Maps\\, and more"
    assert dict(event["CONFERENCE"].params) == {"FEATURE": "VIDEO", "LABEL": "Watch online", "VALUE": "URI"}


def test_calendar_says_who_it_is_and_how_often_to_ask():
    text = calendar(happening(), name="Data Bites, live")
    lines = text.replace("\r\n ", "").split("\r\n")
    assert {
        "VERSION:2.0",
        "NAME:Data Bites\\, live",
        "X-WR-CALNAME:Data Bites\\, live",
        "X-WR-TIMEZONE:Europe/London",
        "COLOR:seagreen",
        "SOURCE;VALUE=URI:https://databites.example/data-bites/calendar.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    } <= set(lines)
    assert [line for line in lines if line.startswith(("METHOD", "ORGANIZER", "RRULE:COUNT"))] == []
    assert "ALTREP" not in text
    assert "RRULE" not in ical.entry(happening())


def test_hidden_and_shown_changes_tell_themselves_apart():
    assert ical.content_hash(ical.entry(happening())) == ical.content_hash(ical.entry(happening()))
    others = [
        happening(summary="Data Bites 62"),
        happening(status="CANCELLED"),
        happening(location="Elsewhere"),
        happening(geo=None),
        happening(stream=""),
        happening(categories=()),
        happening(description="Five talks."),
        happening(ends_at=dt.datetime(2026, 2, 4, 20, tzinfo=LONDON)),
    ]
    assert len({ical.content_hash(ical.entry(one)) for one in [happening(), *others]}) == 9


# Any words


WORDS = st.text(st.characters(codec="utf-8"), max_size=300)
ODD = [
    "🎉 Party; with, commas\\and\nlines",
    "x" * 1000,
    "ü" * 1000,
    "🎉" * 300,
    "שלום עולם, مرحبا\u200f!",
    "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\tb",
    "\\n \\, \\; \\\\",
    "BEGIN:VEVENT\r\nEND:VEVENT\r\nMETHOD:REQUEST",
    ' "quoted" ',
]


def with_examples(test):
    for words in ODD:
        test = example(words)(test)
    return test


@with_examples
@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_any_words_are_one_entry_of_short_lines(words):
    text = calendar(happening(summary=words, description=words, location=words, categories=(words,)), name=words)
    raw = text.encode()
    assert raw.count(b"BEGIN:VEVENT\r\n") == raw.count(b"\nBEGIN:VEVENT") == 1
    assert re.findall(rb"\r(?!\n)|(?<!\r)\n", raw) == []
    assert [line for line in raw.split(b"\r\n") if len(line) > 75] == []
    for line in raw.split(b"\r\n"):
        line.decode()  # no character is cut in two
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", text) == []


# ics 0.7 takes a written backslash before an n for a line's end, which RFC 5545 (3.3.11) does not.
@pytest.mark.parametrize(("parser", "words"), [(p, w) for p in PARSERS for w in ODD if (p, w[:2]) != ("ics", "\\n")])
def test_odd_words_come_back_from_every_parser(parser, words):
    kept = ical.clean(words)
    summary, description, start, end = read(calendar(happening(summary=words, description=words)), parser)
    assert summary == ical.one_line(words)
    assert description == kept
    assert (start, end) == (
        dt.datetime(2026, 2, 4, 18, tzinfo=dt.UTC),
        dt.datetime(2026, 2, 4, 19, 9, tzinfo=dt.UTC),
    )


@settings(max_examples=40, deadline=None)
@given(WORDS.filter(lambda words: ical.clean(words)))
def test_any_words_come_back(words):
    summary, description, _, _ = read(calendar(happening(summary=words, description=words)), "icalendar")
    assert (summary, description) == (ical.one_line(words), ical.clean(words))


# Any clock


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param((2026, 2, 4, 18, 0), (2026, 2, 4, 19, 30), id="winter"),
        pytest.param((2026, 7, 1, 17, 0), (2026, 7, 1, 18, 30), id="summer"),
        pytest.param((2026, 3, 29, 0, 30), (2026, 3, 29, 2, 0), id="into summer"),
        pytest.param((2026, 10, 25, 0, 30), (2026, 10, 25, 2, 0), id="through the hour that happens twice"),
        pytest.param((2026, 10, 24, 23, 0), (2026, 10, 25, 0, 15), id="into its first time"),
        pytest.param((2026, 10, 25, 1, 15), (2026, 10, 25, 1, 45), id="within its second time"),
        pytest.param((2026, 10, 25, 0, 15), (2026, 10, 25, 1, 15), id="from its first to its second time"),
        pytest.param((2026, 12, 31, 22, 30), (2027, 1, 1, 1, 0), id="past midnight"),
    ],
)
def test_moments_are_the_same_in_every_parser(parser, start, end):
    start, end = dt.datetime(*start, tzinfo=dt.UTC), dt.datetime(*end, tzinfo=dt.UTC)
    told = happening(starts_at=start.astimezone(LONDON), ends_at=end)
    assert read(calendar(told), parser)[2:] == (start, end)


def test_moments_far_from_a_change_are_on_the_zone_s_clock():
    assert "DTSTART;TZID=Europe/London:20260204T180000" in ical.entry(happening())
    near = happening(starts_at=dt.datetime(2026, 10, 24, 23, tzinfo=LONDON))
    assert "DTSTART:20261024T220000Z" in ical.entry(near)


@pytest.mark.parametrize("parser", PARSERS)
def test_series_in_new_york_is_on_its_own_clock(parser):
    start = dt.datetime(2026, 3, 18, 18, tzinfo=NEW_YORK)  # their summer, not yet London's
    text = calendar(happening(starts_at=start), zone="America/New_York")
    assert read(text, parser)[2] == dt.datetime(2026, 3, 18, 22, tzinfo=dt.UTC)
    assert "DTSTART;TZID=America/New_York:20260318T180000" in text


# The same bytes


def test_same_state_is_the_same_bytes_at_any_time():
    texts = set()
    for year in (2025, 2031):
        with time_machine.travel(dt.datetime(year, 7, 1, tzinfo=dt.UTC), tick=False):
            ical.head.cache_clear()
            texts.add(calendar(happening()))
    assert len(texts) == 1


def test_same_state_is_the_same_bytes_in_another_process():
    code = (
        "import hashlib; from tests.events.test_calendar_text import calendar, happening;"
        "print(hashlib.sha256(calendar(happening()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONPATH": "site:.", "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(found) == 1
