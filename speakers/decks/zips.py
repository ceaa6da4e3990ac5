"""A zip, read within bounds: what it declares is checked first, and what comes out is counted."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .faults import NotSlides

MOST_PARTS = 10_000
LARGEST_DIRECTORY = 4 * 1024 * 1024
LARGEST_UNPACKED = 600 * 1024 * 1024
LARGEST_XML = 32 * 1024 * 1024
MOST_XML = 128 * 1024 * 1024
DEEPEST_XML = 256
MOST_ELEMENTS = 2_000_000
BLOCK = 64 * 1024
# The end of a zip's directory, in its last 64 KB, and what stands before it in a large one (APPNOTE 4.3.14 to 4.3.16).
END, END_BYTES, LOCATOR, LOCATOR_BYTES = b"PK\x05\x06", 22, b"PK\x06\x07", 20
LONGEST_COMMENT = 65_535

DAMAGED = "This file is damaged or cut short, so it can’t be opened. Save it again and upload it anew."
BOMB = (
    "Unpacked, this file would be far larger than slides are, so we did not open it. "
    "Save it again with smaller pictures, or as a PDF."
)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError, OSError)


class Package:
    """The parts of a zip by their names.

    Raises:
        NotSlides: damaged, made to fill a disk, or locked with a password.
    """

    def __init__(self, file: BinaryIO, *, size_bytes: int) -> None:
        _check_directory(file, size_bytes)
        try:
            self.zip = zipfile.ZipFile(file)
        except (*_BROKEN, ValueError) as error:
            raise NotSlides(DAMAGED) from error
        parts = self.zip.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise NotSlides(BOMB)
        # Parts that lie over one another are how a small zip unpacks to any size.
        if sum(part.compress_size for part in parts) > size_bytes:
            raise NotSlides(BOMB)
        if any(part.flag_bits & 1 for part in parts):
            raise NotSlides("This file is locked with a password. Save it without one and upload that.")
        self.names = {part.filename for part in parts}
        self.left, self.elements_left = MOST_XML, MOST_ELEMENTS

    def like(self, pattern: str) -> list[str]:
        """The names of parts that match, in order."""
        return sorted(name for name in self.names if re.fullmatch(pattern, name))

    def read(self, name: str, *, limit: int = LARGEST_XML) -> bytes:
        """A part whole."""
        return b"".join(self._blocks(name, limit=limit))

    def unpack_all(self) -> None:
        """Goes through every part once and keeps nothing: it is whole, and as large as it says."""
        total = 0
        for name in self.names:
            for block in self._blocks(name, limit=LARGEST_UNPACKED):
                total += len(block)
                if total > LARGEST_UNPACKED:
                    raise NotSlides(BOMB)

    def _blocks(self, name: str, *, limit: int) -> Iterator[bytes]:
        try:
            with self.zip.open(name) as part:
                read = 0
                while block := part.read(BLOCK):
                    read += len(block)
                    if read > limit:
                        raise NotSlides(BOMB)
                    yield block
        except (*_BROKEN, KeyError) as error:
            raise NotSlides(DAMAGED) from error

    def elements(self, name: str) -> Iterator[Element]:
        """Each element of an XML part as it ends. Whoever reads a large part clears what they are done with."""
        depth = 0
        try:
            with self.zip.open(name) as part:
                reader: Any = _Counted(part, self)
                for event, element in iterparse(reader, events=("start", "end"), forbid_dtd=True):
                    depth += 1 if event == "start" else -1
                    if depth > DEEPEST_XML:
                        raise NotSlides(DAMAGED)
                    if event == "end":
                        self.elements_left -= 1
                        if not self.elements_left:
                            raise NotSlides(BOMB)
                        yield element
        except (*_BROKEN, KeyError, ParseError, DefusedXmlException, ValueError) as error:
            if isinstance(error, NotSlides):
                raise
            raise NotSlides(DAMAGED) from error


class _Counted:
    """A part of XML that ends the reading where it, or all XML of the file together, is too much."""

    def __init__(self, part: Any, package: Package) -> None:
        self.part, self.package, self.left = part, package, LARGEST_XML

    def read(self, size: int = -1) -> bytes:
        block: bytes = self.part.read(min(size, BLOCK) if size > 0 else BLOCK)
        self.left -= len(block)
        self.package.left -= len(block)
        if self.left < 0 or self.package.left < 0:
            raise NotSlides(BOMB)
        return block


def _check_directory(file: BinaryIO, size_bytes: int) -> None:
    """Before a library makes an object of each of millions of entries."""
    start = max(0, size_bytes - END_BYTES - LONGEST_COMMENT - LOCATOR_BYTES)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + END_BYTES:
        raise NotSlides(DAMAGED)
    declared = int.from_bytes(tail[at + 12 : at + 16], "little")
    if tail[max(0, at - LOCATOR_BYTES) : at].startswith(LOCATOR):
        where = int.from_bytes(tail[at - 12 : at - 4], "little")
        if where > size_bytes:
            raise NotSlides(DAMAGED)
        file.seek(where)
        declared = max(declared if declared < 0xFFFFFFFF else 0, int.from_bytes(file.read(56)[40:48], "little"))
        file.seek(0)
    if declared > LARGEST_DIRECTORY:
        raise NotSlides(BOMB)
