"""The suite's database on SQLite: migrated once for a set of migrations, then copied for each worker.

Migrating takes about fifteen seconds; a copy takes none. PostgreSQL is set up by pytest-django as usual.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

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
