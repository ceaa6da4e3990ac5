"""Whoever can't save: the organisers took it back, the session ended, the disk is full. No word is lost."""

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client

from events.models import TalkSpeaker
from speakers.actions import hand_over
from speakers.enums import Baton
from speakers.models import Contribution, KeptText
from speakers.portal import doors
from tests.factories import START, make_speaker, make_user
from tests.speakers.portal.forms import (
    JSON,
    answer,
    answered,
    at,
    autosave,
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


def test_words_are_kept_beside_the_draft_where_the_organisers_took_it_back(ada):
    client, me = ada
    talk = make_my_talk(me)
    form, field = opened(client, talk), answer(talk)
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    response = autosave(client, talk, form, **{field: "Typed in vain?"})
    assert (response.status_code, response.json()["reason"]) == (403, "taken")
    assert answered(talk) == {}
    page = client.get(at("talk", talk))
    assert texts(page, "#kept textarea") == ["Typed in vain?"]
    assert texts(page, "#talk-form") == []
    kept = KeptText.objects.get()
    client.post(at("talk", talk), {"do": f"discard:{kept.pk}"})
    assert texts(client.get(at("talk", talk)), "#kept") == []


def test_full_form_that_comes_too_late_says_so_and_keeps_every_changed_field(ada):
    client, me = ada
    talk = make_my_talk(me)
    form = opened(client, talk)
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    response = press(client, talk, data=form, changes={answer(talk): "One", "teaser": "Two"}, follow=True)
    assert texts(response, "[role=status] .note--stop") == [
        "The organisers took this back while you were typing. Your words were not lost: they are kept below."
    ]
    assert sorted(KeptText.objects.values_list("text", flat=True)) == ["One", "Two"]


def test_kept_words_are_their_writers_alone(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    form = opened(ada[0], talk)
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    autosave(ada[0], talk, form, **{answer(talk): "canary"})
    assert "canary" not in ben[0].get(at("talk", talk)).content.decode()
    ben[0].post(at("talk", talk), {"do": f"discard:{KeptText.objects.get().pk}"})
    assert KeptText.objects.count() == 1


def test_autosave_of_somebody_signed_out_is_401_in_words(ada):
    client, me = ada
    talk = make_my_talk(me)
    form = opened(client, talk)
    response = autosave(Client(), talk, form, **{answer(talk): "Words"})
    assert (response.status_code, response.json()["reason"]) == (401, "signed-out")
    assert "no-store" in response["Cache-Control"]


def test_form_of_somebody_signed_out_shows_the_words_to_send_again(ada):
    client, me = ada
    talk = make_my_talk(me)
    form = opened(client, talk)
    page = press(Client(), talk, data=form, changes={answer(talk): "Three short words"})
    assert (page.status_code, texts(page, ".note--over")) == (401, ["Three short words"])
    assert answered(talk) == {}
    assert send_again(client, talk, page).status_code == 302
    assert answered(talk) == {"summary": "<p>Three short words</p>"}


def send_again(client, talk, page):
    fields = BeautifulSoup(page.content, "html.parser").select("form input[type=hidden]")
    return client.post(at("talk", talk), {field["name"]: field["value"] for field in fields})


def test_form_kept_open_over_a_new_sign_in_loses_no_words(ada):
    _, me = ada
    talk = make_my_talk(me)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(me.user)
    form = opened(strict, talk)
    other = Client(enforce_csrf_checks=True)
    other.force_login(me.user)
    other.get(at("talk", talk))  # another session, another token
    page = press(other, talk, data=form, changes={answer(talk): "Three short words"})
    assert (page.status_code, texts(page, ".note--over")) == (403, ["Three short words"])
    assert send_again(other, talk, page).status_code == 302
    assert answered(talk) == {"summary": "<p>Three short words</p>"}


def test_script_is_given_a_fresh_token_and_saves(ada):
    _, me = ada
    talk = make_my_talk(me)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(me.user)
    form = opened(strict, talk)
    sent = {name: form[name] for name in ("who", "page", "revision", "base")} | {answer(talk): "Words"}
    stale = strict.post(at("autosave", talk), {**sent, "csrfmiddlewaretoken": "x" * 64}, headers=JSON)
    assert (stale.status_code, stale.json()["reason"]) == (403, "session")
    fresh = strict.post(at("autosave", talk), {**sent, "csrfmiddlewaretoken": stale.json()["token"]}, headers=JSON)
    assert (fresh.status_code, answered(talk)) == (200, {"summary": "<p>Words</p>"})


def test_form_from_another_site_is_refused_and_shows_nothing_of_it(ada):
    _, me = ada
    talk = make_my_talk(me)
    strict = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    strict.force_login(me.user)
    page = strict.post(at("talk", talk), {"teaser": "words of an attacker", "base": ""})
    assert (page.status_code, b"attacker" in page.content, answered(talk)) == (403, False, {})


def test_form_of_somebody_else_in_the_same_browser_is_not_saved_in_their_name(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    page = press(ben[0], talk, data=opened(ada[0], talk), changes={answer(talk): "Words of Ada, typed"})
    assert (page.status_code, texts(page, ".note--over"), answered(talk)) == (403, ["Words of Ada, typed"], {})


@pytest.mark.parametrize("script", [True, False])
def test_full_disk_is_told_in_words_and_loses_none(ada, monkeypatch, script):
    client, me = ada
    talk = make_my_talk(me)
    form = opened(client, talk)

    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Contribution, "save_revision", full)
    if script:
        response = autosave(client, talk, form, **{answer(talk): "Three short words"})
        assert (response.status_code, response.json()["words"]) == (503, doors.DISK)
    else:
        response = press(client, talk, data=form, changes={answer(talk): "Three short words"})
        assert (response.status_code, texts(response, ".note--over")) == (503, ["Three short words"])


def test_somebody_who_is_no_longer_in_the_talk_saves_nothing(ada):
    client, me = ada
    talk = make_my_talk(me)
    form = opened(client, talk)
    TalkSpeaker.objects.filter(talk=talk).delete()
    TalkSpeaker.objects.create(talk=talk, speaker=make_speaker(user=make_user()))
    assert autosave(client, talk, form, **{answer(talk): "Words"}).status_code == 404
