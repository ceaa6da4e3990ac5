"""Somebody is named who helps: by address, known or not, with a mail and a link of their own, within limits."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.models import SignInLink, User
from mailing.models import OutgoingMail
from speakers.enums import HelperMay
from speakers.helping import MOST, TooManyMails, name_helper
from speakers.models import Helper
from tests.factories import START, make_user
from tests.speakers.portal.forms import (
    at,
    make_account,
    make_helper,
    make_my_talk,
    name_somebody,
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


REFUSALS = [
    ("", "Give their e-mail address."),
    ("sam", "That doesn’t look like an e-mail address. It should be like name@example.org."),
    ("a@b.example, c@d.example", "Give one address at a time."),
    ("ADA@example.org", "That is you. This talk is open to you already."),
    ("ben@example.org", "They speak in this talk themselves, and have a way in of their own."),
    ("kim@example.org", "Kim helps you with this talk already. You can send them a new link below."),
    ("joe@example.org", "joe@example.org helps Ben Wick with this talk already, and sees all of it."),
]


def test_somebody_unknown_is_named_by_address_and_comes_in_with_one_press(ada, talk):
    page = name_somebody(ada, talk, " Sam@Example.ORG ", name="Sam  Reed", may="edit")
    assert texts(page, "[role=status] .note") == [
        "They can write and comment from now on. We have sent a mail to sam@example.org."
    ]
    sam = User.objects.get(email="sam@example.org")
    assert (sam.get_full_name(), sam.is_staff, sam.groups.count()) == ("Sam Reed", False, 0)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message.subject) == ("sam@example.org", "Ada Vale asks you to help with “Tides”")
    browser, door = Client(), f"/account/{link_in(mail)}"
    for _ in range(3):
        assert browser.get(door).status_code == 200
    assert (SignInLink.objects.get().used_at, "_auth_user_id" in browser.session) == (None, False)
    page = browser.post(door, follow=True)
    assert page.redirect_chain[-1][0] == at("talk", talk)
    assert texts(page, "header .note")[0].startswith("You help Ada Vale with this talk: you can write and comment.")
    assert texts(ada[0].get(at("helpers", talk)), ".mine .fine")[0].endswith(
        f"Last here on {timezone.localdate():%-d %B %Y}."
    )


def test_answer_is_the_same_whether_the_address_is_known(ada, talk):
    make_user(email="known@example.org", first_name="Canary", last_name="Name")
    lines = []
    for who in ("known", "nobody"):
        page = name_somebody(ada, talk, f"{who}@example.org")
        lines.append([line.replace(who, "…") for line in texts(page, "[role=status] .note, .mine:last-child p")])
    assert lines[0] == lines[1]
    assert len(lines[0]) == 3
    assert "Canary" not in page.content.decode()
    ended = make_user(email="off@example.org", is_active=False)
    off = name_somebody(ada, talk, "off@example.org")
    assert texts(off, "[role=status] .note") == [
        "They can read and comment from now on. We have sent a mail to off@example.org."
    ]
    assert [mail.recipient for mail in OutgoingMail.objects.order_by("pk")] == [
        "known@example.org",
        "nobody@example.org",
    ]
    assert SignInLink.objects.filter(user=ended).count() == 0


@pytest.mark.parametrize(("typed", "sentence"), REFUSALS)
def test_who_can_not_be_named_is_said_beside_the_field_and_what_was_typed_stays(typed, sentence):
    ada, ben = make_account("Ada Vale", email="ada@example.org"), make_account("Ben Wick", email="ben@example.org")
    talk = make_my_talk(ada[1], ben[1])
    make_helper(talk, ada[1], may="comment", address="kim@example.org", name="Kim")
    make_helper(talk, ben[1], address="joe@example.org")
    page = name_somebody(ada, talk, typed, name="Sam Reed")
    assert (page.status_code, texts(page, ".field--wrong .wrong")) == (400, [sentence])
    form = BeautifulSoup(page.content, "html.parser").select("form.measure input:not([type=hidden])")
    assert [field.get("value", "") for field in form] == [typed, "Sam Reed"]
    assert Helper.objects.count() == 2


def test_naming_somebody_again_with_other_rights_changes_them(ada, talk):
    name_somebody(ada, talk, name="Sam", may="comment")
    page = name_somebody(ada, talk, may="edit")
    helper = Helper.objects.get()
    assert (helper.may, helper.name, page.status_code) == (HelperMay.EDIT, "Sam", 200)
    assert OutgoingMail.objects.count() == 2


ENOUGH = "Enough mails went to people who help you within this hour. Try again in an hour."


def test_there_are_at_most_ten_helpers(ada, talk):
    for number in range(MOST):
        at = START + dt.timedelta(minutes=number)
        row = {"user": make_user(), "speaker": ada[1], "may": "comment", "named_at": at}
        Helper.objects.create(contribution=talk.contribution, **row)
    page = name_somebody(ada, talk)
    assert texts(page, ".wrong") == ["10 people help with this talk already. End one of them first."]
    assert User.objects.filter(email="sam@example.org").count() == 0


def test_there_are_at_most_three_mails_an_hour_to_one_and_ten_in_all(ada, talk):
    name_somebody(ada, talk, "kim@example.org")
    again = {"do": f"again:{Helper.objects.get().pk}"}
    for _ in range(2):
        ada[0].post(at("helpers", talk), again)
    page = ada[0].post(at("helpers", talk), again, follow=True)
    assert texts(page, "[role=status] .note--stop") == [ENOUGH]
    for number in range(7):
        assert name_somebody(ada, talk, f"h{number}@example.org").status_code == 200
    page = name_somebody(ada, talk, "one-more@example.org")
    assert (texts(page, ".wrong"), User.objects.filter(email="one-more@example.org").count()) == ([ENOUGH], 0)
    SignInLink.objects.update(made_at=timezone.now() - dt.timedelta(minutes=61))
    assert name_somebody(ada, talk, "one-more@example.org").status_code == 200


def test_mails_are_counted_over_all_talks_of_who_names(ada, talk):
    sam = {"address": "sam@example.org", "name": "", "may": HelperMay.EDIT, "by": ada[1].user, "at": timezone.now()}
    others = [make_my_talk(ada[1], event=talk.event) for _ in range(3)]
    for other in others:
        name_helper(contribution=other.contribution, speaker=ada[1], **sam)
    with pytest.raises(TooManyMails):
        name_helper(contribution=talk.contribution, speaker=ada[1], **sam)
