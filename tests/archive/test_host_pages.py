"""What readers see of hosts: counted from the series and from the evenings that are in, never typed."""

import datetime as dt

import pytest

from pages.cache import bump
from tests.factories import START, make_event, make_host, make_series
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
WEEK = dt.timedelta(days=7)


@pytest.fixture
def old():
    return make_host("The Old Hall")


@pytest.fixture
def new():
    return make_host("The New Hall")


@pytest.fixture
def series(old, new):
    return make_series(spells=[(old, 1, 49), (new, 50, None)])


def test_spell_is_counted_before_a_single_evening_is_in(client, series):
    page = read(client, "/hosts/the-old-hall/")
    assert lines(page, "h1, .lede") == ["The Old Hall", "49 evenings, from number 1 to 49."]
    assert "None of these evenings is in the archive yet." in page.get_text()
    assert lines(read(client, "/hosts/the-new-hall/"), ".lede") == ["From number 50 on."]


def test_open_spell_is_counted_to_the_newest_evening_that_was_held(client, series, new, time_machine):
    for number in (59, 60, 61):
        make_event(series=series, number=number, host=new, starts_at=START + (number - 60) * WEEK)
    make_event(series=series, number=62, host=new, starts_at=START - WEEK, live=False)
    make_event(series=series, number=63, host=new, starts_at=START - WEEK, status="cancelled")
    time_machine.move_to(START + dt.timedelta(days=1))
    page = read(client, "/hosts/the-new-hall/")
    assert lines(page, ".lede") == ["Eleven evenings since number 50."]
    assert lines(page, ".tiles b") == ["61", "60", "63", "59"]


def test_count_is_right_at_the_minute_the_evening_ends(client, series, new, time_machine):
    event = make_event(series=series, number=60, host=new)
    time_machine.move_to(event.over_at - dt.timedelta(seconds=1))
    assert lines(read(client, "/hosts/the-new-hall/"), ".lede") == ["From number 50 on."]
    time_machine.move_to(event.over_at + dt.timedelta(seconds=1))
    assert lines(read(client, "/hosts/the-new-hall/"), ".lede") == ["Eleven evenings since number 50."]


def test_evening_outside_of_a_hosts_numbers_is_told_beside_them(client, series, old):
    make_event(series=series, number=55, host=old)
    guest = make_host("The Barn")
    make_event(series=series, number=56, host=guest)
    make_event(series=series, number=57, host=guest)
    assert lines(read(client, "/hosts/the-old-hall/"), ".lede") == [
        "49 evenings, from number 1 to 49.",
        "One more evening, number 55.",
    ]
    assert lines(read(client, "/hosts/the-barn/"), ".lede") == ["Two evenings, numbers 56 and 57."]


def test_several_series_are_named(client, series, old):
    make_series(title="Data Sips", slug="data-sips", spells=[(old, 3, 3)])
    assert lines(read(client, "/hosts/the-old-hall/"), ".lede") == [
        "Data Bites: 49 evenings, from number 1 to 49.",
        "Data Sips: one evening, number 3.",
    ]


def test_host_page_has_its_own_words(client, series, old):
    old.about, old.website = "<p>A hall by the <b>river</b>.</p>", "https://www.hall.example/visit"
    old.save()
    page = read(client, "/hosts/the-old-hall/")
    assert lines(page, ".prose") == ["A hall by the river."]
    assert [(a.get_text(), a["href"]) for a in page.select("header a")] == [
        ("hall.example", "https://www.hall.example/visit")
    ]


def test_host_of_nothing_public_is_seen_by_nobody(client, series, old):
    make_event(series=series, number=60, host=make_host("Canary Hall"), live=False)
    make_series(slug="closed", live=False, spells=[(make_host("Canary Barn"), 1, None)])
    for address in ("/hosts/canary-hall/", "/hosts/canary-barn/"):
        assert client.get(address).status_code == 404
    for address in ("/hosts/", "/sitemap.xml"):
        text = client.get(address).content.decode()
        assert "the-old-hall" in text
        assert "canary" not in text


def test_hosts_list_tells_what_each_hosted(client, series, new):
    make_event(series=series, number=60, host=new)
    assert lines(read(client, "/hosts/"), ".roll li") == [
        "The New Hall eleven evenings since number 50",
        "The Old Hall 49 evenings, from number 1 to 49",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_hosts_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    hosts = [make_host() for _ in range(count)]
    series = make_series(spells=[(host, place + 1, place + 1) for place, host in enumerate(hosts)])
    for number, host in enumerate(hosts, start=1):
        make_event(series=series, number=number, host=host)
    client.get("/organisations/")
    with django_assert_num_queries(10):
        read(client, "/hosts/")


@pytest.mark.parametrize("count", [1, 3])
def test_host_page_costs_the_same_for_one_evening_and_for_three(client, django_assert_num_queries, series, new, count):
    for number in range(50, 50 + count):
        make_event(series=series, number=number, host=new)
    client.get("/organisations/")
    with django_assert_num_queries(13):
        read(client, "/hosts/the-new-hall/")


@pytest.mark.parametrize("address", ["/hosts/", "/hosts/the-old-hall/"])
def test_host_pages_can_only_be_read(client, series, address):
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]


def test_years_are_told_once_the_first_and_the_last_are_in(client, series, old):
    for number, days in ((1, 2000), (49, 400)):
        make_event(series=series, number=number, host=old, starts_at=START - dt.timedelta(days=days))
        bump()
        told = lines(read(client, "/hosts/the-old-hall/"), ".lede")
    assert told == ["49 evenings, from number 1 to 49, 2020 to 2024."]
