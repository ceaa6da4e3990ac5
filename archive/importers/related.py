"""Earlier evenings that an account speaks of: "presented at Data Bites 45 (in September 2023) on the review …"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .lines import plain_spaces, sentence_around

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBERED = (
    r"\b{series},? (?:number )?#?(?P<number>\d{{1,4}})\b(?:,? (?:\((?:in |on )?|in )(?:[A-Z]\w+ )?" + _YEAR + r"\)?)?"
    r"(?:,? (?:on|about) (?P<topic>[^.;:!?()]{{4,150}}))?"
)
_HEARD_IN = r"\bheard about (?P<topic>[^.;:!?()]{{4,150}}?),? at {series} in " + _YEAR + r"\b"
_HAS_HEARD = re.compile(r"\b(?:previously|already|before) heard\b")
_BRACKETED = re.compile(r"\b(?:on|about) (?P<topic>[^.;:!?()]{4,150}?) \((?:in )?(?:[A-Z]\w+ )?" + _YEAR + r"\)")
_TOPIC_END = re.compile(r",? (?:and|but|when|where|while|which) (?:(?:has|is|was|we|she|he|they)\b|joined|spoke)|, ")
_LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True)
class RelatedHint:
    """An earlier evening: its number or only its year, and what was heard there."""

    words: str
    number: int | None = None
    year: int | None = None


def find_related(lines: Iterable[str], *, series: str, number: int) -> Iterator[RelatedHint]:
    """The evenings other than `number` that the lines name. Only what is certain; the words stay in the account."""
    name = re.escape(series)
    numbered, heard = (re.compile(pattern.format(series=name)) for pattern in (_NUMBERED, _HEARD_IN))
    for line in map(plain_spaces, lines):
        if series not in line:
            continue
        for found in numbered.finditer(line):
            hint = _numbered_hint(line, found)
            if hint is not None and hint.number != number:
                yield hint
        for found in heard.finditer(line):
            yield RelatedHint(_capital(found["topic"]), year=int(found["year"]))
        if _HAS_HEARD.search(line):
            for found in _BRACKETED.finditer(line):
                yield RelatedHint(_capital(found["topic"]), year=int(found["year"]))


def _numbered_hint(line: str, found: re.Match[str]) -> RelatedHint | None:
    year = int(found["year"]) if found["year"] else None
    words = _capital(_TOPIC_END.split(found["topic"])[0]) if found["topic"] else sentence_around(line, found.start())
    if not words or len(words) > _LONGEST_SENTENCE:
        return None
    return RelatedHint(words, int(found["number"]) or None, year)


def _capital(topic: str) -> str:
    topic = topic.strip(" ,")
    return topic[:1].upper() + topic[1:]
