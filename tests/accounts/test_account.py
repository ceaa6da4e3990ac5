"""One's own account: what is there, leaving everywhere, and who else sees it."""

import datetime as dt
from importlib import import_module

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from accounts.housekeeping import forget_ended
from accounts.links import make_sign_in_link
from accounts.models import SignInLink, User
from pages.models import HomePage, StandardPage
from tests.accounts.signing import SIGN_IN, give_authenticator, said, sign_in_by_code, who
from tests.factories import START, make_user
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture
def ada():
    return make_user("speaker", email="ada@example.org", first_name="Ada", last_name="Okafor")


def test_account_says_who_and_where(ada):
    with time_machine.travel(START, tick=False):
        here, there = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": SAFARI})
        sign_in_by_code(there, ada)
        sign_in_by_code(here, ada)
        page = whole(here.get("/account/").content)
    assert lines(page, ".facts dd") == ["Ada Okafor", "ada@example.org"]
    assert lines(page, "[aria-labelledby=sessions] li") == [
        "Firefox on Windows (this one) since Wednesday 26 November 2025, 6pm",
        "Safari on an iPhone since Wednesday 26 November 2025, 6pm",
    ]
    assert [link["href"] for link in page.select("main a.button")] == [
        "/account/passkeys/new/",
        "/account/authenticator/",
    ]


@pytest.mark.parametrize("sessions", [1, 3])
def test_account_makes_as_many_queries_however_many_sessions(ada, sessions, django_assert_num_queries):
    for _ in range(sessions):
        client = Client()
        sign_in_by_code(client, ada)
    give_authenticator(ada)
    client.get("/account/")
    with django_assert_num_queries(10):
        client.get("/account/")


def test_sign_out_everywhere_ends_every_session_and_no_one_elses(ada):
    here, there, other = Client(), Client(), Client()
    for client in (here, there):
        sign_in_by_code(client, ada)
    sign_in_by_code(other, make_user("speaker", email="ben@example.org"))
    gone = here.post("/account/sign-out/everywhere/")
    assert gone["Location"] == SIGN_IN
    assert said(here.get(SIGN_IN)) == ["You are signed out, here and everywhere else."]
    assert [who(client) for client in (here, there, other)] == ["", "", "ben@example.org"]
    assert UserSession.objects.filter(user=ada).count() == 0
    sign_in_by_code(here, ada)
    assert who(here) == ada.email


def test_sign_out_ends_this_session_alone(ada):
    here, there = Client(), Client()
    for client in (here, there):
        sign_in_by_code(client, ada)
    assert lines(whole(here.get("/account/sign-out/").content), "main button") == ["Sign out"]
    assert who(here) == ada.email
    assert here.post("/account/sign-out/")["Location"] == SIGN_IN
    assert [who(client) for client in (here, there)] == ["", ada.email]


def test_switching_somebody_off_ends_their_sessions_at_once(client, ada):
    sign_in_by_code(client, ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert who(client) == ""


def account_addresses():
    """Every address below /account/, with numbers filled in."""
    (branch,) = [part for part in get_resolver().url_patterns if str(part.pattern) == "account/"]
    return sorted(
        {
            "/account/" + str(one.pattern).replace("<int:pk>", "1").replace("<str:token>", "x")
            for one in branch.url_patterns
        }
    )


@pytest.mark.parametrize("signed_in", [False, True], ids=["anonymous", "signed in"])
def test_no_account_page_is_kept_by_a_browser_or_by_us(client, ada, signed_in):
    if signed_in:
        sign_in_by_code(client, ada)
    kept = {address: client.get(address).headers.get("Cache-Control") for address in account_addresses()}
    assert kept == dict.fromkeys(account_addresses(), "no-store")
    assert len(kept) == 21


def test_no_account_page_asks_for_a_password(client, ada):
    give_authenticator(ada)
    for signed_in in (False, True):
        for address in account_addresses():
            page = whole(client.get(address, follow=True).content)
            assert page.select("[type=password]") == [], address
        if not signed_in:
            client.force_login(ada)


def test_post_without_a_token_is_refused_in_words(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    link = make_sign_in_link(user=ada, purpose="t", next="/", expires_at=timezone.now() + dt.timedelta(hours=1))
    for address in [*account_addresses(), f"/account/link/{link.token}/"]:
        response = client.post(address, {"email": ada.email, "code": "x"})
        assert response.status_code == 403, address
        assert lines(whole(response.content), "h1") == ["That was not sent"]
        assert response["Cache-Control"] == "no-store"
    link.refresh_from_db()
    assert link.used_at is None
    assert who(client) == ada.email


def test_page_of_the_site_can_not_take_the_accounts_address():
    with pytest.raises(ValidationError):
        HomePage.objects.get().add_child(instance=StandardPage(title="Account", slug="account"))


def test_person_has_one_verified_address_however_they_are_made():
    ada, ben = User.objects.create_user("Ada@Example.org", "x"), User.objects.create_superuser("ben@example.org", "x")
    rows = EmailAddress.objects.order_by("pk").values_list("user", "email", "verified", "primary")
    assert list(rows) == [(ada.pk, "ada@example.org", True, True), (ben.pk, "ben@example.org", True, True)]


def test_no_password_is_ever_right(client, ada):
    ada.set_password("a long password")
    ada.save()
    assert (ada.check_password("a long password"), ada.has_usable_password()) == (False, False)
    assert client.login(username=ada.email, password="a long password") is False


def test_what_is_over_is_forgotten(client, ada):
    with time_machine.travel(START, tick=False) as clock:
        for hours in (1, 24 * 366):
            until = timezone.now() + dt.timedelta(hours=hours)
            make_sign_in_link(user=ada, purpose=str(hours), next="/", expires_at=until)
        sign_in_by_code(client, ada)
        forget_ended()
        assert (Session.objects.count(), UserSession.objects.count(), SignInLink.objects.count()) == (1, 1, 2)
        clock.shift(dt.timedelta(days=15))
        forget_ended()
        assert (Session.objects.count(), UserSession.objects.count(), SignInLink.objects.count()) == (0, 0, 2)
        clock.shift(dt.timedelta(days=360))
        forget_ended()
        assert SignInLink.objects.get().purpose == str(24 * 366)


def test_people_of_before_get_their_address_and_lose_their_password(ada):
    """The migration, on somebody who was there before it."""
    EmailAddress.objects.all().delete()
    User.objects.update(password="md5$salt$hash")
    settle = import_module("accounts.migrations.0003_addresses").settle
    for _ in range(2):
        settle(apps, None)
    assert EmailAddress.objects.filter(user=ada, email=ada.email, verified=True, primary=True).count() == 1
    assert User.objects.get().password.startswith("!")
