"""The admin opens to those who showed a second factor; whoever has none is led to one, and on to where they went."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as conf
from django.core import mail as sink
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone

from mailing.delivery import send_due
from tests.accounts.signing import SECOND, app_shows, give_authenticator, said, sign_in_by_code, who
from tests.admin import sign_in, sign_in_as
from tests.factories import START, make_user
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
SET_UP = "/account/authenticator/"
CODES = "/account/recovery-codes/"


def secret_on(page):
    return lines(whole(page.content), ".key")[0]


def codes_of(client):
    return lines(whole(client.get(CODES).content), ".codes li")


@pytest.mark.parametrize("role", ["moderator", "organiser", "administrator"])
def test_who_has_none_sets_one_up_and_comes_to_where_they_were_going(client, role):
    user = make_user(role)
    entered = sign_in_by_code(client, user, next="/cms/pages/")
    door = client.get(entered["Location"])
    assert door["Location"] == "/account/second-factor/?next=%2Fcms%2Fpages%2F"
    page = whole(client.get(door["Location"]).content)
    assert [link["href"] for link in page.select("main a.button")] == ["/account/passkeys/new/", SET_UP]
    secret = secret_on(client.get(SET_UP))
    done = client.post(SET_UP, {"code": app_shows(secret)})
    assert done["Location"] == CODES
    page = whole(client.get(CODES).content)
    assert len(lines(page, ".codes li")) == 10
    assert [(link["href"], link.get_text()) for link in page.select("main a.button")] == [
        ("/cms/pages/", "I have kept them: go on")
    ]
    assert client.get("/cms/pages/").status_code == 200


def test_speaker_needs_none(client):
    ada = make_user("speaker")
    assert sign_in_by_code(client, ada)["Location"] == "/portal/"
    assert who(client) == ada.email


def test_who_has_one_is_asked_for_it_after_the_code(client):
    olive = make_user("organiser")
    give_authenticator(olive)
    assert sign_in_by_code(client, olive, next="/cms/pages/")["Location"] == SECOND
    assert client.get("/cms/")["Location"] == "/account/sign-in/?next=/cms/"
    wrong = client.post(SECOND, {"code": "000000"})
    assert said(wrong) == ["That code is not right. Look at it again, and type it once more."]
    assert client.post(SECOND, {"code": app_shows()})["Location"] == "/cms/pages/"
    assert client.get("/cms/pages/").status_code == 200


def test_speaker_who_set_one_up_is_asked_for_it_too(client):
    ada = make_user("speaker")
    give_authenticator(ada)
    assert sign_in_by_code(client, ada)["Location"] == SECOND
    assert who(client) == ""


def test_code_of_an_app_works_once(client):
    olive = make_user("organiser")
    give_authenticator(olive)
    with time_machine.travel(START, tick=False):
        code = app_shows()
        sign_in_by_code(client, olive)
        client.post(SECOND, {"code": code})
        assert who(client) == olive.email
        thief = Client()
        sign_in_by_code(thief, olive)
        assert said(thief.post(SECOND, {"code": code})) != []
        assert who(thief) == ""


def test_code_of_an_app_can_not_be_guessed_for_long(client):
    olive = make_user("organiser")
    give_authenticator(olive)
    sign_in_by_code(client, olive)
    for _ in range(5):
        client.post(SECOND, {"code": "000000"})
    right = client.post(SECOND, {"code": app_shows()})
    assert said(right) == ["Those were too many tries. Wait a few minutes, then try again."]


def test_recovery_code_opens_once(client):
    olive = make_user("organiser")
    sign_in_by_code(client, olive)
    client.post(SET_UP, {"code": app_shows(secret_on(client.get(SET_UP)))})
    code = codes_of(client)[3]
    for expected in (olive.email, ""):
        other = Client()
        sign_in_by_code(other, olive)
        other.post(SECOND, {"code": code})
        assert who(other) == expected
    assert len(codes_of(client)) == 9
    assert "You have nine codes left." in client.get("/account/").content.decode()


def test_recovery_codes_are_kept_as_a_file_and_made_anew(client):
    olive = make_user("organiser")
    sign_in_by_code(client, olive)
    client.post(SET_UP, {"code": app_shows(secret_on(client.get(SET_UP)))})
    before = codes_of(client)
    file = client.get(f"{CODES}file/")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file.content.decode().split()[-10:] == before
    assert client.post(f"{CODES}new/")["Location"] == CODES
    assert set(codes_of(client)).isdisjoint(before)


def test_recovery_codes_need_the_factor_again_after_a_while(client):
    olive = make_user("organiser")
    give_authenticator(olive)
    with time_machine.travel(START, tick=False) as clock:
        sign_in_by_code(client, olive)
        client.post(SECOND, {"code": app_shows()})
        asked = client.get("/account/passkeys/new/")
        assert asked["Location"] == "/account/again/?next=%2Faccount%2Fpasskeys%2Fnew%2F"
        clock.shift(60)
        client.post(asked["Location"], {"code": app_shows(), "next": "/account/passkeys/new/"})
        assert client.get("/account/passkeys/new/").status_code == 200
        clock.shift(301)
        assert client.get("/account/passkeys/new/").status_code == 302


def test_app_is_removed_after_showing_it_and_the_admin_asks_for_a_new_one(client):
    olive = make_user("organiser")
    sign_in_by_code(client, olive)
    client.post(SET_UP, {"code": app_shows(secret_on(client.get(SET_UP)))})
    assert client.post(f"{SET_UP}remove/")["Location"] == "/account/"
    assert Authenticator.objects.count() == 0
    other = Client()
    sign_in_by_code(other, olive)
    assert other.get("/cms/")["Location"] == "/account/second-factor/?next=%2Fcms%2F"


def test_wrong_code_sets_no_app_up(client):
    sign_in_by_code(client, make_user("organiser"))
    assert said(client.post(SET_UP, {"code": "12345"})) == [
        "That code is not right. Look at it again, and type it once more."
    ]
    assert Authenticator.objects.count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_change_is_told_by_mail(client):
    olive = make_user("organiser")
    sign_in_by_code(client, olive)
    client.post(SET_UP, {"code": app_shows(secret_on(client.get(SET_UP)))})
    client.post(f"{CODES}new/")
    client.post(f"{SET_UP}remove/")
    send_due(at=timezone.now())
    assert [re.split(r"\n+", mail.body)[0] for mail in sink.outbox if "changed" in mail.subject] == [
        "An authenticator app was set up for your account.",
        "New recovery codes were made for your account; the old ones are dead.",
        "The authenticator app was removed from your account.",
    ]


def test_session_from_before_shows_the_factor_and_goes_on(client):
    """Somebody became an organiser while they were signed in, and has an app."""
    olive = make_user("organiser")
    give_authenticator(olive)
    client.force_login(olive)
    door = client.get("/cms/pages/")
    assert door["Location"] == "/account/again/?next=%2Fcms%2Fpages%2F"
    assert client.post(door["Location"], {"code": app_shows()})["Location"] == "/cms/pages/"
    assert client.get("/cms/pages/").status_code == 200


def test_admin_asks_again_after_half_a_day_without_use(client):
    with time_machine.travel(START, tick=False) as clock:
        olive = make_user("organiser")
        give_authenticator(olive)
        sign_in_as(client, olive)
        for _ in range(3):
            clock.shift(11 * 3600)
            assert client.get("/cms/").status_code == 200
        clock.shift(12 * 3600 + 1)
        assert client.get("/cms/")["Location"] == "/account/again/?next=%2Fcms%2F"
        assert who(client) == olive.email
        clock.shift(30)
        client.post("/account/again/?next=/cms/", {"code": app_shows()})
        assert client.get("/cms/").status_code == 200


def test_form_that_was_open_for_half_a_day_leads_to_the_factor_and_writes_nothing(client):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        clock.shift(13 * 3600)
        assert client.post("/cms/hosts/add/", {"name": "x"})["Location"] == "/account/second-factor/?next=%2Fcms%2F"
        autosave = client.post("/cms/hosts/add/", {"name": "x"}, headers={"X-Requested-With": "XMLHttpRequest"})
        assert autosave.status_code == 403


def test_admin_in_use_writes_the_session_every_ten_minutes_at_most(client):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        noted = []
        for _ in range(5):
            clock.shift(299)
            client.get("/cms/")
            noted.append(client.session.get("accounts.admin_seen_at"))
    seconds = [None if at is None else at - START.timestamp() for at in noted]
    assert seconds == [None, None, 897, 897, 897]


def test_demo_opens_without_one(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    entered = sign_in_by_code(client, make_user("organiser"))
    assert entered["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_production_without_one_is_refused_by_the_check(settings):
    settings.REDIS_URL = "redis://127.0.0.1:6379"
    assert conf.SECOND_FACTOR_REQUIRED is True

    def found():
        checks = run_checks(include_deployment_checks=True, tags=["security"])
        return [each.id for each in checks if each.id.startswith("accounts.")]

    assert found() == []
    settings.SECOND_FACTOR_REQUIRED = False
    assert found() == ["accounts.E001"]
    settings.SECOND_FACTOR_REQUIRED, settings.REDIS_URL = True, ""
    assert found() == ["accounts.W001"]
    settings.EMBEDDED_WORKER = True
    assert found() == []
