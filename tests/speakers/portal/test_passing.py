"""The baton in the portal: sent, returned, taken back, corrected; consents; and who is told by mail."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import SignInLink
from events.enums import TO_BE_ANNOUNCED
from mailing.models import OutgoingMail
from speakers.actions import hand_over, release
from speakers.enums import Baton
from speakers.models import Contribution, Handover, TalkConsent
from speakers.wordings import CONSENTS
from tests.admin import sign_in
from tests.factories import START, make_user
from tests.speakers.editor import at as desk
from tests.speakers.editor import opened as editor_of
from tests.speakers.portal.forms import answer, answered, at, draft, make_account, make_my_talk, opened, press, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1])


def mails():
    return [(mail.recipient, mail.message.subject) for mail in OutgoingMail.objects.order_by("pk")]


def held_by(talk):
    return Contribution.objects.get(pk=talk.contribution_id).held_by


def answer_everything(client, talk):
    form = opened(client, talk)
    changes = {name: "Words" for name in form if name.startswith("answer-")}
    press(client, talk, changes={**changes, "slides_url": "https://slides.example/a"})
    for what in CONSENTS:
        press(client, talk, f"agree:{what}")


def test_send_saves_first_and_lists_what_is_missing(ada, talk):
    page = press(ada[0], talk, "send", changes={answer(talk): "Typed last"}, follow=True)
    assert answered(talk) == {"summary": "<p>Typed last</p>"}
    assert texts(page, "ul.prose li")[-2:] == [
        "No slides, neither a file nor a link.",
        "No consent of Ada Vale to publishing the answers is on record.",
    ]
    page = ada[0].post(at("send", talk), {"reason": " "})
    assert (texts(page, ".wrong"), held_by(talk)) == (["Say in a few words why, and send it."], Baton.SPEAKERS)


def test_reason_sends_it_all_the_same_and_the_organisers_are_told(ada, talk):
    make_user("organiser", email="olive@example.org")
    make_user("moderator")
    page = ada[0].post(at("send", talk), {"reason": "Slides on Monday. %%x%%"}, follow=True)
    assert texts(page, "[role=status] .note") == ["It is with the organisers now, and they are told. Thank you."]
    handover = Handover.objects.first()
    assert (handover.to, handover.by, handover.note) == ("organisers", ada[1].user, "Slides on Monday. %%x%%")
    assert mails() == [("olive@example.org", "Ada Vale sent “Tides” to you")]
    text = OutgoingMail.objects.get().message.text
    assert "They say: Slides on Monday. % %x% %" in text
    assert f"/cms/snippets/speakers/contribution/edit/{talk.contribution_id}/" in text


def test_mail_calls_a_talk_by_the_title_its_speaker_proposed(ada):
    make_user("organiser", email="olive@example.org")
    talk = make_my_talk(ada[1], title=TO_BE_ANNOUNCED)
    press(ada[0], talk, changes={"proposed_title": "What the kerb knows"})
    ada[0].post(at("send", talk), {"reason": "Slides on Monday."})
    assert mails() == [("olive@example.org", "Ada Vale sent “What the kerb knows” to you")]


def test_nothing_missing_needs_no_reason(ada, talk):
    answer_everything(ada[0], talk)
    page = ada[0].get(at("send", talk))
    assert texts(page, ".lede") == ["Nothing is missing."]
    ada[0].post(at("send", talk))
    assert (held_by(talk), Handover.objects.first().note) == (Baton.ORGANISERS, "")


def test_fault_that_only_the_speaker_can_mend_stops_the_send(ada, talk):
    answer_everything(ada[0], talk)
    press(ada[0], talk, changes={"slides_url": "not an address"})
    assert draft(talk).slides_url == "not an address"
    page = ada[0].post(at("send", talk), {"reason": "x"})
    assert texts(page, ".note--stop li") == ["Enter a valid URL."]
    assert held_by(talk) == Baton.SPEAKERS


def test_sent_talk_is_read_only_and_can_be_taken_back_until_they_begin(ada, talk, client):
    press(ada[0], talk, changes={answer(talk): "As sent"})
    ada[0].post(at("send", talk), {"reason": "x"})
    page = ada[0].get(at("talk", talk))
    assert texts(page, "#talk-form") == []
    assert texts(page, "#answers .prose") == ["As sent"]
    ada[0].post(at("take_back", talk))
    assert held_by(talk) == Baton.SPEAKERS
    ada[0].post(at("send", talk), {"reason": "x"})
    sign_in(client)
    url = desk("edit", talk.contribution_id)
    client.post(url, editor_of(client, url))
    page = ada[0].post(at("take_back", talk), follow=True)
    assert texts(page, "[role=status] .note")[-1:] == [
        "The organisers have begun with it. Ask them to return it, and you can go on."
    ]
    assert held_by(talk) == Baton.ORGANISERS


def test_returned_with_a_note_is_told_by_mail_and_above_the_form(ada, talk, client):
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START, by=ada[1].user)
    sign_in(client)
    client.post(desk("hand_over", talk.contribution_id), {"note": "Shorter, please."})
    assert mails() == [(ada[1].user.email, "“Tides” is with you again")]
    mail = OutgoingMail.objects.get()
    assert "They say:\nShorter, please." in mail.message.text
    link = SignInLink.objects.get()
    assert (mail.filling, link.leads_to, link.user) == ({"link": link.url}, f"/portal/{talk.pk}/", ada[1].user)
    assert texts(ada[0].get(at("talk", talk)), "#returned") == ["The organisers say: Shorter, please."]


def released(ada, talk):
    press(ada[0], talk, changes={answer(talk): "Released words"})
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=timezone.now(), by=ada[1].user)
    return release(contribution=talk.contribution)


def test_correction_is_a_draft_again_and_readers_see_the_old_words(ada, talk, client):
    released(ada, talk)
    assert texts(ada[0].get(at("talk", talk)), ".lede") == ["It is published."]
    ada[0].post(at("correct", talk))
    press(ada[0], talk, changes={answer(talk): "Corrected words"})
    cache.clear()
    assert b"Released words" in client.get(talk.url).content
    ada[0].post(at("send", talk), {"reason": "A number was wrong"})
    release(contribution=talk.contribution)
    cache.clear()
    assert b"Corrected words" in client.get(talk.url).content


def test_correction_waits_while_the_organisers_are_at_work(ada, talk):
    given = released(ada, talk)
    given.get_latest_revision_as_object().save_revision()
    ada[0].post(at("correct", talk))
    assert held_by(talk) == Baton.ORGANISERS


def test_consent_is_kept_with_its_wording_and_once(ada, talk):
    for _ in range(2):
        press(ada[0], talk, "agree:answers")
    consent = TalkConsent.objects.get()
    assert (consent.speaker, consent.what, consent.wording) == (ada[1], "answers", CONSENTS["answers"])
    press(ada[0], talk, "agree:anything")
    assert TalkConsent.objects.count() == 1


def test_one_press_agrees_to_all_that_is_left(ada, talk):
    button = '[value="agree:all"]'
    press(ada[0], talk, "agree:slides")
    assert len(lines_of(ada[0], talk, button)) == 1
    press(ada[0], talk, "agree:all")
    assert sorted(TalkConsent.objects.values_list("what", flat=True)) == sorted(CONSENTS)
    assert lines_of(ada[0], talk, button) == []


def lines_of(browser, talk, selector):
    return texts(browser.get(at("talk", talk)), selector)


def test_withdrawn_consent_takes_it_off_the_site_at_once_and_tells_the_organisers(
    ada, talk, client, django_capture_on_commit_callbacks
):
    make_user("organiser", email="olive@example.org")
    press(ada[0], talk, "agree:answers")
    released(ada, talk)
    assert b"Released words" in client.get(talk.url).content  # and is in the cache now
    with django_capture_on_commit_callbacks(execute=True):
        ada[0].post(at("talk", talk), {"do": "withdraw:answers"})
    assert b"Released words" not in client.get(talk.url).content
    with django_capture_on_commit_callbacks(execute=True):
        ada[0].post(at("talk", talk), {"do": "withdraw:answers"})  # pressed twice
    told, taken_back = mails()
    assert told[1].startswith("Your words are published: ")
    assert taken_back == ("olive@example.org", "Ada Vale took back their consent to publishing the answers")
    assert TalkConsent.objects.get().withdrawn_at - timezone.now() < dt.timedelta(seconds=5)


def test_note_is_for_the_organisers_and_its_writer(ada, talk):
    ben, me = make_account("Ben Wick")
    shared = make_my_talk(ada[1], me)
    press(ada[0], shared, "note", changes={"note": "Please no photographs."})
    assert texts(ada[0].get(at("talk", shared)), "#notes .note--over")[0].startswith("Please no photographs.")
    assert "photographs" not in ben.get(at("talk", shared)).content.decode()
