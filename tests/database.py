"""The suite's database on SQLite: migrated once for a set of migrations, then copied for each worker.

Migrating takes about fifteen seconds; a copy takes none. PostgreSQL is set up by pytest-django as usual.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from pytest_django.plugin import blocking_manager_key

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "tests"


def on_sqlite() -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


def fingerprint() -> str:
    """Changes whenever a migration, a role or a locked package does."""
    files = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py")])
    files += [ROOT / "requirements" / "dev.txt", ROOT / "site" / "accounts" / "roles.py"]
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def migrated() -> Path:
    """A database with every migration applied, made by whichever worker comes first."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    ready = FOLDER / f"{fingerprint()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink(missing_ok=True)
            building = FOLDER / "building.sqlite3"
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{building}"}
            command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
            subprocess.run([*command, "--settings=config.settings.test"], env=environment, check=True)
            building.rename(ready)
    return ready


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Take the copied database as it is; on PostgreSQL, what --reuse-db says."""
    return on_sqlite() or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if on_sqlite():
        copy = tmp_path_factory.mktemp("database") / "suite.sqlite3"
        shutil.copyfile(migrated(), copy)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(copy)


@pytest.fixture(scope="session")
def first_rows(django_db_setup: None) -> str:
    """What migrations put into the database, as Django keeps it for tests that empty it."""
    return getattr(connection, "_test_serialized_contents", "")


def keep_first_rows(rows: str) -> None:
    """Hand those rows to this thread's connection, which may be another one than that which read them."""
    connection._test_serialized_contents = rows  # type: ignore[attr-defined]


def empties_the_database(item: pytest.Item) -> bool:
    """Whether Django empties every table after a test, because it commits."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and mark.kwargs.get("transaction") and not mark.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: transaction=True goes with serialized_rollback=True.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a test that committed, put the migrations' rows back: processes share work, and any test may come next.

    After the last one the database is gone.
    """
    result = yield
    rows = getattr(connection, "_test_serialized_contents", "")
    if empties_the_database(item) and rows and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(rows)
            ContentType.objects.clear_cache()
    return result
