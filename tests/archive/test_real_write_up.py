"""The real write-up of evening 60, as it was pasted, gives the plan that a person would make of it."""

import pytest

from archive.importers import read_plan
from archive.importers.plan import HostCountClaim, SpeakerPlan
from archive.importers.reading import read_writeup

pytestmark = pytest.mark.needs_shared

ALL_SIX = ["summary", "problem", "difference", "success", "hurdles", "change"]


@pytest.fixture
def lines(real_write_up):
    return [line.strip() for line in real_write_up.read_text("utf-8").split("\n") if line.strip()]


@pytest.fixture
def plan(real_write_up):
    return read_plan(read_writeup(real_write_up), number=60)


def test_four_people_speak_with_their_roles(plan):
    assert [talk.speakers for talk in plan.talks] == [
        (SpeakerPlan("Stephanie Howarth", "Chief Statistician", "Welsh Government", "Cardiff"),),
        (SpeakerPlan("Penny Babb", "Head of Policy and Standards", "Office for Statistics Regulation"),),
        (SpeakerPlan("Martine Wauben", "Head of Data for London", "Greater London Authority"),),
        (SpeakerPlan("Michelle Waters", "topic consultation lead", "Office for National Statistics"),),
    ]


def test_titles_are_ours_and_sensible(plan):
    assert [(talk.title, talk.title_is_ours) for talk in plan.talks] == [
        ("The relaunch of StatsWales", True),
        ("The new Code of Practice for Statistics", True),
        ("The Data for London Library", True),
        ("The Census 2031 topic consultation", True),
    ]


def test_seventeen_answers_stand_under_their_questions(plan, lines):
    assert [[answer.question for answer in talk.answers] for talk in plan.talks] == [
        ALL_SIX,
        ALL_SIX,
        [],
        [slug for slug in ALL_SIX if slug != "hurdles"],
    ]
    # The numbers are those of the file's lines.
    spans = [[(8, 8), (10, 10), (12, 12), (14, 14), (16, 19), (21, 21)]]
    spans += [[(25, 25), (27, 27), (29, 29), (31, 31), (33, 35), (37, 37)], []]
    spans += [[(57, 59), (61, 61), (63, 64), (66, 66), (68, 68)]]
    expected = [["\n".join(lines[first : last + 1]) for first, last in talk] for talk in spans]
    assert [[answer.text for answer in talk.answers] for talk in plan.talks] == expected


def test_hurdles_are_lists(plan, lines):
    assert plan.talks[0].answers[4].blocks == (("p", lines[16]), ("ul", tuple(lines[17:20])))
    assert plan.talks[1].answers[4].blocks == (("ul", tuple(lines[33:36])),)


def test_other_answers_are_paragraphs(plan):
    others = [
        a for i, talk in enumerate(plan.talks) for a in talk.answers if (i, a.question) > (1, "hurdles") or i == 3
    ]

    assert {kind for answer in others for kind, _ in answer.blocks} == {"p"}
    assert [len(answer.blocks) for answer in plan.talks[3].answers] == [3, 1, 2, 1, 1]


def test_seven_questions_from_slido_are_answered(plan, lines):
    found = plan.talks[1].audience_questions

    assert [(q.question, q.answer, q.source) for q in found] == [
        (lines[at], lines[at + 1], "Slido") for at in range(39, 53, 2)
    ]
    assert [len(talk.audience_questions) for talk in plan.talks] == [0, 7, 0, 0]
    assert found[0].blocks == (("p", lines[40]),)


def test_everything_else_stands_where_it_belongs(plan, lines):
    assert plan.unplaced == tuple(lines[:2])
    assert plan.introduction == "\n".join(lines[2:5])
    assert [talk.text for talk in plan.talks] == [
        "\n".join(lines[5:7]),
        "\n".join([*lines[22:24], lines[38]]),
        "\n".join(lines[53:55]),
        "\n".join([lines[55], *lines[69:71]]),
    ]
    assert plan.sign_off == lines[71]
    assert (plan.recordings, plan.chapters, plan.warnings) == ((), (), ())


def test_printed_plan_holds_each_line_once(plan, lines):
    printed = plan.as_json_dict()
    texts = [printed["introduction"], printed["sign_off"], *printed["unplaced"]]
    for talk in printed["talks"]:
        texts += [talk["text"], *(answer["text"] for answer in talk["answers"])]
        texts += [part for q in talk["audience_questions"] for part in (q["question"], q["answer"])]

    questions = {answer.wording for talk in plan.talks for answer in talk.answers}
    assert sorted(line for text in texts for line in text.split("\n")) == sorted(
        line for line in lines if line not in questions
    )


def test_links_that_were_lost_are_flagged(plan):
    assert [[link.label for link in talk.lost_links] for talk in plan.talks] == [
        ["Welsh version here", "sign up", "Steph’s slides"],
        ["tool"],
        [],
        ["this from the ONS", "Some key links include:"],
    ]
    assert [link.label for link in plan.lost_links] == ["recording of the event", "this page"]


def test_claims_are_read(plan):
    assert plan.host_count == HostCountClaim(11, "Public Digital", 49, "Institute for Government", 60)
    assert [[(ask.email, ask.closes) for ask in talk.asks] for talk in plan.talks] == [
        [("StatsWales@gov.wales", "")],
        [],
        [],
        [("", "2026-02"), ("", "2026-02-04")],
    ]
