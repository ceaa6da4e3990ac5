"""What no browser of ours would send: refused in words, never a fault of ours."""

import json

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.device import Device, add_passkey, named_client
from tests.accounts.signing import (
    CODE,
    SECOND,
    SIGN_IN,
    ask,
    give_authenticator,
    newest_code,
    said,
    sign_in_by_code,
    who,
)
from tests.admin import sign_in_as
from tests.factories import make_user

pytestmark = pytest.mark.django_db
WORDS = "That passkey doesn’t fit. Try again, or take another way."
FORGED = [
    {},
    [],
    1,
    "x",
    None,
    {"response": 1},
    {"response": {}},
    {"response": {"userHandle": "!!"}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}},
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"},
    },
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "oA", "transports": 5},
    },
    {"id": 1, "rawId": [], "type": {}, "response": {"clientDataJSON": 1, "attestationObject": None}},
]
BROKEN = [
    *(json.dumps(each) for each in FORGED),
    "",
    "{",
    "\x00",
    "[" * 5000,
    r'"\ud800"',
    r'{"id": "\ud800", "response": {"userHandle": "\ud800"}}',
    '{"id": "' + "A" * 30_000 + '"}',
]


@pytest.fixture
def olive():
    return make_user("organiser", email="olive@example.org")


@pytest.mark.parametrize("begun", [False, True], ids=["at once", "after asking"])
def test_forged_passkey_signs_nobody_in(client, olive, settings, begun):
    settings.MFA_RATE_LIMITS = {"webauthn_login": None}
    for credential in BROKEN:
        if begun:
            client.get("/account/sign-in/passkey/", headers={"Accept": "application/json"})
        response = client.post("/account/sign-in/passkey/", {"credential": credential})
        assert (response.status_code, response["Location"]) == (302, SIGN_IN), credential
    assert who(client) == ""


def test_forged_passkey_is_no_second_factor(client, olive, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": None}
    give_authenticator(olive)
    ask(client, olive.email)
    client.post(CODE, {"code": newest_code(olive.email)})
    for credential in BROKEN:
        response = client.post(SECOND, {"credential": credential})
        assert (response.status_code, said(response)) == (200, [WORDS]), credential
    assert who(client) == ""


@pytest.mark.parametrize("address", ["/account/passkeys/new/", "/account/again/passkey/"])
def test_forged_passkey_is_not_added_and_shows_nothing(olive, settings, address):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": None, "reauthenticate": None}
    client = named_client()
    sign_in_by_code(client, olive)
    add_passkey(client, Device())
    for credential in BROKEN:
        client.get(address)
        response = client.post(address, {"credential": credential, "name": "Phone", "passwordless": "on"})
        assert (response.status_code, WORDS in said(response)) == (200, True), credential
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert client.get("/account/recovery-codes/").status_code == 200


@pytest.mark.parametrize("code", ["", "\x00", "x" * 100_000, "😀" * 8, "０００００００００"])
def test_odd_code_is_a_wrong_code(client, olive, code):
    give_authenticator(olive)
    ask(client, olive.email)
    assert client.post(CODE, {"code": code}).status_code == 200
    client.post(CODE, {"code": newest_code(olive.email)})
    assert client.post(SECOND, {"code": code}).status_code == 200
    assert who(client) == ""


def test_passkey_of_somebody_else_is_not_there(client, olive):
    ben = make_user("organiser")
    key = Authenticator.objects.create(user=ben, type="webauthn", data={"name": "Ben's", "credential": {}})
    sign_in_as(client, olive)
    for address in (f"/account/passkeys/{key.pk}/", f"/account/passkeys/{key.pk}/remove/"):
        assert [client.get(address).status_code, client.post(address, {"name": "x"}).status_code] == [404, 404]
    assert Authenticator.objects.get().data["name"] == "Ben's"
