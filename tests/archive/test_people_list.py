"""The list of everybody who spoke, as people look for a name."""

import pytest

from archive import lists
from speakers.models import Speaker
from tests.factories import make_event, make_organisation, make_speaker, make_talk
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


def test_speakers_stand_by_family_name_under_letters(client):
    names = ["Ada Vale", "Zoë Ångström", "Bo van der Aa", "Dr Cy Abel OBE", "李 明"]
    board = make_organisation("Board of Tides")
    make_talk(event=make_event(number=1), speakers=[make_speaker(name) for name in names], organisation=board)
    make_talk(event=make_event(number=2), speakers=[Speaker.objects.get(name="Ada Vale")], organisation=board)
    page = read(client, "/speakers/")
    assert lines(page, ".roll-group h2") == ["A", "V", "Other"]
    assert lines(page, ".roll li") == [
        "Dr Cy Abel OBE Board of Tides, 1 talk",
        "Zoë Ångström Board of Tides, 1 talk",
        "Ada Vale Board of Tides, 2 talks",
        "Bo van der Aa Board of Tides, 1 talk",
        "李 明 Board of Tides, 1 talk",
    ]
    assert [(link.get_text(" ", strip=True), link["href"]) for link in page.select(".chips a")] == [
        ("A 2", "#letter-a"),
        ("V 2", "#letter-v"),
        ("Other 1", "#letter-other"),
    ]
    assert lines(page, ".lede") == ["5 people, by family name."]


def test_long_list_is_cut_into_pages_that_a_letter_leads_to(client, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    event = make_event()
    make_talk(event=event, speakers=[make_speaker(f"Ada {name}") for name in ("Able", "Acre", "Adder", "Bell")])
    first, second = read(client, "/speakers/"), read(client, "/speakers/?page=2")
    assert lines(first, ".roll a") == ["Ada Able", "Ada Acre"]
    assert lines(second, ".roll a") == ["Ada Adder", "Ada Bell"]
    assert [link["href"] for link in first.select(".chips a")] == ["#letter-a", "?page=2#letter-b"]
    assert [link["href"] for link in second.select(".chips a")] == ["?page=1#letter-a", "#letter-b"]
    canonical = whole(client.get("/speakers/?page=2").content).select_one("[rel=canonical]")
    assert canonical["href"].endswith("/speakers/?page=2")


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 50, "1.5", "%00"])
def test_page_that_there_is_not_is_not_found(client, page):
    make_talk(speakers=[make_speaker()])
    assert client.get(f"/speakers/?page={page}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_speakers_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    board = make_organisation()
    make_talk(speakers=[make_speaker() for _ in range(count)], organisation=board)
    client.get("/hosts/")
    with django_assert_num_queries(11):
        read(client, "/speakers/")
