"""What the API tells of each kind of thing, and how its lists are narrowed and go on."""

import datetime as dt
from urllib.parse import quote

import pytest

from pages.cache import bump
from speakers.following_up import publish_reply
from speakers.models import Contribution, PromiseReply, StandardQuestion
from tests.archive.answering import make_own
from tests.archive.programs.whole import SITE
from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
)
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
NONE = {"name": "", "url": ""}
LISTS = ("events", "talks", "speakers", "organisations", "questions", "answers", "asks", "topics", "hosts")


def test_evening_is_told_whole(read, whole):
    event = whole["event"]
    talks = {talk.title: talk.pk for talk in event.get_children()}
    (found,) = read("events")["results"]
    assert dt.datetime.fromisoformat(found.pop("updated_at")) >= event.last_published_at
    assert found == {
        "id": event.pk,
        "series": "data-bites",
        "number": 60,
        "title": "Tides and maps",
        "standfirst": "What water does to maps.",
        "starts_at": "2025-11-26T18:00:00Z",
        "ends_at": "2025-11-26T18:37:00Z",
        "status": "confirmed",
        "host": "the-hall",
        "venue": "The Old Sorting Office",
        "town": "London",
        "chair": "cy-chair",
        "introduction": "A wet evening.",
        "introduction_html": "<p>A <b>wet</b> evening.</p>",
        "written_up_on": None,
        "written_up_by": "",
        "original_url": "",
        "recordings": [
            {
                "kind": "video",
                "url": "https://www.youtube.com/watch?v=abcdefghijk",
                "duration_seconds": 4000,
                "captions": False,
            }
        ],
        "chapters": [
            {"seconds": 320, "label": "Tides", "talk": talks["Tides"]},
            {"seconds": 1500, "label": "Taken back", "talk": talks["Taken back"]},
            {"seconds": 2500, "label": "Withdrawn", "talk": talks["Withdrawn"]},
            {"seconds": 3500, "label": "Good night", "talk": None},
        ],
        "address": f"{SITE}/data-bites/60/",
    }
    assert read(f"events/{event.pk}")["title"] == "Tides and maps"


def test_talk_is_told_with_its_people_and_what_they_gave(read, whole):
    found = read(f"talks/{whole['talk'].pk}")
    assert found.pop("updated_at")
    assert found == {
        "id": whole["talk"].pk,
        "event": whole["event"].pk,
        "position": 1,
        "title": "Tides",
        "title_is_ours": False,
        "teaser": "Why they turn.",
        "state": "planned",
        "speakers": [
            {
                "speaker": "ada-vale",
                "name": "Ada Vale",
                "role": "Chief",
                "organisation": "board-of-tides",
                "organisation_name": "Board of Tides",
                "place": "",
            }
        ],
        "topics": ["maps"],
        "account": "Ada showed a map.",
        "account_html": "<p>Ada showed a <i>map</i>.</p>",
        "links": [{"label": "The data", "url": "https://data.example.org/", "kind": "dataset", "language": "en"}],
        "promises": [{"text": "More maps", "due_on": "2026-05-01", "due_precision": "month"}],
        "replies": [{"promise": "More maps", "outcome": "done", "text": "Twelve maps.", "replied_on": "2026-06-01"}],
        "slides": "",
        "address": f"{SITE}/data-bites/60/tides/",
        "licence": NONE,
    }


def test_answers_have_their_codes_and_ids_that_stay(read, whole, settings):
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Commons 4.0", "https://commons.example/4.0/"
    talk, questions = whole["talk"].pk, StandardQuestion.objects.in_bulk(field_name="slug")
    found = read(f"answers?event={whole['event'].pk}&speaker=ada-vale")["results"]
    assert [(row["id"], row["question"], row["status"], row["text"]) for row in found] == [
        (f"{talk}-{questions[slug].pk}", slug, status, text)
        for slug, status, text in (
            ("summary", "answered", "Water & “maps”."),
            ("problem", "declined", ""),
            ("difference", "not_answered", ""),
            ("success", "to_come", ""),
            ("change", "answered", "Names."),
        )
    ]
    assert (found[0]["speakers"], found[0]["together"], found[0]["licence"]) == (
        ["Ada Vale"],
        False,
        {"name": "Commons 4.0", "url": "https://commons.example/4.0/"},
    )
    assert [row["address"] for row in found] == [
        f"{SITE}/data-bites/60/tides/#summary",
        f"{SITE}/data-bites/60/tides/#problem",
        "",
        "",
        f"{SITE}/data-bites/60/tides/#change",
    ]
    assert read(f"answers/{found[0]['id']}") == found[0]


def test_own_answer_names_its_speaker_in_its_id(read, whole):
    bo = make_speaker("Bo Second")
    own = make_own(whole["talk"], bo, "Mine alone.")
    bump()
    found = read(f"answers/{whole['talk'].pk}-{own.question_id}-{bo.pk}")
    assert (found["text"], found["speakers"], found["together"]) == ("Mine alone.", ["Bo Second"], False)


def test_whoever_a_talk_names_has_a_record(read, whole):
    event, fay, office = make_event(number=70, status="cancelled"), make_speaker("Fay Off"), make_organisation("Office")
    make_talk(event=event, title="Called off", speakers=[fay], organisation=office)
    bump()
    (told,) = read(f"talks?event={event.pk}")["results"][0]["speakers"]
    assert read(f"speakers/{told['speaker']}")["id"] == fay.pk
    assert read(f"organisations/{told['organisation']}")["id"] == office.pk


def test_asks_people_and_the_rest_are_told(read, whole):
    asks = read("asks")["results"]
    assert [(row["id"], row["text"], row["closes_on"], row["closes_precision"]) for row in asks] == [
        (f"{whole['talk'].pk}-1", "Tell us", None, "day"),
        (f"{whole['talk'].pk}-2", "Write", "2026-03-04", "month"),
    ]
    assert read(f"asks/{whole['talk'].pk}-2")["text"] == "Write"
    people = read("speakers")["results"]
    assert [row["name"] for row in people] == ["Cy Chair", "Ada Vale", "Bo Dee"]
    assert (people[1]["other_names"], people[1]["links"]) == (["Ada V."], ["https://ada.example.org/"])
    offices = {row["slug"]: row for row in read("organisations")["results"]}
    assert (offices["board-of-tides"]["parent"], offices["board-of-tides"]["former_names"]) == (
        "ministry-of-water",
        [{"name": "Tide Office", "since": None, "until": "2020-03-31"}],
    )
    assert [row["slug"] for row in read("topics")["results"]] == ["maps"]
    assert [row["slug"] for row in read("hosts")["results"]] == ["the-hall"]
    assert len(read("questions")["results"]) == 6
    for name in ("speakers/ada-vale", "organisations/board-of-tides", "topics/maps", "hosts/the-hall"):
        assert read(f"{name.split('/')[0]}/{read(name)['id']}") == read(name)


def test_nothing_private_is_told_anywhere(client, whole):
    told = b"".join(client.get(f"/api/v1/{name}?limit=100").content for name in LISTS)
    assert b"Water & " in told
    assert b"canary" not in told.lower()


@pytest.mark.parametrize(
    "address", ["events/{hidden}", "talks/{hidden}", "speakers/canary-bird", "organisations/canary-office", "hosts/x"]
)
def test_what_is_not_public_is_not_there(read, whole, address):
    found = read(address.format(hidden=2**31 - 1), status=404)
    assert (found["title"], found["status"]) == ("There is nothing here", 404)


@pytest.fixture
@remembered
def many():
    """Twelve talks at three evenings, in two years, with two answers each."""
    board = make_organisation("Board", kind="regulator")
    main, other = make_series(), make_series(slug="other", title="Other")
    for number in (1, 2, 3):
        event = make_event(
            number=number,
            series=other if number == 3 else main,
            starts_at=START - dt.timedelta(days=365 * (number == 1)),
            host=make_host(f"Host {number}"),
        )
        for place in range(4):
            person = make_speaker(f"Person {number} {place}")
            talk = make_talk(event=event, speakers=[person], organisation=board if place == 0 else None)
            give(talk, {"summary": f"S{number}{place}", "change": f"C{number}{place}"})
    bump()


@pytest.mark.parametrize(("name", "limit"), [("talks", 5), ("answers", 7), ("speakers", 5), ("events", 2)])
def test_lists_go_on_until_everything_was_told_once(client, many, read, name, limit):
    whole = [row["id"] for row in read(f"{name}?limit=100")["results"]]
    found, address = [], f"/api/v1/{name}?limit={limit}"
    while address:
        page = client.get(address.removeprefix(SITE)).json()
        assert len(page["results"]) <= limit
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert found == whole
    assert len(found) == len(set(found)) == {"talks": 12, "answers": 72, "speakers": 12, "events": 3}[name]


@pytest.mark.parametrize(
    ("query", "talks", "answered"),
    [
        ("", 12, 24),
        ("year=2024", 4, 8),
        ("series=other", 4, 8),
        ("host=host-2", 4, 8),
        ("organisation=board", 3, 6),
        ("kind=regulator", 3, 6),
        ("kind=regulator&year=2024", 1, 2),
        ("speaker=person-2-3", 1, 2),
        ("series=nobody-knows", 0, 0),
        ("updated_since=2100-01-01T00:00:00Z", 0, 0),
        ("updated_since=2000-01-01T00:00:00%2B01:00", 12, 24),
    ],
)
def test_talks_and_answers_are_narrowed(read, many, query, talks, answered):
    assert len(read(f"talks?limit=100&{query}")["results"]) == talks
    found = read(f"answers?status=answered&limit=100&{query}")["results"]
    assert len(found) == answered
    assert len(read(f"answers?question=change&status=answered&limit=100&{query}")["results"]) == answered / 2


def test_what_changed_since_is_what_changed(read, many):
    moment = Contribution.objects.order_by("-last_published_at").first().last_published_at
    since = quote(moment.isoformat())
    assert [row["text"] for row in read(f"answers?status=answered&updated_since={since}")["results"]] == ["S33", "C33"]
    assert len(read(f"talks?updated_since={since}")["results"]) == 1
    assert [row["number"] for row in read(f"events?updated_since={since}")["results"]] == [3]


def test_reply_about_a_promise_is_a_change_of_its_talk_once_it_is_public(read, whole):
    since = quote((whole["given"].last_published_at + dt.timedelta(days=1)).isoformat())
    assert read(f"talks?updated_since={since}")["results"] == []
    waiting = PromiseReply.objects.get(published_at=None)
    publish_reply(reply=waiting, by=None, at=whole["given"].last_published_at + dt.timedelta(days=2))
    bump()
    found = read(f"talks?updated_since={since}")["results"]
    assert [[row["text"] for row in talk["replies"]] for talk in found] == [["canary-reply", "Twelve maps."]]


@pytest.mark.parametrize("name", LISTS)
def test_empty_archive_has_empty_lists(read, name):
    assert read(name) == {"results": [], "next": None}
