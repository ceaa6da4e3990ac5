"""Autosave: what changed, joined with what others wrote; nothing that was typed is lost."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from speakers.actions import hand_over, release, save_draft
from speakers.enums import Baton
from speakers.models import Answer, KeptText
from tests.factories import START
from tests.speakers.portal.forms import (
    answer,
    answered,
    at,
    autosave,
    draft,
    make_account,
    make_my_talk,
    opened,
    press,
    texts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def ben():
    return make_account("Ben Wick")


def revisions(talk):
    return Revision.objects.for_instance(talk.contribution).count()


def test_autosave_keeps_what_changed_and_says_from_what_to_go_on(ada):
    client, me = ada
    talk = make_my_talk(me)
    form, field = opened(client, talk), answer(talk)
    first = autosave(client, talk, form, **{field: "One"})
    assert (first.status_code, list(first.json()["base"]), first.json()["errors"]) == (200, [field], {})
    form["base"], form["revision"] = f"{field}:{first.json()['base'][field]}", first.json()["revision"]
    assert autosave(client, talk, form, **{field: "One two"}).status_code == 200
    assert answered(talk) == {"summary": "<p>One two</p>"}


def test_own_autosaves_write_over_their_own_latest_draft(ada, ben):
    client, me = ada
    talk = make_my_talk(me, ben[1])
    for words in ("One", "One two"):
        press(client, talk, changes={answer(talk): words})
    assert revisions(talk) == 1
    press(ben[0], talk, changes={answer(talk, "problem"): "Ben’s"})
    press(client, talk, changes={answer(talk): "Three"})
    assert revisions(talk) == 3


def test_draft_that_was_handed_over_is_never_written_over(ada):
    client, me = ada
    talk = make_my_talk(me)
    press(client, talk, changes={answer(talk): "As sent"})
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START.replace(hour=20))
    press(client, talk, changes={answer(talk): "Afterwards"})
    sent = talk.contribution.handovers.get(to=Baton.ORGANISERS).revision.as_object()
    assert [row.text for row in sent.answers.all() if row.text] == ["<p>As sent</p>"]
    assert revisions(talk) == 2


def test_live_revision_is_never_written_over(ada):
    client, me = ada
    talk = make_my_talk(me)
    press(client, talk, changes={answer(talk): "Released"})
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    released = release(contribution=talk.contribution, by=me.user)
    hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START.replace(hour=20))
    press(client, talk, changes={answer(talk): "A correction"})
    released.refresh_from_db()
    assert released.live_revision.as_object().answers.first().text == "<p>Released</p>"
    assert [row.text for row in released.answers.all() if row.text] == ["<p>Released</p>"]


# Two at once


def test_two_speakers_who_change_different_fields_lose_nothing(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    before = opened(ben[0], talk)
    press(ada[0], talk, changes={answer(talk): "Ada’s"})
    press(ben[0], talk, data=before, changes={answer(talk, "problem"): "Ben’s"})
    assert answered(talk) == {"summary": "<p>Ada’s</p>", "problem": "<p>Ben’s</p>"}


def clash(ada, ben, talk):
    """Ben sends a form that he opened before Ada saved the same field; the page he sees."""
    press(ada[0], talk, changes={answer(talk): "First"})
    before = opened(ben[0], talk)
    press(ada[0], talk, changes={answer(talk): "Ada’s"})
    changes = {answer(talk): "Ben’s\n\n- words", answer(talk, "problem"): "Else"}
    return press(ben[0], talk, data=before, changes=changes)


def test_clash_shows_both_texts_keeps_the_rest_and_drops_nothing(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    page = clash(ada, ben, talk)
    assert texts(page, ".version__text") == ["Ben’s - words", "Ada’s"]
    assert texts(page, "legend") == ["Can you summarise your project in a few sentences? (Together)"]
    assert answered(talk) == {"summary": "<p>Ada’s</p>", "problem": "<p>Else</p>"}
    assert KeptText.objects.get().text == "Ben’s\n\n- words"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", "<p>Ben’s</p><ul><li>words</li></ul>"),
        ("theirs", "<p>Ada’s</p>"),
        ("both", "<p>Ada’s</p><p>Ben’s</p><ul><li>words</li></ul>"),
    ],
)
def test_clash_is_settled_by_choosing_or_joining(ada, ben, choice, expected):
    talk = make_my_talk(ada[1], ben[1])
    page = clash(ada, ben, talk)
    field = answer(talk)
    settle(ben[0], talk, page, **{f"choice:{field}": choice})
    assert answered(talk)["summary"] == expected
    assert KeptText.objects.count() == 0


def settle(client, talk, page, **changes):
    form = BeautifulSoup(page.content, "html.parser").select("form")[-1]
    data = {i["name"]: i["value"] for i in form.select("input") if i["type"] == "hidden"}
    return client.post(at("talk", talk), {**data, **changes, "do": "resolve"})


def test_clash_settled_too_late_is_a_clash_again(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    page = clash(ada, ben, talk)
    press(ada[0], talk, changes={answer(talk): "Ada again"})
    again = settle(ben[0], talk, page, **{f"choice:{answer(talk)}": "mine"})
    assert texts(again, ".version__text") == ["Ben’s - words", "Ada again"]
    assert answered(talk)["summary"] == "<p>Ada again</p>"


def test_two_windows_of_one_person_clash_too(ada):
    client, me = ada
    talk = make_my_talk(me)
    press(client, talk, changes={answer(talk): "First"})
    one, other = opened(client, talk), opened(client, talk)
    assert autosave(client, talk, one, **{answer(talk): "In one"}).status_code == 200
    response = autosave(client, talk, other, **{answer(talk): "In the other"})
    assert (response.status_code, response.json()["clashes"]) == (409, [answer(talk)])
    assert response.json()["by"] == "You, in another window,"
    assert (answered(talk), KeptText.objects.get().text) == ({"summary": "<p>In one</p>"}, "In the other")


def test_person_whose_answer_was_lost_on_the_way_back_goes_on_typing(ada):
    client, me = ada
    talk = make_my_talk(me)
    form = opened(client, talk)
    autosave(client, talk, form, **{answer(talk): "It maps"})  # saved, and the page never heard of it
    assert autosave(client, talk, form, **{answer(talk): "It maps tides"}).status_code == 200
    assert answered(talk) == {"summary": "<p>It maps tides</p>"}


def test_lists_of_links_clash_whole_and_join(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    link = {
        "links-0-label": "Map",
        "links-0-url": "https://a.example/",
        "links-0-kind": "other",
        "links-0-language": "en",
    }
    press(ada[0], talk, changes=link)
    before = opened(ben[0], talk)
    press(ada[0], talk, changes={**link, "links-0-label": "Map of Ada"})
    page = press(ben[0], talk, data=before, changes={"links-0-label": "Map of Ben"})
    settle(ben[0], talk, page, **{"choice:links": "both"})
    assert [row.label for row in draft(talk).links.all()] == ["Map of Ada", "Map of Ben"]


def test_organisers_own_rich_text_stays_as_it_is_unless_it_is_changed(ada):
    client, me = ada
    talk = make_my_talk(me, held=False)
    words = '<p>See <a linktype="page" id="2">the page</a><br/>x</p>'
    given = talk.contribution.get_latest_revision_as_object()
    given.answers = [
        Answer(question=row.question, wording=row.wording, text=words if row.question.slug == "summary" else "")
        for row in given.answers.all()
    ]
    save_draft(contribution=given)
    hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START)
    press(client, talk, changes={answer(talk, "problem"): "New"})
    assert answered(talk)["summary"] == words
    press(client, talk, changes={answer(talk): opened(client, talk)[answer(talk)] + " more [no](page:3)"})
    assert answered(talk)["summary"] == '<p>See <a linktype="page" id="2">the page</a><br/>x more no</p>'


def test_rows_of_a_draft_know_their_contribution_and_do_not_look_it_up_each_for_itself(ada):
    talk = make_my_talk(ada[1])
    press(ada[0], talk, changes={answer(talk): "Words"})
    talk.contribution.refresh_from_db()
    revision = talk.contribution.latest_revision
    with CaptureQueriesContext(connection) as asked:
        rows = list(revision.as_object().answers.all())
    looked_up = [query["sql"] for query in asked if 'FROM "speakers_contribution"' in query["sql"]]
    assert (len(looked_up), len(rows)) == (1, 6)
    assert {row.contribution for row in rows} == {talk.contribution}
