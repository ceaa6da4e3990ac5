"""The suite: SQLite unless DATABASE_URL names another database, files in a temporary folder."""

import atexit
import shutil
import tempfile

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_folder = tempfile.mkdtemp(prefix="data-bites-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
MEDIA_ROOT = f"{_folder}/media"
PRIVATE_ROOT = f"{_folder}/private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
