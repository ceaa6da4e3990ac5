"""What a file of slides carries, and what becomes of it, in sentences for its speaker and the organisers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from pages.english import listed

from .decks.facts import Facts
from .decks.kinds import Kind
from .enums import ConversionState
from .keeping import CONVERTED, made_of
from .models import Contribution, SlideDeck
from .slides import size_in_words

KEYNOTE = "We can’t look inside Keynote files. Look for presenter notes, skipped slides and comments yourself."
NOTHING = "Nothing else is in it: no notes, no hidden slides, no comments, no names."
PRIVATE = (
    "Only the organisers get this file. If something is in it that they should not have, "
    "take it out and upload it again."
)
COPIED = "Readers get a copy without names, comments, programs and files in it. The pages themselves stay as they are."
NONE_YET = "Readers get no slides so far. What is published is a PDF or a link, never the file for the night."


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as it is told of."""

    deck: SlideDeck
    size: str
    sentences: list[str]
    advice: str


def shown(deck: SlideDeck) -> Shown:
    facts = Facts.of(deck.facts)
    sentences = list(carries(facts)) if facts is not None else []
    return Shown(deck, size_in_words(deck.size_bytes), sentences, COPIED if deck.is_pdf else PRIVATE)


def carries(facts: Facts) -> Iterator[str]:
    """ "14 slides." "12 slides have speaker notes." "Its author is J. Smith." """
    if facts.kind == Kind.KEYNOTE:
        yield KEYNOTE
        return
    yield f"{counted(facts.slides, 'page' if facts.kind == Kind.PDF else 'slide')}."
    more = [*_slides(facts), *_names(facts), *_inside(facts)]
    yield from more or [NOTHING]


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 slide", "12 slides": in figures, since these are looked through and not read."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _slides(facts: Facts) -> Iterator[str]:
    if facts.notes:
        yield f"{counted(facts.notes, 'slide has', 'slides have')} speaker notes."
    if facts.hidden:
        yield f"{counted(facts.hidden, 'slide is', 'slides are')} hidden."
    if facts.comments:
        yield f"{counted(facts.comments, 'comment stands', 'comments stand')} in it."


def _names(facts: Facts) -> Iterator[str]:
    if facts.author:
        yield f"Its author is {facts.author}{f', of {facts.company}' if facts.company else ''}."
    elif facts.company:
        yield f"It comes from {facts.company}."
    if facts.last_saved_by and facts.last_saved_by != facts.author:
        yield f"{facts.last_saved_by} saved it last."
    if facts.title:
        yield f"Its title, as programs show it, is “{facts.title}”."


def _inside(facts: Facts) -> Iterator[str]:
    if facts.embedded:
        what = counted(facts.embedded, "other document is", "other documents are")
        yield f"{what} embedded in it: a chart may bring its whole workbook."
    if facts.media:
        yield f"{counted(facts.media, 'film or sound is', 'films or sounds are')} in it."
    if facts.attached:
        yield f"{counted(facts.attached, 'file is', 'files are')} attached to it."
    if facts.scripts:
        yield "A program (JavaScript) is in it. Readers get the pages without it."
    if facts.shares:
        yield f"It links to where only your own colleagues get: {listed(facts.shares)}."


def decks_of(draft: Contribution) -> dict[str, Any]:
    """Everything that is said of a draft's files: what is shown on the night, and what readers get."""
    night, readers = draft.slides, draft.deck_for_readers
    conversion = night.current_conversion if night is not None else None
    made = made_of(night)
    return {
        "night": shown(night) if night is not None else None,
        "pdf": shown(draft.slides_pdf) if draft.slides_pdf is not None else None,
        "readers_get": readers_get(draft, made),
        "copy_size": size_in_words(readers.copy_bytes) if readers is not None else "",
        "made": made if made != draft.slides_pdf else None,
        "is_making": conversion is not None and conversion.state == ConversionState.WAITING,
        "fault": conversion.fault if conversion is not None and conversion.state == ConversionState.FAILED else "",
        "may_be_made": bool(settings.LIBREOFFICE) and (night is None or night.kind in CONVERTED),
    }


def readers_get(draft: Contribution, made: SlideDeck | None) -> str:
    """One sentence, whatever is given."""
    readers = draft.deck_for_readers
    if readers is None:
        return f"Readers get your link to the slides: {draft.slides_url}" if draft.slides_url else NONE_YET
    if readers == made:
        return "Readers get the PDF that we made of your slides."
    return "Readers get a copy of this PDF." if readers == draft.slides_pdf else "Readers get a copy of the PDF above."
