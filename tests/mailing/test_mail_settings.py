"""Where mails go is said by environment variables alone."""

import os
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from mailing import delivery
from pages import scheduler
from tests.conftest import ROOT

OTHERWISE = {"BACKEND": "otherwise"}


@pytest.fixture
def read(monkeypatch):
    """The settings of mail, read with these variables and no others."""
    for name in [name for name in os.environ if name.startswith(("SMTP_", "MAIL_", "ANYMAIL_"))]:
        monkeypatch.delenv(name)

    def go(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "site" / "config" / "settings" / "mail.py"))

    return go


def test_without_variables_mails_go_where_the_settings_send_them(read):
    settings = read()
    assert settings["mailers"](OTHERWISE) == {"default": OTHERWISE}
    assert settings["MAIL_HOOKS"] is False


def test_smtp_server_is_taken_where_one_is_named(read):
    (mailer,) = read(SMTP_HOST="mail.example", SMTP_PORT="587", SMTP_STARTTLS="1")["mailers"](OTHERWISE).values()
    assert mailer["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert mailer["OPTIONS"] == {
        "host": "mail.example",
        "port": 587,
        "username": "",
        "password": "",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 20,
    }


def test_provider_is_taken_with_its_keys(read):
    variables = {"ANYMAIL_MAILGUN_API_KEY": "key", "ANYMAIL_WEBHOOK_SECRET": "name:password", "SMTP_HOST": "x"}
    settings = read(MAIL_PROVIDER="mailgun", **variables)
    assert settings["mailers"](OTHERWISE) == {"default": {"BACKEND": "anymail.backends.mailgun.EmailBackend"}}
    assert settings["ANYMAIL"] == {
        "IGNORE_UNSUPPORTED_FEATURES": True,
        "MAILGUN_API_KEY": "key",
        "WEBHOOK_SECRET": "name:password",
    }
    assert settings["MAIL_HOOKS"] is True


@pytest.mark.parametrize(
    ("variables", "mounted"),
    [
        ({"MAIL_PROVIDER": "postmark"}, False),
        ({"ANYMAIL_WEBHOOK_SECRET": "name:password"}, False),
        ({"MAIL_PROVIDER": "mailgun", "ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY": "k"}, True),
        ({"MAIL_PROVIDER": "resend", "ANYMAIL_RESEND_SIGNING_SECRET": "k"}, True),
        ({"MAIL_PROVIDER": "mailgun", "ANYMAIL_MAILGUN_API_KEY": "k"}, False),
    ],
)
def test_door_for_events_is_there_only_with_a_provider_and_a_secret(read, variables, mounted):
    assert read(**variables)["MAIL_HOOKS"] is mounted


@pytest.mark.parametrize("variables", [{"MAIL_PROVIDER": "pigeon"}, {"ANYMAIL_WEBHOOK_SECRET": "no colon"}])
def test_what_can_not_be_is_said_at_the_start(read, variables):
    with pytest.raises(ImproperlyConfigured):
        read(**variables)


@pytest.mark.parametrize(
    "provider", sorted(runpy.run_path(str(ROOT / "site/config/settings/mail.py"))["MAIL_PROVIDERS"])
)
def test_provider_that_may_be_named_is_one_of_anymails(provider):
    __import__(f"anymail.backends.{provider}")


def test_worker_runs_the_outbox():
    assert delivery.run in scheduler.LOOPS


def test_events_have_no_door_where_none_is_configured(client, db):
    assert client.post("/hooks/mail/postmark/").status_code in (404, 405)
