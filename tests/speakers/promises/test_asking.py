"""A promise that came due is put to its speakers once, and once more; and which promise it is."""

import datetime as dt

import pytest

from accounts.models import SignInLink
from events.actions import withdraw_talk
from mailing.models import OutgoingMail
from speakers.actions import withdraw_consent
from speakers.following_up import each_minute
from speakers.models import Promise, PromiseQuestion, PromiseReply
from speakers.promises import is_same, paired
from tests.factories import START, make_speaker, make_user, publish

from .making import AFTER, BEFORE, WORDS, account, make_promise, questions, reply, rewrite

pytestmark = pytest.mark.django_db


def test_promise_is_put_to_its_speaker_when_its_month_is_over(ada):
    make_promise(speakers=[ada[1]])
    each_minute(at=BEFORE)
    assert questions() == []
    for _ in range(3):
        each_minute(at=AFTER)
    assert questions() == [(ada[0].email, "What happened next? “Talk 60”")]
    mail = OutgoingMail.objects.get(purpose__startswith="promise:")
    assert f"  {WORDS}\n" in mail.message.text
    assert "In November 2025 you spoke about “Talk 60” at Data Bites 60" in mail.message.text
    link = SignInLink.objects.get()
    question = PromiseQuestion.objects.get()
    talk = question.contribution.talk
    assert (link.user, link.leads_to) == (ada[0], f"/portal/{talk.pk}/promises/{question.pk}/")
    assert mail.filling == {"link": link.url}


def test_one_reminder_and_no_more(ada):
    make_promise(speakers=[ada[1]])
    for days in (0, 13, 14, 15, 40, 80):
        each_minute(at=AFTER + dt.timedelta(days=days))
        reminders = OutgoingMail.objects.filter(purpose__startswith="promise-again:").count()
        assert reminders == (1 if days >= 14 else 0), days
    assert len(questions()) == 1
    reminder = OutgoingMail.objects.get(purpose__startswith="promise-again:")
    assert reminder.message.text.count("We won’t ask about this again.") == 1


def test_whoever_replied_is_not_reminded(client, ada):
    talk = make_promise(speakers=[ada[1]])
    each_minute(at=AFTER)
    reply(client, ada, talk, outcome="done", words="It is there.")
    each_minute(at=AFTER + dt.timedelta(days=20))
    assert OutgoingMail.objects.filter(purpose__startswith="promise-again:").count() == 0


@pytest.mark.parametrize(
    ("precision", "due_on", "asked_on"),
    [
        ("day", dt.date(2026, 2, 10), dt.datetime(2026, 2, 11, 0, 1, tzinfo=dt.UTC)),
        ("month", dt.date(2026, 2, 10), AFTER),
        ("month", None, START + dt.timedelta(days=366)),
    ],
)
def test_question_comes_after_the_last_day(ada, precision, due_on, asked_on):
    make_promise(due_on=due_on, precision=precision, speakers=[ada[1]])
    each_minute(at=asked_on - dt.timedelta(days=1))
    assert questions() == []
    each_minute(at=asked_on)
    assert len(questions()) == 1


def test_day_is_over_on_the_clock_of_the_series(ada):
    talk = make_promise(due_on=dt.date(2026, 2, 10), precision="day", speakers=[ada[1]])
    publish(talk.event.series, time_zone="Pacific/Auckland")
    each_minute(at=dt.datetime(2026, 2, 10, 10, 59, tzinfo=dt.UTC))
    assert questions() == []
    each_minute(at=dt.datetime(2026, 2, 10, 11, 1, tzinfo=dt.UTC))
    assert len(questions()) == 1


def test_archive_that_is_filled_in_sends_no_mail_about_its_past(ada):
    make_promise(due_on=dt.date(2025, 12, 1), precision="day", speakers=[ada[1]])
    each_minute(at=AFTER)
    assert (questions(), PromiseQuestion.objects.count()) == ([], 0)


def test_nobody_without_an_account_is_asked_and_may_be_later():
    cy = make_speaker("Cy Moss")
    make_promise(speakers=[cy])
    each_minute(at=AFTER)
    assert PromiseQuestion.objects.count() == 0
    cy.user = make_user()
    cy.save()
    each_minute(at=AFTER + dt.timedelta(days=1))
    assert questions() == [(cy.user.email, "What happened next? “Talk 60”")]


@pytest.mark.parametrize("how", ["talk withdrawn", "evening taken off", "consent taken back", "not released", "left"])
def test_nobody_is_asked_about_what_is_not_public(ada, how):
    talk = make_promise(speakers=[ada[1]])
    if how == "talk withdrawn":
        withdraw_talk(talk=talk)
    elif how == "evening taken off":
        talk.event.unpublish()
    elif how == "consent taken back":
        withdraw_consent(contribution=talk.contribution, speaker=ada[1], what="answers", at=AFTER)
    elif how == "not released":
        talk.contribution.unpublish()
    else:
        ada[0].is_active = False
        ada[0].save()
    each_minute(at=AFTER)
    assert questions() == []


def test_each_speaker_is_asked_with_a_link_of_their_own(ada):
    bo = account("Bo Reed")
    make_promise(speakers=[ada[1], bo[1], make_speaker("Cy Moss")])
    each_minute(at=AFTER)
    assert sorted(recipient for recipient, _ in questions()) == sorted([ada[0].email, bo[0].email])
    assert {link.user for link in SignInLink.objects.all()} == {ada[0], bo[0]}


# Which promise it is


def test_promise_is_known_by_its_words_when_its_row_is_made_anew(ada):
    talk = make_promise(speakers=[ada[1]])
    before = Promise.objects.get().pk
    each_minute(at=AFTER)
    rewrite(talk, "A map of every  bridge")
    assert Promise.objects.get().pk != before
    each_minute(at=AFTER + dt.timedelta(days=1))
    assert len(questions()) == 1
    rewrite(talk, "Something else entirely, by the sea.")
    each_minute(at=AFTER + dt.timedelta(days=1))
    assert len(questions()) == 2


@pytest.mark.parametrize(
    ("said_then", "now", "same"),
    [
        (WORDS, WORDS, True),
        (WORDS, "a map of every bridge", True),
        ("A map of evrey bridge", WORDS, True),
        ("A second town, with plastic pipes", "A third town, with plastic pipes", True),
        (WORDS, "The rules, published", False),
        ("Halve the number", "Half a million homes", False),
    ],
)
def test_mended_words_are_the_same_promise_and_others_are_not(said_then, now, same):
    assert is_same(said_then, now) is same


def test_very_words_count_before_those_that_are_much_alike():
    texts_now = ["A second town, with plastic pipes", "A third town, with plastic pipes"]
    rows = [PromiseReply(said=text) for text in reversed(texts_now)]
    about, left = paired(texts_now, rows)
    assert ({text: [row.said for row in found] for text, found in about.items()}, left) == (
        {text: [text] for text in texts_now},
        [],
    )
