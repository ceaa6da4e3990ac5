"""Dates, clock times and counts in plain English."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from pages import english

LONDON = ZoneInfo("Europe/London")
EVENING = dt.datetime(2026, 2, 4, 18, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 5, "12.05am"),
        (9, 30, "9.30am"),
        (12, 0, "midday"),
        (12, 30, "12.30pm"),
        (18, 0, "6pm"),
        (23, 59, "11.59pm"),
    ],
)
def test_clock_time_is_said_as_people_say_it(hour, minute, words):
    assert english.clock_time(dt.time(hour, minute)) == words


def test_moment_is_day_and_clock_on_the_value_s_own_clock():
    assert english.moment(EVENING) == "Wednesday 4 February 2026, 6pm"
    summer = dt.datetime(2026, 7, 1, 17, 0, tzinfo=dt.UTC)
    assert english.moment(summer.astimezone(LONDON)) == "Wednesday 1 July 2026, 6pm"


def test_span_names_a_second_day_only_past_midnight():
    assert english.span(EVENING, EVENING.replace(hour=19, minute=30)) == ("Wednesday 4 February 2026, 6pm to 7.30pm")
    assert english.span(EVENING, EVENING + dt.timedelta(hours=7)) == (
        "Wednesday 4 February 2026, 6pm to Thursday 5 February 2026, 1am"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (2, "second"), (11, "eleventh"), (12, "twelfth"), (13, "13th"), (21, "21st"), (60, "60th")],
)
def test_ordinal_is_in_words_up_to_the_twelfth(number, words):
    assert english.ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (112, "112th"), (122, "122nd"), (6000, "6,000th")],
)
def test_short_ordinal_knows_the_teens(number, words):
    assert english.short_ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "no talks"),
        (1, "one talk"),
        (3, "three talks"),
        (12, "twelve talks"),
        (13, "13 talks"),
        (6000, "6,000 talks"),
    ],
)
def test_counted_is_in_words_up_to_twelve(number, words):
    assert english.counted(number, "talk") == words


@pytest.mark.parametrize(("days", "words"), [(0, "last day today"), (1, "1 day left"), (12, "12 days left")])
def test_days_left(days, words):
    assert english.days_left(days) == words


@pytest.mark.parametrize(
    ("things", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(things, words):
    assert english.listed(things) == words
