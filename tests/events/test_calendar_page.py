"""The page to subscribe from, and the ways to it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from events.entries import refresh_calendar
from pages.models import HomePage, StandardPage
from tests.factories import make_event, make_host, make_series, make_speaker, make_talk, make_topic
from tests.reading import lines, read, whole
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
PAGE = "/data-bites/calendar/"


@pytest.fixture
@remembered
def series():
    return make_series()


@pytest.fixture
def evening(series):
    event = make_event(series=series, number=7, host=make_host("Harbour House"))
    make_talk(event=event, topics=[make_topic(name="Water")], speakers=[make_speaker("Ada Vale")])
    refresh_calendar(event.pk)
    return event


def addresses(page):
    return [link["href"] for link in page.select(".ways a")]


def test_page_offers_the_feed_to_every_kind_of_program(client, series):
    page = read(client, PAGE)
    feed = "http://127.0.0.1:8000/data-bites/calendar.ics"
    webcal, google, outlook, work, https = addresses(page)
    assert (https, page.select_one("input[readonly]")["value"]) == (feed, feed)
    assert webcal == "webcal://127.0.0.1:8000/data-bites/calendar.ics"
    assert parse_qs(urlsplit(google).query) == {"cid": [webcal]}
    assert [urlsplit(url).hostname for url in (google, outlook, work)] == [
        "calendar.google.com",
        "outlook.live.com",
        "outlook.office.com",
    ]
    for url in (outlook, work):
        assert parse_qs(urlsplit(url).query) == {"url": [feed], "name": ["Data Bites"]}


def test_page_says_how_slow_each_is(client, series):
    told = lines(read(client, PAGE), ".ways .fine")
    assert ["hourly" in told[0], "once a day" in told[1], "more than a day" in told[2], "each hour" in told[3]] == [
        True
    ] * 4


def test_page_offers_some_of_the_evenings(client, evening):
    page = read(client, f"{PAGE}?topic=water")
    feed = "http://127.0.0.1:8000/data-bites/calendar.ics?topic=water"
    assert lines(page, "h1") == ["Data Bites about Water in your calendar"]
    assert page.select_one("input[readonly]")["value"] == feed
    assert parse_qs(urlsplit(addresses(page)[2]).query)["url"] == [feed]
    assert lines(page, "option[selected]") == ["Water"]


def test_page_says_what_it_did_not_understand(client, evening):
    page = read(client, f"{PAGE}?topic=%3Cb%3E&host=nobody")
    assert lines(page, ".note") == [
        "We don’t know the host “nobody”, so we left it out.",
        "We don’t know the topic “<b>”, so we left it out.",
    ]
    assert page.select_one("input[readonly]")["value"].endswith("/data-bites/calendar.ics")


def test_page_of_no_series_is_not_found(client, series):
    series.unpublish()
    assert [client.get(address).status_code for address in (PAGE, "/nothing/calendar/")] == [404, 404]


def test_page_of_text_may_be_called_calendar(client):
    about = HomePage.objects.get().add_child(instance=StandardPage(title="About", slug="about"))
    about.add_child(instance=StandardPage(title="The school year", slug="calendar"))
    assert lines(read(client, "/about/calendar/"), "h1") == ["The school year"]


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_there_is_to_choose(client, series, django_assert_num_queries, count):
    for _ in range(count):
        event = make_event(series=series, host=make_host())
        make_talk(event=event, topics=[make_topic(name=f"Topic {event.number}")])
        refresh_calendar(event.pk)
    client.get(PAGE)
    cache.clear()
    with django_assert_num_queries(9):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/", "/data-bites/calendar.ics"),
        ("/data-bites/", "/data-bites/calendar.ics"),
        ("/data-bites/7/", "/data-bites/7/event.ics"),
        ("/speakers/ada-vale/", "/speakers/ada-vale/calendar.ics"),
        (PAGE, "http://127.0.0.1:8000/data-bites/calendar.ics"),
    ],
)
def test_pages_name_their_calendar_for_programs(client, evening, address, feed):
    found = whole(client.get(address).content).select('link[rel=alternate][type="text/calendar"]')
    assert [link["href"] for link in found] == [feed]
    assert client.get(feed).status_code == 200


@pytest.mark.parametrize(
    ("address", "calendar"),
    [
        ("/", PAGE),
        ("/data-bites/", PAGE),
        ("/data-bites/?host=harbour-house", f"{PAGE}?host=harbour-house"),
        ("/hosts/harbour-house/", f"{PAGE}?host=harbour-house"),
        ("/speakers/ada-vale/", "/speakers/ada-vale/calendar/"),
    ],
)
def test_pages_lead_to_their_calendar(client, evening, address, calendar):
    found = [link["href"] for link in read(client, address).select("a") if "calendar" in link.get_text()]
    assert found == [calendar]
    assert client.get(calendar).status_code == 200


def test_evening_to_come_can_be_added(client, series):
    import datetime as dt

    from django.utils import timezone

    make_event(series=series, number=8, starts_at=timezone.now() + dt.timedelta(days=9))
    found = read(client, "/data-bites/8/").select("a")
    assert [link["href"] for link in found if "calendar" in link["href"] or "event.ics" in link["href"]] == [
        "/data-bites/8/event.ics",
        PAGE,
    ]


def test_evening_that_is_over_or_called_off_is_not_offered(client, evening):
    assert "event.ics" not in str(read(client, "/data-bites/7/"))
