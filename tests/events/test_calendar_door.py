"""Whatever changes an evening in public changes its entry in calendars, whichever way it was done."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from events.actions import add_slot, publish_programme, withdraw_talk
from events.models import CalendarEntry, EventPage, SlotEntry, TalkPage
from pages.scheduler import run_once
from tests.admin import edit, sign_in
from tests.events.calendars import SOON, description, entry_of, make_evening_in_calendars, sequence, shown, told
from tests.factories import (
    START,
    make_event,
    make_speaker,
    make_talk,
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
