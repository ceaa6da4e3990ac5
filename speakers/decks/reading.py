"""A file of slides read once: what it is, and what it carries."""

from typing import BinaryIO

from . import opendocument, portable, powerpoint
from .facts import Facts
from .kinds import Kind, kind_of_package, magic_of
from .zips import Package


def look(file: BinaryIO, *, size_bytes: int) -> Facts:
    """Raises NotSlides: it can't be kept, with the reason in words."""
    if magic_of(file, size_bytes=size_bytes) == "pdf":
        return portable.read(file)
    package = Package(file, size_bytes=size_bytes)
    kind = kind_of_package(package)
    package.unpack_all()
    if kind == Kind.PPTX:
        return powerpoint.read(package)
    if kind == Kind.ODP:
        return opendocument.read(package)
    return Facts(kind)
