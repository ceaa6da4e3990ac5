"""Where mails go: to a provider through anymail, to an SMTP server, or wherever the settings that ask send them.

By environment variables; docs/operators.md explains each.
"""

import os
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

MAIL_PROVIDERS = frozenset(
    "amazon_ses brevo mailersend mailgun mailjet mailtrap mandrill postal postmark resend scaleway sendgrid sparkpost "
    "unisender_go".split()
)
MAIL_PROVIDER = env("MAIL_PROVIDER", default="")
if MAIL_PROVIDER and MAIL_PROVIDER not in MAIL_PROVIDERS:
    raise ImproperlyConfigured(
        f"MAIL_PROVIDER is {MAIL_PROVIDER}, and must be one of: {', '.join(sorted(MAIL_PROVIDERS))}."
    )
SMTP_HOST = env("SMTP_HOST", default="")

# Keys are anymail's own names (ANYMAIL_POSTMARK_SERVER_TOKEN…). What a provider can't do is left out of a mail, not
# refused: we ask for little but that nothing be tracked.
ANYMAIL: dict[str, Any] = {
    "IGNORE_UNSUPPORTED_FEATURES": True,
    **{
        name.removeprefix("ANYMAIL_"): value
        for name, value in os.environ.items()
        if name.startswith("ANYMAIL_") and value
    },
}
WEBHOOK_SECRET = env("ANYMAIL_WEBHOOK_SECRET", default="")
if WEBHOOK_SECRET and ":" not in WEBHOOK_SECRET:
    raise ImproperlyConfigured("ANYMAIL_WEBHOOK_SECRET is a name and a password with a colon between them.")
# A provider's events are let in only where they can be told from anybody else's.
SIGNATURES = ("_WEBHOOK_KEY", "_SIGNING_KEY", "_SIGNING_SECRET", "_VERIFICATION_KEY")
MAIL_HOOKS = bool(MAIL_PROVIDER) and (bool(WEBHOOK_SECRET) or any(name.endswith(SIGNATURES) for name in ANYMAIL))


def smtp() -> dict[str, Any]:
    """The SMTP server, on this machine where none is named."""
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": SMTP_HOST or "localhost",
            "port": env.int("SMTP_PORT", default=25),
            "username": env("SMTP_USER", default=""),
            "password": env("SMTP_PASSWORD", default=""),
            "use_tls": env.bool("SMTP_STARTTLS", default=False),
            "use_ssl": env.bool("SMTP_TLS", default=False),
            "timeout": 20,
        },
    }


def mailers(otherwise: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The provider if one is named, the SMTP server if one is, and what is given here where neither is."""
    if MAIL_PROVIDER:
        return {"default": {"BACKEND": f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"}}
    return {"default": smtp() if SMTP_HOST else otherwise}
