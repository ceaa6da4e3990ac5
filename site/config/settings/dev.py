"""One person on one laptop: SQLite, files on disk, a cache in memory, the worker in a thread."""

from .base import *  # noqa: F403

DEBUG = env.bool("DEBUG", default=True)  # noqa: F405
SECRET_KEY = SECRET_KEY or "only-for-a-laptop-never-for-a-server-on-the-internet"  # noqa: F405
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]  # noqa: F405
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)  # noqa: F405
Path(str(STATIC_ROOT)).mkdir(parents=True, exist_ok=True)  # noqa: F405  WhiteNoise wants a folder that is there
MIDDLEWARE.append("config.middleware.MissingPageMiddleware")  # noqa: F405
# No mail server is asked for: mails become files, one each, that any mail program opens.
MAILERS = mailers(  # noqa: F405
    {
        "BACKEND": "mailing.files.EmailBackend",
        "OPTIONS": {"file_path": env("MAIL_FOLDER", default=str(BASE_DIR / "var" / "mail"))},  # noqa: F405
    }
)
# Whoever tries the demo wants to see the admin, not to set up a second factor on a site that is gone tomorrow.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)  # noqa: F405
