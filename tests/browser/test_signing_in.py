"""Signing in with a real browser: a code, an authenticator app, and passkeys that Chromium's own device keeps."""

import datetime as dt
import json
import re
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from accounts.links import make_sign_in_link
from accounts.models import User
from tests.accounts.signing import app_shows, newest_code
from tests.browser.looking import faults_in_all_windows, walk
from tests.factories import make_user

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]


@pytest.fixture(autouse=True)
def olive():
    cache.clear()
    return make_user("organiser", email="olive@example.org", first_name="Olive", last_name="Marchmain")


@pytest.fixture
def begin(visit):
    """A browser at the site's name: passkeys belong to names, and the running site is at a number."""

    def start(**kwargs):
        one = visit(**kwargs)
        one.site = one.site.replace("127.0.0.1", "localhost")
        one.page.context.clear_cookies()
        return one

    return start


def add_device(page):
    """A device in the browser that keeps passkeys and knows its owner by their finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, device["authenticatorId"]


def at(path):
    """For waiting: an address with this path; what stands behind the question mark is another place's."""
    return lambda url: urlsplit(url).path.endswith(path)


def sign_in_by_code(page):
    page.get_by_label("Your e-mail address").fill("olive@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url(at("/sign-in/code/"))
    page.get_by_label("Code").fill(newest_code("olive@example.org").lower())
    page.keyboard.press("Enter")


def test_passkey_is_made_at_the_admins_door_and_then_signs_in_by_itself(begin):
    visit = begin()
    page = visit.go("/cms/")
    session, device = add_device(page)
    sign_in_by_code(page)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(at("/recovery-codes/"))
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them: go on").click()
    page.wait_for_url(at("/cms/"))
    key = Authenticator.objects.get(type="webauthn")
    assert (str(key), key.wrap().is_passwordless) == ("Laptop", True)

    visit.go("/account/")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.locator(".note")).to_have_text("You are signed out, here and everywhere else.")
    visit.go("/cms/pages/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(at("/cms/pages/"))
    assert visit.elsewhere == []
    assert visit.complaints == []

    session.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    visit.go("/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    wrong = page.locator("[data-wrong]")
    expect(wrong).to_have_text("No passkey was used. Try again, or take another way.")


def test_passkey_is_the_second_factor_after_a_code_too_and_is_renamed_and_removed(begin):
    visit = begin()
    page = visit.go("/account/passkeys/new/")
    add_device(page)
    sign_in_by_code(page)
    page.wait_for_url(at("/passkeys/new/"))
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(at("/recovery-codes/"))
    visit.go("/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()

    sign_in_by_code(page)
    page.wait_for_url(at("/second-factor/"))
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(at("/cms/"))

    visit.go("/account/")
    page.get_by_role("link", name="Rename Passkey").click()
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_label("Name").fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[aria-labelledby=passkeys] li")).to_contain_text("Old laptop")
    page.get_by_role("link", name="Remove Old laptop").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".note")).to_have_text("That passkey is removed.")
    assert Authenticator.objects.count() == 0
    assert visit.complaints == []


def test_authenticator_app_is_set_up_without_javascript(begin):
    visit = begin(scripts=False, width=360)
    page = visit.go("/cms/")
    sign_in_by_code(page)
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.get_by_label("The six digits").fill(app_shows(page.locator(".key").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have kept them: go on").click()
    page.wait_for_url(at("/cms/"))
    visit.go("/account/passkeys/new/")
    expect(page.locator("[data-passkey-missing]")).to_be_visible()
    expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()


def test_forged_passkeys_are_refused_in_words(begin):
    visit = begin()
    page = visit.go("/account/sign-in/")
    forged = [{}, [], 1, "x", None, {"response": 1}, {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}]
    for credential in forged:
        form = page.locator("form[data-passkey]")
        form.locator("[name=credential]").evaluate("(field, said) => { field.value = said; }", json.dumps(credential))
        with page.expect_response(lambda response: "passkey" in response.url) as answer:
            form.evaluate("form => form.submit()")
        assert answer.value.status == 302, credential
        page.wait_for_load_state()
        expect(page).to_have_url(re.compile("/account/sign-in/$"))


def test_screens_fit_a_phone_and_have_no_barrier(begin, olive):
    """axe's rules, and nothing wider than the window, on each screen of signing in."""
    later = timezone.now() + dt.timedelta(days=1)
    link, old = (
        make_sign_in_link(user=User.objects.get(), purpose="t", next="/cms/", expires_at=when)
        for when in (later, timezone.now())
    )
    visit = begin()
    page = visit.go(urlsplit(link.url).path)
    add_device(page)
    check(visit, urlsplit(link.url).path, urlsplit(old.url).path, "/account/link/x/")
    visit.go("/account/sign-in/")
    page.get_by_label("Your e-mail address").fill("olive")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wrong:not(:empty)")
    assert faults_in_all_windows(page) == []
    sign_in_by_code(page)
    page.wait_for_url(at("/account/second-factor/"))
    paths = "second-factor authenticator passkeys/new sign-out".split()
    check(visit, *(f"/account/{path}/" for path in paths))
    visit.go("/account/passkeys/new/")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(at("/recovery-codes/"))
    key = Authenticator.objects.get(type="webauthn").pk
    paths = ["recovery-codes/", "recovery-codes/new/", "", f"passkeys/{key}/", f"passkeys/{key}/remove/"]
    check(visit, *(f"/account/{path}" for path in [*paths, "again/", "again/passkey/"]))


def check(visit, *paths):
    assert walk(visit, {path: path for path in paths}) == {}
