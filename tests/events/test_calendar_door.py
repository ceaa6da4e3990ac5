"""Whatever changes an evening in public changes its entry in calendars, whichever way it was done."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from events.actions import add_slot, publish_programme, renumber_evening, withdraw_talk
from events.entries import refresh_calendar
from events.models import CalendarEntry, EventPage, SeriesPage, SlotEntry, TalkPage, Topic
from pages.scheduler import run_once
from speakers.actions import merge_speakers
from tests.admin import edit, sign_in
from tests.events.calendars import entry_of, shown, told
from tests.factories import (
    START,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_venue,
    publish,
)

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=9)


@pytest.fixture(autouse=True)
def before():
    with time_machine.travel(START - SOON, tick=False):
        yield


@pytest.fixture
def event():
    """A public evening of one talk, with an entry."""
    event = make_event(number=7, venue=make_venue(), host=make_host("Harbour House"))
    tides = make_organisation("Board of Tides")
    make_talk(event=event, title="Tides", speakers=[make_speaker("Ada Vale")], organisation=tides)
    refresh_calendar(event.pk)
    return event


def sequence(event):
    return entry_of(event).sequence


def description(event):
    return shown(entry_of(event), "DESCRIPTION")[0]


# Made, changed, taken away


def test_evening_that_was_never_public_has_no_entry(commit):
    with commit():
        event = make_event(live=False)
        make_talk(event=event, live=False)
    assert CalendarEntry.objects.count() == SlotEntry.objects.count() == 0


def test_published_programme_is_one_entry_that_was_never_changed(commit):
    with commit():
        event = make_event(live=False)
        make_talk(event=event, title="Tides", live=False)
        make_talk(event=event, title="Bins", live=False)
        publish_programme(event=event)
    assert [(entry.event_id, entry.sequence) for entry in CalendarEntry.objects.all()] == [(event.pk, 0)]
    assert "Tides" in description(event)
    assert "Bins" in description(event)


def test_editor_changes_the_entry(client, event, commit):
    sign_in(client)
    before = sequence(event)
    with commit():
        edit(client, event, "publish", starts_at="2025-11-26 19:00")
    assert sequence(event) == before + 1
    assert told(entry_of(event))["DTSTART"].to_ical() == b"20251126T190000"


def test_draft_changes_nothing(client, event, commit):
    sign_in(client)
    before = entry_of(event).vevent
    with commit():
        edit(client, event, starts_at="2025-11-26 19:00")
    assert entry_of(event).vevent == before


def test_what_no_calendar_shows_leaves_sequence_and_stamps_alone(event, commit):
    before = entry_of(event).vevent
    with time_machine.travel(START - dt.timedelta(days=1), tick=False), commit():
        publish(event, byline="A. Scribe", search_description="For search engines.", sign_off="<p>Goodbye.</p>")
        publish(event.series, newcomers="<p>Welcome.</p>")
        event.venue.save()
        event.host.save()
    assert entry_of(event).vevent == before


def test_bulk_publishing_makes_and_changes_entries(client, commit):
    sign_in(client)
    event = make_event(live=False)
    with commit():
        client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={event.pk}")
    assert sequence(event) == 0


def test_bulk_unpublishing_cancels(client, event, commit):
    sign_in(client)
    with commit():
        client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={event.pk}")
    assert shown(entry_of(event), "STATUS") == ["CANCELLED"]


def test_schedule_makes_the_entry(commit):
    with time_machine.travel(START - SOON, tick=False) as clock:
        with commit():
            event = make_event(live=False)
            event.go_live_at = START - dt.timedelta(days=1)
            event.save_revision().publish()
        assert CalendarEntry.objects.count() == 0
        clock.move_to(START - dt.timedelta(hours=23))
        with commit():
            run_once()
    assert shown(entry_of(event), "STATUS") == ["CONFIRMED"]


def test_schedule_takes_away(commit):
    with time_machine.travel(START - SOON, tick=False) as clock:
        with commit():
            event = make_event()
            event.expire_at = START - dt.timedelta(days=1)
            event.save_revision().publish()
        clock.move_to(START - dt.timedelta(hours=23))
        with commit():
            run_once()
    assert shown(entry_of(event), "STATUS") == ["CANCELLED"]


def test_approval_makes_the_entry(client, commit):
    sign_in(client)
    event = make_event(live=False)
    edit(client, event, "submit", standfirst="Please look")
    task = EventPage.objects.get(pk=event.pk).current_workflow_state.current_task_state_id
    sign_in(client, "moderator")
    with commit():
        client.post(reverse("wagtailadmin_pages:workflow_action", args=[event.pk, "approve", task]), {"comment": ""})
    assert "Please look" in description(event)


def test_unpublished_evening_is_cancelled_without_its_words(event, commit):
    uid, start = shown(entry_of(event), "UID")[0], told(entry_of(event))["DTSTART"].to_ical()
    before = sequence(event)
    with commit():
        event.unpublish()
    entry = entry_of(event)
    assert shown(entry, "UID", "STATUS", "SUMMARY") == [uid, "CANCELLED", "Cancelled: Data Bites 7"]
    assert (entry.sequence, told(entry)["DTSTART"].to_ical()) == (before + 1, start)
    assert "Tides" not in entry.vevent
    assert "Ada Vale" not in "".join(SlotEntry.objects.values_list("vevent", flat=True))


def test_evening_that_is_published_again_takes_place_again(event, commit):
    uid = entry_of(event).uid
    with commit():
        event.unpublish()
    with commit():
        publish(event)
    entry = entry_of(event)
    assert (entry.uid, entry.status, entry.public) == (uid, "CONFIRMED", True)
    assert "Tides" in description(event)


def test_deleted_evening_stays_as_cancelled(event, commit):
    uid = entry_of(event).uid
    with commit():
        EventPage.objects.get(pk=event.pk).delete()
    entry = CalendarEntry.objects.get()
    assert (entry.uid, entry.event, entry.status) == (uid, None, "CANCELLED")
    assert [slot.status for slot in SlotEntry.objects.all()] == ["CANCELLED"]


def test_deleted_draft_leaves_nothing(commit):
    event = make_event(live=False)
    with commit():
        event.delete()
    assert CalendarEntry.objects.count() == 0


# The running order


def test_deleted_talk_leaves_the_running_order(event, commit):
    before = sequence(event)
    with commit():
        TalkPage.objects.get(title="Tides").delete()
    assert sequence(event) == before + 1
    assert "Tides" not in description(event)
    assert [slot.status for slot in SlotEntry.objects.all()] == ["CANCELLED"]


def test_withdrawn_talk_leaves_the_running_order(event, commit):
    with commit():
        withdraw_talk(talk=TalkPage.objects.get(title="Tides"))
    assert "Tides" not in description(event)
    assert [slot.status for slot in SlotEntry.objects.all()] == ["CANCELLED"]


def test_slot_that_is_added_is_there(event, commit):
    with commit():
        make_talk(event=event, title="Bins")
    assert "6.21pm Bins" in description(event)


def test_draft_slot_is_to_be_announced(event, commit):
    with commit():
        add_slot(event=event)
        publish(event)
    assert "6.21pm To be announced" in description(event)


def test_reordered_talks_change_their_times(event, commit):
    with commit():
        bins = make_talk(event=event, title="Bins", speakers=[make_speaker("Bo Ek")])
    before = sequence(event)
    with commit():
        bins.move(TalkPage.objects.get(title="Tides"), pos="left")
    assert sequence(event) == before + 1
    assert "6.05pm Bins: Bo Ek\n6.21pm Tides" in description(event)
    slots = {slot.speaker.name: told(slot)["DTSTART"].to_ical() for slot in SlotEntry.objects.all()}
    assert slots == {"Bo Ek": b"20251126T180500", "Ada Vale": b"20251126T182100"}


def test_talk_moved_to_another_evening_changes_both(event, commit):
    with commit():
        other = make_event(number=8, starts_at=START + dt.timedelta(days=28))
    uid = SlotEntry.objects.get().uid
    talk = TalkPage.objects.get(title="Tides")
    with commit():
        talk.move(other, pos="last-child")
    assert ("Tides" in description(event), "Tides" in description(other)) == (False, True)
    slot = SlotEntry.objects.get()
    assert (slot.uid, slot.event_id, slot.number, slot.status) == (uid, other.pk, 8, "CONFIRMED")
    assert told(slot)["DTSTART"].to_ical() == b"20251224T180500"


def test_speaker_who_leaves_a_talk_is_told_and_the_other_is_not(event, commit):
    ada, bo = make_speaker("Ada North"), make_speaker("Bo South")
    with commit():
        talk = make_talk(event=event, title="Bins", speakers=[ada, bo])
    kept = SlotEntry.objects.get(speaker=ada).vevent
    with commit():
        publish(talk, talk_speakers=[row for row in talk.talk_speakers.all() if row.speaker_id == ada.pk])
    assert SlotEntry.objects.get(speaker=ada).vevent == kept
    assert shown(SlotEntry.objects.get(speaker=bo), "STATUS") == ["CANCELLED"]


# What it shares with others


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
    topic = Topic.objects.create(name="Water")
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
