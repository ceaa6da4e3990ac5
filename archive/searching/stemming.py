"""A word's stem, the same on every database: what stands in the index, and what is looked for in it.

The rules are those of M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980). Spelling comes first, so
that "standardize" and "standardise", "behavior" and "behaviour" are one word.
"""

import re
from functools import lru_cache

# What rules can't tell: irregular plurals, and words that belong together or must stay apart.
TOGETHER = {
    "datum": "data",
    "criteria": "criterion",
    "indices": "index",
    "matrices": "matrix",
    "people": "person",
    "persons": "person",
    "children": "child",
    "women": "woman",
    "men": "man",
    "analyses": "analys",
    "analysis": "analys",
    "center": "centr",
    "centers": "centr",
    "programme": "program",
    "programmes": "program",
    "news": "news",
    **{word: word for word in ("alias", "atlas", "bias", "canvas", "gas", "lens")},  # their s is no plural's
    "gases": "gas",
    "crises": "crisi",
    "diagnoses": "diagnosi",
    "hypotheses": "hypothesi",
}
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)"), "is"),
    (re.compile(r"(?<=[a-z]{2})yz(?=(?:e|ed|es|er|ers|ing)$)"), "ys"),
    (re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|able|ite|hood)?$)"), "or"),
)
_LETTERS = re.compile(r"[a-z]{3,}")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "abli": "able", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = "al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize sion tion".split()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word (`words.fold`). What isn't written in the letters a to z stays as it is."""
    if word in TOGETHER:
        return TOGETHER[word]
    if not _LETTERS.fullmatch(word):
        return word
    for spelling, ours in _SPELLINGS:
        word = spelling.sub(ours, word)
    word = _past_and_present(_plural(word))
    if word[-1] == "y" and _has_vowel(word[:-1]):
        word = f"{word[:-1]}i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _without_last_letter(_without_suffix(word))


def _pattern(word: str) -> str:
    """Each letter as "v" or "c"; a y after a consonant is a vowel."""
    found = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and found[-1:] == "c")
        found += "v" if vowel else "c"
    return found


@lru_cache(maxsize=50_000)
def _measure(word: str) -> int:
    """How many times a vowel is followed by a consonant."""
    return _pattern(word).count("vc")


def _has_vowel(word: str) -> bool:
    return "v" in _pattern(word)


def _ends_double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _pattern(word)[-1] == "c"


def _ends_short(word: str) -> bool:
    """Consonant, vowel, consonant; the last none of w, x, y: "hop" was "hope"."""
    return _pattern(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    # "us" is a later rule of Porter's own: a census is no plural.
    return word if word.endswith(("ss", "us")) or not word.endswith("s") else word[:-1]


def _past_and_present(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        before = word.removesuffix(suffix)
        if before != word and _has_vowel(before):
            return _mended(before)
    return word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return f"{word}e"
    if _ends_double(word) and word[-1] not in "lsz":
        return word[:-1]
    return f"{word}e" if _measure(word) == 1 and _ends_short(word) else word


def _replaced(word: str, endings: dict[str, str]) -> str:
    """The longest ending of these becomes another, where enough of the word is before it."""
    ending = max((ending for ending in endings if word.endswith(ending)), key=len, default="")
    before = word[: len(word) - len(ending)]
    return before + endings[ending] if ending and _measure(before) else word


def _without_suffix(word: str) -> str:
    suffix = max((suffix for suffix in _STEP_4 if word.endswith(suffix)), key=len, default="")
    # Of "sion" and "tion" the first letter belongs to the word.
    cut = 3 if suffix in ("sion", "tion") else len(suffix)
    before = word[: len(word) - cut]
    return before if suffix and _measure(before) > 1 else word


def _without_last_letter(word: str) -> str:
    if word.endswith("e"):
        before = word[:-1]
        if _measure(before) > 1 or (_measure(before) == 1 and not _ends_short(before)):
            word = before
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
