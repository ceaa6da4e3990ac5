"""Topics and named things that return: their story over the years, and the links that lead to it."""

import datetime as dt

import pytest
import time_machine

from archive.views import topics as views
from events.enums import EventStatus
from pages.cache import bump
from speakers.models import OrganisationName
from tests.factories import START, give, make_event, make_organisation, make_speaker, make_talk, make_topic, publish
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
YEAR = dt.timedelta(days=365)


@pytest.fixture
def census():
    return make_topic(name="The census", kind="named_thing", description="Everybody, counted.")


def on(topic, number, *, years_ago=0, **fields):
    event = make_event(number=number, starts_at=START - years_ago * YEAR)
    return make_talk(event=event, topics=[topic], **fields)


def test_topic_is_told_year_by_year_newest_first(client, census):
    ada, bo, board = make_speaker("Ada Vale"), make_speaker("Bo Dee"), make_organisation("Board of Tides")
    on(census, 1, years_ago=2.1, title="Doors", speakers=[ada], role="Clerk", organisation=board)
    on(census, 2, years_ago=2, title="Boats", speakers=[ada, bo])
    give(on(census, 3, title="Tents", speakers=[ada]), {"change": "Names."})
    page = read(client, "/topics/the-census/")
    assert lines(page, "h1, .lede, h2, h3, h4") == [
        "The census",
        "Everybody, counted.",
        "What its speakers answered",
        "Three talks",
        "2025",
        "Tents",
        "2023",
        "Boats",
        "Doors",
        "Who spoke about it",
        "From where",
    ]
    assert lines(page, ".order p.fine") == [
        "Data Bites 3, Ada Vale",
        "Data Bites 2, Ada Vale; Bo Dee",
        "Data Bites 1, Ada Vale, Clerk, Board of Tides",
    ]
    assert lines(page, ".roll li") == ["Ada Vale 3 talks", "Bo Dee", "Board of Tides"]
    assert [(" ".join(a.get_text().split()), a["href"]) for a in page.select(".chips a")] == [
        ("2025 1", "#year-2025"),
        ("2023 2", "#year-2023"),
    ]
    assert [(lines(a, "span"), a["href"]) for a in page.select(".toc a")] == [
        (["1 answer"], "/questions/change/?topic=the-census")
    ]


def test_topics_are_listed_by_kind_with_their_years(client, census):
    water = make_topic(name="Water")
    make_topic(name="Canary")
    on(census, 1, years_ago=2)
    on(census, 2)
    on(water, 3)
    off = make_event(number=4, starts_at=START + YEAR, status=EventStatus.CANCELLED)
    make_talk(event=off, topics=[water])
    assert lines(read(client, "/topics/water/"), "#talks") == ["One talk, and one called off"]
    page = read(client, "/topics/")
    assert lines(page, "h2, .roll li") == [
        "Things that return",
        "The census 2 talks, 2023 to 2025",
        "Subjects",
        "Water 1 talk, 2025",
    ]


def test_topics_without_a_talk_say_so(client):
    assert lines(read(client, "/topics/"), ".lede, h2") == [
        "No talk has a topic yet. What the first ones are about will stand here."
    ]


def test_topic_without_a_public_talk_is_seen_by_nobody(client, census):
    on(census, 1, live=False)
    publish(on(census, 2), state="withdrawn")
    on(census, 3).event.unpublish()
    bump()
    assert client.get("/topics/the-census/").status_code == 404
    assert client.get("/topics/canary/").status_code == 404
    for address in ("/topics/", "/sitemap.xml"):
        assert "the-census" not in client.get(address).content.decode()


def test_many_talks_are_cut_into_pages_that_a_year_leads_to(client, census, monkeypatch):
    monkeypatch.setattr(views, "TALKS_PER_PAGE", 2)
    for number, years in enumerate((3, 2, 1, 0), start=1):
        on(census, number, years_ago=years, title=f"Talk {number}")
    page = read(client, "/topics/the-census/?page=2")
    assert lines(page, "h3, h4") == ["2023", "Talk 2", "2022", "Talk 1"]
    assert [a["href"] for a in page.select(".chips a, nav.ends a")] == [
        "?page=1#year-2025",
        "?page=1#year-2024",
        "#year-2023",
        "#year-2022",
        "?page=1#talks",
    ]
    assert client.get("/topics/the-census/?page=3").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_topic_costs_the_same_for_one_talk_and_for_three(client, django_assert_num_queries, census, count):
    for number in range(1, count + 1):
        organisation = make_organisation()
        OrganisationName.objects.create(organisation=organisation, name=f"Old name {number}")
        people = [make_speaker() for _ in range(number)]
        give(on(census, number, speakers=people, organisation=organisation), {"change": "Names."})
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(17):
        read(client, "/topics/the-census/")


@pytest.mark.parametrize("count", [1, 3])
def test_topics_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    for number in range(1, count + 1):
        on(make_topic(name=f"Topic {number}"), number)
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(7):
        read(client, "/topics/")


# What leads there


def test_evening_links_its_topics(client, census):
    on(census, 60)
    with time_machine.travel(START + dt.timedelta(days=1)):
        page = read(client, "/data-bites/60/")
    assert [a["href"] for a in page.select(".facts a") if "topics" in a["href"]] == ["/topics/the-census/"]


def test_talk_names_what_came_before_on_its_topics(client, census):
    water, new = make_topic(name="Water"), make_topic(name="New")
    for number, years in enumerate((5, 4, 3, 2), start=1):
        on(census, number, years_ago=years, title=f"Talk {number}")
    on(water, 5, years_ago=1, title="Wells")
    on(census, 6, years_ago=1, title="Canary", live=False)
    publish(on(census, 7, years_ago=1, title="Canary"), state="withdrawn")
    make_talk(event=make_event(number=8, starts_at=START - YEAR, status="cancelled"), topics=[census], title="Canary")
    talk = on(census, 9)
    publish(talk, topics=[census, water, new])
    on(census, 10, years_ago=-1, title="Later")
    with time_machine.travel(START + dt.timedelta(days=1)):
        page = read(client, talk.url)
    before = page.select_one("[aria-labelledby=before]")
    assert lines(before, "h2, li") == [
        "Before this",
        "Wells Data Bites 5, November 2024 Also on Water",
        "Talk 4 Data Bites 4, November 2023 Also on The census",
        "Talk 3 Data Bites 3, November 2022 Also on The census",
        "Talk 2 Data Bites 2, November 2021 Also on The census",
    ]
    assert [a["href"] for a in before.select("li a, .more a")][0::4] == ["/data-bites/5/wells/", "/topics/the-census/"]
    assert page.select("[aria-labelledby=after]") == []


@pytest.mark.parametrize("address", ["/topics/", "/topics/the-census/"])
def test_topic_pages_can_only_be_read_and_set_no_cookie(client, census, address):
    on(census, 1)
    response = client.get(address)
    assert (response.status_code, dict(response.cookies), response["Vary"]) == (200, {}, "Accept-Encoding")
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]
