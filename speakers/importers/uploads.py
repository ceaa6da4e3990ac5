"""A file that holds a reply, known by what is in it: a Word file, a saved mail, or plain text."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import BinaryIO

from bs4 import BeautifulSoup

from ..markup import to_text
from ..slides import size_in_words
from .word import NotReadable, read_word

LARGEST_BYTES = 10 * 1024 * 1024
MOST_PARTS = 200
OLE, ZIP, RTF, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf", b"%PDF-"
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_OF_A_MAIL = re.compile(rb"^(?:from|date|subject|mime-version|message-id|received|to):", re.IGNORECASE | re.MULTILINE)
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
WORD = "Save it as a Word document (.docx) and choose that, or copy its words and paste them."


class NoReply(ValueError):
    """Nothing can be read from this file; the message says why, for the person who sent it."""


def read_upload(file: BinaryIO, *, size_bytes: int) -> tuple[str, bool]:
    """The words with marks, and whether a mail program or hands wrote their lines (a Word file's are paragraphs).

    Raises:
        NoReply
    """
    if size_bytes > LARGEST_BYTES:
        size, most = size_in_words(size_bytes), size_in_words(LARGEST_BYTES)
        raise NoReply(f"This file has {size}, and {most} is the most we can read. Leave its pictures out, or paste it.")
    data = file.read(LARGEST_BYTES + 1)
    if not data.strip():
        raise NoReply("This file is empty. Save it again, or paste its words.")
    try:
        return _read(data)
    except NotReadable as error:
        raise NoReply(str(error)) from error


def _read(data: bytes) -> tuple[str, bool]:
    if data.startswith(ZIP):
        return read_word(data), False
    if data.startswith(OLE):
        raise NoReply(f"This is an old Word file, one with a password, or a mail saved by Outlook. {WORD}")
    if data.startswith(RTF):
        raise NoReply(f"This is a rich text file (.rtf). {WORD}")
    if PDF in data[:1024]:
        raise NoReply("This is a PDF, and its paragraphs can’t be told apart. Copy its words and paste them.")
    if _is_mail(data):
        return _read_mail(data)
    return _decoded(data), True


def _is_mail(data: bytes) -> bool:
    head = data[:20_000]
    end = 0
    while (match := _HEADER.match(head, end)) is not None:
        end = match.end()
    return len(_OF_A_MAIL.findall(head[:end])) >= 2


def _read_mail(data: bytes) -> tuple[str, bool]:
    """Its text, or else its HTML; and below it the first Word file that came with it."""
    mail = message_from_bytes(data, policy=default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  the policy says so
    parts = [part for part, _ in zip(mail.walk(), range(MOST_PARTS), strict=False) if not part.is_multipart()]
    bodies = {kind: next(filter(str.strip, map(_text_of, _of(parts, kind))), "") for kind in ("plain", "html")}
    texts = [bodies["plain"] or _from_html(bodies["html"])]
    is_typed = True
    for part in parts:
        attached = part.get_payload(decode=True)
        if isinstance(attached, bytes) and attached.startswith(ZIP) and len(attached) <= LARGEST_BYTES:
            texts.append(read_word(attached))
            is_typed = False
            break
    if not any(map(str.strip, texts)):
        raise NoReply("This mail has no words in it. Open it, copy your answers, and paste them.")
    return "\n\n".join(filter(str.strip, texts)), is_typed


def _of(parts: list[EmailMessage], kind: str) -> list[EmailMessage]:
    return [part for part in parts if part.get_content_subtype() == kind and part.get_content_maintype() == "text"]


def _text_of(part: EmailMessage) -> str:
    if part.get_content_disposition() == "attachment":
        return ""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        text = data.decode(str(part.get_content_charset("utf-8")), "replace")
    except LookupError:
        text = data.decode("cp1252", "replace")
    return _unflowed(text) if str(part.get_param("format", "")).lower() == "flowed" else text


def _unflowed(text: str) -> str:
    """Lines that end in a space go on in the next one (RFC 3676, section 4.2); "-- " is the signature's."""
    joined = re.sub(r"(?m)^(?!-- $)(.*[^\n ]) \r?\n(?![ >])", r"\1 ", text)
    return re.sub(r"(?m)^ (?=\S)", "", joined)


def _from_html(html: str) -> str:
    if not html.strip():
        return ""
    page = BeautifulSoup(html, "html.parser")
    for unseen in page(["script", "style", "head", "title", "xml", "svg"]):
        unseen.decompose()
    for block in page(["td", "th", "tr", "h1", "h5", "h6", "section", "article", "pre", "dt", "dd"]):
        block.name = "div"
    return to_text(str(page))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if len(data) - len(data.translate(None, _NO_TEXT)) > len(data) // 100:
        raise NoReply(f"This is no text that we can read. {WORD}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
