"""The suite: SQLite unless DATABASE_URL names another database, files in a temporary folder."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
_folder = tempfile.mkdtemp(prefix="data-bites-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
MEDIA_ROOT = f"{_folder}/media"
PRIVATE_ROOT = f"{_folder}/private"
# WhiteNoise wants a folder that is there, and looks through it for each browser of a test: nothing else is in it.
STATIC_ROOT = Path(tempfile.mkdtemp(dir=_folder))
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
if REDIS_URL:  # noqa: F405
    # Clearing a cache empties its whole database, so each process of pytest-xdist has one of its own: 8, 9, …
    _process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rstrip('/')}/{8 + _process}"  # noqa: F405
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
TASKS = {"default": {"BACKEND": "tests.indexes.WithoutIndexes"}}
