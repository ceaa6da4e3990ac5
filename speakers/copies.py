"""Copies for readers of PDFs that were kept before there were copies. A PDF without one is shown to no reader."""

import logging
from uuid import uuid4

from .decks.faults import NotSlides
from .models import SlideDeck
from .slides import MEDIA_TYPE, copy_for_readers, read_slides

logger = logging.getLogger(__name__)
AT_ONCE = 20
TITLE = "Slides"


def make_missing() -> int:
    """A job of the worker: some at a time. Says how many were made.

    One that can't be read is tried once: its faults are kept with it.
    """
    made = 0
    for deck in SlideDeck.objects.filter(media_type=MEDIA_TYPE, copy="", facts={})[:AT_ONCE]:
        try:
            with deck.file.open("rb") as file:
                facts = read_slides(file).as_dict()
                with copy_for_readers(file, title=TITLE) as copied:
                    size = copied.size
                    name = deck.copy.storage.save(deck.copy.field.generate_filename(deck, f"{uuid4().hex}.pdf"), copied)
            SlideDeck.objects.filter(pk=deck.pk).update(facts=facts, copy=name, copy_bytes=size)
            made += 1
        except (NotSlides, FileNotFoundError) as fault:
            logger.warning("No copy for readers was made of slides %s: %s", deck.pk, fault)
            SlideDeck.objects.filter(pk=deck.pk).update(facts={"unread": str(fault)})
    return made
