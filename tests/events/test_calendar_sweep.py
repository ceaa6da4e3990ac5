"""What a crash between a commit and a refresh left behind, and what changes by the clock alone."""

import datetime as dt

import pytest
import time_machine

from events import entries
from events.entries import refresh_calendar, sweep
from events.models import CalendarEntry, EventPage, Recording, SeriesPage, SlotEntry
from pages.scheduler import JOBS
from tests.events.calendars import entry_of, shown
from tests.factories import START, make_event, make_series, make_speaker, make_talk, make_venue, publish

pytestmark = pytest.mark.django_db
BEFORE = START - dt.timedelta(days=9)
AFTER = START + dt.timedelta(days=9)


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock


@pytest.fixture
def event(clock):
    event = make_event(number=7, venue=make_venue())
    make_talk(event=event, title="Tides", speakers=[make_speaker("Ada Vale")])
    return event


def test_worker_sweeps():
    assert sweep in JOBS


def test_sweep_tells_what_was_never_told(event):
    assert sweep() == 1
    assert shown(entry_of(event), "STATUS") == ["CONFIRMED"]
    assert SlotEntry.objects.count() == 1


def test_second_sweep_writes_nothing(event):
    sweep()
    before = entry_of(event).vevent
    assert sweep() == 0
    assert entry_of(event).vevent == before


def test_sweep_sees_a_change_that_nobody_told(event):
    sweep()
    EventPage.objects.filter(pk=event.pk).update(status="cancelled")
    assert sweep() == 1
    assert shown(entry_of(event), "STATUS") == ["CANCELLED"]


def test_sweep_sees_that_a_past_evening_was_published_lately(event, clock):
    sweep()
    clock.move_to(AFTER)
    sweep()
    publish(event, standfirst="What was said about water.")
    assert sweep() == 1
    assert "What was said about water." in entry_of(event).vevent


@pytest.mark.parametrize("how", ["unpublished", "deleted"])
def test_sweep_sees_what_is_gone(event, how):
    sweep()
    page = EventPage.objects.get(pk=event.pk)
    page.unpublish() if how == "unpublished" else page.delete()
    assert sweep() == 1
    assert [entry.status for entry in CalendarEntry.objects.all()] == ["CANCELLED"]
    assert [entry.status for entry in SlotEntry.objects.all()] == ["CANCELLED"]
    assert sweep() == 0


def test_entry_becomes_the_write_up_when_the_evening_is_over(event, clock):
    Recording.objects.create(event=event, url="https://video.example.org/7", sort_order=0)
    sweep()
    assert "Running order" in entry_of(event).vevent
    clock.move_to(event.over_at - dt.timedelta(seconds=1))
    assert sweep() == 0
    clock.move_to(event.over_at)
    assert sweep() == 1
    entry = entry_of(event)
    assert shown(entry, "DESCRIPTION") == [
        "Watch: https://video.example.org/7\nThe evening: http://127.0.0.1:8000/data-bites/7/\n\nTides: Ada Vale"
    ]
    assert (entry.sequence, entry.due_at) == (1, None)


def test_write_up_is_named_where_there_is_one(event, clock):
    clock.move_to(AFTER)
    publish(event, written_up_on=AFTER.date())
    refresh_calendar(event.pk)
    assert "Read the write-up: http://127.0.0.1:8000/data-bites/7/" in shown(entry_of(event), "DESCRIPTION")[0]


def test_evening_that_was_called_off_does_not_become_a_write_up(event, clock):
    publish(event, status="cancelled")
    sweep()
    before = entry_of(event).vevent
    clock.move_to(AFTER)
    sweep()
    assert entry_of(event).vevent == before


def test_every_entry_has_its_turn_within_a_day(event, clock):
    clock.move_to(AFTER)
    sweep()
    clock.shift(dt.timedelta(hours=2))
    EventPage.objects.filter(pk=event.pk).update(standfirst="Mended by hand.")
    turn = (entry_of(event).pk - int(clock_seconds()) // 60) % entries.ROUNDS
    clock.shift(dt.timedelta(minutes=(turn - 1) % entries.ROUNDS))
    assert sweep() == 0
    clock.shift(dt.timedelta(minutes=1))
    assert sweep() == 1


def clock_seconds():
    return dt.datetime.now(tz=dt.UTC).timestamp()


def test_evening_that_cannot_be_told_stops_no_other(event, caplog):
    other = make_event(number=8)
    # A zone that a newer system no longer knows.
    broken = make_series(title="Data Sips", slug="data-sips")
    SeriesPage.objects.filter(pk=broken.pk).update(time_zone="Mars/Olympus")
    EventPage.objects.filter(pk=event.pk).update(series=broken)
    assert sweep() == 1
    assert shown(entry_of(other), "STATUS") == ["CONFIRMED"]
    assert f"evening {event.pk} could not be made" in caplog.text


def test_changed_venue_is_for_the_sweep_where_it_has_too_many_evenings(event, monkeypatch, commit):
    other = make_event(number=8, venue=event.venue, starts_at=START + dt.timedelta(days=28))
    sweep()
    monkeypatch.setattr(entries, "AT_ONCE", 1)
    event.venue.name = "The New Hall"
    with commit():
        event.venue.save()
    assert ["The New Hall" in entry_of(told).vevent for told in (event, other)] == [False, True]
    sweep()
    assert "The New Hall" in entry_of(event).vevent
    assert entry_of(event).due_at == event.over_at


def test_sweep_costs_the_same_whatever_the_past_holds(clock, django_assert_num_queries):
    past = BEFORE - dt.timedelta(days=90)
    # Minutes since 1970 that no entry's key is as many rounds away from.
    quiet = dt.datetime.fromtimestamp(
        (int(BEFORE.timestamp()) // 60 // entries.ROUNDS * entries.ROUNDS - 1) * 60, dt.UTC
    )
    for count in (1, 3):
        with time_machine.travel(past - dt.timedelta(days=9), tick=False):
            events = [make_event(starts_at=past) for _ in range(count)]
        for event in events:
            refresh_calendar(event.pk, at=BEFORE)
        with django_assert_num_queries(8):
            sweep(at=quiet)
