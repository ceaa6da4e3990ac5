"""What a reader looks for: words, a "phrase", OR, -minus. Everything else is text, so nothing can be wrong.

rivers "open data" OR census -draft    all of: rivers; "open data" or census. None of: draft.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations
from math import comb

from .stemming import stem
from .words import SMALL, Word, words_of

LONGEST = 200  # letters that are read
MOST_WORDS = 12
MOST_CHOICES = 100  # of a query that was loosened
QUOTES = re.compile("[“”„‟«»＂]")
_PART = re.compile(r"""(?P<minus>(?<!\S)[-−–](?=[^\s-]))?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<words>[^\s"]+))""")

Phrase = tuple[str, ...]  # stems that stand one after the other; mostly a single one


@dataclass(frozen=True)
class Query:
    """`all_of` are choices, of each of which something must be there; `none_of` must not. `words` are as typed.

    `some` is how many of its parts are enough, of a query that was loosened; else 0.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    all_of: tuple[tuple[Phrase, ...], ...] = ()
    none_of: tuple[Phrase, ...] = ()
    is_cut: bool = False
    some: int = 0

    def __bool__(self) -> bool:
        return bool(self.all_of)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What is marked where it is found."""
        return frozenset(stem for choices in self.all_of for phrase in choices for stem in phrase)


@dataclass(frozen=True, slots=True)
class Part:
    words: tuple[Word, ...]
    is_minus: bool
    is_phrase: bool

    @property
    def phrase(self) -> Phrase:
        return tuple(word.stem for word in self.words)


def readable(text: str) -> str:
    """What was typed, as it can be shown and looked for: on one line, without what no font has."""
    spaced = "".join(letter if letter.isprintable() else " " for letter in text[: LONGEST * 50])
    return " ".join(spaced.split())


def parse(text: str) -> Query:
    """Never fails: what makes no sense is text, and what is too long is cut."""
    shown = readable(text)
    kept = shown[:LONGEST]
    is_cut = len(kept) < len(shown) or len(text) > LONGEST * 50
    parts: list[Part | None] = []
    room = MOST_WORDS
    for part in _parts(QUOTES.sub('"', kept)):
        if part is not None and len(part.words) > room:
            is_cut = True
            break
        room -= len(part.words) if part else 0
        parts.append(part)
    wanted = _without_small([part for part in parts if not (part and part.is_minus)])
    return Query(
        text=kept,
        words=tuple(word.folded for part in wanted if part for word in part.words),
        all_of=tuple(_choices(wanted)),
        none_of=tuple(part.phrase for part in parts if part and part.is_minus),
        is_cut=is_cut,
    )


def _parts(text: str) -> Iterator[Part | None]:
    """None stands for an OR."""
    for found in _PART.finditer(text):
        if found["words"] == "OR" and not found["minus"]:
            yield None
            continue
        source = found["words"] if found["phrase"] is None else found["phrase"]
        if words := tuple(words_of(source)):
            yield Part(words, bool(found["minus"]), found["phrase"] is not None)


def _without_small(parts: list[Part | None]) -> list[Part | None]:
    """Without words that stand in every text, unless nothing else is left."""
    kept = [part for part in parts if part is None or part.is_phrase or not _is_small(part)]
    return kept if any(kept) else parts


def _is_small(part: Part) -> bool:
    return all(word.folded in SMALL for word in part.words)


def _choices(parts: list[Part | None]) -> Iterator[tuple[Phrase, ...]]:
    """An OR joins what stands on its two sides; one with nothing on a side is no more than a gap."""
    choices: list[Phrase] = []
    joins = False
    for part in parts:
        if part is None:
            joins = bool(choices)
            continue
        if choices and not joins:
            yield tuple(choices)
            choices = []
        choices.append(part.phrase)
        joins = False
    if choices:
        yield tuple(choices)


def with_words(query: Query, changed: dict[str, str]) -> Query:
    """The same query with other words in the place of some: {folded word: another}."""

    def other(word: str) -> str:
        return changed.get(word, word)

    text = query.text
    for word in reversed(list(words_of(text))):
        if word.folded in changed:
            text = f"{text[: word.start]}{changed[word.folded]}{text[word.end :]}"
    stems = {stem(word): stem(other(word)) for word in query.words}
    return Query(
        text=text,
        words=tuple(map(other, query.words)),
        all_of=tuple(
            tuple(tuple(stems.get(part, part) for part in phrase) for phrase in choices) for choices in query.all_of
        ),
        none_of=query.none_of,
        is_cut=query.is_cut,
    )


def loosely(query: Query, some: int) -> Query:
    """The same query where `some` of its parts are enough; itself where that makes no sense.

    Of any parts that could be missing together, and one more, one must be there.
    """
    parts = len(query.all_of)
    together = parts - some + 1
    if not 0 < some < parts or comb(parts, together) > MOST_CHOICES:
        return query
    choices = (tuple(chain(*several)) for several in combinations(query.all_of, together))
    return replace(query, all_of=tuple(choices), some=some)


def loosened(query: Query) -> Iterator[Query]:
    """With one part less being enough, then two, down to half of them, and to two."""
    parts = len(query.all_of)
    found = (loosely(query, some) for some in range(parts - 1, max(parts // 2, 2) - 1, -1))
    return (looser for looser in found if looser.some)


def parts_of(query: Query) -> list[Query]:
    """Each part as a query of its own; none where words are left out, which would belong to all of them."""
    typed = {stem(word): word for word in query.words}

    def written(phrase: Phrase) -> str:
        words = " ".join(typed[part] for part in phrase)
        return f'"{words}"' if len(phrase) > 1 else words

    return [parse(" OR ".join(map(written, choices))) for choices in query.all_of] if not query.none_of else []
