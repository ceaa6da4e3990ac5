"""Where a recording can be watched: the platforms that we can play in a page, told from an address. No request is made.

Addresses are made from what was understood (an identifier of a known shape), never passed on as they came, so whatever
was typed, only https addresses of these hosts come out. The embedding hosts are those of the policy's frame-src.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

LONGEST_ADDRESS = 2000
A_DAY_SECONDS = 86_400
_CLOCK = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)
_COLONS = re.compile(r"\d{1,2}(?::[0-5]?\d){1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Player:
    """One recording at one platform. `begins_at_seconds` is the second the given address itself named, if any."""

    key: str
    secret: str = ""
    begins_at_seconds: int = 0

    platform: ClassVar[str] = ""

    def embed_url(self, start_seconds: int | None = None) -> str:
        """The address of a frame that starts to play at that second, or where the given address began."""
        return self._embed(self._start(start_seconds))

    def watch_url(self, start_seconds: int | None = None) -> str:
        """The recording's own page, at that second, or where the given address began."""
        return self._watch(self._start(start_seconds))

    def _start(self, start_seconds: int | None) -> int:
        return max(0, self.begins_at_seconds if start_seconds is None else start_seconds)

    def _embed(self, start: int) -> str:
        raise NotImplementedError

    def _watch(self, start: int) -> str:
        raise NotImplementedError


class YouTube(Player):
    """https://developers.google.com/youtube/player_parameters; the nocookie host sets nothing before it plays."""

    __slots__ = ()
    platform = "YouTube"

    def _embed(self, start: int) -> str:
        asked = {"autoplay": 1, "rel": 0} | ({"start": start} if start else {})
        return f"https://www.youtube-nocookie.com/embed/{self.key}?{urlencode(asked)}"

    def _watch(self, start: int) -> str:
        return f"https://www.youtube.com/watch?v={self.key}" + (f"&t={start}s" if start else "")


class Vimeo(Player):
    """An unlisted video needs its hash (`secret`) at both addresses; dnt=1 asks the player not to track."""

    __slots__ = ()
    platform = "Vimeo"

    def _embed(self, start: int) -> str:
        asked = ({"h": self.secret} if self.secret else {}) | {"autoplay": "1", "dnt": "1"}
        return f"https://player.vimeo.com/video/{self.key}?{urlencode(asked)}{self._at(start)}"

    def _watch(self, start: int) -> str:
        return f"https://vimeo.com/{self.key}{'/' if self.secret else ''}{self.secret}{self._at(start)}"

    @staticmethod
    def _at(start: int) -> str:
        return f"#t={start}s" if start else ""


class SoundCloud(Player):
    """`key` is "user/track" or "user/sets/name". The widget takes its second with the track's address."""

    __slots__ = ()
    platform = "SoundCloud"

    def _embed(self, start: int) -> str:
        asked = {"url": self._watch(start), "auto_play": "true", "show_teaser": "false"}
        return f"https://w.soundcloud.com/player/?{urlencode(asked, quote_via=quote, safe='')}"

    def _watch(self, start: int) -> str:
        at = f"#t={start // 60}:{start % 60:02}" if start else ""
        return f"https://soundcloud.com/{self.key}{'/' if self.secret else ''}{self.secret}{at}"


def parse(url: str) -> Player | None:
    """The player for a recording's address; None for another host, or an address that names no recording.

    Never raises: what can't be read is no player.
    """
    parts = _split(url)
    read = _READERS.get(_host(parts)) if parts else None
    return read(parts) if parts and read else None


def host_name(url: str) -> str:
    """The host of a web address as people write it ("example.org"); empty where it is none that may be linked."""
    parts = _split(url)
    return _host(parts).removeprefix("www.") if parts else ""


# Reading


def _split(url: str) -> SplitResult | None:
    """The parts of an ordinary web address; None for anything else."""
    text = url.strip()
    if len(text) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(text)
        ordinary = parts.scheme in ("http", "https") and parts.port in (None, 80, 443) and bool(parts.hostname)
    except ValueError:
        return None
    return parts if ordinary else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _segments(parts: SplitResult) -> list[str]:
    return [segment for segment in parts.path.split("/") if segment]


def _asked(parts: SplitResult, *names: str) -> str:
    """The first of these query parameters that is there, or an empty text."""
    try:
        found = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    return next((found[name][0] for name in names if name in found), "")


def seconds_of(clock: str) -> int:
    """Seconds in "90", "90s", "1m30s", "1h2m3s" or "1:02:03"; 0 where it is none of these, or past a day."""
    if _COLONS.fullmatch(clock):
        total = 0
        for part in clock.split(":"):
            total = total * 60 + int(part)
    elif clock and (found := _CLOCK.fullmatch(clock)):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        total = hours * 3600 + minutes * 60 + seconds
    else:
        return 0
    return total if total < A_DAY_SECONDS else 0


def _begin(parts: SplitResult) -> int:
    """The second an address names: ?t=, ?start=, ?time_continue= or #t=."""
    clock = _asked(parts, "t", "start", "time_continue") or parts.fragment.removeprefix("t=")
    return seconds_of(clock)


_YOUTUBE_KEY = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_KEY = re.compile(r"[0-9]{4,12}")
_VIMEO_SECRET = re.compile(r"[0-9a-f]{6,20}")
_VIMEO_COLLECTIONS = {"album", "channels", "groups", "ondemand", "showcase"}
_SOUNDCLOUD_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,120}")
_SOUNDCLOUD_SECRET = re.compile(r"s-[A-Za-z0-9]{4,40}")
# First segments that are parts of SoundCloud's own site, and second ones that are lists of a person's.
_SOUNDCLOUD_OWN = {"discover", "search", "you", "stream", "upload", "charts", "pages", "tags", "settings", "people"}
_SOUNDCLOUD_LISTS = {"sets", "tracks", "albums", "reposts", "likes", "followers", "following", "comments", "popular"}


def _youtube(parts: SplitResult) -> Player | None:
    segments = _segments(parts)
    if len(segments) >= 2 and segments[0] in ("live", "embed", "shorts", "v", "e", "watch"):
        key = segments[1]
    else:
        key = _asked(parts, "v", "vi") if segments == ["watch"] else ""
    return _youtube_player(key, parts)


def _youtube_short(parts: SplitResult) -> Player | None:
    segments = _segments(parts)
    return _youtube_player(segments[0] if segments else "", parts)


def _youtube_player(key: str, parts: SplitResult) -> Player | None:
    return YouTube(key, begins_at_seconds=_begin(parts)) if _YOUTUBE_KEY.fullmatch(key) else None


def _vimeo(parts: SplitResult) -> Player | None:
    segments = _segments(parts)
    if segments[:1] == ["event"]:
        return None  # an event of several videos: it has no player at the address we may frame
    if segments[:1] and segments[0] in _VIMEO_COLLECTIONS:
        segments = segments[2:]  # a collection's name, which may be a number too
    place = next((i for i, segment in enumerate(segments) if _VIMEO_KEY.fullmatch(segment)), None)
    if place is None:
        return None
    follows = segments[place + 1] if len(segments) > place + 1 else ""
    secret = _asked(parts, "h") or follows
    return Vimeo(segments[place], secret if _VIMEO_SECRET.fullmatch(secret) else "", _begin(parts))


def _soundcloud(parts: SplitResult) -> Player | None:
    segments = _segments(parts)
    names, rest = segments[:2], segments[2:]
    if len(names) == 2 and names[1] == "sets" and rest:
        names, rest = segments[:3], segments[3:]
    elif len(names) < 2 or names[1] in _SOUNDCLOUD_LISTS:
        return None
    if names[0] in _SOUNDCLOUD_OWN or not all(map(_SOUNDCLOUD_NAME.fullmatch, names)):
        return None
    secret = rest[0] if rest and _SOUNDCLOUD_SECRET.fullmatch(rest[0]) else _asked(parts, "secret_token")
    return SoundCloud("/".join(names), secret if _SOUNDCLOUD_SECRET.fullmatch(secret) else "", _begin(parts))


def _soundcloud_widget(parts: SplitResult) -> Player | None:
    """The widget's own address carries the recording's."""
    inner = _split(_asked(parts, "url"))
    return _soundcloud(inner) if inner and _READERS.get(_host(inner)) is _soundcloud else None


_READERS: dict[str, Callable[[SplitResult], Player | None]] = {
    "youtube.com": _youtube,
    "www.youtube.com": _youtube,
    "m.youtube.com": _youtube,
    "music.youtube.com": _youtube,
    "www.youtube-nocookie.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube_short,
    "www.youtu.be": _youtube_short,
    "vimeo.com": _vimeo,
    "www.vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
    "soundcloud.com": _soundcloud,
    "www.soundcloud.com": _soundcloud,
    "m.soundcloud.com": _soundcloud,
    "w.soundcloud.com": _soundcloud_widget,
}
