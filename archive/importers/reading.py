"""A write-up's file, read: UTF-8 text of at most 5 MB, or one clear fault."""

import codecs
from pathlib import Path

LARGEST_WRITEUP_BYTES = 5_000_000

_UTF16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# Documents and pictures that may hold no NUL byte near their start, and RTF, which is text to everyone but a reader.
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.01
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


class WriteupError(Exception):
    """A write-up that cannot be read; its message is one sentence for the person who gave it."""


class WriteupUnreadable(WriteupError):
    """The file is missing, is a directory, or may not be read."""


class WriteupTooLarge(WriteupError):
    """The file has more than LARGEST_WRITEUP_BYTES."""


class WriteupEmpty(WriteupError):
    """The file has no text."""


class WriteupBinary(WriteupError):
    """The file is a document or a picture, not plain text."""


class WriteupNotUtf8(WriteupError):
    """The file is text in another encoding."""


def read_writeup(path: Path) -> str:
    """The text of the file, without a byte order mark and with "\\n" between its lines.

    Reads at most one byte more than the limit.

    Raises:
        WriteupUnreadable, WriteupTooLarge, WriteupEmpty, WriteupBinary, WriteupNotUtf8
    """
    name = str(path).replace("\0", "")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_WRITEUP_BYTES + 1)
    except FileNotFoundError:
        raise WriteupUnreadable(f"{name} was not found: check the file’s name and folder.") from None
    except IsADirectoryError:
        raise WriteupUnreadable(f"{name} is a folder: name the write-up’s file in it.") from None
    except PermissionError:
        raise WriteupUnreadable(f"{name} may not be read by you: change its permissions or copy it.") from None
    except (OSError, ValueError):
        raise WriteupUnreadable(f"{name} cannot be opened: check the file’s name and try again.") from None
    if len(data) > LARGEST_WRITEUP_BYTES:
        most = LARGEST_WRITEUP_BYTES // 1_000_000
        raise WriteupTooLarge(f"{name} is larger than {most} MB: save the write-up’s text alone and import that.")
    return decode_writeup(data, name=name)


def decode_writeup(data: bytes, *, name: str) -> str:
    """The text of a file's bytes; `name` is used in messages.

    Raises:
        WriteupEmpty, WriteupBinary, WriteupNotUtf8
    """
    if data.startswith(_UTF16_OR_32):
        raise WriteupNotUtf8(f"{name} is not UTF-8 text but UTF-16: save it again as UTF-8.")
    if _is_binary(data):
        raise WriteupBinary(f"{name} is not plain text: copy its words into a text file and import that.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise WriteupNotUtf8(f"{name} is not UTF-8 text (see line {line}): save it again as UTF-8.") from None
    text = "\n".join(text.splitlines())
    if not text.strip().strip(_INVISIBLE).strip():
        raise WriteupEmpty(f"{name} is empty: paste the write-up’s text into it and import it again.")
    return text


def _is_binary(data: bytes) -> bool:
    if b"\0" in data or data.startswith(_MAGIC):
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > len(data) * _MOST_CONTROLS
