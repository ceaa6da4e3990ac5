"""When the demo's evenings are, counted from the day on which it is loaded, so that it never looks old."""

import datetime as dt
import zoneinfo

from .shapes import HELD

LONDON = zoneinfo.ZoneInfo("Europe/London")
WEDNESDAY = 2
LAST = 63
WITHOUT = (8, 12)  # No evening in August and December.
NOTICE = dt.timedelta(days=10)


def evening_starts(today: dt.date) -> dict[int, dt.datetime]:
    """The start of each evening by its number: 61 is the first Wednesday at least ten days away.

    The others are a month apart, on the same Wednesday of the month (the fourth where that is a fifth).
    """
    coming = today + NOTICE
    coming += dt.timedelta(days=(WEDNESDAY - coming.weekday()) % 7)
    week = min((coming.day - 1) // 7, 3)
    days = {HELD + 1: coming}
    for step, numbers in ((-1, range(HELD, 0, -1)), (1, range(HELD + 2, LAST + 1))):
        month = coming.replace(day=1)
        for number in numbers:
            month = next_month(month, step)
            first = month + dt.timedelta(days=(WEDNESDAY - month.weekday()) % 7)
            days[number] = first + dt.timedelta(weeks=week)
    return {number: dt.datetime.combine(day, dt.time(18), LONDON) for number, day in sorted(days.items())}


def next_month(first: dt.date, step: int) -> dt.date:
    """The first of the next (1) or previous (-1) month that has an evening."""
    month = (first + dt.timedelta(days=32 if step > 0 else -1)).replace(day=1)
    return next_month(month, step) if month.month in WITHOUT else month
