"""Whom an organiser invites, and at which address."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from mailing.models import OutgoingMail
from speakers.models import Contribution, Invitation, Speaker
from tests.admin import said, sign_in, texts
from tests.events.invitations.steps import (
    ADA,
    drafted,
    invite_url,
    link_in,
    mail_of,
    reload,
    send,
)
from tests.factories import START, make_speaker, make_talk, make_user, publish

pytestmark = pytest.mark.django_db


def test_somebody_new_is_put_into_the_draft_and_not_before_readers(organiser, talk):
    sent = send(organiser, talk, name=" Nia  Moss ", address="Nia@Example.org")
    assert said(sent) == ["The mail to Nia Moss is on its way. You see here when it was opened."]
    nia = Speaker.objects.get(name="Nia Moss")
    assert (nia.user.email, nia.user.has_usable_password()) == ("nia@example.org", False)
    assert drafted(talk) == ["Ada Vale", "Nia Moss"]
    assert [row.speaker.name for row in reload(talk).talk_speakers.all()] == ["Ada Vale"]
    assert "Nia Moss" not in Client().get(talk.get_url()).content.decode()
    speaker = Client()
    speaker.post(link_in(mail_of(Invitation.objects.get())))
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 200
    assert "Tides in open data" in speaker.get("/portal/").content.decode()


def test_similar_names_are_offered_before_somebody_new_is_made(organiser, talk):
    known = make_speaker("Nia Moss")
    asked = send(organiser, talk, name="Nia Moss", address="nia@example.org", step="look")
    assert asked.status_code == 400
    assert texts(asked, "#id_same_as label") == [
        "Nia Moss",
        "This is somebody else: add a new person",
    ]
    send(organiser, talk, name="Nia Moss", address="nia@example.org", same_as=str(known.pk))
    known.refresh_from_db()
    assert (known.user.email, Speaker.objects.filter(name="Nia Moss").count()) == ("nia@example.org", 1)


def test_two_speakers_are_invited_at_once_each_with_their_own_link_and_file(organiser, talk, ada):
    ben = make_speaker("Ben Ek")
    talk = make_talk(event=talk.event, title="Two voices", speakers=[ada, ben])
    send(organiser, talk, (ada, ADA), (ben, "ben@example.org"))
    mails = [mail_of(invitation) for invitation in Invitation.objects.order_by("pk")]
    assert [mail.recipient for mail in mails] == [ADA, "ben@example.org"]
    assert link_in(mails[0]) != link_in(mails[1])
    assert mails[0].message.files != mails[1].message.files
    assert Contribution.objects.get(talk=talk).handovers.count() == 1


def test_address_of_another_speaker_is_refused_in_words(organiser, talk, ada):
    make_speaker("Ben Ek", user=make_user("speaker", email="ben@example.org"))
    refused = send(organiser, talk, (ada, "ben@example.org"))
    assert refused.status_code == 400
    assert refused.context["form"].errors == {
        f"address_{ada.pk}": [
            "ben@example.org is the account of Ben Ek. Use another address, or merge the two if they are one person."
        ]
    }
    assert OutgoingMail.objects.count() == 0


def test_organiser_who_speaks_is_invited_at_their_own_address(organiser, talk, ada):
    chair = make_user("organiser", email="chair@example.org")
    send(organiser, talk, (ada, chair.email))
    ada.refresh_from_db()
    assert (ada.user, chair.groups.count()) == (chair, 1)


def test_account_that_is_switched_off_is_not_invited(organiser, talk, ada):
    make_user("speaker", email=ADA, is_active=False)
    refused = send(organiser, talk, (ada, ADA))
    assert said(refused) == [f"The account of {ADA} is switched off. An administrator can switch it on again."]
    assert (refused.status_code, Invitation.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "__all__", "Choose whom to invite, or give the name and address of somebody else."),
        ({"name": "Nia Moss"}, "address", "Type the address to write to."),
        ({"address": "nia@example.org"}, "name", "Give their name too."),
        ({"name": "Nia Moss", "address": "nia"}, "address", "Enter a valid email address."),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(organiser, talk, fields, field, words):
    refused = send(organiser, talk, **{**fields, "note": "A long note."})
    assert refused.status_code == 400
    assert refused.context["form"].errors[field] == [words]
    assert "A long note." in refused.content.decode()
    assert Invitation.objects.count() == 0


def test_two_people_never_get_one_address(organiser, talk, ada):
    refused = send(organiser, talk, (ada, ADA), name="Nia Moss", address=ADA)
    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == ["address"]


def test_mail_can_be_changed_after_looking_at_it(organiser, talk, ada):
    changing = send(organiser, talk, (ada, ADA), step="change", note="Draft of a note")
    form = changing.context["form"]
    assert (form["note"].value(), form[f"address_{ada.pk}"].value()) == ("Draft of a note", ADA)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "cancelled"}, "This evening is cancelled. Give it its new day, then invite its speakers."),
        ({"status": "postponed"}, "This evening is postponed. Give it its new day, then invite its speakers."),
    ],
)
def test_nobody_is_invited_to_what_does_not_take_place(organiser, talk, ada, change, words):
    publish(talk.event, **change)
    assert texts(organiser.get(invite_url(talk)), ".form-trouble") == [words]
    assert said(send(organiser, talk, (ada, ADA))) == [words]
    assert Invitation.objects.count() == 0


def test_evening_that_is_over_asks_for_the_words_without_a_calendar_file(client, talk, ada, clock):
    clock.move_to(START + dt.timedelta(days=30))
    sign_in(client)
    send(client, talk, (ada, ADA))
    mail = OutgoingMail.objects.get()
    assert "invites you to write down what you gave to Data Bites 61" in mail.message.text
    assert (mail.message.files, "Please send it by" in mail.message.text) == ([], False)


def test_account_that_is_there_and_speaks_nowhere_is_the_speakers_from_now_on(organiser, talk, ada):
    there = make_user("speaker", email=ADA)
    send(organiser, talk, (ada, "Ada@Example.org"))
    ada.refresh_from_db()
    assert (ada.user, User.objects.filter(email=ADA).count()) == (there, 1)
