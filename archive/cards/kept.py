"""Cards are drawn once and kept, under what is on them and its type; the one before goes when there is a new one.

They are kept where no web server reads: a card's words may stop being public, and then so does the card.
"""

import threading
import time

from django.core.cache import cache
from django.core.files.base import ContentFile

from pages.models import private_storage

from .drawing import Card, drawn

FOLDER = "cards"
LOCKED_SECONDS = 30
WAITS_SECONDS = 10.0
LOOKS_EVERY_SECONDS = 0.1
# One at a time in each process, so that a crowd of new cards takes one processor and not all.
_drawing = threading.Lock()


class TooBusy(Exception):
    """Others are being drawn: it is worth asking again in a moment."""


def png(card: Card, place: str) -> bytes:
    """The picture of a card; `place` is where those of the same thing are kept ("evenings/12").

    Raises:
        TooBusy: it isn't drawn yet, and could not be within ten seconds.
    """
    name = f"{FOLDER}/{place}/{card.version}.png"
    until = time.monotonic() + WAITS_SECONDS
    while (found := _read(name)) is None:
        if cache.add(f"card.{name}", True, LOCKED_SECONDS):
            try:
                return _make(card, name)
            finally:
                cache.delete(f"card.{name}")
        if time.monotonic() >= until:
            raise TooBusy
        time.sleep(LOOKS_EVERY_SECONDS)
    return found


def _read(name: str) -> bytes | None:
    try:
        with private_storage().open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _make(card: Card, name: str) -> bytes:
    if not _drawing.acquire(timeout=WAITS_SECONDS):
        raise TooBusy
    try:
        body = drawn(card)
    finally:
        _drawing.release()
    storage, folder = private_storage(), name.rpartition("/")[0]
    if not storage.exists(name):
        storage.save(name, ContentFile(body))
    for other in storage.listdir(folder)[1]:
        # The same words in another machine's type are that machine's business.
        if not other.startswith(card.digest):
            storage.delete(f"{folder}/{other}")
    return body
