"""What every installation shares. Everything that differs comes from environment variables (docs/operators.md)."""

from pathlib import Path
from typing import Any

import environ

from .mail import ANYMAIL, MAIL_HOOKS, MAIL_PROVIDER, mailers  # noqa: F401  Django and the other settings read them

BASE_DIR = Path(__file__).resolve().parents[3]
env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
EMBEDDED_WORKER = env.bool("EMBEDDED_WORKER", default=False)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# The terms under which what speakers said may be used again; named beside every download. Nothing is said by default.
# Where type for pictures is looked for before the places that machines have: files or folders.
FONTS = env.list("FONTS", default=[])
DATA_LICENCE = env("DATA_LICENCE", default="")
DATA_LICENCE_URL = env("DATA_LICENCE_URL", default="")
# Whether a worker asks other servers if the pages that the archive links to are still there.
CHECK_LINKS = env.bool("CHECK_LINKS", default=False)

INSTALLED_APPS = [
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    # Ours come last, so that their permissions exist when accounts.roles hands them out.
    "pages",
    "mailing",
    "accounts",
    "speakers",
    "events",
    "archive",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.AdminPolicyMiddleware",
    "pages.cache.PageCacheMiddleware",
    "accounts.middleware.AccountPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AdminDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits for its turn instead of failing when it finds another one in front of it.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE", timeout=20, init_command="PRAGMA journal_mode=WAL;"
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    INSTALLED_APPS.append("django.contrib.postgres")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    )
}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:index"
LOGOUT_REDIRECT_URL = "account_login"
# Two weeks from signing in; a day of not using the admin ends that part of it sooner (accounts.second_factor).
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
# Whether the admin opens only to a second factor. Production refuses to be checked without it (accounts.checks).
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)

# Nobody has a password: people sign in with a code by mail or a passkey (docs/decisions/0040-…).
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Codes are counted by source and by address, whether or not somebody has that address. They stand in the cache:
# several processes need one that they share (REDIS_URL).
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/m/ip,300/h/ip,3/m/key,12/h/key",
    "sign_in_code": "3/10m/key",
    "sign_in_link": "30/m/ip,3/h/key",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": False, "length": 8, "dashed": True}
# How many proxies of ours stand in front: each adds one name to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.NewPasskeyForm",
    "authenticate_webauthn": "accounts.forms.PasskeySecondForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Files that are public only while the words beside them are: a web server never serves this folder.
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=str(Path(str(MEDIA_ROOT)).with_name("private")))
# Makes a PDF of slides for readers: LibreOffice's own program, such as /usr/bin/soffice. Empty: nothing is made.
LIBREOFFICE = env("LIBREOFFICE", default="")

S3_BUCKET = env("S3_BUCKET", default="")
if S3_BUCKET:
    _s3 = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env("S3_ENDPOINT_URL", default=None),
        "region_name": env("S3_REGION", default=None),
        "file_overwrite": False,
    }
    _files = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**_s3, "querystring_auth": False}}
    _private = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_s3, "bucket_name": env("S3_PRIVATE_BUCKET"), "default_acl": "private"},
    }
    INSTALLED_APPS.append("storages")
else:
    _files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    _private = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    }
STORAGES: dict[str, dict[str, Any]] = {
    "default": _files,
    "private": _private,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

MAILERS: dict[str, dict[str, Any]] = mailers({"BACKEND": "django.core.mail.backends.console.EmailBackend"})
if MAIL_PROVIDER:
    INSTALLED_APPS.append("anymail")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Data Bites <hello@example.org>")

# Public pages run under 'self' alone: no inline script or style, so no nonce, so a page can be kept and sent again.
# frame-src names the players' hosts; nothing is asked of them before a reader presses play.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "frame-src": [
        "https://www.youtube-nocookie.com",
        "https://player.vimeo.com",
        "https://w.soundcloud.com",
    ],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
if S3_BUCKET and (_media_host := env("S3_PUBLIC_ORIGIN", default="")):
    SECURE_CSP["img-src"].append(_media_host)
if S3_BUCKET and (_recordings_host := env("S3_PRIVATE_ORIGIN", default="")):
    SECURE_CSP["media-src"] = ["'self'", _recordings_host]
# Wagtail's preview shows a page of the site in a frame of the site; frame-ancestors above refuses everybody else.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "Data Bites"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/account/sign-in/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "vtt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.forms.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILMEDIA = {"MEDIA_MODEL": "pages.MediaFile"}
WAGTAILEMBEDS_FINDERS: list[dict] = []
# Reserved below the home page: these addresses are views, and a page with such a slug would never be reached.
RESERVED_SLUGS = frozenset(
    "speakers organisations hosts topics questions asks links search numbers portal cms media static documents slides "
    "recordings api open-data subscribe hooks account what-happened-next corrections feeds cards robots.txt "
    "sitemap.xml".split()
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django_tasks": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
