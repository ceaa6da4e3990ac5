"""Files of slides: how large they may be, how they are read, and the copy that readers get.

A file is known by what is in it, never by its name, and is read in a process of its own (`speakers.decks`) with little
time and memory: whatever it was made to do, it does there.
"""

import hashlib
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.core.files.base import File

from .decks.facts import Facts
from .decks.faults import NotSlides
from .decks.kinds import MEDIA_TYPES, Kind

logger = logging.getLogger(__name__)
LARGEST_BYTES = 50 * 1024 * 1024
REFUSED = 3
SECONDS = 45
BLOCK = 1024 * 1024
MEDIA_TYPE = MEDIA_TYPES[Kind.PDF]
UNREADABLE = (
    "We could not read this file in the time and memory that we give one. "
    "Save it again, with smaller pictures or as a PDF, or give a link instead."
)
EMPTY = "This file is empty. Save your slides again and upload that."
ONLY_PDF = "What readers get is a PDF, and this is not one, whatever its name says. Save your slides as a PDF."


def check_size(size_bytes: int) -> None:
    """Raises NotSlides: empty, or too large."""
    if size_bytes == 0:
        raise NotSlides(EMPTY)
    if size_bytes > LARGEST_BYTES:
        raise NotSlides(
            f"This file has {size_in_words(size_bytes)}, and 50 MB is the most we can keep. "
            "Save it with smaller pictures, or give a link instead."
        )


def read_slides(file: File) -> Facts:
    """What a file is, and what it carries. It may take some seconds: never within a transaction.

    Raises:
        NotSlides: it can't be kept, with the reason in words.
    """
    check_size(file.size)
    with tempfile.TemporaryFile() as out:
        _apart(["look"], file, out)
        out.seek(0)
        told = json.load(out)
    return Facts(**{**told, "kind": Kind(told["kind"])})


@contextmanager
def copy_for_readers(file: File, *, title: str) -> Iterator[File]:
    """A PDF without what travels along unseen; decision 0084 says what that is. Never within a transaction.

    Raises:
        NotSlides: it can't be read.
    """
    with tempfile.TemporaryFile() as out:
        _apart(["clean", title], file, out)
        yield File(out, name="slides.pdf")


def digest_of(file: File) -> str:
    """SHA-256 of the file, which is left at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def _apart(arguments: list[str], file: File, out: IO[bytes]) -> None:
    command = [sys.executable, "-s", "-m", "speakers.decks", *arguments]
    with _on_disk(file) as source:
        try:
            done = subprocess.run(  # noqa: S603  our own module
                command, stdin=source, stdout=out, stderr=subprocess.PIPE, cwd=settings.BASE_DIR, timeout=SECONDS,
                env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            logger.warning("A file of slides was not read within %s seconds.", SECONDS)
            raise NotSlides(UNREADABLE) from error
    if done.returncode == REFUSED:
        raise NotSlides(done.stderr.decode().strip())
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("A file of slides could not be read (status %s): %s", done.returncode, said[:300])
        raise NotSlides(UNREADABLE)


@contextmanager
def _on_disk(file: Any) -> Iterator[IO[bytes]]:
    """A small upload lies in memory, and some stores are elsewhere; another process reads a file of this machine."""
    file.seek(0)
    inner: BinaryIO = getattr(file, "file", file)
    try:
        inner.fileno()
    except (AttributeError, OSError):
        with tempfile.TemporaryFile() as copied:
            while block := file.read(BLOCK):
                copied.write(block)
            copied.flush()
            copied.seek(0)
            yield copied
    else:
        yield inner
    file.seek(0)


def name_of_slides(name: str, kind: Kind = Kind.PDF) -> str:
    """The file's name as people will see it: no folders, no control characters, and its kind at its end."""
    plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable()).strip()
    end = f".{kind}"
    stem = plain[: -len(end)] if plain.lower().endswith(end) else plain
    return f"{stem[:190].rstrip('. ') or 'slides'}{end}"


def size_in_words(size_bytes: int) -> str:
    """ "640 KB", "3.2 MB", "2.0 GB"."""
    if size_bytes < 1024 * 1024:
        return f"{max(1, round(size_bytes / 1024))} KB"
    if size_bytes < 1024**3:
        return f"{size_bytes / 1024 / 1024:.1f} MB"
    return f"{size_bytes / 1024**3:.1f} GB"
