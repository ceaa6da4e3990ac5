"""A wrong address loses its way in; a withdrawn invitation ends."""

import datetime as dt

import pytest
from django.test import Client

from mailing.models import OutgoingMail
from speakers.batons import hand_to_speakers
from speakers.models import Invitation
from tests.admin import said, texts
from tests.events.invitations.steps import (
    ADA,
    NOW,
    link_in,
    mail_of,
    reload,
    send,
    standing,
    verb_url,
)
from tests.factories import make_talk

pytestmark = pytest.mark.django_db


def test_wrong_address_loses_its_way_in_when_it_is_corrected(organiser, talk, ada, clock):
    send(organiser, talk, (ada, "adda@example.org"))
    stranger, wrong = Client(), link_in(mail_of(Invitation.objects.get()))
    stranger.post(wrong)
    assert stranger.get(f"/portal/{talk.pk}/").status_code == 200
    clock.shift(dt.timedelta(hours=1))
    looked = send(organiser, talk, (ada, ADA), step="look")
    assert texts(looked, ".form-trouble") == [
        f"Ada Vale signs in as adda@example.org now. If you go on, {ADA} takes its place, and adda@example.org can no "
        "longer open their talks."
    ]
    send(organiser, talk, (ada, ADA))
    assert standing() == [("Ada Vale", ADA)]
    assert stranger.get(f"/portal/{talk.pk}/").status_code == 404
    assert stranger.get("/portal/").context["coming"] == []
    assert Client().post(f"{wrong}fresh/").status_code == 410
    right = Client()
    right.post(link_in(mail_of(Invitation.objects.latest("pk"))))
    assert right.get(f"/portal/{talk.pk}/").status_code == 200


def test_mail_that_waits_for_a_wrong_address_never_leaves(organiser, talk, ada, clock):
    send(organiser, talk, (ada, "adda@example.org"))
    clock.shift(dt.timedelta(minutes=5))
    send(organiser, talk, (ada, ADA))
    states = list(OutgoingMail.objects.order_by("pk").values_list("recipient", "state"))
    assert states == [("adda@example.org", "cancelled"), (ADA, "queued")]


def test_account_that_nobody_used_goes_with_its_invitation(organiser, talk, ada):
    send(organiser, talk, (ada, ADA))
    organiser.post(verb_url(Invitation.objects.get(), "withdraw"))
    ada.refresh_from_db()
    assert (ada.user, mail_of(Invitation.objects.get()).state) == (None, "cancelled")


def test_withdrawing_one_talk_leaves_the_others(organiser, talk, ada):
    other = make_talk(event=talk.event, title="Another", speakers=[ada])
    send(organiser, talk, (ada, ADA))
    send(organiser, other, (ada, ADA))
    speaker = Client()
    speaker.post(link_in(mail_of(Invitation.objects.first())))
    organiser.post(verb_url(Invitation.objects.first(), "withdraw"))
    assert [speaker.get(f"/portal/{one.pk}/").status_code for one in (talk, other)] == [404, 200]
    again = organiser.post(verb_url(Invitation.objects.first(), "withdraw"), follow=True)
    assert said(again)[-1] == "This invitation was withdrawn already."


def test_withdrawn_speaker_is_let_in_again_by_another_invitation(organiser, talk, ada, clock):
    send(organiser, talk, (ada, ADA))
    organiser.post(verb_url(Invitation.objects.get(), "withdraw"))
    clock.shift(dt.timedelta(minutes=5))
    send(organiser, talk, (ada, ADA))
    speaker = Client()
    speaker.post(link_in(mail_of(Invitation.objects.latest("pk"))))
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 200


def test_withdrawn_speaker_gets_no_later_mail_about_the_talk(organiser, talk, ada):
    other = make_talk(event=talk.event, title="Another", speakers=[ada])
    for one in (talk, other):
        send(organiser, one, (ada, ADA))
    Client().post(link_in(mail_of(Invitation.objects.first())))
    organiser.post(verb_url(Invitation.objects.first(), "withdraw"))
    for one in (talk, other):
        hand_to_speakers(contribution=reload(one).contribution, by=None, note="Shorter, please.", at=NOW)
    told = OutgoingMail.objects.filter(purpose__startswith="handed_over:")
    assert [(mail.recipient, mail.message.subject) for mail in told] == [(ADA, "“Another”: over to you")]
