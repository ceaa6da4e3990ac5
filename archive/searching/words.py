"""Text as words: where each stands, and how it is written in the index."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .stemming import stem

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_OWNER = re.compile(r"['’ʼ]s$", re.IGNORECASE)
# Left out of what is looked for, unless there is nothing else, or they stand in a phrase: "who spoke about rivers".
SMALL = frozenset(
    "a about an and any are as at be been but by can could did do does for from had has have he her his how i if in "
    "into is it its me my no not of on or our said say says she so spoke than that the their them then there these "
    "they this those to talk talked talks us was we were what when where which who whom whose why will with would you "
    "your".split()
)


class Word(NamedTuple):
    """A word of a text: from where to where it stands, folded."""

    start: int
    end: int
    folded: str

    @property
    def stem(self) -> str:
        return stem(self.folded)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, without accents and apostrophes, of letters and digits alone; "" where none is left."""
    word = _OWNER.sub("", word)
    if word.isascii():
        return "".join(filter(str.isalnum, word)).lower()[:LONGEST_WORD]
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_WORD]


def words_of(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        if folded := fold(found[0]):
            yield Word(found.start(), found.end(), folded)


def folded(text: str) -> list[str]:
    return [word.folded for word in words_of(text)]


def stems(text: str) -> list[str]:
    return [word.stem for word in words_of(text)]


def telling(text: str) -> list[str]:
    """The stems of a text without its small words."""
    return [word.stem for word in words_of(text) if word.folded not in SMALL]
