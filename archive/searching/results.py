"""What was found, ready to read: in groups, the newest first, what has the words in its title before the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from pages.english import counted, in_words

from ..choices import Chosen
from ..models import Kind, Passage
from ..models.searching import kind_of
from . import engines
from .documents import UNTITLED
from .engines import CAPPED, Slice, Wanted
from .guarding import public
from .marking import in_its_sentence, marked
from .query import Query, parts_of
from .words import telling, words_of

PER_GROUP = 5
PER_PAGE = 32
# In the order of the page: the group's name in the address, one of it, many of it.
NAMES = {
    Kind.EVENING: ("evenings", "evening", "evenings"),
    Kind.TALK: ("talks", "talk", "talks"),
    Kind.STANDARD: ("asked", "question asked of every speaker", "questions asked of every speaker"),
    Kind.ANSWER: ("answers", "answer", "answers"),
    Kind.QUESTION: ("questions", "question from the audience", "questions from the audience"),
    Kind.RECORDING: ("recordings", "moment in a recording", "moments in recordings"),
    Kind.ASK: ("asks", "thing asked of you", "things asked of you"),
    Kind.PROMISE: ("promises", "promise", "promises"),
    Kind.REPLY: ("replies", "reply about a promise", "replies about promises"),
    Kind.LINK: ("links", "link", "links"),
    Kind.CORRECTION: ("corrections", "corrected page", "corrected pages"),
    Kind.PERSON: ("people", "person", "people"),
    Kind.ORGANISATION: ("organisations", "organisation", "organisations"),
    Kind.TOPIC: ("topics", "topic", "topics"),
    Kind.HOST: ("hosts", "host", "hosts"),
}
ORDER = list(NAMES)  # of the page
Counts = dict[Kind, int]
NOUNS = (Kind.PERSON, Kind.ORGANISATION, Kind.TOPIC, Kind.HOST)
KINDS = {name: kind for kind, (name, *_) in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, its words marked."""

    row: Passage
    stems: frozenset[str]

    @property
    def kind(self) -> str:
        return NAMES[Kind(self.row.kind)][0]

    def is_called(self, words: list[str]) -> bool:
        """Whether these, and no others, are one of its names; of a person, a part of it."""
        names = [self.row.title, *self.row.also.splitlines()] if words and self.row.kind in NOUNS else []
        if self.row.kind == Kind.PERSON:
            return any(set(words) <= set(telling(name)) for name in names)
        return any(telling(name) == words for name in names)

    @property
    def is_dated(self) -> bool:
        return self.row.kind not in NOUNS

    @property
    def title(self) -> SafeString:
        # Of an answer it is the question, in which nothing was looked for.
        return marked(self.row.title, frozenset() if Kind(self.row.kind) in UNTITLED else self.stems)

    @property
    def sentence(self) -> SafeString:
        return in_its_sentence(self.row.text, self.stems)

    @property
    def under(self) -> SafeString:
        """Another of its names, where nothing else that is shown says why it was found."""
        shown = f"{self.row.title}\n{self.row.text}\n{self.row.who}"
        if any(word.stem in self.stems for word in words_of(shown)):
            return SafeString("")
        found = (marked(name, self.stems) for name in self.row.also.splitlines())
        return next((name for name in found if "<mark>" in name), SafeString(""))

    @property
    def who(self) -> SafeString:
        return marked(self.row.who, self.stems)


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind. `count` is at most one more than is counted."""

    kind: Kind
    count: int
    hits: list[Hit]

    @property
    def name(self) -> str:
        return NAMES[self.kind][0]

    @property
    def many(self) -> str:
        return NAMES[self.kind][2]

    @property
    def heading(self) -> str:
        """ "Three talks", "More than 1,000 answers"."""
        _, one, many = NAMES[self.kind]
        if self.count > CAPPED:
            return f"More than {in_words(CAPPED)} {many}"
        words = counted(self.count, one, many)
        return f"{words[0].upper()}{words[1:]}"

    @property
    def figure(self) -> str:
        return f"{CAPPED:,}+" if self.count > CAPPED else f"{self.count:,}"

    @property
    def has_more(self) -> bool:
        return self.count > len(self.hits)


def facets_of(chosen: Chosen) -> tuple[str, ...]:
    return tuple(f"{name}-{value}" for name, value in chosen.items())


def overview(query: Query, chosen: Chosen, counts: Counts | None = None) -> list[Group]:
    """Every kind of which something was found, with the first few. Five queries, and one for each kind.

    What is called just what was typed comes first, and its kind with it. `counts` are known already, or asked for.
    """
    if not query:
        return []
    facets = facets_of(chosen)
    if counts is None:
        counts = engines.counts(Wanted(query, facets), ORDER)
    first = _first_few(query, facets, counts)
    typed = telling(" ".join(query.words))
    hits = sorted(hits_of(first, query), key=lambda hit: not hit.is_called(typed))
    found = [
        Group(kind, counts[kind], [hit for hit in hits if hit.row.kind == kind]) for kind in ORDER if kind in counts
    ]
    groups = [group for group in found if group.hits]
    return sorted(groups, key=lambda group: not group.hits[0].is_called(typed))


def _first_few(query: Query, facets: tuple[str, ...], counts: Counts) -> list[int]:
    """Their keys."""
    limits = {kind: min(PER_GROUP, count) for kind, count in counts.items()}
    titled = [Slice(kind, limit) for kind, limit in limits.items() if kind not in UNTITLED]
    first = engines.keys(Wanted(query, facets, in_title=True), titled)
    kinds = [kind_of(key) for key in first]
    short = [
        Slice(kind, limit - kinds.count(kind), common=counts[kind] > engines.COMMON)
        for kind, limit in limits.items()
        if kinds.count(kind) < limit
    ]
    rest = engines.keys(Wanted(query, facets, beside_title=True), short)
    return [*first, *rest]


def rarest_part(query: Query, chosen: Chosen) -> tuple[Query, Counts] | None:
    """The part of which there is least, and how much; None where there is nothing of any. One query for each."""
    facets = facets_of(chosen)
    found = [(part, engines.counts(Wanted(part, facets), ORDER)) for part in parts_of(query)]
    return min((row for row in found if row[1]), key=lambda row: sum(row[1].values()), default=None)


def hits_of(keys: Sequence[int], query: Query) -> list[Hit]:
    """In the order of the keys; nothing that readers may no longer see."""
    rows = Passage.objects.defer("tokens", "names", "digest").in_bulk(keys)
    return [Hit(row, query.stems) for row in public(rows[key] for key in keys if key in rows)]


class Ranked:
    """All that was found of one kind, as a sequence that a Paginator can cut: its slices are lists of hits."""

    def __init__(self, query: Query, chosen: Chosen, kind: Kind) -> None:
        self.query, self.facets, self.kind = query, facets_of(chosen), kind

    @cached_property
    def count(self) -> int:
        """To one more than is counted."""
        return engines.counts(self._wanted(), [self.kind]).get(self.kind, 0) if self.query else 0

    @cached_property
    def titled(self) -> int:
        if self.kind in UNTITLED or not self.count:
            return 0
        return engines.counts(self._wanted(in_title=True), [self.kind]).get(self.kind, 0)

    def __len__(self) -> int:
        return min(self.count, CAPPED)

    def in_pages(self) -> Paginator:
        return Paginator(cast(Sequence[Hit], self), PER_PAGE)

    def __getitem__(self, part: slice) -> list[Hit]:
        keys: list[int] = []
        if part.start < self.titled:
            cut = Slice(self.kind, min(part.stop, self.titled) - part.start, part.start)
            keys += engines.keys(self._wanted(in_title=True), [cut])
        if part.stop > self.titled:
            offset = max(0, part.start - self.titled)
            cut = Slice(self.kind, part.stop - self.titled - offset, offset, common=self.count > engines.COMMON)
            keys += engines.keys(self._wanted(beside_title=bool(self.titled)), [cut])
        return hits_of(keys, self.query)

    def _wanted(self, *, in_title: bool = False, beside_title: bool = False) -> Wanted:
        return Wanted(self.query, self.facets, in_title=in_title, beside_title=beside_title)
