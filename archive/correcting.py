"""Corrections over all evenings: what was wrong, where, and since when it is right."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from events.models import EventCorrection, EventPage, TalkCorrection, TalkPage
from events.templatetags.events_tags import label
from pages.cache import remember

EVENING, TALK = "evening", "talk"


class Row(NamedTuple):
    """Which correction, of what, and when it was made."""

    kind: str
    key: int
    made_on: dt.date


@dataclass(frozen=True, slots=True)
class Correction:
    """`page` is what was corrected. `id` is of the page, the day and the words: rows come and go with each publish."""

    page: Any
    title: str
    where: str
    url: str
    made_on: dt.date
    text: str
    id: str


def standing() -> list[Row]:
    """Every correction in public, newest first. Remembered. Two queries."""
    return remember("corrections", _standing)


def _standing() -> list[Row]:
    evenings = EventCorrection.objects.filter(event__in=EventPage.objects.public())
    talks = TalkCorrection.objects.filter(talk__in=TalkPage.objects.public())
    rows = [Row(EVENING, *row) for row in evenings.order_by("pk").values_list("pk", "made_on")]
    rows += [Row(TALK, *row) for row in talks.order_by("pk").values_list("pk", "made_on")]
    return sorted(rows, key=lambda row: (row.made_on, row.kind, row.key), reverse=True)


def told(rows: Sequence[Row]) -> list[Correction]:
    """With their words and their pages: two queries whatever the number."""
    evenings = EventCorrection.objects.filter(pk__in=[row.key for row in rows if row.kind == EVENING])
    talks = TalkCorrection.objects.filter(pk__in=[row.key for row in rows if row.kind == TALK])
    found: dict[tuple[str, int], tuple[Any, Any]] = {}
    for row in evenings.select_related("event__series"):
        found[EVENING, row.pk] = row, row.event
    for row in talks.select_related("talk__event__series"):
        found[TALK, row.pk] = row, row.talk
    return [_told(*found[row.kind, row.key]) for row in rows if (row.kind, row.key) in found]


def _told(correction: Any, page: Any) -> Correction:
    event = page if isinstance(page, EventPage) else page.event
    digest = hashlib.sha256(f"{correction.made_on} {correction.text}".encode()).hexdigest()[:16]
    return Correction(
        page=page,
        title=page.title,
        where=label(event),
        url=page.get_url() or "/",
        made_on=correction.made_on,
        text=correction.text,
        id=f"{page.pk}/{digest}",
    )
