"""Calendars over HTTP: which evenings, for whom, and what a poll that brings nothing new costs."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.utils.http import http_date, parse_http_date

from events.actions import renumber_evening
from events.entries import refresh_calendar
from events.models import CalendarEntry, EventPage, SeriesPage, TalkPage
from pages.cache import bump
from tests.events.calendars import entry_of, in_feed, summaries
from tests.factories import START, make_event, make_host, make_series, make_speaker, make_talk, make_topic, publish
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
FEED = "/data-bites/calendar.ics"


def told(event, *, at=START - dt.timedelta(days=9)):
    refresh_calendar(event.pk, at=at)
    return event


@pytest.fixture
@remembered
def evenings():
    """Two evenings: the later one about water, at a host."""
    host = make_host("Harbour House")
    first = told(make_event(number=6, title="Maps", starts_at=START - dt.timedelta(days=28)))
    second = make_event(number=7, title="Rivers", host=host)
    make_talk(event=second, title="Tides", topics=[make_topic(name="Water")])
    return [first, told(second)]


# Which evenings


def test_feed_has_every_evening_past_ones_too_in_order(client, evenings):
    assert summaries(client, FEED) == ["Data Bites 6: Maps", "Data Bites 7: Rivers"]
    response = client.get(FEED)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "METHOD" not in response.content.decode()


def test_feed_of_a_series_without_evenings_is_an_empty_calendar(client):
    make_series()
    assert in_feed(client, FEED) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("host=harbour-house", ["Data Bites 7: Rivers"]),
        ("topic=water", ["Data Bites 7: Rivers"]),
        ("host=harbour-house&topic=water", ["Data Bites 7: Rivers"]),
        ("host=the-mill&topic=water", []),
        ("host=&topic=", ["Data Bites 6: Maps", "Data Bites 7: Rivers"]),
        ("utm_source=mail", ["Data Bites 6: Maps", "Data Bites 7: Rivers"]),
    ],
)
def test_feed_is_chosen_by_host_and_topic(client, evenings, query, expected):
    told(make_event(number=5, title="Bins", host=make_host("The Mill"), starts_at=START - dt.timedelta(days=56)))
    found = [title for title in summaries(client, f"{FEED}?{query}") if "Bins" not in title]
    assert found == expected


def test_chosen_feed_says_what_it_is(client, evenings):
    text = client.get(f"{FEED}?topic=water&host=harbour-house").content.decode().replace("\r\n ", "")
    assert "\r\nNAME:Data Bites at Harbour House about Water\r\n" in text
    source = "http://127.0.0.1:8000/data-bites/calendar.ics?host=harbour-house&topic=water"
    assert f"\r\nSOURCE;VALUE=URI:{source}\r\n" in text


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/calendar.ics",
        "/data-bites/99/event.ics",
        "/data-bites/0/event.ics",
        "/data-bites/007/event.ics",
        f"/data-bites/{'9' * 40}/event.ics",
        f"{FEED}?host=nobody",
        f"{FEED}?topic=nothing",
        f"{FEED}?host=unannounced",
        f"{FEED}?topic=unannounced",
        f"{FEED}?host=%00%27",
        f"{FEED}?host={'x' * 3000}",
    ],
)
def test_what_is_not_there_is_not_found(client, evenings, address):
    make_host("Unannounced")
    make_topic(name="Unannounced")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [FEED, "/data-bites/7/event.ics", "/data-bites/7/badge.png"])
def test_unpublished_series_has_no_calendar(client, evenings, address):
    assert client.get(address).status_code == 200
    SeriesPage.objects.get().unpublish()
    bump()
    assert client.get(address).status_code == 404


def test_evening_that_was_never_public_is_in_no_feed(client):
    told(make_event(number=7, live=False, title="canary"))
    assert client.get("/data-bites/7/event.ics").status_code == 404
    assert "canary" not in client.get(FEED).content.decode()


@pytest.mark.parametrize("how", ["unpublished", "deleted"])
def test_evening_that_was_announced_and_is_gone_stays_as_cancelled(client, evenings, how):
    page = EventPage.objects.get(pk=evenings[1].pk)
    page.unpublish() if how == "unpublished" else page.delete()
    told(page)
    for address in (FEED, f"{FEED}?host=harbour-house", f"{FEED}?topic=water", "/data-bites/7/event.ics"):
        event = in_feed(client, address)[-1]
        assert (str(event["SUMMARY"]), str(event["STATUS"])) == ("Cancelled: Data Bites 7", "CANCELLED")
        assert event["SEQUENCE"] == 1
    assert "Rivers" not in client.get(FEED).content.decode()


def test_number_that_was_deleted_and_given_again_is_the_new_evening(client, evenings):
    EventPage.objects.get(pk=evenings[1].pk).delete()
    told(evenings[1])
    told(make_event(number=7, title="Harbours"))
    assert summaries(client, "/data-bites/7/event.ics") == ["Data Bites 7: Harbours"]
    assert summaries(client, FEED)[1:] == ["Cancelled: Data Bites 7", "Data Bites 7: Harbours"]


def test_event_file_is_one_evening_with_a_name_of_its_own(client, evenings):
    response = client.get("/data-bites/7/event.ics")
    assert summaries(client, "/data-bites/7/event.ics") == ["Data Bites 7: Rivers"]
    assert response["Content-Disposition"] == 'inline; filename="data-bites-7.ics"'


def test_feed_has_the_zone_of_each_entry(client, evenings):
    SeriesPage.objects.update(time_zone="America/New_York")
    refresh_calendar(evenings[1].pk)
    text = client.get(FEED).content.decode()
    assert ("TZID:America/New_York" in text, "TZID:Europe/London" in text) == (True, True)


# What was renamed


def test_renamed_series_takes_its_subscribers_along(client, evenings, commit):
    with commit():
        publish(SeriesPage.objects.get(), slug="data-sips")
    response = client.get(f"{FEED}?host=harbour-house")
    assert (response.status_code, response["Location"]) == (301, "/data-sips/calendar.ics?host=harbour-house")
    response = client.get("/data-bites/7/event.ics")
    assert (response.status_code, response["Location"]) == (301, "/data-sips/7/event.ics")


def test_renumbered_evening_is_found_at_its_old_address(client, evenings, commit):
    with commit():
        renumber_evening(event=evenings[1], number=8)
    response = client.get("/data-bites/7/event.ics")
    assert (response.status_code, response["Location"]) == (301, "/data-bites/8/event.ics")


# Asking again


def test_poll_without_news_is_304_without_a_query(client, evenings, django_assert_num_queries):
    response = client.get(FEED)
    etag = response["ETag"]
    assert etag.startswith('"')
    with django_assert_num_queries(0):
        again = client.get(FEED, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Last-Modified"] == response["Last-Modified"]


def test_poll_by_date_is_304_until_something_changes(client, evenings):
    since = {"if-modified-since": client.get(FEED)["Last-Modified"]}
    assert client.get(FEED, headers=since).status_code == 304
    publish(evenings[0], title="Maps and plans")
    told(evenings[0], at=START)
    response = client.get(FEED, headers=since)
    assert (response.status_code, response["Last-Modified"]) == (200, http_date(START.timestamp()))


@pytest.mark.parametrize("etag", ['"another"', 'W/"another"', "*"])
def test_etag_of_another_state_brings_the_body(client, evenings, etag):
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == (304 if etag == "*" else 200)


def test_head_has_the_same_headers_and_no_body(client, evenings):
    got, head = client.get(FEED), client.head(FEED)
    assert (head.status_code, head.content) == (200, b"")
    assert [head[name] for name in ("ETag", "Last-Modified")] == [got[name] for name in ("ETag", "Last-Modified")]


@pytest.mark.parametrize("address", [FEED, "/data-bites/7/event.ics", "/data-bites/calendar/"])
def test_calendar_can_only_be_read(client, evenings, address):
    assert [client.post(address).status_code, client.put(address).status_code] == [405, 405]


def test_same_state_is_the_same_bytes_and_no_cookie(client, evenings):
    first = client.get(FEED)
    cache.clear()
    with time_machine.travel(START + dt.timedelta(days=400), tick=False):
        later = client.get(FEED)
    assert (later.content, later["ETag"]) == (first.content, first["ETag"])
    assert dict(later.cookies) == {}


@pytest.mark.parametrize("query", ["", "?host=harbour-house", "?topic=water"])
def test_every_change_of_a_feed_changes_its_etag_and_date(client, evenings, query):
    """Joining, changing, leaving and coming back: no two states have one ETag, and dates never go back."""
    states = []

    def look(at):
        bump()
        told(evenings[1], at=at)
        response = client.get(FEED + query)
        states.append((response["Last-Modified"], response["ETag"], response.content))

    talk = TalkPage.objects.get(title="Tides")
    other = make_event(number=5, host=evenings[1].host, starts_at=START - dt.timedelta(days=56))
    make_talk(event=other, topics=talk.topics.all())
    told(other)
    host, topics = evenings[1].host, list(talk.topics.all())
    day = dt.timedelta(days=1)
    look(START - 8 * day)
    publish(evenings[1], host=None)
    publish(talk, topics=[])
    look(START - 7 * day)
    publish(evenings[1], host=host)
    publish(talk, topics=topics)
    look(START - 6 * day)
    publish(evenings[1], title="Rivers again")
    look(START - 5 * day)
    assert len({etag for _, etag, _ in states}) == len({body for _, _, body in states}) == 4
    dates = [parse_http_date(date) for date, _, _ in states]
    assert dates == sorted(dates)


def test_name_of_the_series_is_news(client, evenings):
    etag = client.get(FEED)["ETag"]
    SeriesPage.objects.update(strapline="Something else.")
    bump()
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 200


def test_refresh_is_seen_at_once(client, evenings):
    etag = client.get(FEED)["ETag"]
    EventPage.objects.filter(pk=evenings[0].pk).update(status="cancelled")
    told(evenings[0])
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_feed_costs_the_same_whatever_its_length(client, django_assert_num_queries, count):
    for _ in range(count):
        event = make_event()
        make_talk(event=event, speakers=[make_speaker()])
        told(event)
    with django_assert_num_queries(3):
        client.get(FEED)


# The badge


def test_badge_is_the_number_in_eight_bits(client, evenings):
    from io import BytesIO

    from PIL import Image

    response = client.get("/data-bites/7/badge.png")
    picture = Image.open(BytesIO(response.content))
    bits = [picture.getpixel((30 + 64 * (place % 4), 30 + 64 * (place // 4))) for place in range(8)]
    assert [bit == (15, 81, 50) for bit in bits] == [digit == "1" for digit in "00000111"]
    assert (response["Content-Type"], picture.size) == ("image/png", (264, 136))


def test_badge_of_no_evening_is_not_found(client, evenings):
    make_event(number=8, live=False)
    assert [client.get(f"/data-bites/{number}/badge.png").status_code for number in (8, 99)] == [404, 404]


def test_entry_is_no_use_of_its_evening(evenings):
    from wagtail.models import ReferenceIndex

    assert entry_of(evenings[1]).host is not None
    used = ReferenceIndex.get_references_to(evenings[1])
    assert [row for row in used if row.base_content_type.model_class() is CalendarEntry] == []
