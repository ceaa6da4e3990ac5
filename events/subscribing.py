"""How a calendar is subscribed to: the same feed as four kinds of link, and what a reader chose of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.http import HttpRequest, QueryDict

from . import feeds
from .listing import LONGEST_ECHO
from .models import SeriesPage


@dataclass(frozen=True, slots=True)
class Ways:
    """A feed's address as each kind of calendar takes it."""

    https: str
    name: str

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

    @property
    def is_reachable(self) -> bool:
        """Whether somebody else's server could fetch it at all."""
        return urlsplit(self.https).hostname not in ("localhost", "127.0.0.1", "::1")

    def _microsoft(self, host: str) -> str:
        asked = f"url={quote(self.https, safe='')}&name={quote(self.name, safe='')}"
        return f"https://{host}/calendar/0/addfromweb?{asked}"


def calendar_context(series: SeriesPage, request: HttpRequest) -> dict[str, Any]:
    """For `events/calendar.html`: the feed that was asked for, and what else there is to choose."""
    hosts, topics = list(feeds.hosts_in(series)), list(feeds.topics_in(series))
    asked = dict(zip(("host", "topic"), feeds.choice(request.GET), strict=True))
    known = {"host": {host.slug: host for host in hosts}, "topic": {topic.slug: topic for topic in topics}}
    query, misread = QueryDict(mutable=True), []
    for name, value in asked.items():
        if value in known[name]:
            query[name] = value
        elif value:
            misread.append(f"We don’t know the {name} “{value[:LONGEST_ECHO]}”, so we left it out.")
    host, topic = known["host"].get(asked["host"]), known["topic"].get(asked["topic"])
    return {
        "series": series,
        "hosts": hosts,
        "topics": topics,
        "host": host,
        "topic": topic,
        "misread": misread,
        "query": query.urlencode(),
        "ways": Ways(feeds.feed_address(series, query), series.title),
    }
