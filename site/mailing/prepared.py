"""A mail's bytes, made once for a message and filled in for each recipient.

Bodies are quoted-printable, in which a soft line break (`=` at a line's end) means nothing (RFC 2045 6.7). Each
`%%name%%` gets lines of its own between two of them: so what stands around it is encoded once, what is filled in is
encoded by itself, and no line grows past 76 characters however long a link is. Lines that begin with a dot have a
second one already, as SMTP wants them (RFC 5321 4.5.2).
"""

import datetime as dt
import email.policy
import re
from collections.abc import Iterator, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.quoprimime import body_encode
from email.utils import format_datetime, parseaddr
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from .attached import MailFile, files_of
from .leases import Leased
from .models import Message

BLANK = re.compile(r"%%(\w+)%%")
SOFT_BREAK = b"=\r\n"
# One less than RFC 2045 allows: a piece may get the `=` of a soft break behind its last line.
LONGEST_LINE = 75
PLAIN = re.compile(r"[ -~]*")
PLAIN_STEP = 24  # characters, three bytes each at most
LEADING_DOT = re.compile(rb"(?m)^\.")
URL = re.compile(r"https?://[!#-;=?-~]{1,900}")
UNSUBSCRIBE = "unsubscribe_url"


class NotWritable(Exception):
    """A mail can't be made of this row; says why, without addresses."""


def fill(words: str, filling: Mapping[str, str]) -> str:
    """Words with each `%%name%%` replaced by the recipient's own.

    Raises:
        NotWritable: a name has no filling.
    """
    return BLANK.sub(lambda found: filled(found[1], filling), words)


def filled(name: str, filling: Mapping[str, str]) -> str:
    try:
        return str(filling[name])
    except KeyError:
        raise NotWritable(f"Nothing was given for “{name}”.") from None


def fill_html(words: str, filling: Mapping[str, str]) -> str:
    """As `fill`; what is filled in is text, and is escaped."""
    return BLANK.sub(lambda found: escape(filled(found[1], filling)), words)


@lru_cache(maxsize=2)
def date_of(second: int) -> str:
    """A moment as RFC 5322 3.3 has it; it is the same for all mails of a second."""
    return format_datetime(dt.datetime.fromtimestamp(second, tz=dt.UTC))


def subject_of(message: Message, filling: Mapping[str, str]) -> str:
    """The subject, on one line whatever was filled in."""
    return " ".join(fill(message.subject, filling).split())


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def own_headers(row: Leased) -> dict[str, str]:
    """The headers that are this mail's own, but its recipient and subject.

    A mail under a heading, and whatever else has an address to leave by, says how to leave (RFC 2369, RFC 8058: one
    POST, without a cookie).

    Raises:
        NotWritable: it has a heading and no address to leave by.
    """
    headers = {"Message-ID": f"<{row.uid}@{host()}>", "Auto-Submitted": "auto-generated"}
    if row.heading:
        headers["List-ID"] = f"<{row.heading}.{host()}>"
    if row.heading or UNSUBSCRIBE in row.filling:
        url = filled(UNSUBSCRIBE, row.filling)
        if not URL.fullmatch(url):
            raise NotWritable("Its address to unsubscribe by is not a web address.")
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def encoded(words: str) -> bytes:
    """Words in quoted-printable, with the second dot; the last line has room for a soft break."""
    # The standard library wants one character for each byte.
    per_byte = words.encode("utf-8", "replace").decode("latin-1")
    return LEADING_DOT.sub(b"..", body_encode(per_byte, maxlinelen=LONGEST_LINE, eol="\r\n").encode())


def encoded_value(words: str) -> bytes:
    """As `encoded`, twenty times as fast for what is mostly filled in: a name, a code, a link; with its soft break."""
    if not PLAIN.fullmatch(words):
        return encoded(words) + SOFT_BREAK
    step = PLAIN_STEP if "=" in words else LONGEST_LINE
    lines = [words[at : at + step].replace("=", "=3D") + "=\r\n" for at in range(0, len(words), step)]
    return LEADING_DOT.sub(b"..", "".join(lines).encode())


class Values:
    """What is filled in for one recipient, each encoded once however often it stands in a mail."""

    def __init__(self, filling: Mapping[str, str]) -> None:
        self.filling = filling
        self._known: dict[str, bytes] = {}

    def encoded(self, name: str, *, is_html: bool) -> bytes:
        words = filled(name, self.filling)
        if is_html:
            words = escape(words)
        if words not in self._known:
            self._known[words] = encoded_value(words)
        return self._known[words]


class Body:
    """One part's words, encoded but for their blanks."""

    def __init__(self, words: str, *, is_html: bool) -> None:
        self.is_html = is_html
        # As re.split gives them: words and names by turns, words first and last.
        *pieces, last = BLANK.split(words)
        self.before = [
            (self._ended(encoded(piece)), name) for piece, name in zip(pieces[::2], pieces[1::2], strict=True)
        ]
        self.last = encoded(last)

    @staticmethod
    def _ended(piece: bytes) -> bytes:
        return piece + SOFT_BREAK if piece and not piece.endswith(b"\r\n") else piece

    def filled(self, values: Values) -> Iterator[bytes]:
        for piece, name in self.before:
            yield piece
            yield values.encoded(name, is_html=self.is_html)
        yield self.last


def attach(frame: EmailMessage, file: MailFile) -> None:
    """A file, in base64: no line of it begins with a dot."""
    main, sub = file.kind
    if main == "text":
        frame.add_attachment(file.content.decode(), subtype=sub, charset="utf-8", cte="base64", filename=file.name)
    else:
        frame.add_attachment(file.content, maintype=main, subtype=sub, cte="base64", filename=file.name)


class Prepared:
    """A message ready to be filled in."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.subject_differs = bool(BLANK.search(message.subject))
        self.marks = [uuid4().hex for _ in range(2 if message.html else 1)]
        self.bodies = [Body(message.text.rstrip("\n"), is_html=False)]
        if message.html:
            self.bodies.append(Body(message.html.rstrip("\n"), is_html=True))

    @cached_property
    def around(self) -> list[bytes]:
        """What stands before, between and after the bodies: the headers that all share, and the parts' own."""
        frame = EmailMessage(policy=email.policy.SMTP)
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        frame["From"] = Address(display_name=name, addr_spec=address)
        if not self.subject_differs:
            frame["Subject"] = self.message.subject
        frame.set_content(self.marks[0], cte="quoted-printable")
        if self.message.html:
            frame.add_alternative(self.marks[1], subtype="html", cte="quoted-printable")
        for file in files_of(self.message.files):
            attach(frame, file)
        return re.split("|".join(self.marks).encode(), frame.as_bytes())

    def fill(self, row: Leased, *, recipient: str) -> bytes:
        """The mail's bytes, CRLF at each line's end, the final dot left to SMTP. `recipient` is plain ASCII.

        Raises:
            NotWritable: something is missing, or can't stand in a mail.
        """
        headers = own_headers(row)
        headers["To"] = recipient
        headers["Date"] = date_of(int(timezone.now().timestamp()))
        lines = [f"{name}: {value}\r\n".encode("ascii") for name, value in headers.items()]
        if self.subject_differs:
            subject = email.policy.SMTP.header_factory("Subject", subject_of(self.message, row.filling))
            lines.append(subject.fold(policy=email.policy.SMTP).encode())
        values = Values(row.filling)
        for outside, body in zip(self.around, self.bodies, strict=False):
            lines.append(outside)
            lines.extend(body.filled(values))
        lines.append(self.around[-1])
        return b"".join(lines)
