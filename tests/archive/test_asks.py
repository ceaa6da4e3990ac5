"""What speakers ask of readers is kept as a row where it is certain, and named to a person where it isn't."""

import datetime as dt

import pytest

from archive.importers.asks import asks_of
from archive.importers.plan import AskHint, TalkPlan

CONSULTATION = "The consultation is open until June 2031, and Nia encouraged people to answer."


def asked(*hints):
    asks, unsure = asks_of(TalkPlan("Rinds", False, (), asks=hints))
    return [(ask.text, ask.email, ask.closes_on, ask.closes_precision) for ask in asks], unsure


@pytest.mark.parametrize(
    ("sentence", "wish"),
    [
        ("It is in beta, and you can sign up to test it (a@example.org).", "Sign up to test it (a@example.org)."),
        ("We invite you to write to a@example.org about it.", "Write to a@example.org about it."),
        ("Nia encouraged people to help.", "Nia encouraged people to help."),
        ("Questions go to a@example.org.", "Questions go to a@example.org."),
    ],
)
def test_ask_says_what_people_can_do(sentence, wish):
    assert asked(AskHint(sentence, email="a@example.org")) == ([(wish, "a@example.org", None, "day")], [])


def test_day_and_its_month_are_one_ask():
    month = AskHint(CONSULTATION, closes="2031-06")
    day = AskHint("We ask you to answer our questions, before it closes on 4 June 2031.", closes="2031-06-04")
    exact = ([("Answer our questions.", "", dt.date(2031, 6, 4), "day")], [])
    assert (asked(month, day), asked(day, month)) == (exact, exact)


def test_two_days_are_two_asks():
    asks, _ = asked(AskHint("One closes on 4 June 2031.", closes="2031-06-04"), AskHint("Two.", closes="2031-06-05"))
    assert [ask[2].day for ask in asks] == [4, 5]


def test_address_and_day_of_one_sentence_are_one_ask():
    sentence = "It closes on 4 June 2031; write to a@example.org."
    hints = AskHint(sentence, email="a@example.org"), AskHint(sentence, closes="2031-06-04")
    assert asked(*hints) == ([(sentence, "a@example.org", dt.date(2031, 6, 4), "day")], [])


@pytest.mark.parametrize(
    "hint",
    [
        AskHint("It closes on 31 June 2031.", closes="2031-06-31"),
        AskHint("x" * 301, email="a@example.org"),
        AskHint("Write to a@1.2.", email="a@1.2"),
    ],
    ids=["no such day", "too long", "no such address"],
)
def test_ask_that_is_not_certain_is_named(hint):
    assert asked(hint) == ([], [hint.sentence])
