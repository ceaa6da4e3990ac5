"""*My talk* without a script: opened, filled in, saved."""

import pytest

from tests.speakers.portal.forms import answer, answered, draft, make_account, make_my_talk, opened, press, texts

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
