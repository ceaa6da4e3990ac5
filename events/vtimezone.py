"""A zone's clock changes as a VTIMEZONE (RFC 5545, 3.6.5): the same text on every machine with the same tz data.

Changes are found by asking the zone itself. Those that return each year for good become one RRULE each (London is two
rules and nothing else); what was different before, or follows the moon as in Casablanca, stands there day by day.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

# Since 1996 the whole of Europe changes its clocks by today's rule, and no evening is older.
FIRST = dt.datetime(1996, 1, 1, tzinfo=dt.UTC)
LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
STEP = dt.timedelta(days=3)
SHORTEST_RULE = 3  # years; fewer are a coincidence
DAYS = "MO TU WE TH FR SA SU".split()

type Rules = dict[tuple, list[Change]]


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks are put forward or back. `wall` is what they showed at that moment."""

    wall: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    summer: bool

    @property
    def kind(self) -> tuple[dt.timedelta, dt.timedelta, str, bool]:
        return self.before, self.after, self.name, self.summer

    @property
    def ordinals(self) -> set[int]:
        """Which weekday of its month it is on: the second, and perhaps the last (-1) too."""
        is_last = (self.wall + dt.timedelta(days=7)).month != self.wall.month
        return {(self.wall.day - 1) // 7 + 1, *([-1] if is_last else [])}


@lru_cache(maxsize=64)
def vtimezone(name: str) -> str:
    """The component for a zone such as "Europe/London", lines ended and folded as in a calendar."""
    zone = ZoneInfo(name)
    changes = list(_changes(zone))
    parts: list[tuple[Change, str]] = []
    single = set(changes)
    for run, ordinal in _yearly(changes):
        single -= set(run)
        first = run[0]
        day = f"BYMONTH={first.wall.month};BYDAY={ordinal}{DAYS[first.wall.weekday()]}"
        parts.append((first, f"RRULE:FREQ=YEARLY;{day}"))
    for days in _alike(change for change in changes if change in single):
        listed = [f"RDATE:{change.wall:%Y%m%dT%H%M%S}" for change in days[1:]]
        parts.append((days[0], "\r\n".join(listed)))
    parts.sort(key=lambda part: part[0].wall)
    beginning = _state(zone, FIRST)
    standard = next((change for change, _ in parts if not change.summer), None)
    if standard is None or standard.after != beginning.after:
        parts.insert(0, (beginning, ""))
    body = "".join(_observance(change, rule) for change, rule in parts)
    return f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n{body}END:VTIMEZONE\r\n"


def _state(zone: ZoneInfo, at: dt.datetime, *, before: dt.timedelta | None = None) -> Change:
    """How the clocks stand from that moment on."""
    local = at.astimezone(zone)
    after = local.utcoffset() or dt.timedelta(0)
    was = after if before is None else before
    wall = (at + was).replace(tzinfo=None)
    return Change(wall, was, after, local.tzname() or zone.key, (local.dst() or dt.timedelta(0)) > dt.timedelta(0))


def _changes(zone: ZoneInfo) -> Iterator[Change]:
    at = FIRST
    known = _state(zone, at)
    while at < LAST:
        later = at + STEP
        if _state(zone, later).kind[1:] != known.kind[1:]:
            low, high = at, later
            while high - low > dt.timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                same = _state(zone, middle).kind[1:] == known.kind[1:]
                low, high = (middle, high) if same else (low, middle)
            known = _state(zone, high, before=known.after)
            yield known
        at = later


def _yearly(changes: list[Change]) -> Iterator[tuple[list[Change], int]]:
    """Changes that return each year until the last year we look at, and on which weekday of their month."""
    groups: Rules = {}
    for change in changes:
        key = (*change.kind, change.wall.month, change.wall.weekday(), change.wall.time())
        groups.setdefault(key, []).append(change)
    for group in groups.values():
        run: list[Change] = []
        fitting: set[int] = set()
        for year, change in zip(range(LAST.year - 1, FIRST.year - 1, -1), reversed(group), strict=False):
            left = fitting & change.ordinals if run else change.ordinals
            if change.wall.year != year or not left:
                break
            run.insert(0, change)
            fitting = left
        if len(run) >= SHORTEST_RULE:
            yield run, min(fitting)


def _alike(changes: Iterable[Change]) -> list[list[Change]]:
    groups: Rules = {}
    for change in changes:
        groups.setdefault(change.kind, []).append(change)
    return list(groups.values())


def _observance(change: Change, rule: str) -> str:
    name = "DAYLIGHT" if change.summer else "STANDARD"
    lines = [
        f"BEGIN:{name}",
        f"DTSTART:{change.wall:%Y%m%dT%H%M%S}",
        *([rule] if rule else []),
        f"TZNAME:{change.name}",
        f"TZOFFSETFROM:{_offset(change.before)}",
        f"TZOFFSETTO:{_offset(change.after)}",
        f"END:{name}",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _offset(offset: dt.timedelta) -> str:
    sign = "-" if offset < dt.timedelta(0) else "+"
    hours, seconds = divmod(round(abs(offset).total_seconds()), 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
