"""Talks as one line of a list: title, address, evening; without making whole pages of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

COLUMNS = ("pk", "title", "url_path", "event__number", "event__starts_at", "event__over_at", "event__series__title")


@dataclass(frozen=True, slots=True)
class TalkLine:
    key: int
    title: str
    url: str
    label: str  # "Data Bites 60"
    starts_at: dt.datetime
    over_at: dt.datetime


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """A related talk: one of ours, or words until that evening is in."""

    line: TalkLine | None
    words: str
    url: str
    when: str
    reason: str


def lines_of(talks: Any, *, request: HttpRequest, beside: str = "pk") -> Iterator[tuple[TalkLine, Any]]:
    """A queryset of public talks as lines, each with the value of one more column."""
    for *columns, value in talks.values_list(*COLUMNS, beside):
        yield line_of(*columns, request=request), value


def line_of(
    key: int,
    title: str,
    url_path: str,
    number: int,
    starts_at: dt.datetime,
    over_at: dt.datetime,
    series: str,
    *,
    request: HttpRequest,
) -> TalkLine:
    """From the values of COLUMNS."""
    return TalkLine(key, title, address(url_path, request), f"{series} {number}", starts_at, over_at)


def address(url_path: str, request: HttpRequest) -> str:
    """Where a page of this site is served, from its path in the tree."""
    site = Site.find_for_request(request)
    return url_path[len(site.root_page.url_path) - 1 :] if site else url_path
