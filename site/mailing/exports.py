"""What leaves the list: everything about one person for themselves, and the list as CSV for the organisers."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from .enums import SubscriberState
from .models import Subscriber, SubscriberConsent

COLUMNS = (
    "address",
    "state",
    "headings",
    "wording",
    "wording_version",
    "date",
    "source",
    "joined",
    "left",
    "suppressed",
)
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
AT_ONCE = 2000
# The columns of somebody who agreed to nothing.
NONE: tuple[tuple[Any, ...], ...] = ((),) * 5


def own_data(subscriber: Subscriber) -> dict[str, Any]:
    """All that is kept about a subscriber, as plain values."""
    consents = subscriber.consents.select_related("wording").order_by("asked_at", "pk")
    mails = subscriber.mails().select_related("message").order_by("made_at", "pk")
    suppression = subscriber.suppression()
    return {
        "address": subscriber.address,
        "state": subscriber.get_state_display(),
        "signed_up_on": subscriber.page,
        "signed_up_at": _local(subscriber.created_at),
        "confirmed_at": _local(subscriber.confirmed_at),
        "left_at": _local(subscriber.left_at),
        "not_written_to_because": suppression.get_reason_display() if suppression else None,
        "consents": [
            {
                "heading": consent.get_heading_display(),
                "wording": consent.wording.text,
                "wording_version": consent.wording.version,
                "page": consent.page,
                "how": consent.get_means_display(),
                "asked_at": _local(consent.asked_at),
                "confirmed_at": _local(consent.confirmed_at),
                "withdrawn_at": _local(consent.withdrawn_at),
            }
            for consent in consents
        ],
        "mails": [
            {
                "subject": mail.message.subject,
                "made_at": _local(mail.made_at),
                "what_became_of_it": mail.get_state_display(),
            }
            for mail in mails
        ],
    }


def _local(moment: dt.datetime | None) -> dt.datetime | None:
    return timezone.localtime(moment) if moment else None


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what would begin a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class Echo:
    """A file that gives back what is written into it, so that the CSV module can write to a stream."""

    @staticmethod
    def write(line: str) -> str:
        return line


def as_csv() -> Iterator[str]:
    """The whole list, line by line; never more than a few thousand rows in memory."""
    writer = csv.writer(Echo())
    yield "\ufeff"  # without it Excel takes UTF-8 for something else
    yield writer.writerow(COLUMNS)
    last = 0
    while batch := list(Subscriber.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = batch[-1].pk
        for row in _rows(batch):
            yield writer.writerow([formula_safe(cell) for cell in row])


def _rows(batch: list[Subscriber]) -> Iterator[list[str]]:
    pks = [subscriber.pk for subscriber in batch]
    suppressed = set(Subscriber.objects.filter(pk__in=pks).suppressed().values_list("pk", flat=True))
    fields = ("subscriber", "heading", "wording__text", "wording__version", "asked_at", "page")
    held: dict[int, list[tuple[str, str, str, dt.datetime, str]]] = defaultdict(list)
    for pk, *consent in SubscriberConsent.objects.open().filter(subscriber__in=pks).order_by("pk").values_list(*fields):
        held[pk].append(tuple(consent))
    for subscriber in batch:
        headings, texts, versions, asked, pages = (
            zip(*held[subscriber.pk], strict=True) if held[subscriber.pk] else NONE
        )
        yield [
            subscriber.address,
            SubscriberState(subscriber.state).label,
            *map(_joined, (headings, texts, versions)),
            _day(min(asked, default=None)),
            _joined(pages),
            _day(subscriber.confirmed_at),
            _day(subscriber.left_at),
            "yes" if subscriber.pk in suppressed else "",
        ]


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _day(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
