"""Dates, clock times and counts as plain English puts them: "Wednesday 4 February 2026, 6pm", "the twelfth"."""

import datetime as dt

from django.utils.dateformat import format as written

ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def day(value: dt.date) -> str:
    """ "Wednesday 4 February 2026"."""
    return written(value, "l j F Y")


def short_day(value: dt.date) -> str:
    """ "4 February 2026"."""
    return written(value, "j F Y")


def month(value: dt.date) -> str:
    """ "February 2026"."""
    return written(value, "F Y")


def clock_time(value: dt.datetime | dt.time) -> str:
    """ "6pm", "6.30pm", "midday", "midnight", on the value's own clock."""
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    minutes = f".{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value: dt.datetime) -> str:
    """ "Wednesday 4 February 2026, 6pm", on the value's own clock."""
    return f"{day(value)}, {clock_time(value)}"


def span(start: dt.datetime, end: dt.datetime) -> str:
    """ "Wednesday 4 February 2026, 6pm to 7.30pm"; past midnight the end has its day too."""
    last = clock_time(end) if start.date() == end.date() else moment(end)
    return f"{moment(start)} to {last}"


def ordinal(number: int) -> str:
    """ "first" to "twelfth" in words, then "13th", "21st"."""
    return ORDINALS[number - 1] if 1 <= number <= len(ORDINALS) else short_ordinal(number)


def short_ordinal(number: int) -> str:
    """ "1st", "12th", "60th"."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number:,}" + ("th" if 10 <= number % 100 <= 20 else ends.get(number % 10, "th"))


def in_words(number: int) -> str:
    """ "no" to "twelve" in words, then figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """ "one talk", "three talks", "60 evenings"."""
    return f"{in_words(number)} {one if number == 1 else many or f'{one}s'}"


def tallied(number: int, one: str, many: str = "") -> str:
    """ "1 talk", "12 talks": beside the names of a list, where figures are compared."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(things: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def days_left(days: int) -> str:
    """ "last day today", "1 day left", "12 days left"."""
    if days == 0:
        return "last day today"
    return f"{days} day{'' if days == 1 else 's'} left"


def duration(seconds: int) -> str:
    """ "1 hour 12 minutes", to the minute; "45 seconds" below one."""
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [(hours, "hour"), (minutes, "minute")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)
