"""A copy of a PDF for readers: what the pages show and say aloud, and nothing that travels along unseen."""

from typing import Any, BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, StreamObject

from .facts import is_share
from .portable import annotations, damage_in_words, dictionaries, opened, plain

# Of the document: who made it and when, files in it, programs, forms, signatures, what an editor keeps for itself.
OF_THE_DOCUMENT = ("/AcroForm", "/Collection", "/SpiderInfo", "/Perms", "/DSS", "/Legal", "/OpenAction", "/Threads")
ANYWHERE = ("/Metadata", "/PieceInfo", "/AA", "/AF", "/LastModified", "/JS", "/JavaScript", "/EmbeddedFiles")
# Links within the document and to the web are kept; an action of another kind does something on a reader's machine.
KEPT_ACTIONS = ("/GoTo", "/URI", "/Named")
# Who drew a link and when; its words are what is read aloud, and stay.
OF_A_REMARK = ("/T", "/NM", "/M", "/Popup")
JPEG, SCAN = b"\xff\xd8", 0xDA
JFIF, ICC, ADOBE = 0xE0, 0xE2, 0xEE


def clean_copy(file: BinaryIO, out: BinaryIO, *, title: str) -> None:
    """Write the copy. Tags, language, bookmarks and links stay, since they are how the slides are read aloud.

    Raises:
        NotSlides: as `portable.opened`.
    """
    reader = opened(file)
    with damage_in_words():
        # What isn't named any more isn't copied: a removed file must not be left in the copy as bytes.
        _empty(reader)
        writer = PdfWriter()
        writer.clone_document_from_reader(reader)
        writer.metadata = None
        writer.add_metadata({"/Title": title})
        preferences = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
        writer.root_object[NameObject("/ViewerPreferences")] = preferences
        writer.write(out)


def _empty(reader: PdfReader) -> None:
    root: Any = plain(reader.trailer["/Root"])
    for name in OF_THE_DOCUMENT:
        root.pop(name, None)
    for one in list(dictionaries(root)):
        for name in ANYWHERE:
            one.pop(name, None)
        if "/Annots" in one:
            _keep_links(one)
        action = plain(one.get("/A"))
        if isinstance(action, DictionaryObject) and not _is_harmless(action):
            one.pop("/A", None)
        if isinstance(one, StreamObject):
            _strip_picture(one)


def _keep_links(page: DictionaryObject) -> None:
    kept = [
        row
        for row in plain(page.get("/Annots")) or ()
        if isinstance(plain(row), DictionaryObject) and plain(row).get("/Subtype") == "/Link"
    ]
    page.pop("/Annots", None)
    if kept:
        page[NameObject("/Annots")] = ArrayObject(kept)
    for link in annotations(page):
        for name in OF_A_REMARK:
            link.pop(name, None)


def _is_harmless(action: DictionaryObject) -> bool:
    address = str(plain(action.get("/URI")) or "")
    return action.get("/S") in KEPT_ACTIONS and not is_share(address) and "/Next" not in action


def _strip_picture(stream: StreamObject) -> None:
    """Take out where and with what a photo was taken; its pixels stay as they are."""
    if plain(stream.get("/Filter")) in ("/DCTDecode", ["/DCTDecode"]):
        raw = stream._data
        stream._data = without_segments(raw)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its APPn and comment segments, but those that say how its colours are meant (ITU-T T.81, B.1)."""
    if not jpeg.startswith(JPEG):
        return jpeg
    kept, at = [JPEG], len(JPEG)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != SCAN:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_extra = (0xE0 <= marker <= 0xEF and marker not in (JFIF, ICC, ADOBE)) or marker == 0xFE
        if not is_extra:
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, jpeg[at:]])
