"""From the organiser’s button to the speaker’s talk: the mail, its file, its link, and who holds the baton."""

import datetime as dt

import icalendar
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.models import SignInLink, User
from mailing.delivery import send_due
from mailing.enums import Urgency
from mailing.models import OutgoingMail
from speakers.actions import hand_over
from speakers.batons import hand_to_speakers
from speakers.enums import Baton
from speakers.models import Invitation, Speaker
from tests.accounts.signing import who
from tests.admin import said, texts
from tests.events.invitations.steps import (
    ADA,
    NOW,
    drafted,
    invite_url,
    link_in,
    mail_of,
    path_in,
    reload,
    send,
    verb_url,
)
from tests.factories import START
from tests.mailing.conftest import smtp_to
from tests.mailing.sink import Sink, running
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
SUBJECT = "Your talk at Data Bites 61, Wednesday 26 November 2025"
SAID = [
    "Dear Ada Vale,",
    "Olive Grant invites you to speak at Data Bites 61: “Tides in open data”.",
    "You were splendid last time.",
    "Wednesday 26 November 2025, 6pm",
    "Your slot begins at 6.05pm: eight minutes and eight minutes of questions.",
    "The Old Sorting Office, London",
    "Ring twice.",
    "your answers to six questions",
    "Please send it by Friday 21 November 2025.",
    "The link works once, until Wednesday 21 January 2026",
]


def test_mail_is_shown_before_it_goes(organiser, talk, ada):
    looked = send(organiser, talk, (ada, ADA), step="look", note="You were splendid last time.")
    assert texts(looked, ".mail__subject") == [SUBJECT]
    assert "You were splendid last time." in texts(looked, ".mail__text")[0]
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert not User.objects.filter(email=ADA).exists()


def test_mail_says_who_when_where_what_and_until_when_with_the_slot_as_a_file(organiser, talk, ada, settings):
    sent = send(organiser, talk, (ada, ADA), note="You were splendid last time.")
    assert said(sent) == ["The mail to Ada Vale is on its way. You see here when it was opened."]
    with running(Sink(pipelining=True)) as sink:
        settings.MAILERS = smtp_to(sink.port, timeout=5)
        assert send_due(at=NOW) == 1
        (mail,) = sink.mails
    assert (mail["To"], mail["Subject"]) == (ADA, SUBJECT)
    text = mail.get_body(("plain",)).get_content()
    assert [words for words in SAID if words not in text] == []
    (file,) = mail.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "data-bites-61.ics")
    (slot,) = icalendar.Calendar.from_ical(file.get_content()).walk("VEVENT")
    assert slot["SUMMARY"] == "Tides in open data (Data Bites 61)"
    assert slot.decoded("DTSTART") == START + dt.timedelta(minutes=5)
    assert f"/portal/{talk.pk}/" in slot["DESCRIPTION"]
    speaker = Client()
    assert speaker.post(path_in(text))["Location"] == f"/portal/{talk.pk}/"


@pytest.mark.parametrize("times", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_scanners_open_nothing_and_a_person_does(organiser, talk, ada, clock, times):
    send(organiser, talk, (ada, ADA))
    link, speaker = link_in(mail_of(Invitation.objects.get())), Client()
    before = SignInLink.objects.values().get()
    for number in range(times):
        assert (speaker.get if number % 2 else speaker.head)(link).status_code == 200
    assert (SignInLink.objects.values().get(), Invitation.objects.get().opened_at, who(speaker)) == (before, None, "")
    assert texts(organiser.get(invite_url(talk)), ".invite__tag") == ["invited, the mail has not left yet"]
    clock.shift(dt.timedelta(hours=1))
    assert speaker.post(link)["Location"] == f"/portal/{talk.pk}/"
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 200
    assert Invitation.objects.get().opened_at == NOW + dt.timedelta(hours=1)
    assert texts(organiser.get(invite_url(talk)), ".invite__tag") == ["opened"]


def test_used_link_offers_a_fresh_one_until_the_invitation_is_withdrawn(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    link, speaker = link_in(mail_of(Invitation.objects.get())), Client()
    speaker.post(link)
    used = Client().get(link)
    assert used.status_code == 410
    assert "It was used on Wednesday 5 November 2025, 6pm, and a link works once." in lines(whole(used.content), "p")
    Client().post(f"{link}fresh/")
    fresh = OutgoingMail.objects.latest("pk")
    assert fresh.recipient == ADA
    organiser.post(verb_url(Invitation.objects.get(), "withdraw"))
    for path in (link, link_in(fresh)):
        gone = Client().get(path)
        assert lines(whole(gone.content), "main p")[0].startswith("The organisers took it back.")
        assert Client().post(f"{path}fresh/").status_code == 410
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 404
    assert texts(organiser.get(invite_url(talk)), ".invite__tag") == ["withdrawn"]


def test_mail_is_ahead_of_all_but_codes_and_is_the_only_one(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    assert [(mail.recipient, mail.urgency) for mail in OutgoingMail.objects.all()] == [(ADA, Urgency.INVITATION)]
    assert reload(talk).contribution.held_by == Baton.SPEAKERS


def test_second_press_invites_once(organiser, talk):
    for _ in range(2):
        send(organiser, talk, name="Nia Moss", address="nia@example.org")
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    assert Speaker.objects.filter(name="Nia Moss").count() == 1
    assert drafted(talk) == ["Ada Vale", "Nia Moss"]


def test_sent_again_is_another_mail_with_another_link_and_the_first_still_works(organiser, talk, ada, clock):
    send(organiser, talk, (ada, ADA), note="Hello.")
    first = Invitation.objects.get()
    clock.shift(dt.timedelta(hours=2))
    assert "gets the invitation once more" in organiser.get(verb_url(first, "again")).content.decode()
    organiser.post(verb_url(first, "again"))
    again = Invitation.objects.latest("pk")
    assert (again.address, again.note, Invitation.objects.standing().count()) == (ADA, "Hello.", 2)
    assert link_in(mail_of(first)) != link_in(mail_of(again))
    Client().post(link_in(mail_of(first)))
    assert texts(organiser.get(invite_url(talk)), ".invite__tag") == ["opened"]


def test_sending_again_does_not_take_it_from_the_organisers(organiser, talk, ada, clock):
    send(organiser, talk, (ada, ADA))
    contribution = reload(talk).contribution
    hand_over(contribution=contribution, to=Baton.ORGANISERS, at=NOW, by=get_user_model().objects.get(email=ADA))
    clock.shift(dt.timedelta(hours=1))
    form = organiser.get(invite_url(talk)).context["form"]
    assert form["hands_over"].value() is False
    organiser.post(verb_url(Invitation.objects.get(), "again"))
    assert contribution.held_by == Baton.ORGANISERS
    send(organiser, talk, (ada, ADA), hands_over="on")
    clock.shift(dt.timedelta(hours=1))
    send(organiser, talk, (ada, ADA), hands_over="on")
    assert contribution.held_by == Baton.SPEAKERS


def test_later_mail_to_a_speaker_has_a_link_of_its_own(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    contribution = reload(talk).contribution
    hand_to_speakers(contribution=contribution, by=None, note="One more thing.", at=NOW)
    mail = OutgoingMail.objects.get(purpose__startswith="handed_over:")
    assert "%%link%%" in mail.message.text
    speaker = Client()
    assert speaker.post(link_in(mail))["Location"] == f"/portal/{talk.pk}/"
    assert SignInLink.objects.latest("pk").expires_at == talk.event.over_at + dt.timedelta(weeks=8)
    assert Invitation.objects.get().opened_at == NOW
