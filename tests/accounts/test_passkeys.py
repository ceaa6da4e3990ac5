"""Passkeys: made once, then a way in by themselves that counts for both factors."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail as sink
from django.utils import timezone

from mailing.delivery import send_due
from tests.accounts.device import FLAGS, Device, add_passkey, named_client, options_on, sign_in_with
from tests.accounts.signing import SECOND, SIGN_IN, give_authenticator, said, sign_in_by_code, who
from tests.factories import make_user
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
WRONG = "That code is not right. Look at it again, and type it once more."


@pytest.fixture
def olive():
    return make_user("organiser", email="olive@example.org")


@pytest.fixture
def device(olive):
    """Olive's phone, with a passkey."""
    device, client = Device(), named_client()
    sign_in_by_code(client, olive, next="/cms/")
    assert add_passkey(client, device)["Location"] == "/account/recovery-codes/"
    assert client.get("/cms/").status_code == 200
    return device


def test_passkey_alone_opens_the_admin(olive, device):
    client = named_client()
    entered = sign_in_with(client, device, next="/cms/pages/")
    assert (entered.status_code, entered["Location"]) == (302, "/cms/pages/")
    assert client.get("/cms/pages/").status_code == 200
    assert who(client) == olive.email


def test_passkey_asks_the_device_to_know_its_owner_and_to_keep_the_key(olive):
    client = named_client()
    sign_in_by_code(client, olive)
    options = options_on(client, "/account/passkeys/new/")
    assert options["rp"] == {"name": "Data Bites", "id": "localhost"}
    chosen = options["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")


def test_device_that_does_not_know_its_owner_is_no_way_in(device):
    client = named_client()
    assert sign_in_with(client, device, flags=FLAGS.UP)["Location"] == SIGN_IN
    assert said(client.get(SIGN_IN)) == ["That passkey doesn’t fit. Try again, or take another way."]
    assert who(client) == ""


def test_same_words_of_a_device_work_once(device):
    client = named_client()
    asked = client.get("/account/sign-in/passkey/", headers={"Accept": "application/json"}).json()
    credential = device.used(asked["request_options"]["publicKey"])
    client.post("/account/sign-in/passkey/", {"credential": credential})
    client.post("/account/sign-out/")
    client.post("/account/sign-in/passkey/", {"credential": credential})
    assert who(client) == ""


def test_key_that_nobody_has_is_no_way_in(device):
    stranger, client = Device(), named_client()
    stranger.owner = device.owner
    assert sign_in_with(client, stranger)["Location"] == SIGN_IN
    assert who(client) == ""


def test_passkey_leads_to_no_other_site(device):
    assert sign_in_with(named_client(), device, next="//evil.example/")["Location"] == "/cms/"


def test_passkey_of_somebody_switched_off_is_no_way_in(olive, device):
    olive.is_active = False
    olive.save()
    client = named_client()
    assert sign_in_with(client, device)["Location"] == "/account/switched-off/"
    assert who(client) == ""


def test_passkey_answers_after_a_code_too(olive, device):
    client = named_client()
    assert sign_in_by_code(client, olive)["Location"] == SECOND
    credential = device.used(options_on(client, SECOND))
    assert client.post(SECOND, {"credential": credential})["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_passkey_is_shown_again_before_it_is_changed(olive, device):
    client = named_client()
    sign_in_with(client, device)
    key = Authenticator.objects.get(type="webauthn")
    address = f"/account/passkeys/{key.pk}/"
    asked = client.get(address)
    assert asked["Location"] == f"/account/again/passkey/?next=%2Faccount%2Fpasskeys%2F{key.pk}%2F"
    credential = device.used(options_on(client, asked["Location"]))
    assert client.post(asked["Location"], {"credential": credential})["Location"] == address
    client.post(address, {"name": "Old phone"})
    row = lines(whole(client.get("/account/").content), "[aria-labelledby=passkeys] li")[0]
    assert row.startswith("Old phone made ")
    client.post(f"{address}remove/")
    assert Authenticator.objects.count() == 0


def test_who_has_an_app_too_may_show_either(olive, device):
    give_authenticator(olive)
    client = named_client()
    sign_in_with(client, device)
    key = Authenticator.objects.get(type="webauthn").pk
    asked = client.get(f"/account/passkeys/{key}/")
    assert asked["Location"].startswith("/account/again/?")
    page = whole(client.get(asked["Location"]).content)
    assert lines(page, "main a") == ["Use a passkey instead"]


def test_second_passkey_gets_a_name_of_its_own_and_both_work(olive, device):
    client, laptop = named_client(), Device()
    sign_in_with(client, device)
    again = "/account/again/passkey/"
    client.post(again, {"credential": device.used(options_on(client, again))})
    assert add_passkey(client, laptop, name="")["Location"] == "/account/"
    names = [str(key) for key in Authenticator.objects.filter(type="webauthn").order_by("pk")]
    assert names == ["Phone", "Passkey 2"]
    for each in (device, laptop):
        other = named_client()
        sign_in_with(other, each)
        assert who(other) == olive.email


def test_new_passkey_is_told_by_mail(device):
    send_due(at=timezone.now())
    (told,) = [mail for mail in sink.outbox if "changed" in mail.subject]
    assert (told.to, told.body.splitlines()[0]) == (["olive@example.org"], "A passkey was added to your account.")


def test_tries_with_passkeys_are_counted_by_source(device):
    client = named_client()
    asked = [client.get("/account/sign-in/passkey/").status_code for _ in range(3)]
    tried = [client.post("/account/sign-in/passkey/", {"credential": "{}"}).status_code for _ in range(11)]
    assert (asked, tried) == ([302] * 3, [302] * 10 + [429])
