"""Rows that a test begins from, made once in a process and put back as they were: making pages costs most of a test.

    @pytest.fixture
    @remembered
    def evening():
        return make_an_evening()

The first test makes them through the product's own actions; the next ones get the same rows, keys and all. Where they
don't fit in, because the test has rows of its own with the same keys, they are made again.
"""

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from wagtail.models import Page

type Row = tuple[Any, ...]
# Notes of what is still to be done once the transaction is committed: what waits for that isn't put back.
LEFT_OUT = {"archive_stale"}


@dataclass(frozen=True, slots=True)
class Written:
    """What a function wrote into one table."""

    table: str
    columns: list[str]
    added: list[Row]
    changed: list[Row]


def remembered[**P, T](make: Callable[P, T]) -> Callable[P, T]:
    """`make` gives models, or lists, tuples and dictionaries of them, and depends on nothing but its arguments."""
    memory: dict[Any, tuple[T, list[Written]]] = {}

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, tuple(kwargs.items()))
        if key not in memory:
            before = everything()
            value = make(*args, **kwargs)
            memory[key] = value, differences(before, everything())
            return fresh(value)
        value, written = memory[key]
        try:
            with transaction.atomic():
                put_back(written)
        except IntegrityError:
            return make(*args, **kwargs)
        return fresh(value)

    return made


def everything() -> dict[str, tuple[list[str], dict[Any, Row]]]:
    """Each table's columns, and its rows by key."""
    tables = {}
    with connection.cursor() as cursor:
        for name in sorted({*connection.introspection.django_table_names(only_existing=True)} - LEFT_OUT):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [column[0] for column in cursor.description]
            tables[name] = columns, {row[0]: tuple(map(as_kept, row)) for row in cursor.fetchall()}
    return tables


def as_kept(value: Any) -> Any:
    """SQLite keeps moments as text, gives them back as objects, and takes no such object from us."""
    return str(value) if connection.vendor == "sqlite" and isinstance(value, dt.date | dt.time) else value


def differences(before: Any, after: Any) -> list[Written]:
    found = []
    for name, (columns, rows) in after.items():
        old = before[name][1]
        added = [row for key, row in rows.items() if key not in old]
        changed = [row for key, row in rows.items() if key in old and old[key] != row]
        if added or changed:
            found.append(Written(name, columns, added, changed))
    return found


def put_back(written: list[Written]) -> None:
    """Foreign keys are looked at when a transaction ends, so the order of tables is no matter."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for of in written:
            columns, table = [quote(name) for name in of.columns], quote(of.table)
            if of.added:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", of.added)
            for row in of.changed:
                settings = ", ".join(f"{name} = %s" for name in columns[1:])
                cursor.execute(f"UPDATE {table} SET {settings} WHERE {columns[0]} = %s", [*row[1:], row[0]])


def fresh(made: Any) -> Any:
    """The same, as the database has it."""
    if isinstance(made, Page):
        return made.specific_class.objects.get(pk=made.pk)
    if isinstance(made, models.Model):
        return type(made)._default_manager.get(pk=made.pk)
    if isinstance(made, dict):
        return {name: fresh(value) for name, value in made.items()}
    if isinstance(made, list | tuple):
        return type(made)(fresh(value) for value in made)
    return made
