"""Files of slides into the draft: what is shown on the night, and the PDF that readers get.

Reading a file takes time, and so does storing it; both are done before the draft's row is locked.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from accounts.models import User

from .decks.facts import Facts
from .decks.faults import NotSlides
from .decks.kinds import MEDIA_TYPES, Kind
from .enums import Baton, ConversionState
from .models import Contribution, Conversion, SlideDeck
from .slides import ONLY_PDF, copy_for_readers, digest_of, name_of_slides, read_slides

logger = logging.getLogger(__name__)
CONVERTED = (Kind.PPTX, Kind.ODP)


class Part(StrEnum):
    """A draft's two files, named as its fields."""

    SHOWN = "slides"
    READERS = "slides_pdf"


class NotKept(Exception):
    """The file is not in the draft; the message says why, for the person who sent it."""


class SameSlides(NotKept):
    """This very file is there already."""


class NotTheirs(NotKept):
    """Somebody else holds the draft by now."""


class NoRoom(NotKept):
    """The file could not be stored."""


SAME = "This is the file that is here already, so nothing has changed."
NO_ROOM = (
    "Something is wrong on our side, and your file could not be stored. What you typed is safe. "
    "Try again in a while, or send us the file by mail."
)
HELD = {
    Baton.SPEAKERS: "The organisers have this now, so the slides stay as they are.",
    Baton.ORGANISERS: "The speakers have this now, so the slides stay as they are. Take it back first.",
}


def keep_slides(
    *,
    contribution: Contribution,
    file: File,
    filename: str,
    by: User | None = None,
    part: Part = Part.SHOWN,
    holder: str = "",
) -> SlideDeck:
    """Keep an uploaded file in a new draft. Earlier files stay with earlier versions.

    `holder` is who must hold the contribution when the file is there; empty for whoever.

    Side effects: a row, one or two files in private storage under names of their own, a draft; a PDF is asked for where
    one can be made.

    Raises:
        NotSlides: it can't be kept. SameSlides: it is there already. NotTheirs: somebody else holds it by now.
        NoRoom: the store didn't take it.
    """
    facts = read_slides(file)
    if part == Part.READERS and facts.kind != Kind.PDF:
        raise NotSlides(ONLY_PDF)
    digest = digest_of(file)
    now = getattr(contribution.get_latest_revision_as_object(), part)
    if now is not None and now.digest == digest:
        raise SameSlides(SAME)
    with stored_deck(file, facts, title=title_for_readers(contribution)) as deck:
        deck.filename, deck.digest, deck.uploaded_by = name_of_slides(filename, Kind(facts.kind)), digest, by
        with transaction.atomic():
            deck.save()
            name_in_draft(contribution=contribution, by=by, holder=holder, **{part: deck})
            if settings.LIBREOFFICE and part == Part.SHOWN and facts.kind in CONVERTED:
                Conversion.objects.create(deck=deck)
    return deck


@contextmanager
def stored_deck(file: File, facts: Facts, *, title: str) -> Iterator[SlideDeck]:
    """A row that isn't saved yet, with its file, and the copy for readers where it is a PDF.

    Its files are taken away again where what is done with it fails.
    """
    kind = Kind(facts.kind)
    deck = SlideDeck(media_type=MEDIA_TYPES[kind], size_bytes=file.size, facts=facts.as_dict())
    try:
        try:
            if kind == Kind.PDF:
                with copy_for_readers(file, title=title) as copied:
                    deck.copy_bytes = copied.size
                    _store(deck.copy, copied, kind)
            file.seek(0)
            _store(deck.file, file, kind)
        except OSError as error:
            logger.exception("A file of slides could not be stored.")
            raise NoRoom(NO_ROOM) from error
        yield deck
    except BaseException:
        for stored in (deck.copy, deck.file):
            if stored:
                stored.storage.delete(str(stored.name))
        raise


def _store(place: Any, content: File, kind: Kind) -> None:
    """Under a name of its own. What was written before the store was full is taken away again."""
    name = f"{uuid4().hex}.{kind}"
    try:
        place.save(name, content, save=False)
    except OSError:
        place.storage.delete(place.field.generate_filename(place.instance, name))
        raise


def title_for_readers(contribution: Contribution) -> str:
    """What a reader's program says above the pages: of which evening they are, and nothing of a draft's words."""
    event = getattr(getattr(contribution, "talk", None), "event", None)
    return f"Slides, {event.series.title} {event.number}" if event is not None and event.series else "Slides"


def take_slides_away(
    *, contribution: Contribution, by: User | None = None, part: Part = Part.SHOWN, holder: str = ""
) -> None:
    """A new draft without a file of slides. What is released stays as it is until the next release.

    Raises:
        NotTheirs: somebody else holds it by now.
    """
    name_in_draft(contribution=contribution, by=by, holder=holder, **{part: None})


def use_made_pdf(*, contribution: Contribution, by: User | None = None, holder: str = "") -> SlideDeck | None:
    """Readers are to get the PDF that was made of the slides; None where there is none.

    Raises:
        NotTheirs: somebody else holds it by now.
    """
    made = made_of(contribution.get_latest_revision_as_object().slides)
    if made is not None:
        name_in_draft(contribution=contribution, by=by, holder=holder, **{Part.READERS: made})
    return made


def made_of(deck: SlideDeck | None) -> SlideDeck | None:
    """The PDF that was made of a file of slides."""
    conversion = deck.current_conversion if deck is not None else None
    return conversion.made if conversion is not None and conversion.state == ConversionState.DONE else None


@transaction.atomic
def name_in_draft(*, contribution: Contribution, by: User | None, holder: str = "", **decks: Any) -> None:
    """A PDF that was made of the slides goes with them.

    Raises:
        NotTheirs: somebody else holds it.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if holder and fresh.held_by != holder:
        raise NotTheirs(HELD[Baton(holder)])
    draft = fresh.get_latest_revision_as_object()
    if Part.SHOWN in decks and draft.slides_pdf_id and draft.slides_pdf == made_of(draft.slides):
        draft.slides_pdf = None
    for name, deck in decks.items():
        setattr(draft, name, deck)
    draft.save_revision(user=by, clean=False, log_action=True)
