"""What a write-up's text doesn't say of its evening, and the person who imports it does."""

import datetime as dt
from dataclasses import dataclass

from events.dates import exists
from events.models import Host, SeriesPage


class NoSuchMoment(Exception):
    """The clocks change that night: the start comes twice or not at all."""


@dataclass(frozen=True, slots=True)
class EveningFacts:
    """`day` and `start` are on the series' clock; without a start it is the usual one.

    `written_up_on` is when the write-up was first published; left out, it is taken for the evening's own day, which is
    never too late and keeps old write-ups in their order.
    """

    number: int
    day: dt.date
    start: dt.time | None = None
    host: Host | None = None
    byline: str = ""
    written_up_on: dt.date | None = None
    original_url: str = ""

    def starts_at(self, series: SeriesPage) -> dt.datetime:
        """The moment at which the evening began.

        Raises:
            NoSuchMoment
        """
        moment = dt.datetime.combine(self.day, self.start or series.usual_start, tzinfo=series.zone)
        if not exists(moment):
            raise NoSuchMoment(f"The clocks changed on {self.day}: give another --time.")
        return moment
