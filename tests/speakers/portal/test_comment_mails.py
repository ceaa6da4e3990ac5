"""Mails about comments: gathered, at most one an hour about one talk, and never a word of what was said."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import SignInLink
from mailing.models import OutgoingMail
from pages import scheduler
from speakers import gathering
from speakers.enums import HelperMay
from speakers.gathering import tell_of_comments
from speakers.models import Comment, Helper
from tests.speakers.portal.forms import (
    answer,
    at,
    make_account,
    make_helper,
    make_my_talk,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 3, 9, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def ada():
    return make_account("Ada Vale", email="ada@example.org")


@pytest.fixture
def ben():
    return make_account("Ben Wick", email="ben@example.org")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1], title="Tides")


@pytest.fixture
def sam(ada, talk):
    """A comms colleague of Ada's."""
    return make_helper(talk, ada[1], may="comment", address="sam@example.org", name="Sam Reed")[0]


def say(browser, talk, field="talk", text="Too long?"):
    return browser.post(at("talk", talk), {"do": f"comment:{field}", f"comment-{field}": text}, follow=True)


def mails():
    """Those about comments: to whom, subject, lines."""
    found = OutgoingMail.objects.filter(message__template="speakers/email/comments").order_by("pk")
    return [
        (m.recipient, m.message.subject, [x for x in m.message.text.splitlines() if x.startswith("- ")]) for m in found
    ]


def test_new_comments_are_told_in_one_mail_an_hour(ada, talk, sam):
    for moment, field in ((NOW, "teaser"), (NOW + 5 * MINUTE, "teaser"), (NOW + 5 * MINUTE, answer(talk))):
        with time_machine.travel(moment, tick=False):
            say(sam, talk, field, "canary")
    assert tell_of_comments(at=NOW + 9 * MINUTE) == 0
    assert tell_of_comments(at=NOW + 10 * MINUTE) == 1
    wording = "Can you summarise your project in a few sentences?"
    first = (
        "ada@example.org",
        "Three new comments on “Tides”",
        ["- Sam Reed on the teaser (2)", f"- Sam Reed on “{wording}”"],
    )
    assert mails() == [first]
    with time_machine.travel(NOW + 20 * MINUTE, tick=False):
        say(sam, talk, "talk")
    assert tell_of_comments(at=NOW + 69 * MINUTE) == 0
    assert tell_of_comments(at=NOW + 70 * MINUTE) == 1
    assert tell_of_comments(at=NOW + 5 * HOUR) == 0
    assert mails()[1:] == [("ada@example.org", "One new comment on “Tides”", ["- Sam Reed on the whole talk"])]
    assert "canary" not in "".join(OutgoingMail.objects.values_list("message__text", flat=True))


def test_each_mail_has_a_fresh_link_of_its_own(ada, talk, sam):
    say(sam, talk)
    tell_of_comments(at=timezone.now() + HOUR)
    link = SignInLink.objects.get(purpose=f"talk:{talk.contribution_id}")
    mail = OutgoingMail.objects.get(message__template="speakers/email/comments")
    assert (link.user, link.leads_to, mail.filling) == (ada[1].user, at("talk", talk), {"link": link.url})


def test_who_hears_of_what(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    editor, _ = make_helper(talk, ada[1], address="ed@example.org")
    sam, _ = make_helper(talk, ada[1], may="comment", address="sam@example.org")
    make_helper(talk, ben[1], may="comment", address="joe@example.org")
    say(sam, talk, answer(talk).replace("joint", str(ada[1].pk)), "Ada’s own")
    say(editor, talk, "teaser", "Joint")
    assert tell_of_comments(at=timezone.now() + HOUR) == 3
    assert [(to, len(lines)) for to, _, lines in mails()] == [
        ("ada@example.org", 2),
        ("ben@example.org", 1),
        ("ed@example.org", 1),
    ]


def test_whoever_commented_hears_once_that_it_is_resolved(ada, talk, sam):
    say(sam, talk, "teaser")
    say(sam, talk, "talk")
    assert tell_of_comments(at=timezone.now() + 11 * MINUTE) == 1
    Comment.objects.update(told_at=timezone.now() - 2 * HOUR)
    for comment in Comment.objects.all():
        ada[0].post(at("talk", talk), {"do": f"comment-resolved:{comment.pk}"})
    assert tell_of_comments(at=timezone.now() + 11 * MINUTE) == 1
    assert tell_of_comments(at=timezone.now() + 5 * HOUR) == 0
    assert mails()[1:] == [
        (
            "sam@example.org",
            "Two comments of yours on “Tides” are resolved",
            ["- Ada Vale on the teaser", "- Ada Vale on the whole talk"],
        )
    ]


def test_nobody_hears_of_their_own_comments_or_of_those_resolved_at_once(ada, talk, sam):
    say(ada[0], talk)
    say(sam, talk, "teaser")
    ada[0].post(at("talk", talk), {"do": f"comment-resolved:{Comment.objects.latest('pk').pk}"})
    sam.post(at("talk", talk), {"do": f"comment-dropped:{Comment.objects.latest('pk').pk}"})
    assert tell_of_comments(at=timezone.now() + HOUR) == 0
    assert (mails(), Comment.objects.get().told_at is None) == ([], False)


def test_ended_helper_hears_nothing_more(ada, talk):
    make_helper(talk, ada[1], address="ed@example.org")
    Helper.objects.update(ended_at=timezone.now())
    say(ada[0], talk)
    assert tell_of_comments(at=timezone.now() + HOUR) == 0
    assert Helper.objects.get().may == HelperMay.EDIT


def test_scheduler_tells_of_comments():
    assert gathering.each_minute in scheduler.JOBS
