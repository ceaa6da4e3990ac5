"""The list of contributions, and the words that tell how far one is."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from events.models import TalkPage
from speakers.actions import hand_over
from speakers.enums import Baton
from speakers.models import Contribution
from speakers.progress import state_in_words
from tests.factories import QUESTIONS, START, give, make_event, make_speaker, make_talk, write_answers
from tests.speakers.editor import at

pytestmark = pytest.mark.django_db


def listed(client, **query):
    """The list's rows: talk, evening, speakers, state, holder, answers."""
    page = BeautifulSoup(client.get(at("list"), query).content, "html.parser")
    rows = [row.select("td") for row in page.select("main tbody tr")]
    return [[_text(cell.select_one(".title-wrapper") or cell) for cell in row] for row in rows]


def _text(cell):
    return " ".join(cell.get_text(" ", strip=True).split())


def make_four():
    """One in each state, on one evening."""
    event = make_event(title="Maps and more", starts_at=START)
    empty = make_talk(event=event, title="Empty")
    draft = make_talk(event=event, title="Draft")
    write_answers(draft.contribution, {"summary": "Words.", "hurdles": "More."})
    released = make_talk(event=event, title="Released", speakers=[make_speaker("Ada Vale"), make_speaker("Ben Wick")])
    give(released, dict.fromkeys(QUESTIONS, "Words."))
    changed = make_talk(event=event, title="Changed")
    write_answers(give(changed, dict.fromkeys(QUESTIONS, "Words.")), {"summary": ""})
    hand_over(contribution=draft.contribution, to=Baton.SPEAKERS, at=START)
    return empty, draft, released, changed


def test_list_says_whose_how_far_and_with_whom(organiser):
    make_four()
    evening = "Maps and more, 26 November 2025"
    assert listed(organiser) == [
        ["Empty", evening, "", "Nothing yet", "Organisers", "0 of 6"],
        ["Draft", evening, "", "Draft", "Speakers", "2 of 6"],
        ["Released", evening, "Ada Vale, Ben Wick", "Released", "Organisers", "6 of 6"],
        ["Changed", evening, "", "Released, with a newer draft", "Organisers", "5 of 6"],
    ]


FOUND = [
    ({"state": "empty"}, ["Empty"]),
    ({"state": "draft"}, ["Draft"]),
    ({"state": "released"}, ["Released"]),
    ({"state": "changed"}, ["Changed"]),
    ({"holder": "speakers"}, ["Draft"]),
    ({"holder": "organisers"}, ["Empty", "Released", "Changed"]),
    ({"holder": "organisers", "state": "changed"}, ["Changed"]),
    ({"talk": "without"}, []),
    ({"q": "draft"}, ["Draft"]),
    ({"q": "ben wick"}, ["Released"]),
    ({"q": 'ben "wick'}, []),
    ({"q": "maps"}, ["Empty", "Draft", "Released", "Changed"]),
]


def test_list_is_filtered_and_searched(organiser):
    make_four()
    assert [(query, [row[0] for row in listed(organiser, **query)]) for query, _ in FOUND] == FOUND


def test_state_of_the_filter_and_of_the_list_are_one_rule():
    make_four()
    for contribution in Contribution.objects.all():
        assert list(Contribution.objects.in_state(contribution.release_state)) == [contribution]


def test_list_begins_with_the_newest_evening(organiser):
    make_talk(event=make_event(title="Old", starts_at=START), title="Then")
    make_talk(event=make_event(title="New", starts_at=START + dt.timedelta(days=30)), title="Now")
    assert [row[0] for row in listed(organiser)] == ["Now", "Then"]


def test_contribution_whose_talk_is_gone_is_listed_without_a_talk(organiser):
    talk = make_talk()
    given = write_answers(talk.contribution, {"summary": "Words."}, proposed_title="Our proposal")
    Contribution.objects.filter(pk=given.pk).update(proposed_title="Our proposal")
    TalkPage.objects.filter(pk=talk.pk).update(contribution=None)
    expected = [["Without a talk: Our proposal", "", "", "Draft", "Organisers", "1 of 6"]]
    assert listed(organiser) == expected
    assert listed(organiser, talk="without") == expected
    assert organiser.get(at("edit", given.pk)).status_code == 200


def test_list_leads_moderators_to_the_page_for_looking(signed_in):
    contribution = make_talk().contribution
    page = BeautifulSoup(signed_in("moderator").get(at("list")).content, "html.parser")
    assert page.select_one("main tbody .title-wrapper a")["href"] == at("inspect", contribution.pk)


QUERIES = 18


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_whatever_its_length(organiser, django_assert_num_queries, rows):
    for number in range(rows):
        talk = make_talk(speakers=[make_speaker(), make_speaker()])
        write_answers(give(talk), {"summary": f"Newer {number}."})
        hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START)
    organiser.get(at("list"))
    with django_assert_num_queries(QUERIES):
        assert len(listed(organiser)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_state_in_words_asks_nothing_of_what_a_list_brought_along(django_assert_num_queries, rows):
    for _ in range(rows):
        write_answers(give(make_talk()), {"summary": "Newer."})
    contributions = list(Contribution.objects.for_lists())
    with django_assert_num_queries(0):
        words = [state_in_words(contribution) for contribution in contributions]
    assert words == ["1 of 6 answers, released, with a newer draft, with the organisers"] * rows


def tag(contribution):
    source = "{% load contribution_tags %}{% contribution_state contribution %}"
    return Template(source).render(Context({"contribution": contribution}))


def test_tag_says_how_far_a_contribution_is():
    contributions = [talk.contribution for talk in make_four()]
    assert [tag(Contribution.objects.get(pk=contribution.pk)) for contribution in contributions] == [
        "0 of 6 answers, nothing yet, with the organisers",
        "2 of 6 answers, draft, with the speakers",
        "6 of 6 answers, released, with the organisers",
        "5 of 6 answers, released, with a newer draft, with the organisers",
    ]


def test_tag_is_empty_without_a_contribution():
    assert tag(None) == ""


def test_page_for_looking_shows_the_newest_draft(signed_in):
    talk = make_talk(speakers=[make_speaker("Ada Vale")])
    given = write_answers(give(talk), {"summary": "The newer words."}, teaser="Soon.")
    page = BeautifulSoup(signed_in("moderator").get(at("inspect", given.pk)).content, "html.parser")
    assert [heading.get_text() for heading in page.select(".words h3")] == [*QUESTIONS.values(), "Slides", "Teaser"]
    assert page.select_one(".words p").get_text() == "The newer words."
    assert [p.get_text() for p in page.select(".words p.help")] == ["Still to come"] * 5 + ["None yet."]
