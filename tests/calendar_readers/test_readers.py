"""Calendars as ical.js, node-ical and libical read them: what stands in Thunderbird, in Node and in GNOME and KDE."""

import datetime as dt
import json
import os
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from events import ical
from tests.conftest import NODE_READERS
from tests.events.test_calendar_text import ODD, STAMP, feed, happening

HERE = Path(__file__).resolve().parent
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
MOMENTS = [
    (dt.datetime(2026, 2, 4, 18, tzinfo=LONDON), dt.datetime(2026, 2, 4, 19, 30, tzinfo=LONDON)),
    (dt.datetime(2026, 7, 1, 18, tzinfo=LONDON), dt.datetime(2026, 7, 1, 19, 30, tzinfo=LONDON)),
    # The clocks go forward, and back, during it; within the hour that happens twice; past midnight.
    (dt.datetime(2026, 3, 29, 0, 30, tzinfo=LONDON), dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)),
    (dt.datetime(2026, 10, 25, 0, 30, tzinfo=LONDON), dt.datetime(2026, 10, 25, 2, 30, tzinfo=dt.UTC)),
    (dt.datetime(2026, 10, 25, 1, 15, tzinfo=LONDON, fold=1), dt.datetime(2026, 10, 25, 1, 45, tzinfo=dt.UTC)),
    (dt.datetime(2026, 12, 31, 23, tzinfo=LONDON), dt.datetime(2027, 1, 1, 0, 45, tzinfo=LONDON)),
    # Theirs is summer, London's isn't yet.
    (dt.datetime(2026, 3, 18, 18, tzinfo=NEW_YORK), dt.datetime(2026, 3, 18, 19, tzinfo=NEW_YORK)),
    (dt.datetime(2006, 3, 22, 18, tzinfo=NEW_YORK), dt.datetime(2006, 3, 22, 19, tzinfo=NEW_YORK)),
]
# What a reader itself misreads: node-ical, as ics in Python, takes a written backslash before an n for a line's end,
# and it takes away quotation marks around the whole text.
MISREAD = {"ical.js": (), "node-ical": ("\\n \\, \\; \\\\", ' "quoted" ')}
WORDS = [*ODD, 'She said "yes"', "Eight minutes"]


def told(*, without=()):
    """One entry for each odd text and each odd moment."""
    pairs = [(words, MOMENTS[0]) for words in WORDS if words not in without] + [
        ("Data Bites", times) for times in MOMENTS
    ]
    return [
        happening(uid=f"uid-{place}", summary=words, description=words, starts_at=start, ends_at=end)
        for place, (words, (start, end)) in enumerate(pairs)
    ]


def text_of(entries):
    stamped = [ical.stamped(ical.entry(one), sequence=2, last_modified=STAMP) for one in entries]
    return ical.joined(ical.head(feed(zones=("Europe/London", "America/New_York"))), stamped)


@pytest.mark.needs_node
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_javascript_reads_every_entry_as_it_is(reader, zone):
    entries = told(without=MISREAD[reader])
    done = subprocess.run(
        ["node", str(HERE / "read.mjs"), reader],
        input=text_of(entries),
        env={"PATH": os.environ["PATH"], "READERS": str(NODE_READERS), "TZ": zone},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read == [
        {
            "uid": one.uid,
            "summary": ical.one_line(one.summary),
            "description": ical.clean(one.description),
            "start": one.starts_at.timestamp(),
            "end": one.ends_at.timestamp(),
            "sequence": 2,
            "status": "CONFIRMED",
        }
        for one in entries
    ]


@pytest.fixture(scope="session")
def libical(tmp_path_factory):
    """The checker, compiled."""
    program = tmp_path_factory.mktemp("libical") / "check"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libical"], capture_output=True, text=True, check=True)
    subprocess.run(["cc", "-o", str(program), str(HERE / "check.c"), *flags.stdout.split()], check=True, timeout=60)
    return program


@pytest.mark.needs_libical
def test_libical_reads_every_entry_and_finds_no_fault(libical):
    entries = told()
    done = subprocess.run([str(libical)], input=text_of(entries).encode(), capture_output=True, timeout=60, check=True)
    *lines, errors = done.stdout.decode().splitlines()
    assert errors == "0"
    assert [line.split("\t") for line in lines] == [
        [
            one.uid,
            "2",
            str(int(one.starts_at.timestamp())),
            str(int(one.ends_at.timestamp())),
            ical.one_line(one.summary),
        ]
        for one in entries
    ]
