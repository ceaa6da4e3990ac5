"""A whole reply split into its answers. Every word of it is in exactly one place of what comes out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ..keys import plain_key
from ..markup import tidy_text
from .asking import Asking, Finder
from .letters import is_greeting, is_header_field, is_sign_off, mended, read_lines, width_of
from .marking import Kinds, headings_in, numbers_in

_ANSWER = re.compile(r"((?:\*\*)?(?:A|Answer|Response)\s*\d{0,2}\s*[:.)](?:\*\*)?)\s+(.*)", re.IGNORECASE)
_WORD = re.compile(r"\w")


class Where(StrEnum):
    """Where words stood that have no place of their own."""

    BEFORE = "before", "Above the first question"
    SECOND = "second", "A second answer to the same question"
    QUOTED = "quoted", "Quoted from an earlier mail"
    EARLIER = "earlier", "An earlier mail below yours"
    AFTER = "after", "After your answers"
    GREETING = "greeting", "A greeting"

    label: str

    def __new__(cls, value: str, label: str) -> "Where":
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    @property
    def is_chaff(self) -> bool:
        """Whether nobody will miss it."""
        return self in (Where.QUOTED, Where.EARLIER, Where.GREETING, Where.AFTER)


@dataclass(slots=True)
class Found:
    """What was found for one question: the lines that put it, and the answer. `answered_with` is another question."""

    headings: list[str] = field(default_factory=list)
    text: str = ""
    answered_with: int | None = None


@dataclass(slots=True)
class Loose:
    """Words without a place; `about` is the question they may belong to."""

    where: Where
    text: str
    about: int | None = None


@dataclass(slots=True)
class Reply:
    """`ours` are lines of the question sheet itself, or of the guidance."""

    found: dict[int, Found]
    loose: list[Loose]
    ours: list[str]

    @property
    def answered(self) -> int:
        return sum(bool(found.text) for found in self.found.values())


def split(text: str, questions: Sequence[Asking], *, ours: Iterable[str] = (), is_typed: bool = True) -> Reply:
    """The answers in a reply. Never raises, whatever the text.

    `ours` are lines that the site itself wrote: guidance, the question sheet. `is_typed` says that the text went
    through a mail program or hands, which break lines; a Word file's paragraphs are as they are.
    """
    text = tidy_text(text)
    lines = read_lines(text, is_mail=is_typed)
    finder = Finder(questions)
    known = frozenset(filter(None, map(plain_key, ours)))
    headings = headings_in(lines, finder)
    kinds = Kinds(lines, headings, known)
    if not kinds.answers_follow(kinds.begin_of_earlier):
        headings |= numbers_in(lines[: kinds.begin_of_earlier], questions, kinds)
        kinds = Kinds(lines, headings, known)
    width = width_of(text) if is_typed else -1
    return _Splitter(kinds, questions, width=width).split()


class _Splitter:
    """Takes the lines in order; a line goes where the last heading or turn says."""

    def __init__(self, kinds: Kinds, questions: Sequence[Asking], *, width: int) -> None:
        self._kinds, self._width = kinds, width
        self._reply = Reply({question.key: Found() for question in questions}, [], [])
        self._lines: list[str] = []
        self._key: int | None = None
        self._where: Where = Where.BEFORE

    def split(self) -> Reply:
        at = 0
        while at < len(self._kinds.lines):
            at += self._take(at)
        self._end()
        self._suggest()
        return self._reply

    def _suggest(self) -> None:
        """As many paragraphs as questions, and no question among them: likely the answers, in order."""
        parts = [loose for loose in self._reply.loose if loose.where == Where.BEFORE]
        if not self._kinds.headings and len(parts) == len(self._reply.found):
            for loose, key in zip(parts, self._reply.found, strict=True):
                loose.about = key

    def _take(self, at: int) -> int:
        """Place one line, or the lines of a question; returns how many."""
        line = self._kinds.lines[at]
        if at == self._kinds.begin_of_earlier:
            self._turn(Where.EARLIER)
        if at >= self._kinds.begin_of_earlier:
            self._lines.append(line.raw)
        elif at in self._kinds.headings:
            return self._put(at)
        elif not line.text:
            self._lines.append("")
        elif self._kinds.is_ours(line):
            self._reply.ours.append(line.text)
        elif at in self._kinds.headers or (self._where == Where.QUOTED and self._key is None and is_header_field(line)):
            self._turn(Where.QUOTED)
            self._lines.append(line.raw)
        elif line.depth > self._kinds.depth:
            self._add(Loose(Where.QUOTED, line.raw))
        elif self._key is None and self._where == Where.BEFORE and is_greeting(line.text):
            self._reply.loose.append(Loose(Where.GREETING, line.text))
        else:
            if is_sign_off(line.text):
                self._turn(Where.AFTER if self._kinds.headings else self._where)
            self._lines.append(line.text)
        return 1

    def _put(self, at: int) -> int:
        """A question: what follows is its answer, unless it has one already."""
        heading, taken = self._kinds.headings[at]
        self._end()
        first, *others = heading.keys
        self._reply.found[first].headings.append(heading.words)
        for other in others:
            if not self._reply.found[other].text:
                self._reply.found[other].answered_with = first
        self._key = first
        rest = heading.rest
        if (marked := _ANSWER.fullmatch(rest)) is not None:
            self._reply.found[first].headings.append(marked[1])
            rest = marked[2]
        self._lines = [rest] if rest else []
        return taken

    def _turn(self, where: Where) -> None:
        self._end()
        self._key, self._where = None, where

    def _end(self) -> None:
        """Close what is being read."""
        lines, self._lines = self._lines, []
        key = self._key
        # Mail programs rule lines between what they put together.
        counts = str.strip if self._width < 0 else _WORD.search
        while lines and not counts(lines[0]):
            lines.pop(0)
        while lines and not counts(lines[-1]):
            lines.pop()
        if not lines:
            return
        if key is None:
            self._keep_loose(lines)
            return
        found = self._reply.found[key]
        if not found.text and (marked := _ANSWER.fullmatch(lines[0])) is not None:
            found.headings.append(marked[1])
            lines[0] = marked[2]
        text = self._mended(lines)
        if found.text:
            self._reply.loose.append(Loose(Where.SECOND, text, key))
        else:
            found.text, found.answered_with = text, None

    def _keep_loose(self, lines: list[str]) -> None:
        """Of a reply without any question each paragraph can be placed for itself."""
        text = "\n".join(lines) if self._where in (Where.QUOTED, Where.EARLIER) else self._mended(lines)
        if self._kinds.headings or self._where != Where.BEFORE:
            self._add(Loose(self._where, text))
        else:
            self._reply.loose += [Loose(Where.BEFORE, part) for part in re.split(r"\n{2,}", text) if part.strip()]

    def _add(self, loose: Loose) -> None:
        before = self._reply.loose[-1] if self._reply.loose else None
        if before is not None and before.where == loose.where and loose.where.is_chaff:
            before.text += f"\n{loose.text}"
        else:
            self._reply.loose.append(loose)

    def _mended(self, lines: list[str]) -> str:
        return "\n".join(lines) if self._width < 0 else mended(lines, width=self._width)
