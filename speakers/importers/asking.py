"""Standard questions found in a reply, however a mail program or its writer has changed their words."""

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..keys import plain_key

LONGEST_HEADING = 400
ALIKE = 0.86  # of two wordings: "What are the main hurdles" and "What were the main hurdles" are 0.94
LEAST_WORDS = 4  # of a wording that may stand within a longer line
ROOM = 60  # characters around it there
LEAST_SHARE = 0.5  # of a shortened question's telling words that are the question's own
LEAST_SHARE_OF_A_PIECE = 0.75
LEAST_LEAD = 0.15  # before the next question
MOST_WORDS = 25
STEM = 5
LITTLE = frozenset(
    "a an and are as at be been by can could do does did for from has have how i if in is it its of on one or our so "
    "some than that the their them there they this to us was we were what when where which who why will with would you "
    "your yours please tell".split()
)
_END = re.compile(r"[?？]+[\"”’']?(?:\*\*|_)*(?=\s|$)")
_BOLD = re.compile(r"\*\*((?:\\.|[^\\\n])+?)\*\*:?")
_LINK = re.compile(r"\[((?:\\.|[^\\\[\]\n])*)\]\([^\s()]*\)")
_AND = re.compile(r"\s*(?:[?？/&+;]+|,?\s\b(?:and|AND)\b)\s+")
_ASIDE = re.compile(r"\([^()]{1,60}\)[*_:]*")
_HEADS = re.compile(r"^[\s>*_]*(?:\(?(?:q|question)?\s*\d{1,2}\s*[.):]|q\s*[:.])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as a reply may put it: the wording in which it was asked, present and former ones, its short name."""

    key: int
    wordings: tuple[str, ...]
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that puts one question, or several at once; `rest` is an answer that begins on the same line."""

    keys: tuple[int, ...]
    words: str
    rest: str = ""


def bare(line: str) -> str:
    """The words of a line, without the marks of bold, italics and links."""
    words = _LINK.sub(r"\1", line).replace("**", "")
    words = re.sub(r"(?<!\w)_|_(?!\w)", "", words)
    return re.sub(r"\\(.)", r"\1", words)


class Finder:
    """Looks for questions in lines. A line that has a question's words is sure; a shortened one is a guess."""

    def __init__(self, questions: Sequence[Asking]) -> None:
        self.questions = list(questions)
        self._exact: dict[str, int] = {}
        self._short: dict[str, int] = {}
        self._stems: dict[int, set[str]] = {}
        for question in self.questions:
            for wording in question.wordings:
                if key := plain_key(wording):
                    self._exact.setdefault(key, question.key)
            if key := plain_key(question.short_name):
                self._short.setdefault(key, question.key)
            self._stems[question.key] = set(_stems(" ".join([*question.wordings, question.short_name])))
        self._longest = max(map(len, self._exact), default=0) + ROOM
        self.shortest = min(map(len, [*self._exact, *self._short]), default=0)
        known = Counter(stem for stems in self._stems.values() for stem in stems)
        self._weight = {stem: 1 / count for stem, count in known.items()}

    # Sure

    def sure(self, line: str) -> Heading | None:
        """Questions whose words, or nearly those, this line begins with."""
        heading = self._first(line)
        while heading is not None and "?" in heading.rest[:LONGEST_HEADING]:
            # A second question may follow on the same line.
            after = self._first(heading.rest)
            if after is None or set(after.keys) & set(heading.keys):
                break
            heading = Heading(heading.keys + after.keys, f"{heading.words} {after.words}", after.rest)
        return heading

    def _first(self, line: str) -> Heading | None:
        cuts = [(words, rest, plain_key(bare(words))) for words, rest in _cuts(line)]
        for look in (self._exactly, self._alike, self._within):
            for words, rest, key in cuts:
                if found := look(key):
                    is_aside = bool(_ASIDE.fullmatch(rest))
                    return Heading(found, f"{words} {rest}" if is_aside else words, "" if is_aside else rest)
        return self._joined(line)

    def _exactly(self, key: str) -> tuple[int, ...]:
        return (self._exact[key],) if key in self._exact else ()

    def begins(self, line: str) -> bool:
        """Whether a question's words begin with this line and go on after it."""
        key = plain_key(bare(line))
        return len(key.split()) > 1 and any(known.startswith(f"{key} ") for known in self._exact)

    def _within(self, key: str) -> tuple[int, ...]:
        """The questions whose whole wording stands in a line that has little else, in the line's order."""
        if len(key) > 2 * self._longest:
            return ()
        places = {
            found: (key.index(known), len(known))
            for known, found in self._exact.items()
            if len(known.split()) >= LEAST_WORDS and known in key
        }
        if not places or len(key) > sum(length for _, length in places.values()) + ROOM:
            return ()
        return tuple(sorted(places, key=lambda found: places[found]))

    def _alike(self, key: str) -> tuple[int, ...]:
        if not key or len(key) > self._longest or len(key.split()) < LEAST_WORDS:
            return ()
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        best = ALIKE
        found: tuple[int, ...] = ()
        for known, question in self._exact.items():
            matcher.set_seq1(known)
            if matcher.real_quick_ratio() < best or matcher.quick_ratio() < best:
                continue
            if (ratio := matcher.ratio()) >= best:
                best, found = ratio, (question,)
        return found

    def _joined(self, line: str) -> Heading | None:
        """Two questions put as one: "What is the problem, and what difference will it make?"."""
        if len(line) > LONGEST_HEADING or not bare(line).rstrip(" :\"”'").endswith("?"):
            return None
        pieces = [piece for piece in _AND.split(bare(line).rstrip("?: ")) if piece.strip()]
        if not 1 < len(pieces) < 5:
            return None
        found = [self._of_a_piece(piece) for piece in pieces]
        if None in found or len(set(found)) != len(found):
            return None
        return Heading(tuple(key for key in found if key is not None), line)

    def _of_a_piece(self, piece: str) -> int | None:
        key = plain_key(piece)
        exact = self._exactly(key) or self._alike(key)
        return exact[0] if exact else self._likeliest(piece, least=LEAST_SHARE_OF_A_PIECE)[0]

    # Guesses

    def guess(self, line: str) -> tuple[Heading, float] | None:
        """A question that was shortened or named by its short name, and how good the guess is; only of a heading."""
        for words, rest in _cuts(line):
            key = plain_key(bare(words))
            if key in self._short and (not rest or _is_heading(words, rest)):
                return Heading((self._short[key],), words, rest), 0.9
            if len(key.split()) <= MOST_WORDS and _is_heading(words, rest):
                found, share = self._likeliest(bare(words), least=LEAST_SHARE)
                if found is not None:
                    return Heading((found,), words, rest), 0.8 * share
        return None

    def _likeliest(self, words: str, *, least: float) -> tuple[int | None, float]:
        stems = set(_stems(words))
        if not stems:
            return None, 0
        whole = math.fsum(self._weight.get(stem, 1) for stem in stems)
        shares = sorted(
            (
                (math.fsum(self._weight[stem] for stem in stems & own) / whole, -key)
                for key, own in self._stems.items()
                if any(self._weight[stem] == 1 for stem in stems & own)
            ),
            reverse=True,
        )
        if not shares or shares[0][0] < least or (len(shares) > 1 and shares[0][0] - shares[1][0] < LEAST_LEAD):
            return None, 0
        return -shares[0][1], shares[0][0]


def _stems(words: str) -> Iterable[str]:
    return (word[:STEM] for word in re.findall(r"[^\W_]+", plain_key(words)) if word not in LITTLE and len(word) > 1)


def _cuts(line: str) -> Iterable[tuple[str, str]]:
    """Where a heading may end: with the line, after its first question marks, its bold words, its first colon."""
    ends = {len(line)} if len(line) <= LONGEST_HEADING else set()
    start = line[:LONGEST_HEADING]
    ends |= {match.end() for match, _ in zip(_END.finditer(start), range(3), strict=False)}
    if (bold := _BOLD.search(start)) is not None and not re.search(r"[^\W\d_]{3}", start[: bold.start()]):
        ends.add(bold.end())
    if 0 < (colon := start.find(": ")) <= ROOM:
        ends.add(colon + 1)
    for end in sorted(ends, reverse=True):
        words, rest = line[:end].strip(), line[end:].strip()
        if words.count("**") % 2:
            words, rest = f"{words}**", f"**{rest}" if rest else ""
        yield words, rest


def _is_heading(words: str, rest: str) -> bool:
    """A line by itself that asks, announces, is numbered or bold; one that goes on has to be marked as well."""
    plain = bare(words).rstrip(" \"”'")
    is_marked = bool(_HEADS.match(words)) or bool(_BOLD.fullmatch(re.sub(r"^[\s\d.)>#-]+", "", words)))
    if rest:
        return is_marked
    return is_marked or plain.endswith(("?", ":"))
