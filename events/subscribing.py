"""How a calendar is subscribed to: the same feed as four kinds of link, and what a reader chose of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from . import feeds
from .listing import LONGEST_ECHO
from .models import SeriesPage


@dataclass(frozen=True, slots=True)
class Ways:
    """A feed's address as each kind of calendar takes it."""

    https: str
    name: str

    @property
    def title(self) -> str:
        return f"{self.name} in your calendar"

    @property
    def description(self) -> str:
        return f"{self.name} as a calendar to subscribe to, for Apple, Google, Outlook and others."

    @property
    def webcal(self) -> str:
        return f"webcal:{self.https.partition(':')[2]}"

    @property
    def google(self) -> str:
        """Google takes a webcal address here, and fetches it by https where there is one."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        return self._microsoft("outlook.live.com")

    @property
    def outlook_at_work(self) -> str:
        return self._microsoft("outlook.office.com")

    def _microsoft(self, host: str) -> str:
        asked = f"url={quote(self.https, safe='')}&name={quote(self.name, safe='')}"
        return f"https://{host}/calendar/0/addfromweb?{asked}"


def calendar_context(series: SeriesPage, request: HttpRequest) -> dict[str, Any]:
    """For `events/calendar.html`: the feed that was asked for, and what else there is to choose."""
    hosts, topics = list(feeds.hosts_in(series)), list(feeds.topics_in(series))
    wanted, misread = feeds.choice(request.GET), []
    host = next((host for host in hosts if host.slug == wanted[0]), None)
    topic = next((topic for topic in topics if topic.slug == wanted[1]), None)
    for name, value, found in zip(("host", "topic"), wanted, (host, topic), strict=True):
        if value and found is None:
            misread.append(f"We don’t know the {name} “{value[:LONGEST_ECHO]}”, so we left it out.")
    return {
        "series": series,
        "hosts": hosts,
        "topics": topics,
        "host": host,
        "topic": topic,
        "misread": misread,
        "query": feeds.feed_query(host, topic),
        "ways": Ways(feeds.feed_address(series, host, topic), feeds.feed_name(series, host, topic)),
    }
