"""Lines that are there for an address or a time: recordings, slides, links, chapters."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

from speakers.keys import fold

from .plan import ChapterPlan, LinkPlan

_URL = r"https?://[^\s<>\"“”]{3,2000}?"
_URL_LINE = re.compile(
    rf"(?P<label>[^\n]{{0,200}}?)[\s:–—-]{{0,4}}(?:[(<\[](?P<inside>{_URL})[)>\]]|(?P<bare>{_URL}))[.,;]?",
    re.IGNORECASE,
)
_LINE_LENGTH = 2300
_LABEL_WORDS = 12
_INNER_STOP = re.compile(r"[.!?]\s|\bhttps?://", re.IGNORECASE)
_LEANS_ON = frozenset({"and", "at", "by", "from", "here", "in", "is", "of", "on", "or", "see", "the", "to", "via"})

# Words that say no more than the place in the plan already says.
_WATCHING = frozenset(
    """
    a again and audio available back can catch evening event event's full hear here is listen listen: now of on
    online our podcast recording soundcloud the this to up video vimeo watch whole you youtube
    """.split()
)
_SLIDES = frozenset(
    """
    a as deck download for full google her here his its of our pdf powerpoint presentation read see slide slides
    talk the their view
    """.split()
)
_SLIDE_NOUNS = frozenset({"deck", "presentation", "slide", "slides"})

_VIDEO_PATH = re.compile(r"/(?:watch|live/.|embed/.|shorts/.|v/.|playlist)")
_AUDIO_PATH = re.compile(r"/[^/]+/[^/]+")
_STARTS_AT = re.compile(r"[?&#](?:t|start)=(?:(?P<h>\d{1,2})h)?(?:(?P<m>\d{1,3})m)?(?:(?P<s>\d{1,6})s?)?(?:[&#]|$)")

_CHAPTER = re.compile(
    r"[(\[]?(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>[0-5]\d)[)\]]?(?:\s+[-–—:|]\s*|\s*[-–—:|]\s+|\s+)(?P<label>\S.*)"
)
_CHAPTER_LENGTH = 140


class Special(Enum):
    """What a line with an address or a time is for."""

    RECORDING = auto()
    SLIDES = auto()
    LINK = auto()
    CHAPTER = auto()


@dataclass(frozen=True, slots=True)
class SpecialLine:
    kind: Special
    what: LinkPlan | ChapterPlan


def read_special(line: str) -> SpecialLine | None:
    """The recording, slides, link or chapter that this line is, if it is no more than that."""
    if line[0] in "([0123456789" and len(line) <= _CHAPTER_LENGTH:
        chapter = _read_chapter(line)
        if chapter is not None:
            return SpecialLine(Special.CHAPTER, chapter)
    if len(line) > _LINE_LENGTH or "://" not in line:
        return None
    found = _URL_LINE.fullmatch(line)
    if found is None:
        return None
    label, url = found["label"].strip(), found["inside"] or found["bare"]
    said = set(fold(label).replace(":", " ").split())
    if said <= _WATCHING and is_recording(url):
        return SpecialLine(Special.RECORDING, LinkPlan(label, url, line))
    if said & _SLIDE_NOUNS and len(said - _SLIDES) <= (1 if "'s" in fold(label) else 0):
        return SpecialLine(Special.SLIDES, LinkPlan(label, url, line))
    if _is_label(label, line[len(label) :].lstrip().startswith(":")):
        return SpecialLine(Special.LINK, LinkPlan(label or _host(url), url, line))
    return None


def is_recording(url: str) -> bool:
    """Whether this is one video or sound file at YouTube, Vimeo or SoundCloud.

    Looser than the player's own reading of addresses: a recording that can't be played here is still a recording.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    host = host.removeprefix("www.").removeprefix("m.")
    if host == "youtu.be":
        return len(parts.path) > 1
    if host in ("youtube.com", "youtube-nocookie.com"):
        return _VIDEO_PATH.match(parts.path) is not None
    if host in ("vimeo.com", "player.vimeo.com"):
        return any(character.isdigit() for character in parts.path)
    return host == "soundcloud.com" and _AUDIO_PATH.match(parts.path) is not None


def starts_at(url: str) -> int | None:
    """The second at which a recording's address begins to play, if it names one."""
    found = _STARTS_AT.search(url)
    if found is None or not any(found.groups()):
        return None
    return _seconds(found)


def _read_chapter(line: str) -> ChapterPlan | None:
    found = _CHAPTER.fullmatch(line)
    if found is None or line.endswith((".", "?", "!")) or not any(map(str.isalpha, found["label"])):
        return None
    return ChapterPlan(_seconds(found), found["label"], line)


def _seconds(found: re.Match[str]) -> int:
    return int(found["h"] or 0) * 3600 + int(found["m"] or 0) * 60 + int(found["s"] or 0)


def _is_label(label: str, has_colon: bool) -> bool:
    """Whether the words before an address name it, rather than being a sentence that leads to it."""
    words = fold(label).split()
    if not words:
        return True
    closed = label[-1].isalnum() or label[-1] in "”’\"')"
    if len(words) > _LABEL_WORDS or not closed or _INNER_STOP.search(label):
        return False
    return has_colon or (len(words) <= _LABEL_WORDS - 4 and words[-1] not in _LEANS_ON)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url
