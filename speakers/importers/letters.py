"""What mail programs put around somebody's words: quoting, headers of earlier mails, greetings, signatures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_QUOTED = re.compile(r"(?:[ \t]*>)+[ \t]?")
_FIELD = re.compile(
    r"\W*(?:from|sent|date|to|cc|subject|importance|attachments?|von|de|envoyé|gesendet)\W*:(?:\s|\W|$)", re.IGNORECASE
)
_FROM = re.compile(r"\W*(?:from|von|de)\W*:", re.IGNORECASE)
_WROTE = re.compile(r"\W*(?:on|am|le)\b.{4,300}\b(?:wrote|schrieb|a écrit)\W*$", re.IGNORECASE)
_BEGAN = re.compile(r"\W*(?:on|am|le)\b.{8,200}$", re.IGNORECASE)
_RULED = re.compile(r"[\s>*_-]*(?:original message|forwarded message|original appointment)[\s>*_-]*", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?:[ ,]+[^\W\d_][\w.’'&-]*){0,6}[\s,.!:–-]*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|kindest|best|warm|warmest|many)\s+(?:regards|wishes|thanks)|regards|best|all the best|cheers"
    r"|(?:many )?thanks(?: again| so much| very much| in advance)?|thank you(?: again| so much| very much)?"
    r"|yours(?: sincerely| faithfully| truly| ever)?|(?:with )?thanks and (?:best|kind) (?:wishes|regards)|speak soon"
    r"|hope (?:this|that) (?:helps|is (?:ok|okay|useful|what you need(?:ed)?)))(?:,? (?:and|both|all|\w+))?[\s,.!–-]*",
    re.IGNORECASE,
)
_DELIMITER = re.compile(
    r"--\s?|sent from (?:my|outlook|mail)\b.*|get outlook for\b.*|this (?:e-?mail|message) (?:and|is|may)\b.*", re.I
)
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a reply: as it came, how deep it is quoted, and without the quoting."""

    raw: str
    depth: int
    text: str


def read_lines(text: str, *, is_mail: bool = True) -> list[Line]:
    """Only a mail quotes by ">"."""
    lines = []
    for raw in text.split("\n"):
        quoted = _QUOTED.match(raw) if is_mail else None
        depth = quoted[0].count(">") if quoted else 0
        lines.append(Line(raw, depth, raw[quoted.end() :].strip() if quoted else raw.strip()))
    return lines


def is_header(lines: Sequence[Line], at: int) -> bool:
    """Whether an earlier mail begins here: "From: … Sent: …", "On Tuesday … wrote:", "-----Original Message-----"."""
    text = lines[at].text
    if not text or len(text) > LONGEST_LINE:
        return False
    if _RULED.fullmatch(text) or _WROTE.fullmatch(text):
        return True
    following = [line.text for line in lines[at + 1 : at + 4]]
    if _BEGAN.fullmatch(text) and any(
        len(line) < LONGEST_LINE and _WROTE.fullmatch(f"{text} {line}") for line in following[:1]
    ):
        return True
    return bool(_FROM.match(text)) and any(_FIELD.match(line) for line in following if line)


def is_header_field(line: Line) -> bool:
    return len(line.text) <= LONGEST_LINE and bool(_FIELD.match(line.text))


def is_greeting(text: str) -> bool:
    return len(text) < 80 and bool(_GREETING.fullmatch(text))


def is_sign_off(text: str) -> bool:
    return len(text) < LONGEST_LINE and bool(_SIGN_OFF.fullmatch(text) or _DELIMITER.fullmatch(text))


# Lines that a mail program has broken

_ITEM = re.compile(r"[ \t]*(?:[-*•·]|\d{1,3}[.)])[ \t]+")
NARROWEST, WIDEST = 55, 100
LEAST_BROKEN = 3
NEAR = 16
A_PARAGRAPH = 60


def width_of(text: str) -> int:
    """At how many characters a mail program broke the lines of a text; 0 where it broke none."""
    lengths = [len(line.text) for line in read_lines(text)]
    widest = max(lengths, default=0)
    if not NARROWEST <= widest <= WIDEST:
        return 0
    return widest if sum(length > widest - NEAR for length in lengths) >= LEAST_BROKEN else 0


def mended(lines: Sequence[str], *, width: int) -> str:
    """An answer's lines as paragraphs: broken lines joined again, long lines each a paragraph of its own."""
    text = ""
    before = ""
    for line in lines:
        is_item = bool(_ITEM.match(line))
        if not text:
            text = line
        elif not before or not line:
            text += f"\n{line}"
        elif width and not is_item and len(before) + 1 + len(line.split(maxsplit=1)[0]) > width:
            text += f" {line}"
        elif (
            not is_item
            and not _ITEM.match(before)
            and not width
            and len(before) > A_PARAGRAPH
            and before[-1] in ".!?…”)"
        ):
            text += f"\n\n{line}"
        else:
            text += f"\n{line}"
        before = line
    return text.strip("\n")
