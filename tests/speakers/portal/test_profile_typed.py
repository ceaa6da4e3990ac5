"""What is typed in the profile is kept before it is saved, for its person alone, and no word of it is lost."""

import pytest
from django.test import Client
from wagtail.models import Revision

from mailing.models import OutgoingMail
from speakers.models import UnsavedProfile
from tests.factories import make_user
from tests.speakers.portal.forms import JSON, make_account, texts
from tests.speakers.portal.profiles import HOME, form_of, hidden, newest, person, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


def typed(ada, form, *, lists=(), **changes):
    """What the script sends: what changed, and what it began from; the form goes on from the answer."""
    sent = {name: form[name] for name in ("who", "page", "base")}
    response = ada[0].post(f"{HOME}save/", {**sent, **changes, "lists": list(lists)}, headers=JSON)
    began = dict(pair.rsplit(":", 1) for pair in form["base"].split()) | response.json().get("base", {})
    form.update(changes, base=" ".join(":".join(pair) for pair in began.items()))
    return response


def opened(ada):
    return form_of(ada[0].get(HOME))


def test_what_is_typed_is_in_the_form_again_and_nobody_else_sees_it(ada):
    make_user("organiser")
    response = typed(ada, opened(ada), lists=("links",), biography="Half a", **{"links-0-url": "https://a.example/"})
    assert (response.status_code, sorted(response.json()["base"])) == (200, ["biography", "links"])
    again = opened(ada)
    assert (again["biography"], again["links-0-url"]) == ("Half a", "https://a.example/")
    assert (person(ada[1]).biography, Revision.objects.for_instance(ada[1]).count()) == ("", 0)
    assert OutgoingMail.objects.count() == 0


def test_saving_makes_it_public_and_nothing_waits_any_more(ada):
    form = opened(ada)
    typed(ada, form, biography="Half a")
    typed(ada, form, biography="Half a sentence, and the rest.")
    page = send(ada[0], data=form)
    assert person(ada[1]).biography == "<p>Half a sentence, and the rest.</p>"
    assert (UnsavedProfile.objects.count(), "Not saved yet" in page.content.decode()) == (0, False)
    assert page.redirect_chain == [(f"{HOME}?had={form['page']}", 302)]


def test_answer_that_was_lost_on_the_way_back_is_no_clash(ada):
    form = opened(ada)
    before = form["base"]
    typed(ada, form, biography="Half")
    assert typed(ada, {**form, "base": before}, biography="Half a").status_code == 200


def test_two_windows_lose_neither_text(ada):
    one, other = opened(ada), opened(ada)
    typed(ada, one, biography="In one")
    response = typed(ada, other, biography="In the other")
    assert (response.status_code, response.json()["clashes"]) == (409, ["biography"])
    assert response.json()["by"] == "You, in another window,"
    page = send(ada[0], data=other, biography="In the other")
    assert texts(page, ".version__text") == ["In the other", "In one"]
    ada[0].post(HOME, {**hidden(page), "choice:biography": "both", "do": "resolve"})
    assert person(ada[1]).biography == "<p>In one</p><p>In the other</p>"
    assert UnsavedProfile.objects.count() == 0


def test_old_window_that_saves_something_else_leaves_what_was_typed(ada):
    old = opened(ada)
    typed(ada, opened(ada), biography="In a newer one")
    send(ada[0], data=old, pronunciation="AY-da")
    assert (person(ada[1]).pronunciation, person(ada[1]).biography) == ("AY-da", "")
    assert opened(ada)["biography"] == "In a newer one"


@pytest.mark.parametrize(("choice", "expected"), [("mine", "Mine"), ("theirs", "Theirs"), ("both", "Theirs\n\nMine")])
def test_what_organisers_changed_meanwhile_is_shown_beside_it(ada, choice, expected):
    form = opened(ada)
    typed(ada, form, biography="Mine")
    draft = newest(ada[1])
    draft.biography = "<p>Theirs</p>"
    draft.save_revision(user=make_user("organiser")).publish()
    page = send(ada[0], data=opened(ada))
    assert texts(page, ".version__text") == ["Mine", "Theirs"]
    assert opened(ada)["biography"] == "Mine"
    ada[0].post(HOME, {**hidden(page), "choice:biography": choice, "do": "resolve"})
    assert (opened(ada)["biography"], UnsavedProfile.objects.count()) == (expected, 0)


def test_it_can_be_thrown_away(ada):
    form = opened(ada)
    typed(ada, form, name="Ada Byron")
    assert [note.partition(":")[0] for note in texts(ada[0].get(HOME), "header .note")] == ["Not saved yet"]
    ada[0].post(HOME, {"do": "drop-typed"})
    assert opened(ada)["name"] == "Ada Vale"


def test_what_is_typed_back_to_what_is_saved_waits_no_more(ada):
    form = opened(ada)
    typed(ada, form, name="Ada V")
    typed(ada, form, name="Ada Vale")
    assert UnsavedProfile.objects.count() == 0


def test_refusals_say_which_field_and_an_ended_session_why(ada):
    form = opened(ada)
    assert typed(ada, form, name=" ").json()["errors"] == {"name": "Give your name."}
    response = Client().post(f"{HOME}save/", {"biography": "Words"}, headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (401, "signed-out")


def test_words_for_a_photo_that_is_not_there_yet_are_shown_again(ada):
    page = send(ada[0], description="Ada laughs")
    assert (page.status_code, form_of(page)["description"]) == (400, "Ada laughs")
    assert texts(page, "#error-photo") == ["Choose the photo that these words are about."]
