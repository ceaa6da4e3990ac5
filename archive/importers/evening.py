"""What a write-up's text doesn't say, and the person who imports it does: facts of the evening, and wishes."""

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


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an import may do beside making a new evening of drafts.

    `replace`: an evening that is there gets new drafts. `publish`: publish the drafts and release what was given; of an
    evening that is there as drafts of this same text, as they stand. `leftovers_seen`: somebody has looked at what the
    text left over, and it may stay behind.
    """

    replace: bool = False
    publish: bool = False
    leftovers_seen: bool = False


DRAFTS_ONLY = Wishes()
