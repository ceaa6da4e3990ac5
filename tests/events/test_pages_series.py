"""The series' page: what is to come, and every evening that was, by year and host."""

import datetime as dt

import pytest
import time_machine

from events import listing
from events.models import SeriesPage
from tests.factories import START, make_event, make_host, make_series, make_talk, make_venue
from tests.reading import lines, read, whole
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
NOW = START + dt.timedelta(days=20)
YEAR = dt.timedelta(days=365)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
@remembered
def archive():
    """Evenings of three years at two hosts; the third to come."""
    quay, harbour = make_host("Quayside Institute"), make_host("Harbour House")
    series = make_series(strapline="Eight minutes each.", newcomers="<p>Never been?</p>")
    make_event(series=series, number=58, title="Mud", starts_at=START - 2 * YEAR, host=quay)
    make_event(series=series, number=59, title="Sand", starts_at=START - YEAR, host=harbour)
    event = make_event(series=series, number=60, title="Tides", starts_at=START, host=harbour)
    make_talk(event=event, title="Water")
    make_talk(event=event, title="Fire", state="withdrawn")
    make_event(series=series, number=61, title="To come", starts_at=NOW + dt.timedelta(days=30), host=harbour)
    make_event(series=series, number=62, title="A draft", starts_at=START, host=quay, live=False)
    return SeriesPage.objects.get()


def numbers(page):
    return lines(page, ".tiles b")


def test_series_page_says_what_it_is_and_counts(client, archive):
    page = read(client, archive.url)
    assert lines(page, "h1, .lede, .prose") == ["Data Bites", "Eight minutes each.", "Never been?"]
    assert lines(page, "#evenings") == ["Three evenings"]
    assert lines(page, "#evenings + .soft") == ["One talk so far"]
    assert numbers(page) == ["60", "59", "58"]


def test_evenings_to_come_are_on_top_soonest_first_with_their_state(client, archive):
    make_event(number=63, title="Maybe", starts_at=NOW + dt.timedelta(days=60), status="tentative", venue=make_venue())
    make_event(number=64, title="Never", starts_at=NOW + dt.timedelta(days=90), status="cancelled")
    page = read(client, archive.url)
    assert lines(page, ".coming h3") == ["To come", "Maybe", "Never"]
    assert lines(page, ".coming .number") == ["61", "63", "64"]
    assert lines(page, ".coming time")[0] == "Thursday 15 January 2026, 6pm to about 7.10pm"
    assert lines(page, ".coming .note") == ["The date is not certain yet.", "This evening is cancelled."]


@pytest.mark.parametrize(
    ("query", "found", "heading"),
    [
        ("year=2025", ["60"], "One evening in 2025"),
        ("host=harbour-house", ["60", "59"], "Two evenings at Harbour House"),
        ("year=2024&host=harbour-house", ["59"], "One evening in 2024 at Harbour House"),
        ("", ["60", "59", "58"], "Three evenings"),
        ("year=2024&host=quayside-institute", [], "No evenings in 2024 at Quayside Institute"),
    ],
)
def test_year_and_host_narrow_the_grid(client, archive, query, found, heading):
    page = read(client, f"{archive.url}?{query}")
    assert numbers(page) == found
    assert lines(page, "#evenings") == [heading]


def test_address_keeps_no_empty_field(client, archive):
    assert client.get(f"{archive.url}?year=2024&host=")["Location"] == f"{archive.url}?year=2024"


def test_filters_remember_what_was_chosen_and_offer_what_there_is(client, archive):
    page = read(client, f"{archive.url}?year=2024&host=harbour-house")
    assert lines(page, ".years a") == ["All years", "2026", "2025", "2024", "2023"]
    assert page.select_one(".years [aria-current]")["href"] == "/data-bites/?year=2024&host=harbour-house#evenings"
    assert lines(page, "#host option") == ["All hosts", "Harbour House", "Quayside Institute"]
    assert lines(page, "option[selected]") == ["Harbour House"]
    assert page.select_one("form input[type=hidden]").attrs == {"type": "hidden", "name": "year", "value": "2024"}


def test_nothing_found_leads_back_to_everything(client, archive):
    page = read(client, f"{archive.url}?year=2024&host=quayside-institute")
    assert [(a.get_text(strip=True), a["href"]) for a in page.select("section p a")] == [
        ("Show all evenings.", "/data-bites/")
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("year=2031", "We don’t know the year “2031”, so we left it out."),
        ("year=none", "We don’t know the year “none”, so we left it out."),
        ("year=99999999999999999999", "We don’t know the year “99999999999999999999”, so we left it out."),
        ("host=nobody", "We don’t know the host “nobody”, so we left it out."),
        ("host=%00", "We don’t know the host “\x00”, so we left it out."),
        ("host=%22%3E%3Cb%3E", 'We don’t know the host “"><b>”, so we left it out.'),
        ("host=" + "x" * 500, f"We don’t know the host “{'x' * 40}”, so we left it out."),
        ("page=7", "There is no page “7”, so this is the last one."),
        ("page=none", "There is no page “none”, so this is the first one."),
    ],
)
def test_what_can_t_be_understood_is_left_out_in_words(client, archive, query, words):
    page = read(client, f"{archive.url}?{query}")
    assert lines(page, "section .note") == [words]
    assert numbers(page) == ["60", "59", "58"]


def test_many_evenings_are_several_pages(client, archive, monkeypatch):
    monkeypatch.setattr(listing, "TILES", 2)
    first = read(client, archive.url)
    assert numbers(first) == ["60", "59"]
    assert lines(first, "[aria-label=Pages] > *") == ["", "Page 1 of 2", "Older evenings"]
    second = whole(client.get(f"{archive.url}{first.select_one('[rel=next]')['href']}").content)
    assert numbers(second) == ["58"]
    assert second.select_one("[rel=prev]")["href"] == "?page=1"
    assert second.select_one("[rel=canonical]")["href"].endswith("/data-bites/?page=2")
    assert second.select(".coming") == []


def test_pages_keep_what_was_chosen(client, archive, monkeypatch):
    monkeypatch.setattr(listing, "TILES", 1)
    page = whole(client.get(f"{archive.url}?host=harbour-house").content)
    assert page.select_one("[rel=next]")["href"] == "?host=harbour-house&page=2"
    assert page.select_one("[rel=canonical]")["href"].endswith("/data-bites/?host=harbour-house")


def test_address_with_nonsense_names_the_plain_one(client, archive):
    page = whole(client.get(f"{archive.url}?year=none&utm_source=a-mail").content)
    assert page.select_one("[rel=canonical]")["href"].endswith("/data-bites/")


def test_year_is_the_one_on_the_wall_of_the_room(client):
    series = make_series(time_zone="Pacific/Auckland")
    make_event(series=series, number=1, starts_at=dt.datetime(2024, 12, 31, 12, 0, tzinfo=dt.UTC))
    make_event(series=series, number=2, starts_at=dt.datetime(2024, 6, 1, 12, 0, tzinfo=dt.UTC))
    page = read(client, f"{series.url}?year=2025")
    assert numbers(page) == ["1"]
    assert lines(page, ".tiles small") == ["January 2025"]


def test_empty_series_says_so(client):
    page = read(client, make_series().url)
    assert lines(page, "#evenings, section p") == ["No evenings", "No evening has been held so far."]
    assert page.select("form") == []
