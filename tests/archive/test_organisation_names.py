"""An organisation that was renamed, merged or is part of another one is found under every name."""

import csv
import datetime as dt
import io

import pytest

from pages.cache import bump
from speakers.models import OrganisationName
from tests.archive.answering import CHANGE, make_answer, said
from tests.factories import START, make_event, make_organisation, make_speaker, make_talk
from tests.reading import lines, read
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
YEAR = dt.timedelta(days=365)


def renamed(name="Board of Tides", was="Tide Office", until=dt.date(2023, 3, 31), **fields):
    found = make_organisation(name, **fields)
    found.former_names = [OrganisationName(name=was, until=until)]
    found.save()
    return found


def speak(organisation, number, *, name="Ada Vale", title="", years_ago=0):
    event = make_event(number=number, starts_at=START - years_ago * YEAR)
    return make_talk(event=event, title=title, speakers=[make_speaker(name)], organisation=organisation)


def where(client, address):
    response = client.get(address)
    return response.status_code, response.get("Location")


def test_former_name_leads_to_the_organisation(client):
    speak(renamed(), 1)
    assert where(client, "/organisations/tide-office/") == (301, "/organisations/board-of-tides/")
    feed = "feeds/write-ups/"
    assert where(client, f"/organisations/tide-office/{feed}") == (301, f"/organisations/board-of-tides/{feed}")
    assert where(client, "/organisations/nothing/") == (404, None)


def test_former_slug_leads_to_the_organisation(client):
    board = make_organisation("Board of Tides")
    speak(board, 1)
    board.slug = "tides"
    board.save()
    bump()
    assert where(client, "/organisations/board-of-tides/") == (301, "/organisations/tides/")


def test_name_that_two_had_leads_to_the_one_that_bore_it_last(client):
    speak(renamed("First", was="Tide Office", until=dt.date(2010, 1, 1)), 1)
    speak(renamed("Second", was="Tide Office", until=dt.date(2020, 1, 1)), 2, name="Bo Dee")
    assert where(client, "/organisations/tide-office/") == (301, "/organisations/second/")


def test_organisation_of_its_own_keeps_an_address_that_was_anothers_name(client):
    speak(renamed(was="Mud Office"), 1)
    speak(make_organisation("Mud Office"), 2, name="Bo Dee")
    assert where(client, "/organisations/mud-office/") == (200, None)


def test_merged_organisation_without_talks_leads_to_what_it_became(client):
    authority = make_organisation("Shore Authority")
    between = make_organisation("Coast Office", became=authority)
    make_organisation("Board of Tides", became=between)
    assert where(client, "/organisations/board-of-tides/") == (404, None)
    speak(authority, 1)
    bump()
    assert where(client, "/organisations/board-of-tides/") == (302, "/organisations/shore-authority/")
    assert where(client, "/organisations/board-of-tides/feeds/evenings/")[1] == (
        "/organisations/shore-authority/feeds/evenings/"
    )


def test_list_tells_what_each_was_called(client):
    speak(renamed(short_name="BoT"), 1)
    assert lines(read(client, "/organisations/"), ".roll li") == ["Board of Tides BoT, once Tide Office, 1 talk"]


def test_talk_keeps_the_name_of_its_day(client):
    speak(renamed(), 1, title="Mud", years_ago=4)
    talk = speak(renamed("Other", was="Another"), 2, name="Bo Dee")
    assert lines(read(client, "/data-bites/1/mud/"), ".people small") == ["Tide Office"]
    assert lines(read(client, talk.url), ".people small") == ["Other"]


# The filter of answers


@pytest.fixture
@remembered
def answers():
    """By a department, its agency, an office that was merged into the agency, and somebody else."""
    department = renamed("Department for Coasts", was="Ministry of Shores")
    agency = make_organisation("Board of Tides", parent=department)
    office = make_organisation("Mud Office", became=agency)
    for number, organisation in enumerate((department, agency, office, make_organisation("City Council")), start=1):
        people = [make_speaker()]
        make_answer(organisation.name, number=number, years_ago=number, speakers=people, organisation=organisation)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("department-for-coasts", ["Department for Coasts", "Board of Tides", "Mud Office"]),
        ("ministry-of-shores", ["Department for Coasts", "Board of Tides", "Mud Office"]),
        ("board-of-tides", ["Board of Tides", "Mud Office"]),
        ("mud-office", ["Mud Office"]),
        ("city-council", ["City Council"]),
    ],
)
@pytest.mark.usefixtures("answers")
def test_answers_of_an_organisation_are_those_of_its_parts_too(client, value, expected):
    assert said(read(client, f"{CHANGE}?organisation={value}")) == expected
    table = b"".join(client.get(f"{CHANGE}answers.csv?organisation={value}")).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(table))
    assert len(list(rows)) == len(expected)


def test_department_without_an_answer_of_its_own_can_be_chosen(client):
    department = make_organisation("Department for Coasts")
    agency = make_organisation("Board of Tides", parent=department)
    make_answer("Names.", speakers=[make_speaker()], organisation=agency)
    make_answer("Maps.", number=2, speakers=[make_speaker()], organisation=make_organisation("City Council"))
    page = read(client, f"{CHANGE}?organisation=department-for-coasts")
    assert lines(page, "#organisation option") == [
        "All organisations",
        "Board of Tides",
        "City Council",
        "Department for Coasts",
    ]
    assert (said(page), lines(page, ".lede")) == (["Names."], ["Two answers, in 2025, from two organisations."])


# What came before a talk


def before(client, talk):
    return lines(read(client, talk.url), "[aria-labelledby=before] li")


def test_talk_names_what_its_organisation_said_before(client):
    board = renamed()
    ada = make_speaker("Ada Vale")
    for number, years in ((1, 4), (2, 3), (3, 2)):
        speak(board, number, name=f"Person {number}", title=f"Talk {number}", years_ago=years)
    # Two people of one organisation are one talk; the same person is a better reason than where they work.
    both = make_event(number=4, starts_at=START - YEAR)
    make_talk(event=both, title="Two", speakers=[make_speaker(), make_speaker()], organisation=board)
    make_talk(event=both, title="Her own", speakers=[ada], organisation=board)
    talk = make_talk(event=make_event(number=60), title="Tides", speakers=[ada], organisation=board)
    assert before(client, talk) == [
        "Her own Data Bites 4, November 2024 Also by Ada Vale",
        "Two Data Bites 4, November 2024 Also from Board of Tides",
        "Talk 3 Data Bites 3, November 2023 Also from Board of Tides",
        "Talk 2 Data Bites 2, November 2022 Also from Board of Tides",
    ]


def test_first_talk_of_an_organisation_has_nothing_before_it(client):
    board = make_organisation("Board of Tides")
    talk = speak(board, 1, title="Tides", years_ago=2)
    speak(board, 2, name="Bo Dee")
    assert before(client, talk) == []


def test_what_is_not_public_came_before_nothing(client):
    board = make_organisation("Board of Tides")
    speak(board, 1, name="Bo Dee", title="canary", years_ago=1).event.unpublish()
    make_talk(
        event=make_event(number=2, starts_at=START - YEAR),
        title="canary",
        live=False,
        organisation=board,
        speakers=[make_speaker("Cy Eff")],
    )
    assert before(client, speak(board, 60, title="Tides")) == []
