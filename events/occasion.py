"""An evening on the clock: what may be said at a moment about when it is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pages.clock import next_midnight
from pages.english import clock_time, moment, span

from .enums import EventStatus

ROUNDED = 5  # minutes: an end that was worked out is a guess, and is told like one


@dataclass(frozen=True, slots=True)
class Occasion:
    """Start and end on the series' clock, and how they lie to the moment of asking."""

    start: dt.datetime
    end: dt.datetime
    end_is_worked_out: bool
    status: str
    at: dt.datetime

    @classmethod
    def of(cls, event: Any, *, at: dt.datetime) -> "Occasion":
        return cls(
            start=event.local_start,
            end=event.local_end,
            end_is_worked_out=event.ends_at is None,
            status=event.status,
            at=at.astimezone(event.zone),
        )

    @property
    def is_called_off(self) -> bool:
        return self.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)

    @property
    def is_over(self) -> bool:
        return self.end <= self.at

    @property
    def is_on(self) -> bool:
        return self.start <= self.at < self.end and not self.is_called_off

    @property
    def is_today(self) -> bool:
        return self.start.date() == self.at.date() and not self.is_called_off

    @property
    def is_tomorrow(self) -> bool:
        return self.start.date() - self.at.date() == dt.timedelta(days=1) and not self.is_called_off

    @property
    def is_told(self) -> bool:
        """Whether its page tells what was said, and no longer what is planned."""
        return self.is_over and not self.is_called_off

    @property
    def closeness(self) -> str:
        """ "On now", "Today", "Tomorrow"; empty on any other day."""
        if self.is_on:
            return "On now"
        if self.is_over:
            return ""
        return "Today" if self.is_today else "Tomorrow" if self.is_tomorrow else ""

    @property
    def when(self) -> str:
        """ "Wednesday 4 February 2026, 6pm to 7.30pm". An end that was worked out is told to five minutes."""
        if not self.end_is_worked_out:
            return span(self.start, self.end)
        over = dt.timedelta(minutes=-self.end.minute % ROUNDED)
        return f"{moment(self.start)} to about {clock_time(self.end + over)}"

    @property
    def warning(self) -> str:
        """What a reader must know before they set out; empty where it takes place as announced."""
        if self.status == EventStatus.CANCELLED:
            return "This evening was cancelled." if self.is_over else "This evening is cancelled."
        if self.status == EventStatus.POSTPONED:
            return (
                "This evening was postponed."
                if self.is_over
                else ("This evening is postponed. We will give the new date here.")
            )
        if self.status == EventStatus.TENTATIVE and not self.is_over:
            return "The date is not certain yet."
        return ""

    @property
    def changes_at(self) -> dt.datetime | None:
        """When any of this reads differently; None once it is over."""
        zone = self.start.tzinfo or dt.UTC
        day = next_midnight(self.start - dt.timedelta(days=1), zone)
        moments = (day - dt.timedelta(days=1), day, self.start, self.end)
        return min((m for m in moments if m > self.at), default=None)
