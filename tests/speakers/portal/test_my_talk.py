"""*My talk* without a script: opened, filled in, saved."""

import pytest

from tests.speakers.portal.forms import answer, answered, at, draft, make_account, make_my_talk, opened, press, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


def test_words_are_saved_and_are_there_again(ada):
    client, me = ada
    talk = make_my_talk(me)
    field = answer(talk)
    words = "It maps **tides**.\n\n- one\n- two\n\nSee https://tides.example/a"
    response = press(client, talk, changes={field: words, "proposed_title": "Tides, mapped"}, follow=True)
    assert texts(response, ".note")[0].startswith("Saved ")
    assert answered(talk) == {
        "summary": "<p>It maps <b>tides</b>.</p><ul><li>one</li><li>two</li></ul>"
        '<p>See <a href="https://tides.example/a">https://tides.example/a</a></p>'
    }
    assert draft(talk).proposed_title == "Tides, mapped"
    assert opened(client, talk)[field] == words


def test_form_without_changes_makes_no_draft(ada):
    client, me = ada
    talk = make_my_talk(me)
    press(client, talk)
    talk.contribution.refresh_from_db()
    assert talk.contribution.latest_revision is None


def test_what_is_not_needed_is_folded_until_it_holds_something(ada):
    client, me = ada
    talk = make_my_talk(me)
    page = opened_page(client, talk)
    assert texts(page, "#more .fold[open] > summary") == []
    assert texts(page, "#more .fold > summary") == [
        "Links",
        "What you ask of people",
        "What you say will happen",
        "Who helps you",
        "Clearance by your organisation",
        "A note to the organisers",
    ]
    press(client, talk, "note", changes={"note": "No photographs."})
    assert texts(opened_page(client, talk), "#more .fold[open] > summary") == ["A note to the organisers"]
    assert texts(client.get(at("talk", talk) + "?more=links"), "#more .fold[open] > summary")[0] == "Links"


def opened_page(client, talk):
    return client.get(at("talk", talk))
