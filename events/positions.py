"""Positions in a recording: whole seconds, read and written as people give them ("9:13", "1:01:31")."""

import re

_CLOCK = re.compile(r"(-?)(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)")
_SECONDS = re.compile(r"-?\d{1,6}")


def read_position(text: str) -> int:
    """Seconds for "9:13", "1:01:31" or "553". Raises ValueError for anything else."""
    text = text.strip().replace("−", "-")
    if _SECONDS.fullmatch(text):
        return int(text)
    match = _CLOCK.fullmatch(text)
    if match is None or (match[2] and int(match[3]) > 59):
        raise ValueError(text)
    seconds = int(match[2] or 0) * 3600 + int(match[3]) * 60 + int(match[4])
    return -seconds if match[1] else seconds


def write_position(seconds: int) -> str:
    """ "9:13", or "1:01:31" past the hour; "-0:30" before the beginning."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, second = divmod(rest, 60)
    clock = f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"
    return f"-{clock}" if seconds < 0 else clock


def write_timestamp(milliseconds: int) -> str:
    """ "00:09:13.250", as subtitles have it (WebVTT, section 4.1)."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
