"""A private line: who cleared the words, when, and whether they changed since."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from speakers.actions import hand_over, release
from speakers.enums import Baton
from speakers.models import Clearance
from tests.admin import sign_in
from tests.speakers.portal.forms import answer, at, make_account, make_helper, make_my_talk, press, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    talk = make_my_talk(ada[1], title="Tides")
    press(ada[0], talk, changes={answer(talk): "Words"})
    return talk


def clear(browser, talk, **fields):
    sent = {"do": "record", "cleared_by": "Press office", "cleared_on": "2025-11-03", "note": "", **fields}
    return browser.post(at("clearance", talk), sent, follow=True)


def lines(browser, talk):
    return texts(browser.get(at("talk", talk)), "#clearance li")


def test_clearance_is_recorded_by_whoever_helps_and_says_when_the_words_change(ada, talk):
    sam, _ = make_helper(talk, ada[1], may="comment", name="Sam Reed")
    page = clear(sam, talk, note="With two changes.")
    assert texts(page, "[role=status] .note") == ["It is on record. If the words change after this, it says so."]
    assert texts(page, ".mine .fine") == [f"Recorded by Sam Reed on {timezone.localdate():%-d %B %Y}."]
    line = "Cleared by Press office on 3 November 2025."
    assert lines(ada[0], talk) == [f"{line} With two changes."]
    press(ada[0], talk, changes={"introduction": "For the chair alone", f"intro-{ada[1].pk}-role": "Chief"})
    assert lines(ada[0], talk) == [f"{line} With two changes."]
    press(ada[0], talk, changes={answer(talk): "Other words"})
    assert lines(ada[0], talk) == [f"{line} Changed since. With two changes."]
    press(ada[0], talk, changes={answer(talk): "Words"})
    assert lines(ada[0], talk) == [f"{line} With two changes."]


@pytest.mark.parametrize(
    ("name", "value"), [("proposed_title", "Other"), ("teaser", "Other"), ("slides_url", "https://slides.example/b")]
)
def test_whatever_readers_would_see_counts_as_a_change(ada, talk, name, value):
    clear(ada[0], talk)
    press(ada[0], talk, changes={name: value})
    assert lines(ada[0], talk) == ["Cleared by Press office on 3 November 2025. Changed since."]


def test_release_is_no_change(ada, talk):
    clear(ada[0], talk)
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=timezone.now())
    release(contribution=talk.contribution)
    assert lines(ada[0], talk) == ["Cleared by Press office on 3 November 2025."]


def test_it_is_taken_back(ada, talk):
    clear(ada[0], talk)
    page = ada[0].post(at("clearance", talk), {"do": f"take-back:{Clearance.objects.get().pk}"}, follow=True)
    assert texts(page, ".lede") == ["Nobody has cleared it yet."]
    messages = [line.message for line in ModelLogEntry.objects.filter(action__contains="clear").order_by("timestamp")]
    assert messages == ["Cleared by Press office on 2025-11-03", "No longer cleared by Press office on 2025-11-03"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"cleared_by": " "}, "Say who cleared it."),
        ({"cleared_on": ""}, "Say on which day."),
        ({"cleared_on": "soon"}, "That is no date we can read. Write it like 2026-02-04."),
        ({"cleared_on": "2999-01-01"}, "That day is still to come. Record it when it is cleared."),
        ({"cleared_on": "1999-01-01"}, "That is more than five years ago. Look at the year again."),
        ({"cleared_by": "x" * 161}, "Ensure this value has at most 160 characters (it has 161)."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(ada, talk, fields, sentence):
    page = clear(ada[0], talk, note="Kept note", **fields)
    assert (page.status_code, texts(page, ".wrong"), texts(page, "textarea")) == (400, [sentence], ["Kept note"])
    assert Clearance.objects.count() == 0


def test_note_and_taking_back_are_for_ones_own_side_alone():
    ada, ben = make_account("Ada Vale"), make_account("Ben Wick")
    talk = make_my_talk(ada[1], ben[1])
    clear(ada[0], talk, note="canary-note")
    page = ben[0].get(at("clearance", talk))
    assert texts(page, ".mine p")[0] == "Cleared by Press office on 3 November 2025, for Ada Vale."
    assert ("canary" in page.content.decode(), texts(page, ".mine button")) == (False, [])
    ben[0].post(at("clearance", talk), {"do": f"take-back:{Clearance.objects.get().pk}"})
    assert Clearance.objects.get().taken_back_at is None


def test_organisers_see_who_and_when_and_not_the_note_and_readers_nothing(client, ada, talk):
    clear(ada[0], talk, cleared_by="canary-office", note="canary-note")
    sign_in(client)
    page = client.get(f"/cms/snippets/speakers/contribution/edit/{talk.contribution_id}/")
    assert "Cleared by canary-office on 3 November 2025, for Ada Vale." in texts(page, ".desk__line")
    assert "canary-note" not in page.content.decode()
    press(ada[0], talk, "share", changes={"teaser": "New"})
    page = client.get(f"/cms/snippets/speakers/contribution/edit/{talk.contribution_id}/")
    assert "Cleared by canary-office on 3 November 2025, for Ada Vale. Changed since." in texts(page, ".desk__line")
    preview = f"/portal/preview/{talk.contribution.preview_links.get().token}/"
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=timezone.now() + dt.timedelta(seconds=1))
    release(contribution=talk.contribution)
    pages = [b"".join(Client().get(address)) for address in (talk.url, talk.event.url, preview, "/questions/summary/")]
    assert b"Words" in pages[0]
    assert b"canary" not in b"".join(pages)
