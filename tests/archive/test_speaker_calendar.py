"""A speaker's own slots as a calendar."""

import datetime as dt

import pytest

from events.entries import refresh_calendar
from events.models import SeriesPage
from pages.cache import bump
from speakers.actions import merge_speakers
from tests.events.calendars import in_feed, summaries
from tests.factories import START, make_event, make_series, make_speaker, make_talk
from tests.reading import lines, read

pytestmark = pytest.mark.django_db
FEED = "/speakers/ada-vale/calendar.ics"


@pytest.fixture(autouse=True)
def empty_cache():
    bump()


@pytest.fixture
def ada():
    return make_speaker("Ada Vale")


def speak(*speakers, number=7, **fields):
    event = make_event(number=number, **{"starts_at": START, **fields})
    make_talk(event=event, title="The first one")
    make_talk(event=event, title=f"Tides {number}", speakers=list(speakers))
    refresh_calendar(event.pk, at=START - dt.timedelta(days=9))
    return event


def test_speaker_has_their_own_slots_and_no_others(client, ada):
    speak(ada, make_speaker("Bo Ek"))
    speak(make_speaker("Cy Low"), number=8)
    (slot,) = in_feed(client, FEED)
    assert [str(slot[name]) for name in ("SUMMARY", "STATUS", "URL")] == [
        "Tides 7 (Data Bites 7)",
        "CONFIRMED",
        "http://127.0.0.1:8000/data-bites/7/tides-7/",
    ]
    assert (slot["DTSTART"].to_ical(), slot["DTEND"].to_ical()) == (b"20251126T182100", b"20251126T183700")
    assert summaries(client, "/speakers/bo-ek/calendar.ics") == ["Tides 7 (Data Bites 7)"]


def test_each_speaker_of_a_talk_has_an_entry_of_their_own(client, ada):
    speak(ada, make_speaker("Bo Ek"))
    uids = {str(in_feed(client, f"/speakers/{slug}/calendar.ics")[0]["UID"]) for slug in ("ada-vale", "bo-ek")}
    assert len(uids) == 2


def test_slots_of_several_series_come_with_their_zones(client, ada):
    speak(ada)
    abroad = make_series(title="Data Sips", slug="data-sips", time_zone="America/New_York")
    speak(ada, number=8, series=abroad, starts_at=START + dt.timedelta(days=9))
    text = client.get(FEED).content.decode()
    assert text.count("BEGIN:VTIMEZONE") == text.count("BEGIN:VEVENT") == 2


def test_called_off_evening_calls_the_slot_off(client, ada):
    speak(ada, status="cancelled")
    (slot,) = in_feed(client, FEED)
    assert (str(slot["SUMMARY"]), str(slot["STATUS"])) == ("Cancelled: Tides 7 (Data Bites 7)", "CANCELLED")


def test_slot_that_is_no_longer_public_is_cancelled_without_its_words(client, ada):
    event = speak(ada)
    event.unpublish()
    refresh_calendar(event.pk)
    (slot,) = in_feed(client, FEED)
    assert (str(slot["SUMMARY"]), str(slot["STATUS"])) == ("Cancelled: your slot at Data Bites 7", "CANCELLED")


def test_poll_without_news_is_304_without_a_query(client, ada, django_assert_num_queries):
    speak(ada)
    etag = client.get(FEED)["ETag"]
    with django_assert_num_queries(0):
        assert client.get(FEED, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("address", [FEED, "/speakers/ada-vale/calendar/"])
def test_who_has_no_announced_slot_has_no_calendar(client, ada, address):
    assert client.get(address).status_code == 404
    event = make_event()
    make_talk(event=event, speakers=[ada], live=False)
    refresh_calendar(event.pk)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [FEED, "/speakers/ada-vale/calendar/"])
def test_who_is_not_public_has_no_calendar(client, ada, address):
    speak(ada)
    assert client.get(address).status_code == 200
    ada.live = False
    ada.save()
    bump()
    assert client.get(address).status_code == 404


def test_unpublished_series_takes_its_slots_out_of_calendars(client, ada):
    speak(ada)
    SeriesPage.objects.get().unpublish()
    assert client.get(FEED).status_code == 404


@pytest.mark.parametrize(("end", "where"), [("calendar.ics", "calendar.ics"), ("calendar/", "")])
def test_merged_speaker_leads_to_the_kept_one(client, ada, end, where):
    event = speak(ada)
    merge_speakers(kept=make_speaker("Ada North"), merged=ada)
    refresh_calendar(event.pk)
    response = client.get(f"/speakers/ada-vale/{end}", follow=True)
    assert response.redirect_chain[-1][0] == f"/speakers/ada-north/{where}"
    assert summaries(client, "/speakers/ada-north/calendar.ics") == ["Tides 7 (Data Bites 7)"]


def test_page_offers_the_calendar(client, ada):
    speak(ada)
    page = read(client, "/speakers/ada-vale/calendar/")
    assert lines(page, "h1") == ["Talks by Ada Vale in your calendar"]
    assert page.select_one("input[readonly]")["value"] == f"http://127.0.0.1:8000{FEED}"


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_whatever_its_length(client, ada, django_assert_num_queries, count):
    for number in range(count):
        speak(ada, number=number + 1)
    with django_assert_num_queries(4):
        client.get(FEED)
