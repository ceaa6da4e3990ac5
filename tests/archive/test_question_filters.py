"""The answers to a question, narrowed by what the address says: without a script, and without losing the place."""

import datetime as dt
import json

import pytest

from archive import answers
from pages.cache import bump
from tests.archive.answering import CHANGE, YEAR, make_answer, make_own, said
from tests.factories import START, make_event, make_host, make_organisation, make_speaker, make_topic
from tests.reading import lines, read, whole
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture
@remembered
def four():
    """Four answers that differ in everything."""
    hall, barn = make_host("The Hall"), make_host("The Barn")
    board = make_organisation("Board of Tides", kind="regulator")
    trust, shop = make_organisation("River Trust", kind="charity"), make_organisation("Shop", kind="charity")
    codes, water = make_topic(name="Codes"), make_topic(name="Water")
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    new = make_event(number=4, host=barn)
    old = make_event(number=1, host=hall, starts_at=START - 2 * YEAR)
    make_answer("Board.", event=new, speakers=[ada], organisation=board, topics=[codes])
    make_answer("Trust.", event=new, speakers=[bo], organisation=trust, topics=[water, codes])
    make_answer("Old board.", event=old, speakers=[ada], organisation=board)
    both = make_answer("Together.", event=old, speakers=[ada, make_speaker("Cy Eff")], topics=[water])
    cy = both.talk_speakers.last()
    cy.organisation = shop
    cy.save()
    make_own(both, ada, "Ada alone.")
    bump()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Board.", "Trust.", "Old board.", "Together.", "Ada alone."]),
        ("year=2023", ["Old board.", "Together.", "Ada alone."]),
        ("host=the-barn", ["Board.", "Trust."]),
        ("organisation=board-of-tides", ["Board.", "Old board."]),
        # What they said together is the shop's too; what Ada said alone isn't.
        ("organisation=shop", ["Together."]),
        ("kind=charity", ["Trust.", "Together."]),
        ("topic=water", ["Trust.", "Together.", "Ada alone."]),
        ("topic=water&kind=charity&year=2023&host=the-hall", ["Together."]),
    ],
)
def test_answers_are_narrowed_by_what_the_address_says(client, four, query, expected):
    page = read(client, f"{CHANGE}?{query}")
    assert said(page) == expected
    assert client.get(f"{CHANGE}answers.json?{query}").status_code == 200
    shown = [row["answer"] for row in data(client, query) if row["status"] == "answered"]
    assert shown == expected


def data(client, query=""):
    response = client.get(f"{CHANGE}answers.json?{query}")
    return json.loads(b"".join(response.streaming_content))["answers"]


def test_form_keeps_what_was_chosen_and_leads_back_to_the_answers(client, four):
    page = read(client, f"{CHANGE}?year=2023&kind=charity")
    form = page.select_one("form")
    assert (form["method"], form["action"], page.select_one("#answers").select_one("form")) == ("get", "#answers", form)
    assert [option["value"] for option in form.select("option[selected]")] == ["2023", "charity"]
    assert lines(form, "label") == ["Year", "Kind of organisation", "Organisation", "Topic", "Host"]
    assert lines(form, "#organisation option") == ["All organisations", "Board of Tides", "River Trust", "Shop"]
    assert lines(page, "h2") == ["One answer 2023, Charity or think tank"]
    assert [a["href"] for a in form.select("a")] == [f"{CHANGE}#answers"]
    assert [a["href"] for a in page.select(".ends .fine a")] == [
        f"{CHANGE}answers.csv?year=2023&kind=charity",
        f"{CHANGE}answers.json?year=2023&kind=charity",
    ]


def test_narrowed_list_without_an_answer_says_so(client, four):
    page = read(client, f"{CHANGE}?host=the-barn&year=2023")
    assert lines(page, "#answers h2, #answers > p") == [
        "No answer fits",
        "Nobody’s answer is all of this: 2023, The Barn. Show every answer.",
    ]


@pytest.mark.parametrize("value", ["canary", "2025'; --", "١٩", "x" * 10_000, "\x00", "<b>"])
def test_value_that_nobody_knows_is_left_out_and_said(client, four, value):
    response = client.get(CHANGE, {"year": value, "host": "the-hall"})
    page = whole(response.content)
    assert len(said(page)) == 3
    assert lines(page, ".note") == [f"We don’t know the year “{value.replace(chr(0), '')[:40]}”, so we left it out."]
    assert client.get(f"{CHANGE}answers.csv", {"year": value}).status_code == 404


def test_list_with_nothing_to_choose_from_has_no_form(client):
    make_answer("Names.")
    assert read(client, CHANGE).select("form") == []


def test_long_list_is_cut_into_pages_and_keeps_its_place(client, monkeypatch):
    monkeypatch.setattr(answers, "PER_PAGE", 2)
    for number in (1, 2, 3):
        event = make_event(number=number, starts_at=START + number * dt.timedelta(days=1))
        for part in ("a", "b", "c"):
            make_answer(f"{number}{part}", event=event, speakers=[make_speaker()], organisation=make_organisation())
    pages = [read(client, f"{CHANGE}?page={number}") for number in range(1, 6)]
    assert [said(page) for page in pages] == [["3a", "3b"], ["3c", "2a"], ["2b", "2c"], ["1a", "1b"], ["1c"]]
    assert [a["href"] for a in pages[1].select("nav.ends a")] == ["?page=1#answers", "?page=3#answers"]
    assert client.get(f"{CHANGE}?page=6").status_code == 404
    assert client.get(f"{CHANGE}?page=canary").status_code == 404


def test_pages_of_a_narrowed_list_stay_narrowed(client, monkeypatch, four):
    monkeypatch.setattr(answers, "PER_PAGE", 2)
    page = read(client, f"{CHANGE}?topic=water&page=2")
    assert (said(page), [a["href"] for a in page.select("nav.ends a")]) == (
        ["Ada alone."],
        ["?topic=water&page=1#answers"],
    )


@pytest.mark.parametrize(
    ("query", "canonical", "robots"),
    [
        ("", CHANGE, None),
        ("?utm=x", CHANGE, None),
        ("?kind=charity&year=2023", f"{CHANGE}?year=2023&kind=charity", "noindex"),
    ],
)
def test_search_engines_keep_the_whole_list_alone(client, settings, four, query, canonical, robots):
    settings.SITE_URL = "https://bites.example.org"
    page = whole(client.get(f"{CHANGE}{query}").content)
    assert page.select_one("link[rel=canonical]")["href"] == f"https://bites.example.org{canonical}"
    named = page.select_one("meta[name=robots]")
    assert (named and named["content"]) == robots


def test_address_and_title_say_what_was_chosen_and_nothing_else(client, monkeypatch, four):
    monkeypatch.setattr(answers, "PER_PAGE", 1)
    response = client.get(f"{CHANGE}?year=&kind=&topic=water&page=2")
    assert (response.status_code, response["Location"]) == (302, f"{CHANGE}?topic=water&page=2")
    page = whole(client.get(response["Location"]).content)
    assert page.title.get_text() == (
        "If you could change one thing about data in government, what would it be? (Water, page 2) – Data Bites"
    )
