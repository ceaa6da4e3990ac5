"""What may be uploaded as slides. A file is known by what is in it, never by its name."""

from pathlib import PurePath
from typing import BinaryIO

LARGEST_BYTES = 50 * 1024 * 1024
HEADER = b"%PDF-"
HEADER_WITHIN = 1024
TRAILER_WITHIN = 4096
MEDIA_TYPE = "application/pdf"


class NotSlides(ValueError):
    """This file can't be kept as slides; the message says why, for the person who sent it."""


def check_slides(file: BinaryIO, *, size_bytes: int) -> None:
    """Leaves the file at its start.

    The header is looked for in the first 1,024 bytes and the end-of-file mark in the last 4,096, as readers of PDF do
    (ISO 32000-1, 7.5.2 and 7.5.5, and its annex H.3).

    Raises:
        NotSlides: empty, too large, no PDF, or cut short.
    """
    if size_bytes == 0:
        raise NotSlides("This file is empty. Save your slides as a PDF again and upload that.")
    if size_bytes > LARGEST_BYTES:
        raise NotSlides(
            f"This file has {size_in_words(size_bytes)}, and 50 MB is the most we can keep. "
            "Save it with smaller pictures, or give a link instead."
        )
    file.seek(0)
    if HEADER not in file.read(HEADER_WITHIN):
        raise NotSlides("This is not a PDF, whatever its name says. Save your slides as a PDF and upload that.")
    file.seek(max(0, size_bytes - TRAILER_WITHIN))
    end = file.read(TRAILER_WITHIN)
    file.seek(0)
    if b"startxref" not in end or b"%%EOF" not in end:
        raise NotSlides("This PDF is cut short: its end is missing. Save it again and upload it anew.")


def name_of_slides(name: str) -> str:
    """The file's name as people will see it: no folders, no control characters, and .pdf at its end."""
    plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable()).strip()
    stem = plain[:-4] if plain.lower().endswith(".pdf") else plain
    return f"{stem[:190].rstrip('. ') or 'slides'}.pdf"


def size_in_words(size_bytes: int) -> str:
    """ "640 KB", "3.2 MB"."""
    if size_bytes < 1024 * 1024:
        return f"{max(1, round(size_bytes / 1024))} KB"
    return f"{size_bytes / 1024 / 1024:.1f} MB"
