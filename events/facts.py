"""What a mail told about an evening, and what of it is no longer so.

Only what was said counts: a link or a place that was not known when the mail went is news, not a change.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pages.english import moment

from .enums import EventStatus
from .models import EventPage, TalkPage, Venue

type Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """`old` is what was told, `new` what is so now; empty where there is none."""

    what: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        """ "Place: Kestrel Hall, instead of The Old Sorting Office"."""
        if not self.old:
            return f"{self.what}: {self.new}"
        return f"{self.what}: {self.new}, instead of {self.old}" if self.new else f"{self.what}: {self.old}"


def facts_of(event: EventPage) -> Facts:
    """What a mail that leaves now would tell, small enough to keep. One query."""
    return facts_from(event, public_titles(event))


def public_titles(event: EventPage) -> dict[int, str]:
    """The titles of the talks that readers see in the running order."""
    return dict(TalkPage.objects.announced().filter(event=event).values_list("pk", "title"))


def facts_from(event: EventPage, titles: dict[int, str]) -> Facts:
    """As `facts_of`, with the titles at hand."""
    return {
        "start": event.starts_at.astimezone(dt.UTC).isoformat(),
        "off": event.status if event.is_called_off else "",
        "venue": event.venue_id,
        "place": place_words(event.venue) if event.venue else "",
        "online": event.online_url,
        "booking": event.booking_url,
        "talks": {str(pk): title for pk, title in titles.items()},
    }


def place_words(venue: Venue) -> str:
    """ "Kestrel Hall, London": name and town on one line, the town once."""
    return f"{venue.name}, {venue.place}" if venue.place and venue.place not in venue.name else venue.name


def differences(told: Facts, now: Facts, *, zone: dt.tzinfo) -> list[Difference]:
    """What was told and is no longer so, in the order in which a reader needs it."""
    if not told:
        return []
    return [*_when(told, now, zone), *_where(told, now), *_talks(told, now)]


def _when(told: Facts, now: Facts, zone: dt.tzinfo) -> list[Difference]:
    found = []
    if told["off"] and not now["off"]:
        found.append(Difference("It takes place after all", "", _moment(now["start"], zone)))
    elif told["off"] != now["off"]:
        found.append(Difference("It does not take place", "", str(EventStatus(now["off"]).label)))
    if _instant(told["start"]) != _instant(now["start"]):
        found.append(Difference("Date and time", _moment(told["start"], zone), _moment(now["start"], zone)))
    return found


def _where(told: Facts, now: Facts) -> list[Difference]:
    found = []
    # By its key: a venue whose address was tidied up is the same place.
    if told["venue"] and told["venue"] != now["venue"]:
        without = "online only" if now["online"] else "not known yet"
        found.append(Difference("Place", told["place"], now["place"] or without))
    for key, what in (("online", "Link to watch online"), ("booking", "Link to book a place")):
        if told[key] and told[key] != now[key]:
            found.append(Difference(what, told[key], now[key] or "none any more"))
    return found


def _talks(told: Facts, now: Facts) -> list[Difference]:
    gone = [title for key, title in told["talks"].items() if key not in now["talks"]]
    return [Difference("No longer in the programme", f"“{title}”", "") for title in gone]


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _moment(text: str, zone: dt.tzinfo) -> str:
    return moment(_instant(text).astimezone(zone))
