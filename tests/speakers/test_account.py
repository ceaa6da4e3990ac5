"""An organiser gives a person's talks, past ones too, to a real account; replaces it; takes it away."""

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import User
from mailing.models import OutgoingMail
from speakers.actions import merge_speakers
from speakers.enums import KeptBecause
from speakers.models import KeptText
from speakers.ties import tie_account
from tests.accounts.signing import who
from tests.admin import said, texts
from tests.events.invitations.steps import link_in
from tests.factories import START, make_event, make_speaker, make_talk, make_user
from tests.speakers.editor import at

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
TAKEN = "ben@example.org is the account of Ben Ek. Use another address, or merge the two if they are one person."
OFF = "The account of off@example.org is switched off. An administrator can switch it on again."


@pytest.fixture
def ada():
    return make_speaker("Ada Vale")


@pytest.fixture
def talk(ada):
    return make_talk(event=make_event(number=12, starts_at=START), title="Tides", speakers=[ada])


def account(person):
    return at("account", person.pk, model="speaker")


def give(client, person, address):
    return client.post(account(person), {"do": "give", "address": address}, follow=True)


def told():
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "message__subject"))


def test_past_talks_open_to_the_account_they_are_given_to(organiser, ada, talk):
    assert texts(organiser.get(account(ada)), ".plain-form > p")[0] == "Nobody signs in as Ada Vale."
    given = give(organiser, ada, "Ada@Example.org")
    assert said(given) == [f"{ADA} opens the talks of Ada Vale now, and is told."]
    assert told() == [(ADA, "Your talks at Data Bites")]
    speaker = Client()
    assert speaker.post(link_in(OutgoingMail.objects.get()))["Location"] == "/portal/"
    assert who(speaker) == ADA
    assert [line.title for line in speaker.get("/portal/").context["past"]] == ["Tides"]
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 200


def test_account_without_a_name_is_called_as_its_speaker(organiser, ada):
    give(organiser, ada, ADA)
    assert str(User.objects.get(email=ADA)) == "Ada Vale"
    give(organiser, make_speaker("Ben Ek"), make_user(email="b@example.org", first_name="Benedict").email)
    assert str(User.objects.get(email="b@example.org")) == "Benedict"


def test_replaced_account_is_shut_out_and_both_are_told(organiser, ada, talk):
    give(organiser, ada, "adda@example.org")
    stranger, link = Client(), link_in(OutgoingMail.objects.get())
    stranger.post(link)
    give(organiser, ada, ADA)
    assert told()[1:] == [
        ("adda@example.org", "A change to your account at Data Bites"),
        (ADA, "Your talks at Data Bites"),
    ]
    assert stranger.get(f"/portal/{talk.pk}/").status_code == 404
    assert Client().post(f"{link}fresh/").status_code == 410
    ada.refresh_from_db()
    assert ada.user.email == ADA


def test_account_is_taken_away_and_every_word_stays(organiser, ada, talk):
    give(organiser, ada, ADA)
    taken = organiser.post(account(ada), {"do": "take-away"}, follow=True)
    assert said(taken)[-1] == "Nobody signs in as Ada Vale any more. Nothing that was written is lost."
    ada.refresh_from_db()
    assert (ada.user, User.objects.filter(email=ADA).count()) == (None, 1)
    assert told()[-1] == (ADA, "A change to your account at Data Bites")
    lines = ModelLogEntry.objects.filter(action="speakers.account").order_by("pk")
    assert [line.formatter.format_message(line) for line in lines] == [
        f"{ADA} signs in as this person",
        f"{ADA} no longer signs in as this person",
    ]


def test_same_address_again_changes_and_tells_nothing(organiser, ada):
    give(organiser, ada, ADA)
    give(organiser, ada, ADA)
    assert told() == [(ADA, "Your talks at Data Bites")]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Type the address."),
        ("ada", "Enter a valid email address."),
        ("ben@example.org", TAKEN),
        ("off@example.org", OFF),
    ],
)
def test_address_that_will_not_do_is_refused_beside_its_field(organiser, ada, address, words):
    make_speaker("Ben Ek", user=make_user("speaker", email="ben@example.org"))
    make_user("speaker", email="off@example.org", is_active=False)
    refused = give(organiser, ada, address)
    assert (refused.status_code, refused.context["form"].errors) == (400, {"address": [words]})
    ada.refresh_from_db()
    assert (ada.user, told()) == (None, [])


def test_account_is_given_after_a_merge_to_whom_they_were_merged_into(organiser, ada, talk):
    kept = make_speaker("Ada Vale-Moss")
    merge_speakers(kept=kept, merged=ada)
    assert organiser.get(account(ada))["Location"] == account(kept)
    give(organiser, ada, ADA)
    kept.refresh_from_db()
    assert kept.user.email == ADA
    speaker = Client()
    speaker.post(link_in(OutgoingMail.objects.get()))
    assert speaker.get(f"/portal/{talk.pk}/").status_code == 200


def test_words_that_were_kept_for_the_old_account_are_the_new_ones(ada, talk):
    tie_account(speaker=ada, address="old@example.org")
    old = User.objects.get(email="old@example.org")
    kept = {"page": "0" * 16, "field": "teaser", "label": "Teaser", "text": "Words", "at": START}
    KeptText.objects.create(contribution=talk.contribution, by=old, because=KeptBecause.TAKEN, **kept)
    tie_account(speaker=ada, address=ADA)
    assert KeptText.objects.get().by.email == ADA
