"""Whoever helps a speaker with one talk: named, written to, let in with a press, kept to their rights, ended."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import SignInLink
from mailing.models import OutgoingMail
from speakers.actions import write_note
from speakers.batons import hand_to_speakers, send_to_organisers
from speakers.enums import HelperMay
from speakers.models import Contribution, Helper, KeptText
from tests.admin import sign_in
from tests.decks import make_pdf
from tests.factories import START, make_event, make_speaker, make_user
from tests.speakers.portal.forms import (
    JSON,
    answer,
    answered,
    at,
    autosave,
    draft,
    make_account,
    make_helper,
    make_my_talk,
    name_somebody,
    opened,
    press,
    texts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale", email="ada@example.org")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1], title="Tides")


def link_in(mail):
    return mail.filling["link"].partition("/account/")[2]


# What they hear


def test_whoever_writes_hears_of_a_return_and_whoever_comments_does_not(ada, talk):
    make_helper(talk, ada[1], address="sam@example.org")
    make_helper(talk, ada[1], may="comment", address="comms@example.org")
    before = OutgoingMail.objects.count()
    send_to_organisers(contribution=talk.contribution, by=ada[1].user, who="Ada Vale", reason="Later", at=START)
    hand_to_speakers(contribution=talk.contribution, by=None, note="Shorter, please.", at=START)
    told = {mail.recipient: mail for mail in OutgoingMail.objects.order_by("pk")[before:]}
    assert sorted(told) == ["ada@example.org", "sam@example.org"]
    mail = told["sam@example.org"]
    assert mail.message.subject == "“Tides” is with Ada Vale again"
    assert "returned “Tides” to Ada Vale" in mail.message.text
    assert "Shorter, please." in mail.message.text
    sam = Client()
    sam.post(f"/account/{link_in(mail)}")
    assert sam.get(at("talk", talk)).status_code == 200


# What they may do


def test_editor_saves_and_the_speaker_sees_it(ada, talk):
    sam, _ = make_helper(talk, ada[1])
    form = opened(sam, talk)
    told = autosave(sam, talk, form, **{answer(talk): "Typed by Sam"})
    assert (told.status_code, answered(talk)) == (200, {"summary": "<p>Typed by Sam</p>"})
    press(ada[0], talk, changes={"teaser": "By Ada"})
    assert (draft(talk).teaser, answered(talk)) == ("By Ada", {"summary": "<p>Typed by Sam</p>"})


def test_clash_between_speaker_and_helper_drops_nothing(ada, talk):
    sam, _ = make_helper(talk, ada[1])
    theirs, mine = opened(sam, talk), opened(ada[0], talk)
    press(ada[0], talk, data=mine, changes={answer(talk): "Ada’s"})
    page = press(sam, talk, data=theirs, changes={answer(talk): "Sam’s"})
    assert texts(page, ".version__text") == ["Sam’s", "Ada’s"]
    assert [(kept.by_id, kept.text) for kept in KeptText.objects.all()] == [(Helper.objects.get().user_id, "Sam’s")]
    assert "Sam’s" not in ada[0].get(at("talk", talk)).content.decode()


def test_editor_sees_no_notes_consents_or_kept_words_of_the_speaker(ada, talk):
    press(ada[0], talk, changes={"note": "canary-note"})
    write_note(contribution=talk.contribution, text="canary-organisers", at=START, by=make_user("organiser"))
    KeptText.objects.create(
        contribution=talk.contribution,
        by=ada[1].user,
        because="clash",
        page="p",
        field="teaser",
        label="Teaser",
        text="canary-kept",
        at=START,
    )
    for may in HelperMay:
        page = make_helper(talk, ada[1], may=may)[0].get(at("talk", talk)).content.decode()
        assert "canary" not in page
        assert [part for part in ('id="consents"', 'id="notes"', 'id="terms"', 'id="helpers"') if part in page] == []
        assert ('value="send"' in page, 'value="agree' in page) == (False, False)


def test_editor_who_presses_send_is_told_who_does(ada, talk):
    sam, _ = make_helper(talk, ada[1])
    page = press(sam, talk, "send", changes={answer(talk): "Ready"}, follow=True)
    assert (page.status_code, talk.contribution.held_by) == (403, "speakers")
    assert texts(page, "[role=alert]") == [
        "Only Ada Vale can do that, since you help with this talk and do not give it. Ask them to."
    ]
    assert answered(talk) == {"summary": "<p>Ready</p>"}
    assert texts(sam.get(at("talk", talk)), ".dock .fine") == ["Ada Vale sends it to the organisers."]


def test_commenter_reads_and_can_change_nothing(ada, talk):
    press(ada[0], talk, changes={answer(talk): "Draft **words**", "teaser": "A teaser."})
    sam, _ = make_helper(talk, ada[1], may="comment")
    page = sam.get(at("talk", talk))
    assert texts(page, "#answers .prose[dir=auto]")[0] == "Draft words"
    assert (texts(page, ".dock"), texts(page, "[data-rich]"), "portal.js" in page.content.decode()) == ([], [], False)
    form = opened(ada[0], talk)
    form["who"] = Helper.objects.get().user_id
    refused = press(sam, talk, data=form, changes={answer(talk): "Changed", "teaser": "Two words"})
    assert (refused.status_code, answered(talk)) == (403, {"summary": "<p>Draft <b>words</b></p>"})
    assert {"Changed", "Two words"} <= set(texts(refused, ".note--over"))
    told = autosave(sam, talk, form, teaser="Changed")
    assert (told.status_code, told.json()["reason"], draft(talk).teaser) == (403, "not-theirs", "A teaser.")


def test_editor_uploads_slides_and_a_commenter_does_not(ada, talk):
    for may, status in (("edit", 302), ("comment", 403)):
        browser, _ = make_helper(talk, ada[1], may=may)
        file = SimpleUploadedFile(f"{may}.pdf", make_pdf(), content_type="application/pdf")
        assert browser.post(at("talk", talk), {"do": "upload", "file": file}).status_code == status
    assert draft(talk).slides.filename == "edit.pdf"


def test_helper_of_one_talk_opens_no_other(ada, talk):
    other = make_my_talk(ada[1], event=talk.event, title="Other")
    sam, _ = make_helper(talk, ada[1])
    assert sam.get(at("talk", other)).status_code == 404


# Where they find it


def test_helper_finds_the_talks_they_help_with_among_their_own():
    ada, sam = make_account("Ada Vale"), make_account("Sam Reed", email="sam@example.org")
    soon = make_event(number=2, starts_at=timezone.now() + dt.timedelta(days=20))
    talk, own = make_my_talk(ada[1], event=soon), make_my_talk(sam[1], event=soon, title="Sam’s own")
    name_somebody(ada, talk, may="edit")
    page = sam[0].get("/portal/")
    assert texts(page, ".mine h2") == ["Sam’s own", "Tides"]
    assert texts(page, "h2.h3")[1] == "Talks you help with"
    assert texts(page, ".mine p")[-3:-1] == [
        "You help Ada Vale: you can write and comment.",
        "It is with Ada Vale. Nothing is public until the organisers publish it.",
    ]
    assert (
        texts(page, ".todo")[1] == "Give your talk a title Answer six questions Give your slides, as a file or a link"
    )
    assert (own.pk, sam[0].get(at("talk", talk)).status_code) == (own.pk, 200)


def test_organiser_who_helps_comes_in_as_a_helper(client, ada, talk):
    organiser = sign_in(client)
    name_somebody(ada, talk, organiser.email)
    assert client.get(at("talk", talk)).status_code == 200
    assert client.post(at("send", talk)).status_code == 403
    assert texts(client.get("/portal/"), ".mine h2") == ["Tides"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_talks_one_helps_with(count):
    sam = make_user()
    client = Client()
    client.force_login(sam)
    for number in range(count):
        me = make_speaker(f"Ada {number}", user=make_user())
        talk = make_my_talk(me, event=make_event(starts_at=timezone.now() + dt.timedelta(days=20 + number)))
        Helper.objects.create(contribution=talk.contribution, user=sam, speaker=me, may="edit", named_at=START)
    client.get("/portal/")
    with CaptureQueriesContext(connection) as queries:
        assert len(texts(client.get("/portal/"), ".mine")) == count
    assert len(queries) == 16


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_helpers(ada, talk, count):
    for _ in range(count):
        make_helper(talk, ada[1])
    ada[0].get(at("helpers", talk))
    with CaptureQueriesContext(connection) as queries:
        assert len(texts(ada[0].get(at("helpers", talk)), ".mine")) == count
    assert len(queries) == 12


# Ended


def test_ended_helper_is_told_so_and_keeps_what_they_typed_to_copy(ada, talk):
    sam, helper = make_helper(talk, ada[1], address="sam@example.org")
    form = opened(sam, talk)
    page = ada[0].post(at("helpers", talk), {"do": f"end:{helper.pk}"}, follow=True)
    assert texts(page, "[role=status] .note") == [
        "sam@example.org can no longer open this talk. What they wrote stays."
    ]
    day = f"{timezone.localdate():%-d %B %Y}"
    sentence = f"Ada Vale ended your help with this talk on {day}. If that is a mistake, ask them."
    told = autosave(sam, talk, form, **{answer(talk): "Typed too late"})
    assert (told.status_code, told.json()) == (403, {"reason": "ended", "words": sentence})
    page = press(sam, talk, data=form, changes={answer(talk): "Typed too late"})
    assert (page.status_code, texts(page, "[role=alert]")) == (403, [sentence])
    assert "Typed too late" in texts(page, ".note--over")
    assert (answered(talk), texts(page, "main button")) == ({}, [])
    assert texts(sam.get(at("talk", talk)), "h1") == ["This is not open to you"]
    assert texts(sam.get("/portal/"), ".mine") == []


def test_ended_helpers_links_and_waiting_mails_end_too(ada, talk):
    name_somebody(ada, talk)
    mail, helper = OutgoingMail.objects.get(), Helper.objects.get()
    door = f"/account/{link_in(mail)}"
    ada[0].post(at("helpers", talk), {"do": f"end:{helper.pk}"})
    mail.refresh_from_db()
    assert (mail.state, SignInLink.objects.get().withdrawn_at is None) == ("cancelled", False)
    browser = Client()
    browser.post(door)
    assert "_auth_user_id" not in browser.session
    name_somebody(ada, talk)
    assert [(row.ended_at is None) for row in Helper.objects.order_by("pk")] == [False, True]


def test_only_their_own_speaker_ends_a_helper():
    ada, ben = make_account("Ada Vale"), make_account("Ben Wick")
    talk = make_my_talk(ada[1], ben[1])
    _, helper = make_helper(talk, ben[1], name="Sam")
    page = ada[0].get(at("helpers", talk))
    assert (texts(page, ".mine button"), "Helps Ben Wick, who can end it." in texts(page, ".mine .fine")[0]) == (
        [],
        True,
    )
    ada[0].post(at("helpers", talk), {"do": f"end:{helper.pk}"})
    assert Helper.objects.get().ended_at is None


def test_helper_of_a_speaker_who_no_longer_speaks_comes_in_no_more(ada, talk):
    sam, _ = make_helper(talk, ada[1])
    talk.talk_speakers.all().delete()
    talk.save()
    page = sam.get(at("talk", talk))
    assert (page.status_code, Contribution.objects.open_to(Helper.objects.get().user).count()) == (403, 0)
    assert texts(page, "[role=alert]") == ["Ada Vale no longer speaks in this talk, so it is not open to you any more."]


# What organisers see


def test_history_and_desk_tell_the_organisers(client, ada, talk):
    name_somebody(ada, talk, name="Sam Reed", may="edit")
    ada[0].post(at("helpers", talk), {"do": f"end:{Helper.objects.get().pk}"})
    lines = ModelLogEntry.objects.filter(action__endswith="_helper").order_by("timestamp")
    assert [line.message for line in lines] == [
        "Sam Reed (sam@example.org) helps Ada Vale and can write and comment",
        "Sam Reed (sam@example.org) no longer helps Ada Vale",
    ]
    sign_in(client)
    page = client.get(f"/cms/snippets/speakers/contribution/edit/{talk.contribution_id}/")
    (line,) = texts(page, "#helpers li")
    assert line.startswith("Sam Reed (sam@example.org) helps Ada Vale, can write and comment, since ")
    assert "Ended " in line


def test_helpers_addresses_stand_in_no_answer_for_anybody_else(ada, talk):
    name_somebody(ada, talk, "canary-sam@example.org", name="canary-name")
    other, me = make_account("Ben Wick")
    make_my_talk(me, event=talk.event, title="Ben’s")
    press(ada[0], talk, "share")
    preview = f"/portal/preview/{talk.contribution.preview_links.get().token}/"
    addresses = ["/", "/portal/", preview, talk.url, talk.event.url, "/speakers/", f"/portal/{talk.pk}/"]
    for browser in (Client(), other):
        assert b"canary" not in b"".join(browser.get(address).content for address in addresses)
    kim, _ = make_helper(talk, ada[1], may="edit")
    assert b"canary" not in kim.get(at("talk", talk)).content
    assert kim.get(at("helpers", talk), headers=JSON).json()["reason"] == "not-theirs"
