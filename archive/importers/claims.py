"""What a write-up claims in passing: which evening it was at which host, what it asks of readers and until when."""

import re
from collections.abc import Iterable, Iterator

from .lines import plain_spaces, sentence_around
from .plan import AskHint, HostCountClaim

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_UNITS += " eighteen nineteen"
_UNIT_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
)
_UNIT_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def _number_words() -> dict[str, int]:
    """Cardinals and ordinals from one to ninety-nine."""
    words = {word: value for value, word in enumerate(_UNITS.split(), start=1)}
    words |= {word: value for value, word in enumerate(_UNIT_ORDINALS.split(), start=1)}
    small = [(word, value) for word, value in words.items() if value < 10]
    for tens, word in enumerate(_TENS.split(), start=2):
        words[word] = words[word.removesuffix("y") + "ieth"] = tens * 10
        words |= {f"{word}-{unit}": tens * 10 + value for unit, value in small}
    return words


_WORDS = _number_words()
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_ORDINAL = rf"(?:\d{{1,4}}(?:st|nd|rd|th)|(?:{_WORD}))"
_CARDINAL = rf"(?:\d{{1,4}}|(?:{_WORD}))"
_HOST = r"(?:the )?(?P<{name}>[A-Z][\w&’'-]*(?: (?:(?:for|of|and|the) ){{0,2}}[A-Z][\w&’'-]*){{0,6}})"
_HOSTED = re.compile(
    rf"\b(?:the|our) (?P<ordinal>{_ORDINAL})(?: [A-Z]\w+){{0,3}}(?: event| evening| edition| meetup)?(?: to be)?"
    rf" (?:hosted (?:by|at)|held at|with) {_HOST.format(name='host')}"
    rf"(?:,? (?:after|following) (?P<earlier>{_CARDINAL})(?: events| evenings| editions)?"
    rf" (?:hosted |held )?(?:at|by|with) {_HOST.format(name='earlier_host')})?"
)
_OVERALL = re.compile(
    rf"\b(?:the|our) (?P<ordinal>{_ORDINAL})(?: [A-Z]\w+){{0,3}}(?: event| evening| edition)? (?:overall|in all)\b"
)

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_MONTHS = ("january february march april may june july august september october november december").split()
_CLOSES = re.compile(
    r"\b(?:open until|closes (?:on|in)|closing (?:on|in)|deadline (?:is|of)) (?:(?P<day>[0-3]?[0-9]) )?(?P<month>"
    + "|".join(_MONTHS)
    + r") (?P<year>20[0-9]{2})\b",
    re.IGNORECASE,
)


def read_host_count(lines: Iterable[str]) -> HostCountClaim | None:
    """The first count by host and the first overall count that the lines state, or None."""
    hosted = overall = None
    for line in map(plain_spaces, lines):
        hosted = hosted or _HOSTED.search(line)
        overall = overall or _OVERALL.search(line)
    if hosted is None and overall is None:
        return None
    total = read_number(overall["ordinal"]) if overall else None
    if hosted is None:
        return HostCountClaim(overall=total)
    earlier = read_number(hosted["earlier"]) if hosted["earlier"] else None
    ordinal = read_number(hosted["ordinal"])
    return HostCountClaim(ordinal, hosted["host"], earlier, hosted["earlier_host"] or "", total)


def read_number(words: str) -> int | None:
    """ "60th", "49", "eleventh", "forty-nine" as a number."""
    digits = words[: next((i for i, c in enumerate(words) if c not in "0123456789"), len(words))]
    return int(digits) if digits else _WORDS.get(words.casefold())


def find_asks(lines: Iterable[str]) -> Iterator[AskHint]:
    """Sentences with an e-mail address or a closing day or month."""
    for line in map(plain_spaces, lines):
        if "@" in line:
            for email in _EMAIL.finditer(line):
                yield AskHint(sentence_around(line, email.start()), email=email[0].rstrip("."))
        if " 20" in line:
            for closing in _CLOSES.finditer(line):
                yield AskHint(sentence_around(line, closing.start()), closes=_iso(closing))


def _iso(closing: re.Match[str]) -> str:
    month = f"{closing['year']}-{_MONTHS.index(closing['month'].casefold()) + 1:02}"
    return f"{month}-{int(closing['day']):02}" if closing["day"] else month
