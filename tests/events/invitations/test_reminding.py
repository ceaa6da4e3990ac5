"""Speakers who have not sent their talk are reminded, one press for each mail, and seen beforehand."""

import datetime as dt

import pytest
from django.urls import reverse

from mailing.models import OutgoingMail
from pages import english
from speakers.actions import hand_over
from speakers.enums import Baton, HelperMay
from speakers.helping import end_helper, name_helper
from speakers.models import Helper
from speakers.ties import take_account_away
from tests.admin import said, texts
from tests.events.invitations.steps import ADA, NOW, link_in
from tests.factories import QUESTIONS, make_event, make_speaker, make_talk, make_user, write_answers
from tests.remembering import remembered
from tests.speakers.editor import at

pytestmark = pytest.mark.django_db


@remembered
def make_held_talk(title: str, number: int = 61):
    """Its speakers hold it: Ada with an account, and Ben whom nobody has invited."""
    ada = make_speaker("Ada Vale", user=make_user(email=ADA))
    talk = make_talk(event=make_event(number=number), title=title, speakers=[ada, make_speaker("Ben Ek")])
    write_answers(talk.contribution, {slug: "Words." for slug in QUESTIONS if slug != "hurdles"})
    hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=NOW)
    return talk


@pytest.fixture
def held():
    return make_held_talk("Tides in open data")


def remind_url(talk):
    return reverse("series:remind", args=[talk.pk])


def reminders():
    return OutgoingMail.objects.filter(message__template="speakers/email/reminder").order_by("pk")


def help_ada(talk, organiser):
    """Somebody writes for her."""
    ada = talk.contribution.speakers()[0]
    return name_helper(
        contribution=talk.contribution,
        speaker=ada,
        address="help@example.org",
        name="Hal",
        may=HelperMay.EDIT,
        by=ada.user,
        at=NOW,
    )


def test_mail_is_shown_in_full_and_looking_at_it_sends_nothing(held, organiser):
    page = organiser.get(remind_url(held))
    assert texts(page, ".mail__subject") == ["A reminder about “Tides in open data”"]
    (words,) = texts(page, ".mail__text")
    assert "Olive Grant reminds you: you have not sent what you give to “Tides in open data”" in words
    assert f"- An answer: {QUESTIONS['hurdles']} - Slides, as a file or a link" in words
    assert QUESTIONS["summary"] not in words
    assert f"It is wanted by {english.day(held.event.answers_wanted_on)}." in words
    assert "/account/link/their-own/" in words
    assert "we have no address: Ben Ek." in page.content.decode()
    looked = organiser.post(remind_url(held), {"note": "We %%link%% print <soon>.", "step": "look"})
    assert "We % %link% % print <soon>." in texts(looked, ".mail__text")[0]
    assert reminders().count() == 0


def test_speaker_and_who_writes_for_them_get_a_link_of_their_own_once(held, organiser, clock):
    helper = help_ada(held, organiser)
    sent = organiser.post(remind_url(held), {"note": "", "step": "send"}, follow=True)
    assert said(sent)[0] == (
        "“Tides in open data”: the reminder to Ada Vale and Hal, who writes for Ada Vale, is on its way."
    )
    assert [mail.recipient for mail in reminders()] == [ADA, "help@example.org"]
    assert len({link_in(mail) for mail in reminders()}) == 2
    assert f"Reminded on {NOW.day} {NOW:%B %Y}." in texts(sent, ".desk__line")
    again = organiser.post(remind_url(held), {"note": "Once more.", "step": "send"}, follow=True)
    assert said(again)[0] == (
        "“Tides in open data”: Ada Vale and Hal had a reminder within the last ten minutes. No other was sent."
    )
    clock.shift(dt.timedelta(minutes=11))
    end_helper(helper=Helper.objects.get(pk=helper.pk), by=helper.named_by, at=NOW)
    organiser.post(remind_url(held), {"note": "", "step": "send"})
    assert [(mail.recipient, mail.state) for mail in reminders()] == [
        (ADA, "queued"),
        ("help@example.org", "cancelled"),
        (ADA, "queued"),
    ]
    take_account_away(speaker=held.contribution.speakers()[0], by=helper.named_by)
    assert {mail.state for mail in reminders()} == {"cancelled"}


def test_only_what_its_speakers_hold_is_reminded_of(held, organiser):
    hand_over(contribution=held.contribution, to=Baton.ORGANISERS, at=NOW + dt.timedelta(minutes=1))
    assert "Hand it to the speakers first" in texts(organiser.get(remind_url(held)), ".form-trouble")[0]
    organiser.post(remind_url(held), {"note": "", "step": "send"})
    assert reminders().count() == 0
    assert "Remind them" not in organiser.get(at("edit", held.contribution.pk)).content.decode()


def test_one_press_reminds_all_of_an_evening_who_have_not_sent(held, organiser):
    make_talk(event=held.event, title="Already with us", speakers=held.contribution.speakers())
    cy = make_speaker("Cy Dunn", user=make_user(email="cy@example.org"))
    other = make_talk(event=held.event, title="Second", speakers=[cy])
    hand_over(contribution=other.contribution, to=Baton.SPEAKERS, at=NOW)
    page = organiser.get(reverse("series:remind_all", args=[held.event_id]))
    assert len(texts(page, ".mail__text")) == 2
    sent = organiser.post(reverse("series:remind_all", args=[held.event_id]), {"note": "", "step": "send"}, follow=True)
    assert len(said(sent)) == 2
    assert [mail.recipient for mail in reminders()] == [ADA, "cy@example.org"]
