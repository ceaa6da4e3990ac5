"""Dates and clock times of evenings: which one to suggest, and whether a reading of the clock exists."""

import calendar
import datetime as dt
from collections.abc import Collection

WEEK = dt.timedelta(weeks=1)
FAR = 5  # years; a date further away than that is likelier a slip of the finger than a plan


def a_month_later(day: dt.date) -> dt.date:
    """The same day of the next month, or that month's last where it is shorter."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def nearest_weekday(day: dt.date, weekday: int) -> dt.date:
    """The day with that weekday (0 is Monday) that is at most three days away."""
    return day + dt.timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def suggest_day(
    *, weekday: int, last: dt.date | None, today: dt.date, taken: Collection[dt.date] = frozenset()
) -> dt.date:
    """The usual weekday about a month after the last evening: after today, and on no day that is taken."""
    day = nearest_weekday(a_month_later(last or today), weekday)
    while day <= today or day in taken:
        day += WEEK
    return day


def is_far(day: dt.date, *, today: dt.date) -> bool:
    """Whether a day is more than five years away, in the past or to come."""
    return abs((day - today).days) > FAR * 365.25


def exists(reading: dt.datetime) -> bool:
    """Whether an aware clock reading exists; in spring an hour is left out."""
    there = reading.replace(tzinfo=None)
    back = reading.astimezone(dt.UTC).astimezone(reading.tzinfo).replace(tzinfo=None)
    return there == back
