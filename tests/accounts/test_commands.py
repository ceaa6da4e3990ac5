"""Ways in from the console: the first administrator, a link when mail is away, a second factor that was lost."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.accounts.signing import SECOND, give_authenticator, sign_in_by_code, who
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def run(command, *args):
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue().strip()


def follow(client, url):
    return client.post(urlsplit(url).path)


def test_first_administrator_comes_in_by_the_link_that_is_printed(client):
    assert follow(client, run("make_administrator", "Ada@Example.org"))["Location"] == "/cms/"
    ada = User.objects.get()
    assert (ada.email, ada.is_superuser, ada.is_staff, who(client)) == ("ada@example.org", True, True, ada.email)
    assert client.get("/cms/")["Location"] == "/account/second-factor/?next=%2Fcms%2F"


def test_somebody_who_is_there_becomes_an_administrator():
    ada = make_user("speaker", email="ada@example.org", is_active=False)
    run("make_administrator", ada.email)
    ada.refresh_from_db()
    assert (ada.is_superuser, ada.is_active, User.objects.count()) == (True, True, 1)


def test_what_is_no_address_makes_no_administrator():
    with pytest.raises(CommandError, match=r"^That is not an e-mail address\.$"):
        run("make_administrator", "ada")
    assert User.objects.count() == 0


@pytest.mark.parametrize(("role", "goal"), [("speaker", "/portal/"), ("organiser", "/cms/")])
def test_link_from_the_console_signs_in_when_mail_is_away(client, role, goal):
    user = make_user(role)
    assert follow(client, run("sign_in_link", user.email.upper()))["Location"] == goal
    assert who(client) == user.email


def test_nobody_gets_no_link():
    make_user("speaker", email="off@example.org", is_active=False)
    for address in ("nobody@example.org", "off@example.org"):
        with pytest.raises(CommandError, match=r"^Nobody with this address may sign in\.$"):
            run("sign_in_link", address)


def test_lost_second_factor_is_forgotten_and_its_sessions_end(client):
    olive = make_user("organiser")
    sign_in_by_code(client, olive)
    give_authenticator(olive)
    assert run("forget_second_factor", olive.email) == "Done. They set up a new one when they next open the admin."
    assert (Authenticator.objects.count(), who(client)) == (0, "")
    again = Client()
    assert sign_in_by_code(again, olive)["Location"] != SECOND
    assert run("forget_second_factor", olive.email) == "There was none."
    with pytest.raises(CommandError, match=r"^Nobody has this address\.$"):
        run("forget_second_factor", "nobody@example.org")
