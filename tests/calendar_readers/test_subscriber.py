"""A real subscriber before the running site: vdirsyncer fetches, khal shows."""

import datetime as dt
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.cache import cache

from events.actions import plan_evening, publish_programme
from events.models import EventPage
from pages.cache import bump
from tests.factories import make_series, make_speaker, make_talk, make_venue, publish

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
# So far away that the evening is still to come.
START = dt.datetime(2035, 2, 7, 18, 0, tzinfo=dt.UTC)
VDIRSYNCER = """\
[general]
status_path = "{folder}/status"
[pair bites]
a = "here"
b = "there"
collections = null
[storage here]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
[storage there]
type = "http"
url = "{url}"
"""
KHAL = """\
[calendars]
[[bites]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/London
default_timezone = Europe/London
[sqlite]
path = {folder}/khal.db
"""


class Subscriber:
    """Somebody with vdirsyncer and khal."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url, self.etag = folder, url, ""
        (folder / "calendar").mkdir()
        for name, text in (("vdirsyncer", VDIRSYNCER), ("khal", KHAL)):
            (folder / name).write_text(text.format(folder=folder, url=url))
        self.run("vdirsyncer", "discover")

    def run(self, program: str, *arguments: str) -> str:
        binary = Path(sys.executable).with_name(program)
        command = [str(binary), "-c", str(self.folder / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sync(self) -> list[str]:
        """What the calendar shows of that year once it has been fetched again, one line an event."""
        self.run("vdirsyncer", "sync")
        shown = self.run(
            "khal", "list", "--day-format", "", "--format", "{start} {title} {status}", "2035-01-01", "2035-12-31"
        )
        return [" ".join(line.split()) for line in shown.splitlines() if line.strip()]

    def descriptions(self) -> str:
        return self.run("khal", "list", "--day-format", "", "--format", "{description}", "2035-01-01", "2035-12-31")

    def poll(self) -> int:
        """The status of a poll that says what it has."""
        request = urllib.request.Request(self.url, headers={"If-None-Match": self.etag} if self.etag else {})
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                self.etag = response.headers["ETag"]
                return response.status
        except urllib.error.HTTPError as error:
            return error.code


@pytest.fixture
def subscriber(tmp_path, live_server):
    cache.clear()
    bump()
    series = make_series()
    plan_evening(series=series, number=60, starts_at=START - dt.timedelta(days=28), slots=0, status="confirmed")
    publish_programme(event=EventPage.objects.get(number=60))
    return Subscriber(tmp_path, f"{live_server.url}/data-bites/calendar.ics")


def test_subscriber_sees_each_change_once(subscriber):
    assert subscriber.sync() == ["2035-01-10 18:00 Data Bites 60 CONFIRMED"]
    assert (subscriber.poll(), subscriber.poll()) == (200, 304)

    # An evening is announced.
    series = EventPage.objects.get(number=60).series
    event = plan_evening(series=series, number=61, starts_at=START, slots=0, venue=make_venue())
    assert subscriber.poll() == 304
    publish_programme(event=event)
    assert (subscriber.poll(), subscriber.poll()) == (200, 304)
    first = "2035-01-10 18:00 Data Bites 60 CONFIRMED"
    assert subscriber.sync() == [first, "2035-02-07 18:00 Data Bites 61 TENTATIVE"]

    # It is moved to another day, in summer.
    publish(event, starts_at=dt.datetime(2035, 5, 9, 17, 30, tzinfo=dt.UTC), status="confirmed", title="Tides & 🎉")
    assert (subscriber.poll(), subscriber.poll()) == (200, 304)
    assert subscriber.sync() == [first, "2035-05-09 18:30 Data Bites 61: Tides & 🎉 CONFIRMED"]

    # Speakers are added.
    make_talk(event=event, title="Rivers, too", speakers=[make_speaker("Ada Vale")])
    assert (subscriber.poll(), subscriber.poll()) == (200, 304)
    assert len(subscriber.sync()) == 2
    assert "6.35pm Rivers, too: Ada Vale" in subscriber.descriptions()

    # It is cancelled, and taken off the site.
    publish(event, status="cancelled")
    assert (subscriber.poll(), subscriber.poll()) == (200, 304)
    assert subscriber.sync() == [first, "2035-05-09 18:30 Cancelled: Data Bites 61: Tides & 🎉 CANCELLED"]
    EventPage.objects.get(pk=event.pk).delete()
    assert (subscriber.poll(), subscriber.poll()) == (200, 304)
    assert subscriber.sync() == [first, "2035-05-09 18:30 Cancelled: Data Bites 61 CANCELLED"]
    # Each UID is one file, whatever happened to it.
    assert len(list((subscriber.folder / "calendar").glob("*.ics"))) == 2
