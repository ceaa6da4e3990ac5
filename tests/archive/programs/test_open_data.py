"""The open data: everything that is public, nothing that isn't, each column described, each file with its checksum."""

import hashlib
import json
import re

import pytest
from django.core.management import call_command

from archive.enums import AnswerStatus
from archive.models import OpenData
from archive.opendata.tables import TABLES
from pages.cache import bump
from pages.licence import Licence
from speakers.terms import choose_terms
from tests.archive.programs.unpacking import ADDRESS, download, rows, table
from tests.archive.programs.whole import SITE
from tests.factories import START, give, make_event, make_talk, make_user, publish
from tests.reading import lines, read

pytestmark = pytest.mark.django_db


def test_every_kind_of_thing_is_in_it(client, whole):
    members = download(client)
    counts = {entry.name: len(table(members, entry.name)) for entry in TABLES}
    assert counts == {
        "series": 1,
        "events": 1,
        "recordings": 1,
        "chapters": 4,
        "talks": 4,
        "appearances": 2,
        "links": 1,
        "promises": 1,
        "replies": 1,
        "answers": 12,
        "asks": 2,
        "audience_questions": 1,
        "corrections": 2,
        "transcripts": 3,
        "speakers": 3,
        "organisations": 2,
        "organisation_names": 1,
        "hosts": 1,
        "topics": 1,
        "questions": 6,
        "question_wordings": 0,
    }
    assert {entry.name: len(rows(members, entry.name)) for entry in TABLES if entry.has_json} == {
        entry.name: counts[entry.name] for entry in TABLES if entry.has_json
    }


def timeless(records):
    """The API tells moments to the millisecond."""
    return [{**record, "updated_at": (record.get("updated_at") or "")[:23]} for record in records]


def test_tables_have_what_the_api_has(client, whole):
    members = download(client)
    for name in ("events", "talks", "speakers", "organisations", "asks", "topics", "hosts", "questions"):
        assert timeless(rows(members, name)) == timeless(client.get(f"/api/v1/{name}").json()["results"]), name
    answered = [row for row in rows(members, "answers") if row["status"] != "not_asked"]
    key = {"key": lambda row: row["id"]}
    told = client.get("/api/v1/answers").json()["results"]
    assert sorted(timeless(answered), **key) == sorted(timeless(told), **key)
    (appearance, _) = table(members, "appearances")
    assert appearance == {
        "talk": str(whole["talk"].pk),
        "speaker": "ada-vale",
        "name": "Ada Vale",
        "role": "Chief",
        "organisation": "board-of-tides",
        "organisation_name": "Board of Tides",
        "place": "",
    }


def test_each_answer_that_is_missing_has_its_code(client, whole):
    found = [row for row in table(download(client), "answers") if row["talk"] == str(whole["talk"].pk)]
    assert [(row["question"], row["status"], row["text"]) for row in found] == [
        ("summary", "answered", "Water & “maps”."),
        ("problem", "declined", ""),
        ("difference", "not_answered", ""),
        ("success", "to_come", ""),
        ("change", "answered", "Names."),
        ("hurdles", "not_asked", ""),
    ]
    assert {*(row["status"] for row in found), "reserved", "no_consent"} == set(AnswerStatus.values)


def test_words_whose_rights_are_reserved_are_in_no_member(client, whole):
    speaker = whole["talk"].talk_speakers.first().speaker
    choose_terms(contribution=whole["given"], terms="reserved", speaker=speaker, by=make_user(), at=START)
    members = download(client)
    found = [row for row in table(members, "answers") if row["talk"] == str(whole["talk"].pk)]
    assert [(row["question"], row["status"], row["text"]) for row in found] == [
        ("summary", "reserved", ""),
        ("problem", "declined", ""),
        ("difference", "not_answered", ""),
        ("success", "to_come", ""),
        ("change", "reserved", ""),
        ("hurdles", "not_asked", ""),
    ]
    assert all("Water & “maps”." not in data.decode(errors="replace") for data in members.values())
    assert [len(table(members, name)) for name in ("talks", "links", "promises", "replies", "asks")] == [4, 0, 0, 0, 0]


def test_no_byte_of_it_is_private(client, whole):
    members = download(client)
    assert b"Water & " in members["csv/answers.csv"]
    assert [name for name, data in members.items() if b"canary" in data.lower()] == []
    assert [name for name, data in members.items() if b"@example.org" in data] == []


def test_dictionary_describes_every_column_in_order(client, whole):
    members = download(client)
    for name, data in ((entry.name, members[f"csv/{entry.name}.csv"]) for entry in TABLES):
        head = data.decode().lstrip("\ufeff").split("\r\n")[0].split(",")
        described = [row["column"] for row in _dictionary(members) if row["table"] == name]
        assert head == described, name
    known = {(row["table"], row["column"]): row for row in _dictionary(members)}
    assert (known["recordings", "duration_seconds"]["unit"], known["recordings", "duration_seconds"]["type"]) == (
        "seconds",
        "whole number",
    )
    assert known["answers", "status"]["codes"].startswith(
        "answered = There is an answer; reserved = There is an answer, to be read"
    )
    assert json.loads(members["dictionary.json"])[0]["table"] == "series"


def _dictionary(members):
    import csv
    import io

    return list(csv.DictReader(io.StringIO(members["dictionary.csv"].decode().lstrip("\ufeff"))))


def test_manifest_has_the_checksum_of_each_file_and_stands_beside_the_whole(client, whole, settings):
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Commons 4.0", "https://commons.example/4.0/"
    members = download(client)
    manifest = json.loads(members.pop("manifest.json"))
    assert {file["name"]: file["sha256"] for file in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in members.items()
    }
    assert (manifest["site"], manifest["licence"]["name"]) == (SITE, "Commons 4.0")
    data = b"".join(client.get(ADDRESS).streaming_content)
    beside = client.get(f"{ADDRESS}.sha256").content.decode()
    assert beside == f"{hashlib.sha256(data).hexdigest()}  data-bites.zip\n"
    readme = members["README.txt"].decode()
    assert "Commons 4.0, https://commons.example/4.0/" in readme
    assert re.findall(r"^  (\w+):", readme, re.MULTILINE) == AnswerStatus.values
    assert {row["licence"] for row in table(members, "answers")} == {"Commons 4.0"}


def test_rows_name_their_own_licence(client, whole, monkeypatch):
    monkeypatch.setattr("archive.records.talks.licence_of", lambda given: Licence("Own terms", "https://own.example/"))
    assert {(row["licence"], row["licence_url"]) for row in table(download(client), "answers")} == {
        ("Own terms", "https://own.example/")
    }


def test_no_cell_is_a_formula_and_the_json_has_the_words_as_they_are(client):
    give(make_talk(event=make_event(number=1), title="=1+1"), {"summary": "@home"})
    bump()
    members = download(client)
    assert (table(members, "talks")[0]["title"], rows(members, "talks")[0]["title"]) == ("'=1+1", "=1+1")
    assert table(members, "answers")[0]["text"] == "'@home"


def test_page_says_what_is_in_it(client, whole):
    empty = read(client, "/open-data/")
    assert "The first file is being made." in empty.get_text()
    assert (client.get(ADDRESS).status_code, client.get(f"{ADDRESS}.sha256").status_code) == (404, 404)
    call_command("make_open_data")
    page = read(client, "/open-data/?again")
    row = OpenData.current()
    assert row.sha256 in page.get_text()
    assert [a["href"] for a in page.select("a.button")] == [ADDRESS]
    assert [line.split(",")[0] for line in lines(page, "details summary")] == [entry.name for entry in TABLES]
    assert lines(page, "#answers summary") == ["answers, 12 rows"]
    assert "declined: They chose not to answer" in page.select_one("#answers").get_text()


def test_unpublished_evening_is_gone_from_the_next_file(client, whole):
    assert b"Tides and maps" in download(client)["csv/events.csv"]
    publish(whole["event"]).unpublish()
    bump()
    members = download(client)
    assert [len(table(members, name)) for name in ("events", "talks", "answers", "speakers")] == [0, 0, 0, 0]
