"""A title for a talk that the text gives none: from what its speakers are said to have spoken about."""

import re
from collections.abc import Iterable, Sequence

from .lines import plain_spaces
from .plan import SpeakerPlan

LONGEST_TITLE = 80
_QUOTED = re.compile(
    r"\b(?:presented|talk,?|presentation,?|titled|called|entitled) (?:“([^”]{6,80})”|‘([^’]{6,80})’|\"([^\"]{6,80})\")"
)
_ABOUT = re.compile(
    r"\b(?:spoke|speak|talk|talked|talking|present|presented|presenting|presentation|told us|heard)"
    r"(?: to us| with us| us)?(?: \w{2,12}ly)?(?: all)? (?:about|on) (?P<topic>.{3,400})"
)
_SHOWED = re.compile(
    r"\b(?:introduced|presented|demonstrated|described|explained|explored|discussed|outlined|shared|show|showed us"
    r"|walk(?:ed)? us through|took us through|set out) (?P<topic>.{3,400})"
)
_TOPIC_END = re.compile(
    r"\s*(?:[,;:!?(\[]|\.(?:\s|$)|\s[–—-]\s|\s(?:which|that|who|where|with her|with his|with their)\s"
    r"|\sand\s(?:the|how|why|what|where|her|his|their|its|on|about|to)\s)"
)
_WORK_ON = re.compile(r"(?:(?:her|his|their|its|our) )?(?:team(?:’s|'s) )?(?:recent |latest )?work (?:on|to|with|in) ")
_WHOSE = re.compile(r"(?:her|his|their|its|our) ")
_NO_TOPIC = re.compile(r"(?:at|by|for|from|in|it|that|them|this|to|us|well|with)\b", re.IGNORECASE)
_SHORTEST_TOPIC = 4
_WEAKER_END = re.compile(r" (?:and|or|for|to|in|with|across|from|at|by|as) ")
_DANGLING = re.compile(r"(?: (?:a|an|and|at|by|for|from|her|his|in|of|on|or|the|their|to|with))+\Z")


def derive_title(account: Sequence[str], speakers: Sequence[SpeakerPlan], taken: Iterable[str]) -> str:
    """A title in sentence case of at most 80 characters that equals no line in `taken`."""
    candidates = [title for line in account[:3] if (title := topic_of(line))]
    names = " and ".join(speaker.name for speaker in speakers)
    candidates += [_shorten(f"Talk by {names}"), _shorten(f"A talk by {names}"), "A talk without a title"]
    known = taken if isinstance(taken, (set, frozenset)) else frozenset(taken)
    return next((title for title in candidates if title not in known), candidates[-1])


def topic_of(line: str) -> str:
    """What the line says was spoken about, as a title, or ""."""
    line = plain_spaces(line[:1200])
    quoted = _QUOTED.search(line)
    if quoted:
        return _sentence_case(next(words for words in quoted.groups() if words))
    found = _ABOUT.search(line) or _SHOWED.search(line)
    if found is None:
        return ""
    end = _TOPIC_END.search(found["topic"])
    topic = (found["topic"][: end.start()] if end else found["topic"]).strip()
    topic = _WHOSE.sub("", _WORK_ON.sub("", topic, count=1), count=1) if _WHOSE.match(topic) else topic
    if len(topic) < _SHORTEST_TOPIC or _NO_TOPIC.match(topic):
        return ""
    return _sentence_case(_shorten(topic))


def _shorten(title: str) -> str:
    """The title in at most 80 characters, ended where it still reads."""
    if len(title) <= LONGEST_TITLE:
        return title
    ends = [gap.start() for gap in _WEAKER_END.finditer(title[:LONGEST_TITLE]) if gap.start() > 20]
    if ends:
        return _DANGLING.sub("", title[: ends[-1]])
    cut = title[: LONGEST_TITLE - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _sentence_case(title: str) -> str:
    return title[:1].upper() + title[1:]
