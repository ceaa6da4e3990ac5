"""Which day is suggested, which reading of the clock exists, and how positions are read."""

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.dates import a_month_later, exists, is_far, suggest_day
from events.positions import read_position, write_position

LONDON = zoneinfo.ZoneInfo("Europe/London")
WEDNESDAY = 2


def test_next_day_is_the_usual_weekday_about_a_month_after_the_last():
    last, today = dt.date(2026, 1, 7), dt.date(2026, 1, 8)
    assert suggest_day(weekday=WEDNESDAY, last=last, today=today) == dt.date(2026, 2, 4)


def test_next_day_passes_over_days_that_are_taken():
    last, today = dt.date(2026, 1, 7), dt.date(2026, 1, 8)
    taken = {dt.date(2026, 2, 4), dt.date(2026, 2, 11)}
    assert suggest_day(weekday=WEDNESDAY, last=last, today=today, taken=taken) == dt.date(2026, 2, 18)


def test_first_evening_of_all_is_suggested_for_about_a_month_from_today():
    assert suggest_day(weekday=WEDNESDAY, last=None, today=dt.date(2026, 1, 8)) == dt.date(2026, 2, 11)


@given(
    weekday=st.integers(0, 6),
    last=st.none() | st.dates(dt.date(2015, 1, 1), dt.date(2035, 1, 1)),
    today=st.dates(dt.date(2015, 1, 1), dt.date(2035, 1, 1)),
)
def test_next_day_is_never_past_and_always_the_usual_weekday(weekday, last, today):
    day = suggest_day(weekday=weekday, last=last, today=today)
    assert day > today
    assert day.weekday() == weekday


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert a_month_later(dt.date(2026, 1, 31)) == dt.date(2026, 2, 28)
    assert a_month_later(dt.date(2025, 12, 31)) == dt.date(2026, 1, 31)


def test_date_is_far_beyond_five_years_either_way():
    today = dt.date(2026, 1, 1)
    near = [dt.date(2021, 1, 2), dt.date(2030, 12, 31)]
    far = [dt.date(2020, 12, 1), dt.date(2031, 2, 1)]
    assert [is_far(day, today=today) for day in near + far] == [False, False, True, True]


def test_reading_in_the_hour_that_spring_leaves_out_does_not_exist():
    assert not exists(dt.datetime(2026, 3, 29, 1, 30, tzinfo=LONDON))
    assert exists(dt.datetime(2026, 3, 29, 2, 30, tzinfo=LONDON))


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("9:13", 553), ("553", 553), ("1:01:31", 3691), ("0:00", 0), (" 75:00 ", 4500), ("-0:30", -30)],
)
def test_position_is_read_as_people_type_it(typed, seconds):
    assert read_position(typed) == seconds


@pytest.mark.parametrize("typed", ["", "9:7", "9:60", "1:75:00", "nine", "9.13", "1:2:3:4"])
def test_position_that_is_none_is_refused(typed):
    with pytest.raises(ValueError, match=r"^"):
        read_position(typed)


@given(st.integers(-3600, 100 * 3600))
def test_position_that_was_written_is_read_back(seconds):
    assert read_position(write_position(seconds)) == seconds
