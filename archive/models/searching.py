"""The search index: what readers may find, one row for each thing, and every word that stands in it.

The migration adds to each database what finds words fast: a GIN index on PostgreSQL, on SQLite an FTS5 table that
triggers keep in step. A later migration that makes this table anew on SQLite must make the triggers anew too.
"""

import datetime as dt
from itertools import pairwise
from typing import Any

from django.db import models


class Kind(models.IntegerChoices):
    """What is found. The number is part of each row's key; on PostgreSQL each has its own part of the table."""

    EVENING = 1, "Evenings"
    TALK = 2, "Talks"
    STANDARD = 3, "Asked of every speaker"
    ANSWER = 4, "Answers"
    QUESTION = 5, "Questions from the audience"
    PERSON = 6, "People"
    ORGANISATION = 7, "Organisations"
    TOPIC = 8, "Topics"
    RECORDING = 9, "Said in recordings"
    ASK = 10, "Asked of the room"
    PROMISE = 11, "Promises"
    REPLY = 12, "What became of promises"
    LINK = 13, "Links"
    CORRECTION = 14, "Corrections"
    HOST = 15, "Hosts"


def pair(token: str, following: str) -> str:
    """Two neighbours as one token."""
    return f"{token}+{following}"


class TokensField(models.TextField):
    """A list of tokens in their order; "" keeps the two sides of it apart for phrases.

    On PostgreSQL a tsvector written out (https://www.postgresql.org/docs/current/datatype-textsearch.html), so that no
    dictionary of the server's has a say; on SQLite the tokens with spaces, for FTS5.

    GIN knows no positions: for a phrase PostgreSQL would read each row in which its words stand at all. So there
    every two neighbours stand as one token too, `pair`.
    """

    LAST_POSITION = 16_383
    GAP = "."
    UNPAIRED = ("~", "@")  # what is never looked for in a phrase

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not isinstance(value, list):
            return value
        if connection.vendor == "postgresql":
            return self._written_out(value)
        return " ".join(token or self.GAP for token in value)

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, values = compiler.compile(value) if hasattr(value, "as_sql") else ("%s", (value,))
        return (f"{sql}::tsvector" if connection.vendor == "postgresql" else sql), values

    def _written_out(self, tokens: list[str]) -> str:
        places: dict[str, list[int]] = {}
        for place, token in enumerate(tokens, 1):
            if token:
                places.setdefault(token, []).append(min(place, self.LAST_POSITION))
        written = [f"'{token}':{','.join(map(str, found[:200]))}" for token, found in places.items()]
        return " ".join([*written, *(f"'{two}'" for two in self._pairs(tokens))])

    def _pairs(self, tokens: list[str]) -> list[str]:
        words = [token if not token.startswith(self.UNPAIRED) else "" for token in tokens]
        return list(dict.fromkeys(pair(one, other) for one, other in pairwise(words) if one and other))


class Passage(models.Model):
    """Something to find. The key says its kind and its day, so the newest of a kind are at one end of the index."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    source = models.BigIntegerField(help_text="The key of what it was made from.")
    owner = models.CharField(max_length=40, db_index=True, help_text="With what it is made anew, such as “evening 7”.")
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    who = models.TextField(blank=True, help_text="Whose words they are, as they were on the day.")
    also = models.TextField(blank=True, help_text="Names under which it is found beside its own, one a line.")
    place = models.TextField(blank=True, help_text="Where it was said.")
    place_url = models.TextField(blank=True)
    url = models.TextField()
    day = models.DateField(null=True)
    names = models.TextField(blank=True, help_text="Of an evening: whose own rows say when they last spoke, by owner.")
    tokens = TokensField()
    digest = models.CharField(max_length=40, help_text="Of all the above: equal, and nothing is written.")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title or self.text[:60]


class Stale(models.Model):
    """What has to be made anew and hasn't been yet; the sweep does it."""

    owner = models.CharField(max_length=40, primary_key=True)

    class Meta:
        ordering = ("owner",)

    def __str__(self) -> str:
        return self.owner


class IndexedWord(models.Model):
    """A word that stands in the index, as it is written there: what a typing error may have meant."""

    word = models.CharField(max_length=60, primary_key=True)
    initial = models.CharField(max_length=1)
    length = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0, help_text="In how many passages it stood when it was last counted.")

    class Meta:
        ordering = ("word",)
        indexes = [models.Index(fields=("initial", "length"), name="archive_words_alike")]

    def __str__(self) -> str:
        return self.word


_KIND_BITS, _DAY_BITS, _KEY_BITS = 57, 40, (1 << 40) - 1
_FIRST_DAY = dt.date(1970, 1, 1)


def place_of(kind: int, day: dt.date | None, key: int) -> int:
    """The key of a row: by kind, then by day, then as the keys of what it was made from go down."""
    days = max(0, ((day or _FIRST_DAY) - _FIRST_DAY).days)
    return (kind << _KIND_BITS) + (days << _DAY_BITS) + (_KEY_BITS - key)


def kind_of(place: int) -> Kind:
    return Kind(place >> _KIND_BITS)


def places_of(kind: int) -> tuple[int, int]:
    """The first and the last key that a kind may have."""
    return kind << _KIND_BITS, ((kind + 1) << _KIND_BITS) - 1
