"""The profile over all evenings: what goes live at once, what waits for the organisers, and nothing is lost."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from mailing.models import OutgoingMail
from speakers.actions import merge_speakers
from speakers.models import Speaker
from tests.factories import make_speaker, make_user
from tests.speakers.portal.forms import make_account, make_my_talk, texts
from tests.speakers.portal.profiles import HOME, form_of, newest, person, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale", email="ada@example.org")


@pytest.fixture
def organiser():
    return make_user("organiser")


EVERYTHING = {
    "biography": "Maps **tides**.",
    "links-0-url": "https://www.a.example/me",
    "aliases-0-name": "Ada Byron",
    "aliases-0-public": "True",
    "aliases-1-name": "Canary Byron",
    "pronunciation": "AY-da",
}


def test_what_is_not_a_name_is_kept_at_once(ada):
    page = send(ada[0], **EVERYTHING)
    assert texts(page, "[role=status] .note") == ["It is saved, and shown to readers wherever you are named."]
    me = person(ada[1])
    assert (me.biography, me.pronunciation, me.has_unpublished_changes) == ("<p>Maps <b>tides</b>.</p>", "AY-da", False)
    assert [(link.label, link.url) for link in me.links.all()] == [("a.example", "https://www.a.example/me")]
    assert [(alias.name, alias.public) for alias in me.aliases.all()] == [("Ada Byron", True), ("Canary Byron", False)]


def test_readers_see_it_at_once_and_nothing_private(ada):
    make_my_talk(ada[1])
    address = ada[1].get_absolute_url()
    assert f'href="{address}"' in send(ada[0], **EVERYTHING).content.decode()
    public = Client().get(address).content.decode()
    hidden_words = [w for w in ("Maps <b>tides</b>", "Ada Byron", "Canary", "AY-da") if w not in public]
    assert hidden_words == ["Canary", "AY-da"]


def test_rows_are_added_kept_and_taken_away(ada):
    send(ada[0], **{"links-0-url": "https://a.example/", "links-1-url": "https://b.example/"})
    first, second = person(ada[1]).links.all()
    form = form_of(ada[0].get(HOME))
    page = send(ada[0], "add:links", data=form)
    assert page.redirect_chain == [(f"{HOME}?more=links&had={form['page']}#links", 302)]
    assert len(texts(page, "#links .row")) == 3
    send(ada[0], "remove:links:0")
    assert [link.pk for link in person(ada[1]).links.all()] == [first.pk, second.pk]
    send(ada[0])
    assert [link.pk for link in person(ada[1]).links.all()] == [second.pk]
    assert first.url == "https://a.example/"


def test_new_name_waits_for_the_organisers_and_they_are_told(ada, organiser):
    page = send(ada[0], name="Ada Byron", biography="Maps tides.")
    assert texts(page, "[role=status] .note") == [
        "Your new name is with the organisers. The programme changes when they have seen it."
    ]
    me = person(ada[1])
    assert (me.name, me.sort_name, me.biography) == ("Ada Vale", "Vale, Ada", "<p>Maps tides.</p>")
    assert (newest(me).name, newest(me).sort_name, me.has_unpublished_changes) == ("Ada Byron", "Byron, Ada", True)
    assert form_of(page)["name"] == "Ada Byron"
    assert "The programme says “Ada Vale” until the organisers have seen your new name." in texts(page, ".note")
    mail = OutgoingMail.objects.get()
    subject, words = mail.message.subject, mail.message.text
    assert (mail.recipient, subject) == (organiser.email, "A new name to look at: Ada Byron")
    assert "Ada Vale changed the name and the biography in their profile." in words
    assert reverse("wagtailsnippets_speakers_speaker:edit", args=[me.pk]) in words


def test_what_is_changed_while_a_name_waits_goes_live_and_the_name_goes_on_waiting(ada):
    send(ada[0], name="Ada Byron")
    send(ada[0], biography="Later.")
    me = person(ada[1])
    assert (me.name, me.biography, newest(me).name, newest(me).biography) == (
        "Ada Vale",
        "<p>Later.</p>",
        "Ada Byron",
        "<p>Later.</p>",
    )
    newest(me).save_revision().publish()
    assert (person(me).name, person(me).slug, person(me).biography) == ("Ada Byron", "ada-vale", "<p>Later.</p>")


def test_organisers_draft_is_left_a_draft(ada):
    draft = person(ada[1]).get_latest_revision_as_object()
    draft.biography = "<p>Half-written by an organiser</p>"
    draft.save_revision(user=make_user("organiser"))
    send(ada[0], pronunciation="AY-da")
    me = person(ada[1])
    assert (me.biography, me.pronunciation) == ("", "AY-da")
    assert newest(me).biography == "<p>Half-written by an organiser</p>"


def test_organisers_are_told_once_a_day_and_of_each_new_name(ada, organiser):
    for words in ("One", "Two"):
        send(ada[0], biography=words)
    for name in ("Ada Byron", "Ada King"):
        send(ada[0], name=name)
    send(ada[0])
    subjects = sorted(mail.message.subject for mail in OutgoingMail.objects.all())
    assert subjects == [
        "A new name to look at: Ada Byron",
        "A new name to look at: Ada King",
        "Ada Vale changed their profile",
    ]


def test_person_who_was_never_live_stays_a_draft(ada):
    Speaker.objects.filter(pk=ada[1].pk).update(live=False)
    page = send(ada[0], biography="Maps tides.", name="Ada Byron")
    assert texts(page, "[role=status] .note") == [
        "It is saved. It goes on the site when the organisers publish your page."
    ]
    me = person(ada[1])
    assert (me.live, me.name, me.biography) == (False, "Ada Vale", "")
    assert (newest(me).name, newest(me).biography) == ("Ada Byron", "<p>Maps tides.</p>")


def test_nothing_changed_makes_no_version(ada):
    send(ada[0])
    assert Revision.objects.for_instance(ada[1]).count() == 0


def test_merged_rows_are_one_profile(ada):
    old = make_speaker("A. Vale", biography="<p>From the old row</p>")
    merge_speakers(kept=ada[1], merged=old)
    data = form_of(ada[0].get(HOME))
    assert (data["biography"], data["aliases-0-name"]) == ("From the old row", "A. Vale")
    send(ada[0], biography="New")
    assert (person(ada[1]).biography, person(old).biography) == ("<p>New</p>", "<p>From the old row</p>")


# Two at once, and what goes wrong


def test_two_windows_show_both_texts_and_lose_none(ada):
    before = form_of(ada[0].get(HOME))
    send(ada[0], biography="In one window", pronunciation="AY-da")
    page = send(ada[0], data=before, biography="In the other", **{"links-0-url": "https://a.example/"})
    assert texts(page, ".version__text") == ["In the other", "In one window"]
    assert person(ada[1]).links.count() == 1
    fields = {
        f["name"]: f["value"] for f in BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]")
    }
    ada[0].post(HOME, {**fields, "choice:biography": "both", "do": "resolve"})
    me = person(ada[1])
    assert (me.biography, me.pronunciation) == ("<p>In one window</p><p>In the other</p>", "AY-da")


def test_lists_clash_whole_and_what_was_refused_comes_along(ada):
    before = form_of(ada[0].get(HOME))
    send(ada[0], **{"links-0-url": "https://one.example/"})
    other = {"links-0-url": "https://other.example/", "links-0-label": "Other"}
    page = send(ada[0], data=before, name="x" * 121, **other)
    fields = {
        f["name"]: f["value"] for f in BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]")
    }
    page = ada[0].post(HOME, {**fields, "choice:links": "both", "do": "resolve"})
    assert (page.status_code, form_of(page)["name"]) == (400, "x" * 121)
    assert [link.url for link in person(ada[1]).links.all()] == ["https://one.example/", "https://other.example/"]


def test_organisers_change_meanwhile_is_a_clash_too(ada):
    before = form_of(ada[0].get(HOME))
    draft = person(ada[1]).get_latest_revision_as_object()
    draft.name = "Ada Organised"
    draft.save_revision(user=make_user("organiser")).publish()
    page = send(ada[0], data=before, name="Ada Byron")
    assert texts(page, ".version__text") == ["Ada Byron", "Ada Organised"]
    assert (person(ada[1]).name, newest(ada[1]).name) == ("Ada Organised", "Ada Organised")


def test_faults_stand_beside_their_fields_and_the_rest_is_saved(ada):
    page = send(ada[0], name=" ", biography="Kept", pronunciation="x" * 121, **{"links-0-url": "javascript:alert(1)"})
    assert page.status_code == 400
    assert texts(page, ".wrong") == [
        "Give your name.",
        "This has 121 characters, and 120 is the most we can keep here. Shorten it, and it is saved.",
        "Give the whole address, such as https://example.org/.",
    ]
    assert form_of(page)["links-0-url"] == "javascript:alert(1)"
    me = person(ada[1])
    assert (me.name, me.biography, me.links.count()) == ("Ada Vale", "<p>Kept</p>", 0)


def test_form_of_somebody_signed_out_shows_the_words_to_send_again(ada):
    page = Client().post(HOME, {**form_of(ada[0].get(HOME)), "biography": "Three short words", "do": "save"})
    assert (page.status_code, texts(page, ".note--over")) == (401, ["Three short words"])
    fields = {
        f["name"]: f["value"] for f in BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]")
    }
    ada[0].post(HOME, fields)
    assert person(ada[1]).biography == "<p>Three short words</p>"


def test_account_that_is_no_speakers_has_no_profile():
    client = Client()
    client.force_login(make_user("organiser"))
    assert client.get(HOME).status_code == 404
    assert HOME not in client.get("/portal/").content.decode()


def test_my_talk_and_the_portals_front_page_lead_there(ada):
    talk = make_my_talk(ada[1])
    for address in ("/portal/", f"/portal/{talk.pk}/"):
        assert len(BeautifulSoup(ada[0].get(address).content, "html.parser").select(f"a[href='{HOME}']")) == 1
