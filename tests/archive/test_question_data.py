"""The answers as CSV and JSON: exactly what is chosen, with a code for what is missing, and no formula."""

import csv
import io
import json

import pytest

from archive import exports
from archive.exports import harmless
from pages.cache import bump
from speakers.models import Answer, StandardQuestion, TermsChoice
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
    write_answers,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
CHANGE = "/questions/change/"
WORDING = "If you could change one thing about data in government, what would it be?"


def table(client, query=""):
    response = client.get(f"{CHANGE}answers.csv{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def whole(client, query=""):
    response = client.get(f"{CHANGE}answers.json{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return json.loads(b"".join(response.streaming_content))


@pytest.fixture
def tides(settings):
    settings.SITE_URL = "https://bites.example.org"
    board = make_organisation("Board of Tides", kind="regulator")
    talk = make_talk(
        title="Tides",
        event=make_event(number=60, host=make_host("The Hall")),
        speakers=[make_speaker("Ada Vale"), make_speaker("Bo Dee")],
        role="Chief",
        organisation=board,
        topics=[make_topic(name="Codes")],
    )
    give(talk, {"change": "Names & <em>numbers</em>."})
    return talk


def test_row_of_the_table_has_everything_about_an_answer(client, tides):
    assert table(client) == [
        {
            "question": WORDING,
            "status": "answered",
            "answer": "Names & numbers.",
            "asked_as": WORDING,
            "given_together": "yes",
            "speakers": "Ada Vale; Bo Dee",
            "roles": "Chief; Chief",
            "organisations": "Board of Tides; Board of Tides",
            "organisation_kinds": "regulator; regulator",
            "talk": "Tides",
            "address": "https://bites.example.org/data-bites/60/tides/#change",
            "talk_address": "https://bites.example.org/data-bites/60/tides/",
            "series": "Data Bites",
            "evening": "60",
            "date": "2025-11-26",
            "host": "The Hall",
            "topics": "Codes",
            "licence": "",
        }
    ]


def test_json_has_the_same_and_the_markup(client, tides):
    person = {"role": "Chief", "organisation": "Board of Tides", "organisation_kind": "regulator"}
    found = whole(client)
    assert {name: value for name, value in found.items() if name != "answers"} == {
        "question": WORDING,
        "address": "https://bites.example.org/questions/change/",
        "chosen": {},
        "former_wordings": [],
    }
    assert found["answers"] == [
        {
            "status": "answered",
            "answer": "Names & numbers.",
            "answer_html": "<p>Names & <em>numbers</em>.</p>",
            "asked_as": WORDING,
            "given_together": True,
            "speakers": [{"name": "Ada Vale", **person}, {"name": "Bo Dee", **person}],
            "talk": "Tides",
            "address": "https://bites.example.org/data-bites/60/tides/#change",
            "talk_address": "https://bites.example.org/data-bites/60/tides/",
            "series": "Data Bites",
            "evening": 60,
            "date": "2025-11-26",
            "host": "The Hall",
            "topics": ["Codes"],
            "licence": None,
        }
    ]


def test_files_are_named_for_what_is_in_them_and_kept_by_no_search_engine(client, tides):
    headers = []
    for address in ("answers.csv", "answers.json?kind=regulator&year=2025"):
        response = client.get(f"{CHANGE}{address}")
        headers.append((response["Content-Disposition"], response["X-Robots-Tag"], response.streaming))
    assert headers == [
        ('attachment; filename="change.csv"', "noindex", True),
        ('attachment; filename="change-2025-regulator.json"', "noindex", True),
    ]
    assert whole(client, "?kind=regulator&year=2025")["chosen"] == {"year": "2025", "kind": "regulator"}


def test_licence_stands_beside_the_files_and_in_them_once_there_is_one(client, tides, settings):
    assert "Commons" not in client.get(CHANGE).content.decode()
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Commons 4.0", "https://commons.example/4.0/"
    bump()
    assert '<a href="https://commons.example/4.0/">Commons 4.0</a>; where a talk' in client.get(CHANGE).content.decode()
    assert table(client)[0]["licence"] == "Commons 4.0, https://commons.example/4.0/"
    assert whole(client)["licence"] == {"name": "Commons 4.0", "url": "https://commons.example/4.0/"}


def test_file_as_a_whole_names_no_terms_where_one_talk_has_its_own(client, tides, settings):
    settings.DATA_LICENCE = "Commons 4.0"
    talk = make_talk(event=make_event(number=77, starts_at=START))
    give(talk, {"change": "Words"})
    TermsChoice.objects.create(contribution=talk.contribution, terms="cc0-1.0", at=START)
    bump()
    found = whole(client)
    assert "licence" not in found
    assert {row["licence"]["name"] for row in found["answers"]} == {"Commons 4.0", "Creative Commons Zero 1.0"}


def test_missing_answer_has_its_code_and_only_where_the_talks_words_are_public(client):
    declined, given_up, to_come, unasked, draft = (
        make_talk(title=title, event=make_event(number=number, starts_at=START))
        for number, title in enumerate(("Declined", "Given up", "To come", "Unasked", "Draft"), start=1)
    )
    change = StandardQuestion.objects.get(slug="change")
    for talk in (declined, given_up, to_come, unasked):
        give(talk)
    for talk, reason in ((declined, "declined"), (given_up, "given_up")):
        Answer.objects.filter(contribution=talk.contribution, question=change).update(missing=reason)
    Answer.objects.filter(contribution=unasked.contribution, question=change).delete()
    write_answers(draft.contribution, {"change": "canary"})
    other = make_series(slug="other", title="Other")
    elsewhere = make_talk(title="Elsewhere", event=make_event(series=other, number=9))
    give(elsewhere)
    Answer.objects.filter(contribution=elsewhere.contribution, question=change).delete()
    gone = make_talk(title="Gone", event=make_event(number=6))
    give(gone)
    publish(gone, state="withdrawn")
    bump()
    assert [(row["talk"], row["status"], row["answer"], bool(row["address"])) for row in table(client)] == [
        ("Unasked", "not_asked", "", False),
        ("To come", "to_come", "", False),
        ("Given up", "not_answered", "", False),
        ("Declined", "declined", "", True),
    ]


def test_rows_come_newest_evening_first_however_many_are_read_at_once(client, monkeypatch):
    for number in (1, 2, 3):
        event = make_event(number=number)
        for part in "ab":
            give(make_talk(event=event, title=f"Talk {number}{part}"), {"change": f"{number}{part}"})
    expected = ["3a", "3b", "2a", "2b", "1a", "1b"]
    for at_once in (1, 2, 40):
        monkeypatch.setattr(exports, "EVENINGS_AT_ONCE", at_once)
        assert [row["answer"] for row in table(client)] == expected


@pytest.mark.parametrize("count", [1, 3])
def test_data_costs_the_same_for_one_answer_and_for_three(client, django_assert_num_queries, count):
    for number in range(1, count + 1):
        talk = make_talk(
            event=make_event(number=number, host=make_host()),
            speakers=[make_speaker()],
            organisation=make_organisation(),
            topics=[make_topic(name=f"Topic {number}")],
        )
        give(talk, {"change": "Names."})
    whole(client)
    bump()
    with django_assert_num_queries(20):
        assert len(whole(client)["answers"]) == count


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_is_no_formula(start):
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_harmless_cell_stays_as_it_is_and_a_formula_in_the_table_does_not(client):
    give(make_talk(title="=1+1"), {"change": "-2 degrees, “quoted”"})
    (row,) = table(client)
    assert (row["talk"], row["answer"], row["series"]) == ("'=1+1", "'-2 degrees, “quoted”", "Data Bites")
