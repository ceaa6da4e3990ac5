"""The real write-up of evening 60 goes in by one command and comes out as pages."""

import datetime as dt
import json

import pytest
from django.core.management.base import CommandError

from events.models import AudienceQuestion, EventPage
from pages.cache import bump
from speakers.models import Organisation, Speaker
from tests.factories import QUESTIONS, make_host, make_organisation, make_series, make_speaker
from tests.remembering import remembered

from .importing import Importer, answers, evening, everything, given, talks

pytestmark = [pytest.mark.needs_shared, pytest.mark.django_db]
SIXTY = {"number": "60", "date": "2025-11-26"}


@pytest.fixture
def imports(tmp_path, real_write_up):
    importer = Importer(tmp_path)
    return lambda **options: importer(real_write_up, **SIXTY, **options)


@pytest.fixture
def lines(real_write_up):
    return [line.strip() for line in real_write_up.read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture
@remembered
def series():
    first, then = make_host("Institute for Government"), make_host("Public Digital")
    return make_series(spells=[(first, 1, 49), (then, 50, None)])


def test_dry_run_has_each_line_and_changes_nothing(imports, lines):
    before = everything()
    printed = imports(dry_run=True, json=True).out
    assert everything() == before
    assert [len(talk["answers"]) for talk in json.loads(printed)["talks"]] == [6, 6, 0, 5]
    wordings = set(QUESTIONS.values())
    assert [line for line in lines if json.dumps(line, ensure_ascii=False)[1:-1] not in printed] == [
        line for line in lines if line in wordings
    ]


def test_four_talks_with_their_people(imports, series):
    imports()
    rows = [row for talk in talks(60) for row in talk.talk_speakers.all()]
    assert [(r.speaker.name, r.role, r.organisation.name, r.place) for r in rows] == [
        ("Stephanie Howarth", "Chief Statistician", "Welsh Government", "Cardiff"),
        ("Penny Babb", "Head of Policy and Standards", "Office for Statistics Regulation", ""),
        ("Martine Wauben", "Head of Data for London", "Greater London Authority", ""),
        ("Michelle Waters", "Topic consultation lead", "Office for National Statistics", ""),
    ]
    assert evening(60).local_start == dt.datetime(2025, 11, 26, 18, 0, tzinfo=series.zone)


def test_seventeen_answers_and_what_is_missing(imports, series, lines):
    imports()
    missing = [[slug for slug, text, why in answers(g) if why == "given_up" and not text] for g in given(60)]
    assert missing == [[], [], list(QUESTIONS), ["hurdles"]]
    assert [sum(bool(text) for _, text, _ in answers(g)) for g in given(60)] == [6, 6, 0, 5]
    first = {slug: text for slug, text, _ in answers(given(60)[0])}
    items = "".join(f"<li>{line}</li>" for line in lines[17:20])
    assert first["hurdles"] == f"<p>{lines[16]}</p><ul>{items}</ul>"


def test_seven_questions_from_slido(imports, series, lines):
    imports()
    rows = AudienceQuestion.objects.order_by("order")
    assert [(q.text, q.answer) for q in rows] == [(lines[at], f"<p>{lines[at + 1]}</p>") for at in range(39, 53, 2)]
    assert {(q.source, q.state, q.answered_by.name, q.talk_id) for q in rows} == {
        ("slido", "in_writing", "Penny Babb", talks(60)[1].pk)
    }


def test_what_speakers_ask_and_what_came_before(imports, series):
    imports()
    assert [[(a.text, a.email, a.closes_on) for a in g.asks.all()] for g in given(60)] == [
        [
            (
                "Sign up to help with user research (or email StatsWales@gov.wales with feedback).",
                "StatsWales@gov.wales",
                None,
            )
        ],
        [],
        [],
        [("Complete our topic consultation.", "", dt.date(2026, 2, 4))],
    ]
    assert [[(r.words, r.number, r.year) for r in t.related_talks.all()] for t in talks(60)] == [
        [],
        [("The review of the Code", 45, 2023)],
        [("Data sharing across London", None, 2020), ("The GLA’s High Streets Data Service", None, 2023)],
        [("The previous consultation into the future of the Census", None, 2023)],
    ]


def test_people_and_organisations_that_are_known_are_not_doubled(imports, series):
    known = [make_speaker("Stephanie Howarth"), make_speaker("PENNY BABB")]
    ons = make_organisation("The Office for National Statistics", short_name="ONS")
    imports()
    rows = [row for talk in talks(60) for row in talk.talk_speakers.all()]
    assert ([row.speaker for row in rows[:2]], rows[3].organisation) == (known, ons)
    assert (Speaker.objects.count(), Organisation.objects.count()) == (4, 4)


def test_count_that_agrees_is_no_warning(imports, series):
    assert [line for line in imports().err.splitlines() if "Public Digital" in line] == []


def test_count_that_differs_is_a_warning(imports):
    first, then = make_host("Institute for Government"), make_host("Public Digital")
    make_series(spells=[(first, 1, 47), (then, 48, None)])
    assert [line for line in imports().err.splitlines() if "Public Digital" in line or "Institute" in line] == [
        "Warning: The text counts this as number 11 at Public Digital; "
        "by the series’ hosts it is number 13 at Public Digital.",
        "Warning: The text counts 49 at Institute for Government before; "
        "by the series’ hosts it is 47 at Institute for Government.",
    ]


def test_count_that_cannot_be_checked_is_a_warning(imports):
    assert imports().err.splitlines()[:2] == [
        "Warning: No host is known for number 60: set in the series who hosted which numbers, or give --host.",
        "Warning: The text counts this as number 11 at Public Digital. That can’t be checked: "
        "the series doesn’t say who hosted which numbers.",
    ]


def test_lost_links_are_flagged(imports, series):
    told = [line for line in imports().err.splitlines() if line.startswith("Lost link: ")]
    assert [line.split("“")[1].split("”")[0] for line in told] == [
        "recording of the event",
        "this page",
        "Welsh version here",
        "sign up",
        "Steph’s slides",
        "tool",
        "this from the ONS",
        "Some key links include:",
    ]


def test_published_page_has_every_line_but_the_leftovers(imports, series, lines, client):
    with pytest.raises(CommandError):
        imports(publish=True)
    imports(publish=True, leftovers_seen=True)
    bump()
    page = client.get("/data-bites/60/").content.decode()
    kept = {line for line in lines if line in page}
    # The heading over the audience's questions became theirs; the one over lost links would lead nowhere.
    assert [line for line in lines if line not in kept] == [*lines[:2], "From Slido:", "Some key links include:"]
    assert EventPage.objects.get(number=60).leftovers.splitlines() == lines[:2]
