"""Signing in as people do: an address, a code from the mail, a code from an authenticator."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from mailing.models import OutgoingMail
from tests.reading import lines, whole

SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"
SECOND = "/account/sign-in/second-factor/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ask(client: Client, email: str, **fields: Any) -> Any:
    """Types an address into the sign-in form."""
    return client.post(SIGN_IN, {"email": email, **fields})


def newest_code(email: str) -> str:
    """The code in the newest mail to an address."""
    return str(OutgoingMail.objects.filter(recipient=email, purpose__startswith="code:").latest("pk").filling["code"])


def enter(client: Client, code: str, **fields: Any) -> Any:
    """Types a code from a mail."""
    return client.post(CODE, {"code": code, **fields})


def sign_in_by_code(client: Client, user: User, **fields: Any) -> Any:
    """Both steps; gives the answer to the second."""
    ask(client, user.email, **fields)
    return enter(client, newest_code(user.email), **fields)


def give_authenticator(user: User) -> Authenticator:
    """An authenticator app, as if set up earlier."""
    return TOTP.activate(user, SECRET).instance


def app_shows(secret: str = SECRET, *, steps: int = 0) -> str:
    """What an authenticator app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def who(client: Client) -> str:
    """Whose session a browser has; empty for nobody's."""
    pk = client.session.get("_auth_user_id")
    response = client.get("/account/")
    if response.status_code != 200:
        return ""
    assert pk is not None
    return lines(whole(response.content), ".facts dd")[1]


def said(response: Any) -> list[str]:
    """Every complaint on a page: beside a field, or above all."""
    return lines(whole(response.content), ".wrong:not(:empty), .note")
