"""An evening's page: what a reader needs before it, and what was said after it."""

import datetime as dt

import pytest
import time_machine

from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_venue,
    publish,
)
from tests.reading import facts, lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
BEFORE = START - dt.timedelta(days=20)
AFTER = START + dt.timedelta(days=20)
EVENING = "/data-bites/7/"


@pytest.fixture
def before():
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def after():
    with time_machine.travel(AFTER, tick=False):
        yield


# Before


@pytest.mark.usefixtures("before")
def test_evening_to_come_says_when_and_where_and_how_to_get_in(client):
    venue = make_venue(
        address="4 Tanner’s Row\nLondon", finding_it="The door with the bird.", access="Step-free. Hearing loop."
    )
    chair = make_speaker("Cy Chair")
    make_event(
        number=7,
        title="Health data",
        standfirst="Four talks about health.",
        venue=venue,
        chair=chair,
        booking_url="https://booking.example.org/7",
        online_url="https://live.example.org/7",
        ends_at=START + dt.timedelta(minutes=90),
    )
    page = read(client, EVENING)
    assert lines(page, "h1") == ["Health data"]
    assert lines(page, ".lede") == ["Four talks about health."]
    assert lines(page, ".when") == ["Wednesday 26 November 2025, 6pm to 7.30pm"]
    assert page.select_one(".when time")["datetime"] == "2025-11-26T18:00:00+00:00"
    assert [(a.get_text(strip=True), a["href"]) for a in page.select(".button")] == [
        ("Book a place", "https://booking.example.org/7"),
        ("Watch online", "https://live.example.org/7"),
    ]
    assert facts(page) == {
        "Where": "The Old Sorting Office 4 Tanner’s RowLondon",
        "The door": "The door with the bird.",
        "Access": "Step-free. Hearing loop.",
        "Chair": "Cy Chair",
    }


@pytest.mark.usefixtures("before")
def test_end_that_was_worked_out_is_told_as_a_guess(client):
    make_event(number=7, slots=4)
    assert lines(read(client, EVENING), ".when") == ["Wednesday 26 November 2025, 6pm to about 7.10pm"]


@pytest.mark.usefixtures("before")
def test_clock_times_count_every_slot_and_drafts_say_nothing(client):
    event = make_event(number=7)
    make_talk(event=event, title="Tides", speakers=[make_speaker("Ada")], organisation=make_organisation("Board"))
    make_talk(event=event, title="A secret", live=False, speakers=[make_speaker("Bo")])
    make_talk(event=event, title="Mud", speakers=[make_speaker("Cy"), make_speaker("Di")])
    page = read(client, EVENING)
    assert lines(page, ".order li") == ["6.05pm Tides Ada (Board)", "6.21pm To be announced", "6.37pm Mud Cy and Di"]
    assert [a["href"] for a in page.select(".order a")] == ["/data-bites/7/tides/", "/data-bites/7/mud/"]


@pytest.mark.usefixtures("before")
def test_clock_times_are_the_room_s_in_summer_too(client):
    event = make_event(number=7, starts_at=dt.datetime(2026, 7, 1, 17, 0, tzinfo=dt.UTC))
    make_talk(event=event, title="Tides")
    page = read(client, EVENING)
    assert lines(page, ".when time") == ["Wednesday 1 July 2026, 6pm to about 7.10pm"]
    assert lines(page, ".order time") == ["6.05pm"]


@pytest.mark.usefixtures("before")
def test_talk_that_goes_frees_its_slot_and_is_named_apart(client):
    event = make_event(number=7)
    gone = make_talk(event=event, title="Passwords", speakers=[make_speaker("Bo")])
    make_talk(event=event, title="Mud")
    publish(gone, state="withdrawn")
    page = read(client, EVENING)
    assert lines(page, ".order li") == ["6.05pm Mud"]
    assert lines(page, "[aria-labelledby=gone] li") == ["Passwords Withdrawn Bo"]


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("confirmed", []),
        ("tentative", ["The date is not certain yet."]),
        ("cancelled", ["This evening is cancelled."]),
        ("postponed", ["This evening is postponed. We will give the new date here."]),
    ],
)
def test_status_is_said_in_words(client, status, words):
    make_event(number=7, status=status)
    assert lines(read(client, EVENING), ".note") == words


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_evening_called_off_can_t_be_booked_and_shows_what_was_planned(client, status):
    event = make_event(number=7, status=status, booking_url="https://booking.example.org", slots=2)
    make_talk(event=event, title="Tides")
    page = read(client, EVENING)
    assert page.select(".button") == []
    assert lines(page, "h2") == ["What was planned"]
    assert lines(page, ".order h3") == ["Tides"]
    assert page.select(".order time") == []


@pytest.mark.usefixtures("before")
def test_evening_without_a_place_says_so(client):
    make_event(number=7)
    assert "The place is not known yet." in lines(read(client, EVENING), "header p")


@pytest.mark.usefixtures("before")
def test_answers_given_early_stay_on_their_talk_s_page(client):
    talk = make_talk(event=make_event(number=7), title="Tides")
    give(talk, {"summary": "High water at noon."})
    assert "High water" not in read(client, EVENING).get_text()
    assert lines(read(client, talk.url), ".answers .prose") == ["High water at noon."]


# Which evening it is


@pytest.mark.usefixtures("after")
def test_count_by_host_is_said_in_words_with_links(client):
    first, second = make_host("Quayside Institute"), make_host("Harbour House")
    series = make_series(spells=[(first, 1, 49), (second, 50, None)])
    make_event(series=series, number=60, host=second)
    page = read(client, "/data-bites/60/")
    assert facts(page)["Host"] == "The 60th Data Bites, the eleventh at Harbour House, after 49 at Quayside Institute"
    assert [a["href"] for a in page.select(".facts dd a")] == ["/hosts/harbour-house/", "/hosts/quayside-institute/"]


@pytest.mark.usefixtures("after")
def test_count_by_host_is_left_out_where_no_spell_holds_the_number(client):
    make_event(number=7, host=make_host("Harbour House"))
    assert facts(read(client, EVENING))["Host"] == "Harbour House"
