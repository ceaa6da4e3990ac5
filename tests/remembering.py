"""Rows that tests begin from, made once in a process and put back as they were: making pages costs most of a test.

    @pytest.fixture
    @remembered
    def evening():
        return make_an_evening()

Each test finds the database as the migrations left it. From there the same calls with the same arguments lead to the
same rows, so the states of the database are a tree, and calls lead from one to the next. A call is made when somebody
first comes to it, through the product's own actions; from then on its rows are put back, keys and all, and so is what
waits for the commit. A test that writes by itself leaves the tree: what it asks for from there on is made anew.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from wagtail.models import Page

type Row = tuple[Any, ...]
PLAIN = (bool, int, float, str, bytes, Decimal, dt.date, dt.time, dt.timedelta, type(None))
READS = ("BEGIN", "SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN", "SET CONSTRAINTS")
WRITES = re.compile(r'(?:INSERT INTO|INSERT OR \w+ INTO|UPDATE|DELETE FROM) "(\w+)"')
# Signing in writes these, and no factory goes by them.
SIGNS_IN = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "django_session"|UPDATE "accounts_user" SET "last_login" =')
# What a test makes is told apart by numbers far above those that tests name themselves.
FIRST_NUMBER = 1001


class Unknown(Exception):
    """An argument that can't be compared with another call's."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: list[str]
    rows: dict[Any, Row]


@dataclass(frozen=True, slots=True)
class Written:
    """What a call did to one table."""

    table: str
    columns: list[str]
    added: list[Row]
    changed: list[Row]
    removed: list[Any]


@dataclass(slots=True)
class State:
    """A state of the database, and the calls that lead on from it."""

    tables: dict[str, Table] = field(default_factory=dict)
    calls: dict[Any, "Call"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """What a call gave and wrote, what waits for the commit since, the number that comes next, and where it led."""

    value: Any
    written: list[Written]
    waiting: list[tuple[Callable[[], Any], bool]]
    number: int
    state: State


class Memory:
    """Where in the tree this process's database is: None, nowhere in it."""

    def __init__(self) -> None:
        self.beginning = State()
        self.in_tree = False
        self.here: State | None = None
        self.number = FIRST_NUMBER
        # For each call that is being made, the tables it wrote to; with "" where more was done than that.
        self.tables: list[set[str]] = []

    def begin(self, *, in_tree: bool) -> None:
        """A test begins. `in_tree`: its database is as the migrations left it, and nothing is ever committed."""
        if self.watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.watch)
        self.in_tree = in_tree
        self.here, self.tables = (self.beginning if in_tree else None), []
        if in_tree:
            self.number = FIRST_NUMBER

    def watch(self, execute: Any, sql: str, *args: Any) -> Any:
        """Stands around each statement of this process."""
        if not sql.lstrip().startswith(READS) and not SIGNS_IN.match(sql):
            self.here = None
            if self.tables:
                found = WRITES.match(sql)
                self.tables[-1].add(found[1] if found else "")
        return execute(sql, *args)

    def make[T](self, make: Callable[[], T], start: State) -> Call:
        """Make it, and look at what was written."""
        start.tables = start.tables or everything()
        waited = len(connection.run_on_commit)
        self.tables.append(set())
        try:
            value = make()
        finally:
            names = self.tables.pop()
            if self.tables:
                self.tables[-1].update(names)
        state = State({**start.tables, **read(names & start.tables.keys())})
        waiting = [(run, robust) for _, run, robust in connection.run_on_commit[waited:]]
        call = Call(value, differences(start.tables, state.tables, names), waiting, self.number, state)
        if names <= start.tables.keys():
            self.here = state
        return call

    def put_back(self, call: Call) -> None:
        with transaction.atomic():
            put_back(call.written)
        for run, robust in call.waiting:
            transaction.on_commit(run, robust=robust)
        self.here, self.number = call.state, call.number


memory = Memory()


def next_number() -> int:
    """Another one each time in a test, and the same in each test that does the same."""
    memory.number += 1
    return memory.number - 1


def remembered[**P, T](make: Callable[P, T]) -> Callable[P, T]:
    """`make` gives models, or lists, tuples and dictionaries of them, and depends on the database and its arguments."""

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        # Beside an event loop Django opens another connection, which nobody watches.
        start = memory.here if memory.watch in connection.execute_wrappers else None
        try:
            key = (make, circumstances(), comparable(args), comparable(kwargs))
        except Unknown:
            start = None
        if start is None:
            return make(*args, **kwargs)
        call = start.calls.get(key)
        if call is not None:
            try:
                memory.put_back(call)
            except IntegrityError:
                return make(*args, **kwargs)
        else:
            call = memory.make(functools.partial(make, *args, **kwargs), start)
            if memory.here is call.state:
                start.calls[key] = call
        refresh(*args, *kwargs.values())
        return fresh(call.value)

    return made


def circumstances() -> Any:
    """What else a call depends on: whether indexes are kept, the clock where a test sets it, and the next number."""
    clock = timezone.now().replace(microsecond=0) if time_machine.traveller_stack else None
    return settings.TASKS["default"]["BACKEND"], clock, memory.number


def comparable(value: Any) -> Any:
    """Raises: Unknown."""
    if isinstance(value, PLAIN):
        return type(value), value
    if isinstance(value, models.Model) and value.pk is not None:
        return type(value), value.pk
    if isinstance(value, dict):
        return tuple((name, comparable(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        return tuple(comparable(inner) for inner in value)
    raise Unknown


def everything() -> dict[str, Table]:
    """Each table of ours."""
    return read(connection.introspection.django_table_names(only_existing=True))


def read(names: Any) -> dict[str, Table]:
    tables = {}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [column[0] for column in cursor.description]
            tables[name] = Table(columns, {row[0]: tuple(map(as_kept, row)) for row in cursor.fetchall()})
    return tables


def as_kept(value: Any) -> Any:
    """SQLite keeps moments as text, gives them back as objects, and takes no such object from us."""
    return str(value) if connection.vendor == "sqlite" and isinstance(value, dt.date | dt.time) else value


def differences(before: dict[str, Table], after: dict[str, Table], names: Any) -> list[Written]:
    found = []
    for name in sorted(names & after.keys()):
        old, rows = before[name].rows, after[name].rows
        added = [row for key, row in rows.items() if key not in old]
        changed = [row for key, row in rows.items() if key in old and old[key] != row]
        removed = [key for key in old if key not in rows]
        if added or changed or removed:
            found.append(Written(name, after[name].columns, added, changed, removed))
    return found


def put_back(written: list[Written]) -> None:
    """Foreign keys are looked at when a transaction ends, so the order of tables is no matter."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for of in written:
            columns, table = [quote(name) for name in of.columns], quote(of.table)
            for key in of.removed:
                cursor.execute(f"DELETE FROM {table} WHERE {columns[0]} = %s", [key])
            for row in of.changed:
                pairs = ", ".join(f"{name} = %s" for name in columns[1:])
                cursor.execute(f"UPDATE {table} SET {pairs} WHERE {columns[0]} = %s", [*row[1:], row[0]])
            if of.added:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", of.added)


def refresh(*arguments: Any) -> None:
    """What a call was given may have got children or been published, and so may what hangs on it."""
    given = [value for value in arguments if isinstance(value, models.Model)]
    hanging = [value for one in given for value in one._state.fields_cache.values() if value is not None]
    for one in [*hanging, *given]:
        one.refresh_from_db()


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
