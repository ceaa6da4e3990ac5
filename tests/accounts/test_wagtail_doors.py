"""Wagtail's own ways in are shut: no form for a password, no reset, no change of either; and users without one."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client

from accounts.links import make_sign_in_link
from accounts.models import User
from accounts.roles import ORGANISERS
from tests.accounts.signing import sign_in_by_code, who
from tests.admin import send, sign_in
from tests.factories import START, make_user
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/cms/login/", "/account/sign-in/?next=%2Fcms%2F"),
        ("/cms/login/?next=/cms/pages/", "/account/sign-in/?next=%2Fcms%2Fpages%2F"),
        ("/cms/login/?next=https://evil.example/", "/account/sign-in/?next=%2Fcms%2F"),
        ("/cms/login/?next=//evil.example/", "/account/sign-in/?next=%2Fcms%2F"),
        ("/_util/login/?next=/about/", "/account/sign-in/?next=%2Fabout%2F"),
        ("/_util/login/", "/account/sign-in/"),
    ],
)
def test_form_for_a_password_leads_to_ours(client, address, leads_to):
    make_user("administrator", email="ada@example.org")
    for response in (client.get(address), client.post(address, {"username": "ada@example.org", "password": "x"})):
        assert (response.status_code, response["Location"]) == (302, leads_to)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address",
    [
        "/cms/password_reset/",
        "/cms/password_reset/done/",
        "/cms/password_reset/confirm/MQ/set-password/",
        "/cms/password_reset/complete/",
        "/account/login/",
        "/account/login/code/",
        "/account/signup/",
        "/account/email/",
        "/account/password/reset/",
        "/account/password/change/",
        "/account/password/set/",
        "/account/confirm-email/",
        "/account/reauthenticate/",
        "/admin/",
        "/django-admin/",
    ],
)
@pytest.mark.parametrize("role", ["", "administrator"], ids=["anonymous", "administrator"])
def test_pages_of_passwords_are_not_there(client, address, role):
    if role:
        sign_in(client, role)
    assert [client.get(address).status_code, client.post(address, {"email": "a@example.org"}).status_code] == [404, 404]


def test_wagtails_own_account_page_changes_neither_password_nor_address(client):
    olive = sign_in(client, "organiser")
    page = whole(client.get("/cms/account/").content)
    names = {field["name"] for field in page.select("form [name]")}
    assert "name_email-first_name" in names
    assert not [name for name in names if "password" in name or name.endswith("email")]
    client.post("/cms/account/", {"email-email": "evil@example.org", "name_email-email": "evil@example.org"})
    olive.refresh_from_db()
    assert olive.email != "evil@example.org"


def test_speaker_is_refused_in_words_with_a_way_out(client):
    ada = make_user("speaker")
    sign_in_by_code(client, ada)
    for address in ("/cms/", "/cms/pages/", "/cms/login/", "/cms/logout/"):
        response = client.get(address)
        page = whole(response.content)
        assert (response.status_code, lines(page, "h1")) == (403, ["This part is for the organisers"])
        assert lines(page, "main button") == ["Sign out"]
    assert client.post(page.select_one("main form")["action"])["Location"] == "/account/sign-in/"
    assert who(client) == ""


def test_wagtails_sign_out_needs_no_second_factor(client):
    client.force_login(make_user("organiser"))
    assert client.post("/cms/logout/")["Location"] == "/account/sign-in/"
    assert who(client) == ""


NEW = {"email": "Olive@Example.org", "first_name": "Olive", "last_name": "Marchmain"}


def test_administrator_adds_an_organiser_who_signs_in_by_code(client):
    sign_in(client, "administrator")
    form = client.get("/cms/users/new/")
    assert whole(form.content).select("[type=password]") == []
    group = Group.objects.get(name=ORGANISERS)
    added = client.post("/cms/users/new/", {**NEW, "groups": [group.pk]})
    assert (added.status_code, added["Location"]) == (302, "/cms/users/")
    olive = User.objects.get(email="olive@example.org")
    assert EmailAddress.objects.get(user=olive).verified is True
    own = Client()
    assert sign_in_by_code(own, olive, next="/cms/")["Location"] == "/cms/"
    assert own.get("/cms/")["Location"] == "/account/second-factor/?next=%2Fcms%2F"


@pytest.mark.parametrize("email", ["olive@example.org", "OLIVE@example.org"])
def test_same_address_twice_is_refused_beside_the_field(client, email):
    make_user("organiser", email="olive@example.org")
    sign_in(client, "administrator")
    response = client.post("/cms/users/new/", {**NEW, "email": email})
    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert User.objects.filter(email__iexact=email).count() == 1


def test_new_address_gets_the_codes_and_what_the_old_one_opened_is_closed(client):
    ada = make_user("speaker", email="old@example.org", first_name="Ada", last_name="Okafor")
    link = make_sign_in_link(user=ada, purpose="t", next="/", expires_at=START.replace(year=2100))
    own = Client()
    sign_in_by_code(own, ada)
    sign_in(client, "administrator")
    send(client, f"/cms/users/edit/{ada.pk}/", {"email": "new@example.org", "is_active": "on"}, form_id=None)
    ada.refresh_from_db()
    assert ada.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=ada).values_list("email", "primary", "verified")) == [
        ("new@example.org", True, True)
    ]
    assert who(own) == ""
    assert Client().get(f"/account/link/{link.token}/").status_code == 410
    sign_in_by_code(own, ada)
    assert who(own) == "new@example.org"


def test_new_name_leaves_somebody_signed_in(client):
    ada = make_user("speaker", email="ada@example.org", first_name="Ada", last_name="Okafor")
    own = Client()
    sign_in_by_code(own, ada)
    sign_in(client, "administrator")
    send(client, f"/cms/users/edit/{ada.pk}/", {"last_name": "Thistlewood", "is_active": "on"}, form_id=None)
    ada.refresh_from_db()
    assert ada.last_name == "Thistlewood"
    assert who(own) == ada.email
