"""Which promise a question or a reply is about, and when one has come due."""

import datetime as dt
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Protocol

from .models import Promise
from .periods import last_day

# Words that are mended, and still the same promise; others are another one.
ALIKE = 0.75
# A promise that named no time is asked about when a year has passed.
WITHOUT_A_DATE = dt.timedelta(days=365)


class AboutPromise(Protocol):
    @property
    def said(self) -> str: ...


def plain(words: str) -> str:
    """Words as they are compared: whatever the capitals, the spaces and the full stop."""
    return " ".join(words.split()).rstrip(".!").casefold()


def is_same(said: str, words: str) -> bool:
    one, other = plain(said), plain(words)
    return one == other or SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= ALIKE


def paired[Row: AboutPromise](texts: Iterable[str], rows: Iterable[Row]) -> tuple[dict[str, list[Row]], list[Row]]:
    """Each promise's words with the rows about it, and the rows about promises that are no longer there.

    The very words count first, so that two promises that are much alike keep their own.
    """
    found: dict[str, list[Row]] = {text: [] for text in texts}
    exact = {plain(text): text for text in found}
    left = []
    for row in rows:
        text = exact.get(plain(row.said)) or next((text for text in found if is_same(row.said, text)), None)
        if text is None:
            left.append(row)
        else:
            found[text].append(row)
    return found, left


def due_day(promise: Promise, *, given_on: dt.date) -> dt.date:
    """The last day on which it could have been kept in time; a year after `given_on` where it named none."""
    return last_day(promise.due_on, promise.due_precision) or given_on + WITHOUT_A_DATE
