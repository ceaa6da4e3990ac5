"""Beyond a laptop: the same code, by environment variables only (docs/operators.md)."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .mail import smtp

DEBUG = False
for _name in ("SECRET_KEY", "ALLOWED_HOSTS"):
    if not globals()[_name]:
        raise ImproperlyConfigured(f"Set the environment variable {_name}: docs/operators.md says how.")

STORAGES["staticfiles"] = {"BACKEND": "config.storage.StaticFiles"}  # noqa: F405
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)  # noqa: F405
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)  # noqa: F405
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)  # noqa: F405
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)  # noqa: F405
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)  # noqa: F405
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])  # noqa: F405
SESSION_COOKIE_HTTPONLY = True
# A proxy speaks HTTPS in front of gunicorn; without this all readers would count as one source.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)  # noqa: F405

CHECK_LINKS = env.bool("CHECK_LINKS", default=True)  # noqa: F405
MAILERS = mailers(smtp())  # noqa: F405
