"""Atom (RFC 4287) in pages (RFC 5005): entries with all their words, and nothing that depends on the clock."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
TAGGED_SINCE = "2026"  # RFC 4151: a date on which the name was ours; part of each id, so it never changes
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def tag(path: str) -> str:
    """An id that stays when a page's address changes (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{TAGGED_SINCE}:{path}"


def writable(text: str) -> str:
    """Without the characters that XML can't hold."""
    return _UNWRITABLE.sub("", text)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of one thing. `html` is clean and has absolute addresses; moments are aware."""

    id: str
    title: str
    url: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[str, ...]
    html: str
    categories: tuple[str, ...] = ()
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A feed as a whole. `address` is the feed's own, `page` the one that it is about."""

    id: str
    title: str
    subtitle: str
    address: str
    page: str


class RecordedAtom(Atom1Feed):
    """As Django's; but a feed without entries was last changed long ago, and not just now."""

    def latest_post_date(self) -> dt.datetime:
        moments = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(moments, default=LONG_AGO)


class PagedAtom(RecordedAtom):
    """With whole entries, each of its authors, and the way to the other pages."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["ways"]:
            handler.addQuickElement("link", "", {"rel": rel, "href": address})
        handler.addQuickElement("icon", absolute(f"{settings.STATIC_URL}img/byte.svg"))
        if self.feed["rights"]:
            handler.addQuickElement("rights", self.feed["rights"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["rights"] and not self.feed["rights"]:
            handler.addQuickElement("rights", item["rights"])
        handler.addQuickElement("content", item["html"], {"type": "html"})


def shared(rights: Iterable[str]) -> str:
    """What holds for all, and so may stand at the head: an entry without its own is under it (RFC 4287, 4.2.10)."""
    found = set(rights)
    return found.pop() if len(found) == 1 else ""


def paged(head: Head, entries: Sequence[Entry], *, ways: Sequence[tuple[str, str]] = ()) -> PagedAtom:
    """A page of a feed. `ways` are (rel, address) of the other pages."""
    here = next((address for rel, address in ways if rel == "self"), head.address)
    feed = PagedAtom(
        title=writable(head.title),
        subtitle=writable(head.subtitle),
        link=head.page,
        feed_url=here,
        feed_guid=head.id,
        description="",
        author_name=settings.WAGTAIL_SITE_NAME,
        language=settings.LANGUAGE_CODE,
        ways=[(rel, address) for rel, address in ways if rel != "self"],
        rights=writable(shared(entry.rights for entry in entries)),
    )
    for entry in entries:
        feed.add_item(
            title=writable(entry.title),
            link=entry.url,
            description=None,  # type: ignore[arg-type]  # the words stand in the content
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[writable(name) for name in entry.categories],
            authors=[writable(name) for name in entry.authors],
            html=writable(entry.html),
            rights=writable(entry.rights),
        )
    return feed
