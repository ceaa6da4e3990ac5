"""The words that were looked for, marked in the sentence in which they stand."""

import re
from collections.abc import Collection

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import words_of

LONGEST = 240  # letters of a sentence that are shown
_SENTENCE = re.compile(r"[^.!?…]*(?:[.!?…]+(?:[\"'”’)\]]*)(?=\s|$)|$|[.!?…])", re.DOTALL)
_READ = 20_000  # letters in which a sentence is looked for


def marked(text: str, stems: Collection[str]) -> SafeString:
    """The whole text, escaped, with `<mark>` around each of the words."""
    parts: list[str] = []
    done = 0
    for word in words_of(text):
        if word.stem in stems:
            parts += [escape(text[done : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
            done = word.end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308  every piece is escaped


def in_its_sentence(text: str, stems: Collection[str]) -> SafeString:
    """The sentence with most of the words, cut around them where it is long; the beginning where none has any."""
    found = [sentence for sentence in sentences(text[:_READ]) if sentence]
    best = max(found, key=lambda sentence: _score(sentence, stems), default="")
    return marked(_cut(best, stems), stems)


def sentences(text: str) -> list[str]:
    """Roughly: what ends with a stop and a space. One that is very short takes the next one along."""
    kept: list[str] = []
    for part in _SENTENCE.findall(text):
        if kept and len(kept[-1]) < LONGEST // 4:
            kept[-1] += part
        else:
            kept.append(part)
    return [" ".join(sentence.split()) for sentence in kept]


def _score(sentence: str, stems: Collection[str]) -> int:
    return len({word.stem for word in words_of(sentence)} & set(stems))


def _cut(sentence: str, stems: Collection[str]) -> str:
    """A long sentence from a little before its first word that fits, at whole words."""
    if len(sentence) <= LONGEST:
        return sentence
    first = next((word.start for word in words_of(sentence) if word.stem in stems), 0)
    start = 0 if first < LONGEST // 2 else sentence.rfind(" ", 0, first - LONGEST // 4) + 1
    end = sentence.rfind(" ", start, start + LONGEST)
    if end <= max(start, first):
        end = start + LONGEST
    rest = "…" if end < len(sentence) else ""
    return f"{'… ' if start else ''}{sentence[start:end]}{rest}"
