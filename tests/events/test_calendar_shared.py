"""What an evening shares with others, a venue, a name, its series' clock, changes its entry in calendars too."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from events.actions import renumber_evening
from events.entries import refresh_calendar
from events.models import EventPage, SeriesPage, SlotEntry, TalkPage
from speakers.actions import merge_speakers
from tests.events.calendars import SOON, description, entry_of, make_evening_in_calendars, sequence, shown, told
from tests.factories import (
    START,
    make_host,
    make_series,
    make_speaker,
    make_topic,
    make_venue,
    publish,
)
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before():
    with time_machine.travel(START - SOON, tick=False):
        yield


@pytest.fixture
@remembered
def event():
    return make_evening_in_calendars()


def test_venue_changes_the_entry(event, commit):
    event.venue.name, event.venue.address = "The New Hall", "1 Long Lane\nLondon"
    with commit():
        event.venue.save()
    assert shown(entry_of(event), "LOCATION") == ["The New Hall, 1 Long Lane, London"]


def test_another_venue_changes_the_entry(event, commit):
    with commit():
        publish(event, venue=make_venue(name="The Other Hall", place="Leeds"))
    assert shown(entry_of(event), "LOCATION") == ["The Other Hall, Leeds"]


def test_host_changes_the_entry(event, commit):
    event.host.name = "Harbour Hall"
    with commit():
        event.host.save()
    assert "Host: Harbour Hall" in description(event)


def test_another_host_changes_the_entry_and_its_feeds(client, event, commit):
    with commit():
        publish(event, host=make_host("The Mill"))
    assert "Host: The Mill" in description(event)
    assert entry_of(event).host.name == "The Mill"


@pytest.mark.parametrize("name", ["Ada Vale", "Board of Tides"])
def test_name_of_a_speaker_or_an_organisation_changes_the_entry(event, commit, name):
    noun = TalkPage.objects.get(title="Tides").talk_speakers.get()
    noun = noun.speaker if name == "Ada Vale" else noun.organisation
    noun.name = "Another Name"
    before = sequence(event)
    with commit():
        noun.save()
    assert sequence(event) == before + 1
    assert ("Another Name" in description(event), name in description(event)) == (True, False)


def test_name_of_the_chair_changes_the_entry(event, commit):
    chair = make_speaker("Cy Chair")
    with commit():
        publish(event, chair=chair)
    chair.name = "Cy Bench"
    with commit():
        chair.save()
    assert "Chair: Cy Bench" in description(event)


def test_merged_speakers_have_one_calendar(event, commit):
    ada, double = TalkPage.objects.get(title="Tides").talk_speakers.get().speaker, make_speaker("A. Vale")
    uid = SlotEntry.objects.get().uid
    with commit():
        merge_speakers(kept=double, merged=ada)
    assert [(slot.uid, slot.speaker_id, slot.status) for slot in SlotEntry.objects.all()] == [
        (uid, double.pk, "CONFIRMED")
    ]
    assert "A. Vale" in description(event)


def test_topic_changes_the_entry(event, commit):
    topic = make_topic(name="Water")
    talk = TalkPage.objects.get(title="Tides")
    with commit():
        publish(talk, topics=[topic])
    assert told(entry_of(event))["CATEGORIES"].to_ical() == b"Data Bites,Water"
    topic.name = "Sea water"
    with commit():
        topic.save()
    assert told(entry_of(event))["CATEGORIES"].to_ical() == b"Data Bites,Sea water"
    assert [found.name for found in entry_of(event).topics.all()] == ["Sea water"]


def test_zone_of_the_series_changes_every_entry(event, commit):
    with commit():
        publish(event.series, time_zone="America/New_York")
    start = told(entry_of(event))["DTSTART"]
    assert (start.params["TZID"], start.to_ical()) == ("America/New_York", b"20251126T130000")
    assert "Running order (New York time)\n1.05pm Tides" in description(event)


def test_minutes_of_the_series_change_every_entry(event, commit):
    with commit():
        publish(event.series, talk_minutes=20, question_minutes=10, welcome_minutes=0)
    assert told(entry_of(event))["DTEND"].to_ical() == b"20251126T183000"
    assert "6pm Tides" in description(event)
    assert told(SlotEntry.objects.get())["DTEND"].to_ical() == b"20251126T183000"


def test_name_of_the_series_changes_every_entry(event, commit):
    with commit():
        publish(event.series, title="Data Sips")
    assert shown(entry_of(event), "SUMMARY") == ["Data Sips 7: Data Bites 7"]


def test_renumbered_evening_keeps_its_uid(event, commit):
    uid = entry_of(event).uid
    with commit():
        renumber_evening(event=event, number=8)
    entry = entry_of(event)
    assert (entry.uid, entry.number, shown(entry, "SUMMARY")) == (uid, 8, ["Data Bites 8"])


def test_unpublished_series_leaves_entries_alone(event, commit):
    before = entry_of(event).vevent
    with commit():
        SeriesPage.objects.get().unpublish()
    assert entry_of(event).vevent == before


def test_evening_that_moves_to_another_series_goes_along(event, commit):
    other = make_series(title="Data Sips", slug="data-sips")
    with commit():
        EventPage.objects.get(pk=event.pk).move(other, pos="last-child")
    assert entry_of(event).series_id == other.pk


# Its state


@pytest.mark.parametrize(
    ("status", "told_as", "title"),
    [
        ("tentative", "TENTATIVE", "Data Bites 7: Water"),
        ("confirmed", "CONFIRMED", "Data Bites 7: Water"),
        ("cancelled", "CANCELLED", "Cancelled: Data Bites 7: Water"),
        ("postponed", "CANCELLED", "Postponed: Data Bites 7: Water"),
    ],
)
def test_status_of_an_evening_in_calendars(event, commit, status, told_as, title):
    with commit():
        publish(event, status=status, title="Water")
    transparent = "TRANSPARENT" if told_as == "CANCELLED" else "OPAQUE"
    assert shown(entry_of(event), "STATUS", "SUMMARY", "TRANSP") == [told_as, title, transparent]


def test_postponed_evening_with_its_new_day_is_the_same_entry(event, commit):
    uid, before = entry_of(event).uid, sequence(event)
    with commit():
        publish(event, status="postponed")
    with commit():
        publish(event, status="confirmed", starts_at=START + dt.timedelta(days=7))
    entry = entry_of(event)
    assert (entry.uid, entry.sequence, entry.status) == (uid, before + 2, "CONFIRMED")


def test_refresh_that_fails_stops_nobody_from_publishing(event):
    publish(event, title="Water")
    waiting = {run.func: robust for _, run, robust in connection.run_on_commit if hasattr(run, "func")}
    assert waiting[refresh_calendar] is True
