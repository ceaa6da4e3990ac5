"""The standard questions that every speaker is asked, found in a write-up."""

from collections.abc import Mapping
from dataclasses import dataclass

from speakers.keys import plain_key

DEFAULT_QUESTIONS: Mapping[str, str] = {
    "Can you summarise your project in a few sentences?": "summary",
    "What problem are you trying to solve?": "problem",
    "What difference will it make to citizens?": "difference",
    "How will you know when it’s succeeded?": "success",
    "What are the main hurdles?": "hurdles",
    "If you could change one thing about data in government, what would it be?": "change",
}
"""Wording → slug, for a series that has no questions of its own yet."""

_ROOM_FOR_MARKS = 24
_LEAST_WORDS_TO_RUN_ON = 4


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """A standard question found in a line. `rest` is an answer that began on the same line."""

    slug: str
    wording: str
    rest: str = ""


class QuestionReader:
    """Finds standard questions whatever their case, quotes, numbering and last punctuation.

    `questions` maps wordings, current and former, to slugs.
    """

    def __init__(self, questions: Mapping[str, str]) -> None:
        self._slugs = {key: slug for wording, slug in questions.items() if (key := plain_key(wording))}
        self._shortest = min(map(len, self._slugs), default=0)
        self._longest = max(map(len, self._slugs), default=0) + _ROOM_FOR_MARKS
        self._running = frozenset(key for key in self._slugs if len(key.split()) >= _LEAST_WORDS_TO_RUN_ON)

    def read(self, line: str) -> StandardQuestion | None:
        if self._shortest <= len(line) <= self._longest:
            slug = self._slugs.get(plain_key(line))
            if slug is not None:
                return StandardQuestion(slug, line)
        return self._read_run_on(line) if "? " in line[: self._longest] else None

    def _read_run_on(self, line: str) -> StandardQuestion | None:
        """A question and its answer pasted as one line: "…? We are …"."""
        end = line.find("? ") + 1
        if plain_key(line[:end]) not in self._running:
            return None
        rest = line[end:].lstrip()
        gap = len(line) - len(rest) - 1
        return StandardQuestion(self._slugs[plain_key(line[:end])], line[:gap], rest) if line[gap] == " " else None
