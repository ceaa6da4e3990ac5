"""What readers see of organisations: names through time, parts, predecessors, and their people's talks."""

import datetime as dt

import pytest

from archive.searching.nouns import organisations
from archive.views import names
from pages.cache import bump
from speakers.models import Organisation, OrganisationName
from tests.factories import START, give, make_event, make_organisation, make_speaker, make_talk, publish
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
YEAR = dt.timedelta(days=365)


def speak(organisation, *, number=1, title="", starts_at=START, live=True, names=("Ada Vale",), **fields):
    people = [make_speaker(name) for name in names]
    event = make_event(number=number, starts_at=starts_at)
    return make_talk(event=event, title=title, speakers=people, organisation=organisation, live=live, **fields)


def test_organisation_lists_its_peoples_talks_newest_first(client):
    board = make_organisation(
        "Board of Tides", kind="regulator", short_name="BoT", website="https://www.tides.example/"
    )
    speak(board, number=1, title="Mud", starts_at=START - YEAR, role="Analyst")
    speak(board, number=2, title="Tides", names=("Bo Dee", "Cy Eff"))
    page = read(client, "/organisations/board-of-tides/")
    assert lines(page, ".kicker, h1, .lede") == ["Regulator", "Board of Tides", "BoT"]
    assert lines(page, "h2") == ["Two talks"]
    assert lines(page, ".order h3") == ["Tides", "Mud"]
    assert lines(page, ".order p.fine") == ["Data Bites 2, Bo Dee, Cy Eff", "Data Bites 1, Ada Vale, Analyst"]
    assert [(a.get_text(), a["href"]) for a in page.select(".facts a")] == [
        ("tides.example", "https://www.tides.example/")
    ]


def test_organisation_leads_to_what_its_people_and_its_parts_answered(client):
    board = make_organisation("Board of Tides")
    give(speak(board, number=1), {"summary": "Water.", "change": "Names."})
    give(speak(make_organisation("Mud Office", parent=board), number=2, names=("Bo Dee",)), {"change": "Sand."})
    give(speak(make_organisation("Elsewhere"), number=3, names=("Cy Eff",)), {"change": "Nothing."})
    bump()
    page = read(client, "/organisations/board-of-tides/")
    links = page.select("[aria-labelledby=answered] a")
    assert [lines(link, "small, .soft") for link in links] == [["1 answer"], ["2 answers"]]
    for link, count in zip(links, ("One answer", "Two answers"), strict=True):
        assert lines(read(client, link["href"]), "#answers-title") == [f"{count} Board of Tides"]


def test_organisation_tells_its_names_through_time_and_the_one_of_each_talk(client):
    board = make_organisation("Board of Tides")
    board.former_names = [
        OrganisationName(name="Tide Office", since=dt.date(2010, 4, 1), until=dt.date(2024, 12, 31)),
        OrganisationName(name="Mud Board", until=dt.date(2010, 3, 31)),
    ]
    board.save()
    speak(board, number=1, starts_at=START - YEAR)
    speak(board, number=2, names=("Bo Dee",))
    page = read(client, "/organisations/board-of-tides/")
    assert lines(page, ".facts p") == [
        "Mud Board, until 31 March 2010",
        "Tide Office, from 1 April 2010 to 31 December 2024",
    ]
    assert lines(page, ".order p.fine") == [
        "Data Bites 2, Bo Dee",
        "Data Bites 1, Ada Vale (Tide Office at the time)",
    ]


def test_parts_with_talks_are_linked_and_the_rest_is_not_there(client):
    department = make_organisation("Department for Coasts")
    board = make_organisation("Board of Tides", parent=department)
    unit = make_organisation("Mud Unit", parent=board)
    make_organisation("Silent Office", parent=department)
    speak(unit)
    page = read(client, "/organisations/department-for-coasts/")
    assert lines(page, ".facts p") == ["Board of Tides 1 talk"]
    assert lines(page, "h2, section p") == ["No talk of its own so far", "Its parts have some: Board of Tides."]
    below = read(client, "/organisations/mud-unit/")
    assert [(a.get_text(), a["href"]) for a in below.select(".facts a")] == [
        ("Board of Tides", "/organisations/board-of-tides/")
    ]
    assert read(client, "/organisations/board-of-tides/")
    assert client.get("/organisations/silent-office/").status_code == 404


def test_two_organisations_that_are_part_of_each_other_end(client):
    one = make_organisation("One")
    other = make_organisation("Other", parent=one)
    type(one).objects.filter(pk=one.pk).update(parent=other)
    speak(other)
    assert lines(read(client, "/organisations/one/"), ".facts p") == ["Other 1 talk"]
    assert lines(read(client, "/organisations/"), ".roll li a") == ["One", "Other"]


def test_what_became_of_it_is_linked_only_where_there_is_a_page(client):
    authority = make_organisation("Shore Authority")
    board = make_organisation("Board of Tides", became=authority)
    speak(board)
    facts = read(client, "/organisations/board-of-tides/").select_one(".facts")
    assert (lines(facts, "p"), facts.select("a")) == (["Shore Authority"], [])
    speak(authority, number=2, names=("Bo Dee",))
    bump()
    facts = read(client, "/organisations/board-of-tides/").select_one(".facts")
    assert [a["href"] for a in facts.select("a")] == ["/organisations/shore-authority/"]
    facts = read(client, "/organisations/shore-authority/").select_one(".facts")
    assert lines(facts, "dt, dd") == ["Took over from", "Board of Tides 1 talk"]


@pytest.mark.parametrize("live", [True, False])
def test_organisation_is_seen_once_its_talk_is_public(client, live):
    speak(make_organisation("Board of Tides"), live=live)
    assert client.get("/organisations/board-of-tides/").status_code == (200 if live else 404)
    for address in ("/organisations/", "/sitemap.xml"):
        assert ("/organisations/board-of-tides/" in client.get(address).content.decode()) is live


def test_withdrawn_talk_is_not_in_the_list(client):
    board = make_organisation("Board of Tides")
    speak(board, number=1, title="Mud")
    speak(board, number=2, title="canary", names=("Bo Dee",), state="withdrawn")
    assert lines(read(client, "/organisations/board-of-tides/"), ".order h3") == ["Mud"]
    assert lines(read(client, "/organisations/"), ".roll li") == ["Board of Tides 1 talk"]


@pytest.mark.parametrize("what", ["talk", "evening"])
def test_organisation_whose_only_talk_was_called_off_is_wherever_its_page_is_known(client, what):
    talk = speak(make_organisation("Mud Office", parent=make_organisation("Board of Tides")))
    if what == "talk":
        publish(talk, state="withdrawn")
    else:
        publish(talk.event, status="cancelled")
    bump()
    places = ["/organisations/board-of-tides/", "/organisations/mud-office/"]
    for place in places:
        assert client.get(place).status_code == 200
    listed = read(client, "/organisations/").select("main li a[href^='/organisations/']")
    sitemap = client.get("/sitemap.xml").content.decode()
    keys = [organisation.pk for organisation in Organisation.objects.all()]
    assert sorted(link["href"] for link in listed) == places
    assert [place in sitemap for place in places] == [True, True]
    assert sorted(document.url for document in organisations(keys)) == places
    assert [client.get(f"/api/v1{place.rstrip('/')}").status_code for place in places] == [200, 200]


def test_many_talks_are_cut_into_pages(client, monkeypatch):
    monkeypatch.setattr(names, "TALKS_PER_PAGE", 2)
    board = make_organisation("Board of Tides")
    for number in (1, 2, 3):
        speak(board, number=number, title=f"Talk {number}", starts_at=START + number * YEAR, names=(f"Ada {number}",))
    first, second = (read(client, f"/organisations/board-of-tides/{query}") for query in ("", "?page=2"))
    assert (lines(first, "h2"), lines(second, "h2")) == (["Three talks"], ["Three talks"])
    assert (lines(first, ".order h3"), lines(second, ".order h3")) == (["Talk 3", "Talk 2"], ["Talk 1"])
    assert [a["href"] for a in first.select("nav a") + second.select("nav a")] == ["?page=2", "?page=1"]
    assert client.get("/organisations/board-of-tides/?page=3").status_code == 404


def test_organisations_stand_by_kind(client):
    make_talk(
        event=make_event(number=1),
        speakers=[make_speaker()],
        organisation=make_organisation("Zebra Trust", kind="charity"),
    )
    for number, name in enumerate(["Éclair Ministry", "Board of Tides", "The Exchequer"], start=2):
        speak(make_organisation(name, kind="department"), number=number, names=(f"Ada {number}",))
    page = read(client, "/organisations/")
    assert lines(page, ".roll-group h2") == ["Government department", "Charity or think tank"]
    assert lines(page, ".roll a") == ["Board of Tides", "Éclair Ministry", "The Exchequer", "Zebra Trust"]


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    for number in range(1, count + 1):
        speak(make_organisation(), number=number, names=(f"Ada {number}",))
    client.get("/hosts/")
    with django_assert_num_queries(8):
        read(client, "/organisations/")


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_page_costs_the_same_for_one_talk_and_for_three(client, django_assert_num_queries, count):
    board = make_organisation("Board of Tides")
    for number in range(1, count + 1):
        speak(board, number=number, names=tuple(f"Ada {number} {place}" for place in range(number)))
        part = make_organisation(parent=board)
        speak(part, number=number + 10, names=(f"Bo {number}",))
        make_organisation(became=board)
    client.get("/hosts/")
    # Four of them, which are remembered, count what its people answered.
    with django_assert_num_queries(19):
        read(client, "/organisations/board-of-tides/")


@pytest.mark.parametrize("address", ["/organisations/", "/organisations/board-of-tides/"])
def test_organisation_pages_can_only_be_read(client, address):
    speak(make_organisation("Board of Tides"))
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]
