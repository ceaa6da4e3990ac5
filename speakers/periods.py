"""Days and months as people give them: "by 4 February", "in February"."""

import calendar
import datetime as dt

from .enums import DatePrecision


def last_day(day: dt.date | None, precision: str) -> dt.date | None:
    """The last day that a date means: itself, or the end of its month."""
    if day is None or precision != DatePrecision.MONTH:
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
