"""The page of numbers: what was held, counted, drawn, and as a table and a file."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.core.cache import cache

from archive.numbers.drawing import WIDTH, bars, grid
from pages.cache import bump
from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    publish,
)
from tests.reading import lines, read
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)
AFTER = START + dt.timedelta(days=20)
NAMES = ["evenings", "talks", "speakers", "answers", "kinds", "hosts", "topics", "questions"]


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=True):
        yield


@pytest.fixture
@remembered
def three_years():
    """Ada speaks in 2023 and 2025, Bo in 2025, nobody in 2024; what is to come or called off counts nowhere."""
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    board = make_organisation("Board of Tides", kind="regulator")
    maps, codes = make_topic(name="Maps"), make_topic(name="Codes")
    hall = make_host("The Hall")
    old = make_event(number=1, starts_at=START - 2 * YEAR, host=hall)
    new = make_event(number=2, host=hall)
    newest = make_event(number=3, host=make_host("=Barn"), starts_at=START + dt.timedelta(days=7))
    give(make_talk(event=old, speakers=[ada], organisation=board, topics=[maps]), {"change": "One."})
    give(make_talk(event=new, speakers=[ada, bo], organisation=board, topics=[maps, codes]), {"change": "Two."})
    give(make_talk(event=newest, speakers=[bo], topics=[maps]), {"summary": "Three.", "change": "Four."})
    make_talk(event=new, title="Draft", live=False, speakers=[make_speaker()])
    gone = make_talk(event=new, speakers=[make_speaker()])
    publish(gone, state="withdrawn")
    make_talk(event=make_event(number=4, starts_at=AFTER + YEAR), speakers=[make_speaker()], topics=[codes])
    off = make_event(number=5, starts_at=START, host=hall)
    make_talk(event=off, speakers=[make_speaker()])
    publish(off, status="cancelled")
    make_talk(event=make_event(number=6, live=False), speakers=[make_speaker()])
    bump()


def rows(page, name):
    return [tuple(lines(row, "th, td")) for row in page.select(f"[aria-labelledby={name}] table tr")]


def test_everything_is_counted_by_year(client, three_years):
    page = read(client, "/numbers/")
    assert {name: rows(page, name) for name in NAMES} == {
        "evenings": [("Year", "Evenings"), ("2023", "1"), ("2024", "0"), ("2025", "2")],
        "talks": [("Year", "Talks"), ("2023", "1"), ("2024", "0"), ("2025", "2")],
        "speakers": [
            ("Year", "For the first time", "Again"),
            ("2023", "1", "0"),
            ("2024", "0", "0"),
            ("2025", "1", "1"),
        ],
        "answers": [("Year", "Answers"), ("2023", "1"), ("2024", "0"), ("2025", "3")],
        "kinds": [("Kind", "Speakers"), ("Regulator", "3")],
        "hosts": [("Host", "Evenings"), ("The Hall", "2"), ("=Barn", "1")],
        "topics": [("Topic", "2023", "2024", "2025"), ("Maps", "1", "0", "2"), ("Codes", "0", "0", "1")],
        "questions": [
            ("Question", "Answers"),
            ("Can you summarise your project in a few sentences?", "1"),
            ("If you could change one thing about data in government, what would it be?", "3"),
        ],
    }


def test_each_figure_has_a_name_and_words_and_no_style_of_its_own(client, three_years):
    page = read(client, "/numbers/")
    drawings = page.select("svg[role=img]")
    assert [drawing["aria-labelledby"] for drawing in drawings] == [f"{name}-title {name}-words" for name in NAMES]
    for drawing in drawings:
        assert all(page.find(id=name).get_text() for name in drawing["aria-labelledby"].split())
    assert page.select("[style], style, svg [fill]") == []
    assert [link["href"] for link in page.select("p.fine a[rel=nofollow]")] == [
        f"/numbers/{name}.csv" for name in NAMES
    ]


def test_each_figure_is_a_file(client, three_years):
    page = read(client, "/numbers/")
    for name in NAMES:
        response = client.get(f"/numbers/{name}.csv")
        assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
        assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'
        table = [tuple(row) for row in csv.reader(io.StringIO(response.content.decode().removeprefix("\ufeff")))]
        assert [tuple(cell.removeprefix("'") for cell in row) for row in table] == rows(page, name), name
    assert "'=Barn" in client.get("/numbers/hosts.csv").content.decode()
    assert client.get("/numbers/nothing.csv").status_code == 404


def test_evening_counts_once_it_is_over(client, three_years):
    with time_machine.travel(START - dt.timedelta(days=1), tick=True):
        bump()
        assert rows(read(client, "/numbers/"), "evenings") == [("Year", "Evenings"), ("2023", "1")]


def test_year_is_the_one_on_the_clock_of_the_series(client):
    series = make_series(slug="auckland", title="Auckland", time_zone="Pacific/Auckland")
    make_event(series=series, number=1, starts_at=dt.datetime(2024, 12, 31, 18, 0, tzinfo=dt.UTC))
    bump()
    assert rows(read(client, "/numbers/"), "evenings") == [("Year", "Evenings"), ("2025", "1")]


def test_empty_archive_says_so(client):
    page = read(client, "/numbers/")
    assert "There is nothing to count yet." in page.get_text()
    assert page.select("svg[role=img], table") == []
    assert client.get("/numbers/evenings.csv").status_code == 404


@pytest.mark.parametrize("years", [1, 3])
def test_page_asks_the_same_for_one_year_and_for_three(client, django_assert_num_queries, years):
    for number in range(1, years + 1):
        event = make_event(number=number, starts_at=START - number * YEAR, host=make_host())
        topic = make_topic(name=f"Topic {number}")
        give(make_talk(event=event, speakers=[make_speaker()], organisation=make_organisation(), topics=[topic]))
    client.get("/numbers/")
    cache.clear()  # what was counted lasts for a minute
    bump()
    with django_assert_num_queries(14):
        client.get("/numbers/")


def test_longest_bar_leaves_room_for_its_number_and_parts_stand_side_by_side():
    drawing = bars([(2024, 10, 0), (2025, 5, 15)])
    assert [(shape.part, shape.x, shape.width) for shape in drawing.shapes] == [
        ("bar", 44, 132.0),
        ("bar", 44, 66.0),
        ("rest", 110.0, 198.0),
    ]
    assert max(shape.x + shape.width for shape in drawing.shapes) + 44 < WIDTH
    assert [word.text for word in drawing.words] == ["2024", "10", "2025", "20"]


def test_square_has_the_area_of_what_it_counts():
    drawing = grid([("Maps", [4, 0, 1])], [2023, 2024, 2025])
    assert [round(shape.width) for shape in drawing.shapes] == [26, 13]
    assert [word.text for word in drawing.words] == ["Maps", "2023", "2025"]


def test_many_years_and_long_names_stay_within_the_drawing():
    drawing = grid([("A topic with a name that goes on " * 3, list(range(30)))], list(range(1990, 2020)))
    assert max(shape.x + shape.width for shape in drawing.shapes) <= WIDTH
    assert drawing.words[0].text.endswith("…")
