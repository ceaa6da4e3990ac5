"""Typing errors: which words of the index may have been meant. On both databases, without anything of theirs."""

import re
from collections.abc import Iterator, Sequence

from django.db.models import Q

from ..models import IndexedWord
from .query import Query, parse, with_words

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SHORTEST = 3  # letters; whatever is shorter is like everything
LONGEST = 24
TWO_FROM = 6  # letters from which two slips are forgiven
MOST = 6  # words of a query that are looked at
SHOWN = 3  # of the nearest words, how many are tried
ROOT = 5  # letters of a word of the index with which a strange one may begin
_HYPHEN = re.compile(r"(?<=[^\W_])[-‐‑](?=[^\W_])")


def joined(query: Query) -> Iterator[Query]:
    """The query with its words of two parts as one word, "email" for "e-mail", then as two that may stand apart."""
    for between in ("", " ") if _HYPHEN.search(query.text) else ():
        yield parse(_HYPHEN.sub(between, query.text))


def meant(query: Query) -> Iterator[Query]:
    """The query with the nearest words of the index in the place of those that it hasn't, the nearest first."""
    typed = list(dict.fromkeys(query.words))[:MOST]
    known = set(IndexedWord.objects.filter(word__in=typed).values_list("word", flat=True))
    strange = [word for word in typed if word not in known and len(word) >= SHORTEST]
    near = {word: found for word in strange if (found := nearest(word))}
    if not near:
        return
    for place in range(SHOWN):
        yield with_words(query, {word: found[min(place, len(found) - 1)] for word, found in near.items()})


def nearest(word: str) -> list[str]:
    """Words of the index one slip away; else two, for a longer one; else those that begin like it; else its root."""
    if len(word) > LONGEST:
        return []
    slips = {row.word: row.count for row in IndexedWord.objects.filter(word__in=one_slip(word))}
    if slips:
        return sorted(slips, key=lambda other: (-slips[other], other))[:SHOWN]
    alike = Q(initial=word[0], length__gte=len(word) - 2, length__lte=len(word) + 2)
    rows = IndexedWord.objects.filter(alike if len(word) >= TWO_FROM else Q(pk__in=())).values_list("word", "count")
    found = [(distance(word, other), -count, other) for other, count in rows]
    if close := sorted(row for row in found if row[0] <= 2):
        return [other for *_, other in close[:SHOWN]]
    longer = IndexedWord.objects.filter(initial=word[0], length__gt=len(word), word__startswith=word)
    begun = list(longer.order_by("-count", "word").values_list("word", flat=True)[:SHOWN])
    return begun or roots(word)


def roots(word: str) -> list[str]:
    """The longest word of the index with which it begins: "standard" of "standardisation"."""
    found = IndexedWord.objects.filter(word__in=[word[:end] for end in range(ROOT, len(word))])
    return list(found.order_by("-length").values_list("word", flat=True)[:1])


def one_slip(word: str) -> set[str]:
    """Every text that is one letter too many, one too few, a wrong one, or two that changed places away."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    without = {before + after[1:] for before, after in parts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1}
    wrong = {before + letter + after[1:] for before, after in parts if after for letter in LETTERS}
    more = {before + letter + after for before, after in parts for letter in LETTERS}
    return (without | swapped | wrong | more) - {word, ""}


def distance(one: str, other: str, most: int = 2) -> int:
    """Slips between two words (optimal string alignment); `most` + 1 for anything further."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: Sequence[int] = ()
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, 1):
        earlier, before, new = before, row, [i]
        for j, theirs in enumerate(other, 1):
            best = min(before[j] + 1, new[-1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                best = min(best, earlier[j - 2] + 1)
            new.append(best)
        if min(new) > most:
            return most + 1
        row = new
    return min(row[-1], most + 1)
