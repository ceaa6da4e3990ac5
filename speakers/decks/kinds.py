"""What a file is, told from what is in it; never from its name."""

from enum import StrEnum
from typing import BinaryIO

from .faults import NotSlides
from .zips import DAMAGED, Package

HEADER = b"%PDF-"
HEADER_WITHIN = 1024
TRAILER_WITHIN = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class Kind(StrEnum):
    PDF = "pdf"
    PPTX = "pptx"
    ODP = "odp"
    KEYNOTE = "key"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.ODP: "application/vnd.oasis.opendocument.presentation",
    Kind.KEYNOTE: "application/vnd.apple.keynote",
}
MADE_BY = {Kind.PDF: "PDF", Kind.PPTX: "PowerPoint", Kind.ODP: "OpenDocument", Kind.KEYNOTE: "Keynote"}

WANTED = "Slides can be a PDF, PowerPoint (.pptx), OpenDocument (.odp) or Keynote file."
NEITHER = f"These are not slides that we can read, whatever the file’s name says. {WANTED}"
OLD_OFFICE = (
    "This is a PowerPoint file of the old kind (.ppt), or one that is locked with a password. "
    "Save it as .pptx without a password, or as a PDF, and upload that."
)
MACROS = (
    "This presentation carries macros, which are programs, so we don’t take it. "
    "Save it as .pptx or PDF and upload that."
)
LOCKED = "This file is locked with a password. Save it without one and upload that."
OTHERS = {
    "wordprocessingml": "This is a Word document, not slides.",
    "spreadsheetml": "This is an Excel workbook, not slides.",
}
MAIN_PARTS = ("presentationml.presentation.main+xml", "presentationml.slideshow.main+xml")
TYPES = "[Content_Types].xml"


def magic_of(file: BinaryIO, *, size_bytes: int) -> str:
    """ "pdf" or "zip".

    A PDF's header is looked for in the first 1,024 bytes and its end-of-file mark in the last 4,096, as readers of PDF
    do (ISO 32000-1, 7.5.2 and 7.5.5, and its annex H.3). Leaves the file at its start.

    Raises:
        NotSlides: neither, of the old kind, or cut short.
    """
    file.seek(0)
    start = file.read(HEADER_WITHIN)
    file.seek(max(0, size_bytes - TRAILER_WITHIN))
    end = file.read(TRAILER_WITHIN)
    file.seek(0)
    if start.startswith(OLE):
        raise NotSlides(OLD_OFFICE)
    if start.startswith(ZIP):
        return "zip"
    if HEADER not in start:
        raise NotSlides(NEITHER)
    if b"startxref" not in end or b"%%EOF" not in end:
        raise NotSlides("This PDF is cut short: its end is missing. Save it again and upload it anew.")
    return "pdf"


def kind_of_package(package: Package) -> Kind:
    """Raises NotSlides: it isn't slides, it carries programs, or it is locked."""
    if TYPES in package.names:
        return _office(package)
    if "mimetype" in package.names:
        return _open_document(package)
    if any(name.rpartition("/")[2] in (".iwpv2", ".iwph") for name in package.names):
        raise NotSlides(LOCKED)
    if package.like(r"(?:[^/]+/)?Index/(?:Template|Master)?Slide[^/]*\.iwa"):
        return Kind.KEYNOTE
    if package.like(r"(?:[^/]+/)?Index(?:\.zip|/Document\.iwa)"):
        raise NotSlides(f"This is a file of Apple’s, but not slides of Keynote that we know. {WANTED}")
    raise NotSlides(f"This is a zip file and not slides. {WANTED}")


def _office(package: Package) -> Kind:
    types = [element.get("ContentType") or "" for element in package.elements(TYPES)]
    if any("macroEnabled" in one or "vbaProject" in one for one in types) or package.like(r"(?i).*vbaProject\.bin"):
        raise NotSlides(MACROS)
    if any(one.endswith(MAIN_PARTS) for one in types):
        return Kind.PPTX
    if any(one.endswith("presentationml.template.main+xml") for one in types):
        raise NotSlides("This is a template. Save your slides as .pptx or PDF and upload that.")
    for name, words in OTHERS.items():
        if any(name in one for one in types):
            raise NotSlides(f"{words} {WANTED}")
    raise NotSlides(NEITHER)


def _open_document(package: Package) -> Kind:
    said = package.read("mimetype", limit=1024).decode("ascii", "replace").strip()
    if said != MEDIA_TYPES[Kind.ODP]:
        raise NotSlides(f"This document is not a presentation. {WANTED}")
    if "content.xml" not in package.names:
        raise NotSlides(DAMAGED)
    if package.like(r"Scripts/.+[^/]") or [n for n in package.like(r"Basic/[^/]+/[^/]+\.xml") if "/script-l" not in n]:
        raise NotSlides(MACROS)
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and any(one.tag.endswith("}encryption-data") for one in package.elements(manifest)):
        raise NotSlides(LOCKED)
    return Kind.ODP
