"""What a PDF carries (ISO 32000-1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from .facts import Facts, clean
from .faults import NotSlides
from .kinds import LOCKED, Kind

MOST_PAGES = 1_000
# Annex C: no reader need draw a page with a longer side. 1/72 inch each.
LONGEST_SIDE = 14_400
MOST_OBJECTS = 1_000_000
DAMAGED = "This PDF is damaged, so it can’t be opened. Save your slides as a PDF again and upload that."
SCRIPTS = ("/JavaScript", "/JS")
# What stands on a page without being a remark about it.
NOT_REMARKS = ("/Link", "/Widget", "/Popup", "/FileAttachment", "/Screen", "/Movie", "/RichMedia", "/Sound", "/3D")
MEDIA = ("/Screen", "/Movie", "/RichMedia", "/Sound", "/3D")
HOLDERS = (IndirectObject, DictionaryObject, ArrayObject)
_BROKEN = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError, OSError,
    NotImplementedError, OverflowError, ZeroDivisionError, StopIteration, EOFError,
)  # fmt: skip


@contextmanager
def damage_in_words() -> Iterator[None]:
    """A library that meets what it doesn't expect fails in many ways; to whoever sent the file they are one."""
    try:
        yield
    except NotSlides:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise NotSlides(LOCKED) from error
    except LimitReachedError as error:
        raise NotSlides(
            "Unpacked, this PDF would be far larger than slides are. Save it again with smaller pictures."
        ) from error
    except _BROKEN as error:
        raise NotSlides(DAMAGED) from error


def opened(file: BinaryIO) -> PdfReader:
    """Raises NotSlides: damaged, locked, no pages, too many, or far too large ones."""
    file.seek(0)
    with damage_in_words():
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotSlides(LOCKED)
        count = len(reader.pages)
        if not count:
            raise NotSlides("This PDF has no pages. Save your slides as a PDF again and upload that.")
        if count > MOST_PAGES:
            raise NotSlides(f"This PDF has {count:,} pages, and {MOST_PAGES:,} is the most we can keep as slides.")
        for number, page in enumerate(reader.pages, start=1):
            unit = float(page.get("/UserUnit", 1))
            if not 0 < max(page.mediabox.width, page.mediabox.height) * unit <= LONGEST_SIDE:
                raise NotSlides(
                    f"Page {number} is larger than any reader of PDFs can show (5 metres a side). "
                    "Save your slides in an ordinary size and upload them again."
                )
    return reader


def read(file: BinaryIO) -> Facts:
    """Raises NotSlides, as `opened` does."""
    reader = opened(file)
    facts = Facts(Kind.PDF)
    with damage_in_words():
        facts.slides = len(reader.pages)
        about: Any = reader.metadata or {}
        facts.author, facts.title = clean(about.get("/Author")), clean(about.get("/Title"))
        for page in reader.pages:
            for note in annotations(page):
                facts.comments += note.get("/Subtype") not in NOT_REMARKS
                facts.media += note.get("/Subtype") in MEDIA
        for one in dictionaries(reader.trailer["/Root"]):
            _note(one, facts)
    return facts


def _note(one: DictionaryObject, facts: Facts) -> None:
    if any(name in one for name in SCRIPTS) or one.get("/S") == "/JavaScript":
        facts.scripts = True
    if one.get("/Type") in ("/Filespec", "/F") and "/EF" in one:
        facts.attached += 1
    if (address := one.get("/URI")) is not None:
        facts.add_share(str(plain(address)))
    if one.get("/S") in ("/Launch", "/GoToR", "/GoToE"):
        target = plain(one.get("/F"))
        target = plain(target.get("/UF") or target.get("/F")) if isinstance(target, DictionaryObject) else target
        facts.add_share(str(target or ""))


def annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    listed = plain(page.get("/Annots"))
    for row in listed if isinstance(listed, ArrayObject) else ():
        if isinstance(found := plain(row), DictionaryObject):
            yield found


def plain(thing: Any) -> Any:
    return thing.get_object() if isinstance(thing, IndirectObject) else thing


def dictionaries(root: Any) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, streams too, each once.

    Raises:
        NotSlides: there are more than any slides have.
    """
    waiting, seen, count = [root], set(), 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise NotSlides("This PDF is made of far more parts than slides are. Save it again, or give a link.")
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(value for value in thing.values() if isinstance(value, HOLDERS))
        elif isinstance(thing, ArrayObject):
            waiting.extend(value for value in thing if isinstance(value, HOLDERS))
