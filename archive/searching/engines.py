"""A query in the words of each database, and the few questions that are put to the index.

A title's stems stand in the index twice, as words and marked as a title's; what a list is narrowed by stands there too.
So that newest things come first without sorting everything that has a common word, a row's key holds its kind and day.
On PostgreSQL the table is parted by kind: each question reads one kind's rows, and it is known how common words are
there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection

from ..models.searching import Kind, pair, places_of
from .query import Phrase, Query

TITLE, BEGINNING, NARROWED = "=", "~", "@"
CAPPED = 1000  # more are counted as "more than"
COMMON = 1000  # rows of a kind, from which its newest are found along the keys; at most `CAPPED`


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query and what its results are narrowed by; `in_title` and `beside_title` part them without a rest."""

    query: Query
    facets: tuple[str, ...] = ()
    in_title: bool = False
    beside_title: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of one kind, newest first: as many as `limit`, after `offset`.

    Where words are `common` PostgreSQL walks along the keys until it has enough; else it sorts what the words' own
    index finds. It can't tell by itself: of words it doesn't know it supposes that they stand everywhere.
    """

    kind: Kind
    limit: int
    offset: int = 0
    common: bool = False


def in_fts5(wanted: Wanted) -> str:
    """https://www.sqlite.org/fts5.html#full_text_query_syntax; every token is quoted and holds no quote."""
    found = " AND ".join([_fts5_all(wanted.query, TITLE if wanted.in_title else ""), *map(_fts5_token, wanted.facets)])
    refused = [_fts5_phrase(phrase, "") for phrase in wanted.query.none_of]
    if wanted.beside_title:
        refused.append(f"({_fts5_all(wanted.query, TITLE)})")
    return f"({found}) NOT ({' OR '.join(refused)})" if refused else found


def _fts5_all(query: Query, mark: str) -> str:
    choices = (" OR ".join(_fts5_phrase(phrase, mark) for phrase in choices) for choices in query.all_of)
    return " AND ".join(f"({choice})" for choice in choices)


def _fts5_phrase(phrase: Phrase, mark: str) -> str:
    return '"' + " ".join(mark + token for token in phrase) + '"'


def _fts5_token(token: str) -> str:
    return f'"{NARROWED}{token}"'


def in_tsquery(wanted: Wanted) -> str:
    """https://www.postgresql.org/docs/current/datatype-textsearch.html; every token is quoted and holds no quote."""
    found = [_ts_all(wanted.query, TITLE if wanted.in_title else "")]
    found += [f"'{NARROWED}{token}'" for token in wanted.facets]
    found += [f"!({_ts_phrase(phrase, '')})" for phrase in wanted.query.none_of]
    if wanted.beside_title:
        found.append(f"!({_ts_all(wanted.query, TITLE)})")
    return " & ".join(found)


def _ts_all(query: Query, mark: str) -> str:
    choices = (" | ".join(f"({_ts_phrase(phrase, mark)})" for phrase in choices) for choices in query.all_of)
    return " & ".join(f"({choice})" for choice in choices)


def _ts_phrase(phrase: Phrase, mark: str) -> str:
    """Of neighbours, the index tells without a look at the rows; only in a longer phrase their order is looked at."""
    tokens = [mark + token for token in phrase]
    pairs = [f"'{pair(*two)}'" for two in pairwise(tokens)]
    if len(tokens) > 2:
        pairs.append(f"({' <-> '.join(map(_quoted, tokens))})")
    return " & ".join(pairs or map(_quoted, tokens))


def _quoted(token: str) -> str:
    return f"'{token}'"


def _beginnings_in_fts5(words: Sequence[str]) -> str:
    whole = [f'"{BEGINNING}{word}"' for word in words[:-1]]
    return " AND ".join([*whole, f'"{BEGINNING}{words[-1]}"*'])


def _beginnings_in_tsquery(words: Sequence[str]) -> str:
    whole = [f"'{BEGINNING}{word}'" for word in words[:-1]]
    return " & ".join([*whole, f"'{BEGINNING}{words[-1]}':*"])


# Questions


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def counts(wanted: Wanted, kinds: Sequence[Kind]) -> dict[Kind, int]:
    """How many of each kind there are, to `CAPPED` + 1. One query."""
    text = in_tsquery(wanted) if _is_postgresql() else in_fts5(wanted)
    parts = [
        f"SELECT {int(kind)}, count(*) FROM ({_found(kind)} LIMIT {CAPPED + 1}) AS part"  # noqa: S608  constants
        for kind in kinds
    ]
    return {Kind(kind): found for kind, found in _asked(parts, [text] * len(parts)) if found}


def keys(wanted: Wanted, slices: Sequence[Slice]) -> list[int]:
    """The keys of rows, kind by kind, newest first. One query."""
    return _newest(in_tsquery(wanted) if _is_postgresql() else in_fts5(wanted), slices)


def keys_that_begin(words: Sequence[str], slices: Sequence[Slice]) -> list[int]:
    """The keys of rows in whose titles all these words stand, the last of them perhaps not finished. One query."""
    written: Callable[[Sequence[str]], str] = _beginnings_in_tsquery if _is_postgresql() else _beginnings_in_fts5
    return _newest(written(words), slices)


def _newest(text: str, slices: Sequence[Slice]) -> list[int]:
    rows = _asked(map(_cut, slices), [value for cut in slices for value in (text, cut.limit, cut.offset)])
    return [key for (key,) in rows]


def _cut(cut: Slice) -> str:
    key = ("id" if cut.common else "id + 0") if _is_postgresql() else "rowid"
    return f"SELECT id FROM ({_found(cut.kind)} ORDER BY {key} DESC LIMIT %s OFFSET %s) AS part"  # noqa: S608  constants


def _found(kind: Kind) -> str:
    """Those of one kind; on PostgreSQL it is named which part they are in, which spares looking for it."""
    if _is_postgresql():
        return f"SELECT id FROM archive_passage_{int(kind)} WHERE tokens @@ %s::tsquery"  # noqa: S608  constants
    first, last = places_of(kind)
    found = "SELECT rowid AS id FROM archive_passage_words WHERE archive_passage_words MATCH %s"
    return f"{found} AND rowid BETWEEN {first} AND {last}"


def _asked(parts: Iterable[str], values: Sequence[Any]) -> list[tuple]:
    if not values:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return cursor.fetchall()
