"""What each line of a reply is: a question, the beginning of an earlier mail, the site's own words, or somebody's."""

import re
from collections.abc import Mapping, Sequence

from ..keys import plain_key
from .asking import Asking, Finder, Heading, bare
from .letters import Line, is_header, is_sign_off

MOST_LINES_OF_A_QUESTION = 3
LEAST_NUMBERS = 3
SHORTEST_KNOWN = 20
MOST_HEADERS = 20  # of earlier mails below each other
_NUMBER = re.compile(r"(\W{0,4}(?:[QA]|Question|Answer)?\s*(\d{1,2})\s*[.):]\W{0,3})(?=\s|$)\s*(.*)", re.IGNORECASE)
_WORD = re.compile(r"\w")


def headings_in(lines: Sequence[Line], finder: Finder) -> dict[int, tuple[Heading, int]]:
    """Where questions stand: first line → what it puts, how many lines it takes. Guesses only for what is not sure."""
    found: dict[int, tuple[Heading, int]] = {}
    at = 0
    while at < len(lines):
        taken = 1
        if _may_ask(lines[at], finder) and (hit := _sure(lines, at, finder)) is not None:
            found[at] = hit
            taken = hit[1]
        at += taken
    sure = {key for heading, _ in found.values() for key in heading.keys}
    best: dict[int, tuple[float, int, Heading]] = {}
    for at, line in enumerate(lines):
        if _may_ask(line, finder) and at not in found and (guess := finder.guess(line.text)) is not None:
            heading, share = guess
            key = heading.keys[0]
            if key not in sure and (key not in best or share > best[key][0]):
                best[key] = (share, at, heading)
    return found | {at: (heading, 1) for _, at, heading in best.values()}


def _may_ask(line: Line, finder: Finder) -> bool:
    """A cheap look first: whether it has as many characters as the shortest question, of which two may be wrong."""
    return len(line.text) >= max(1, finder.shortest - 2)


def _sure(lines: Sequence[Line], at: int, finder: Finder) -> tuple[Heading, int] | None:
    """Also where a mail program broke the question: its words go on in the next line."""
    line = lines[at]
    text, best = line.text, finder.sure(line.text)
    taken = 1 if best else 0
    for more in range(2, MOST_LINES_OF_A_QUESTION + 1):
        if at + more > len(lines) or not finder.begins(text):
            break
        following = lines[at + more - 1]
        if following.depth != line.depth or not following.text:
            break
        text = f"{text} {following.text}"
        if (heading := finder.sure(text)) is not None:
            best, taken = heading, more
    return (best, taken) if best else None


def numbers_in(lines: Sequence[Line], questions: Sequence[Asking], kinds: "Kinds") -> Mapping[int, tuple[Heading, int]]:
    """Answers above the questions, told apart by their numbers alone: "1. We map tides"."""
    found: dict[int, tuple[Heading, int]] = {}
    for at, line in enumerate(lines):
        match = _NUMBER.match(line.text)
        if match and line.depth == 0 and int(match[2]) == len(found) + 1 and not kinds.is_ours(line):
            if len(found) == len(questions):
                return {}
            found[at] = (Heading((questions[len(found)].key,), match[1].strip(), match[3].strip()), 1)
    return found if len(found) >= LEAST_NUMBERS else {}


class Kinds:
    """What each line is, as far as it can be told without the ones around it."""

    def __init__(self, lines: list[Line], headings: dict[int, tuple[Heading, int]], known: frozenset[str]) -> None:
        self.lines, self.headings, self._known = lines, headings, known
        self._long = [key for key in known if len(key) >= SHORTEST_KNOWN]
        self._of_headings = {at + n for at, (_, taken) in headings.items() for n in range(taken)}
        self.headers = {at for at in range(len(lines)) if at not in self._of_headings and is_header(lines, at)}
        self.depth = self._depth()
        self.begin_of_earlier = self._begin_of_earlier()

    def is_ours(self, line: Line) -> bool:
        key = plain_key(bare(line.text)) if len(line.text) < 1200 else ""
        if not key or key in self._known:
            return bool(key)
        # A mail program may have broken it.
        is_long, is_some = len(key) >= SHORTEST_KNOWN, len(key.split()) > 2
        return any((is_long and key in known) or (is_some and known.endswith(f" {key}")) for known in self._long)

    def is_content(self, at: int) -> bool:
        line = self.lines[at]
        return bool(_WORD.search(line.text)) and at not in self._of_headings and not self.is_ours(line)

    def has_answer(self, at: int, *, last: int) -> bool:
        """Whether an answer stands between this heading and the next one, at most up to line `last`."""
        heading, taken = self.headings[at]
        if heading.rest:
            return True
        for following in range(at + taken, last):
            line = self.lines[following]
            if following in self.headings or following in self.headers or is_sign_off(line.text):
                return False
            if line.depth <= self.depth and self.is_content(following):
                return True
        return False

    def answers_follow(self, end: int, begin: int = 0, *, leave_last: bool = False) -> bool:
        places = sorted(at for at in self.headings if begin <= at < end)
        return any(self.has_answer(at, last=end) for at in (places[:-1] if leave_last else places))

    def _depth(self) -> int:
        """How deep the answers are quoted: as little as may be, and more where a colleague has passed them on."""
        if not self.headings:
            return 0
        first = min(self.headings)
        after = [at for at in range(first, len(self.lines)) if self.is_content(at) and at not in self.headers]
        if any(self.headings[at][0].rest and self.lines[at].depth == 0 for at in self.headings):
            return 0
        return min((self.lines[at].depth for at in after if not is_sign_off(self.lines[at].text)), default=0)

    def _begin_of_earlier(self) -> int:
        """The line at which an earlier mail begins that holds no answers; the number of lines where there is none.

        Below it the questions are only repeated. One whose questions have answers between them is where they are.
        """
        end = len(self.lines)
        for at in sorted(self.headers)[:MOST_HEADERS]:
            if not self.answers_follow(end, at, leave_last=True):
                return at
        return end
