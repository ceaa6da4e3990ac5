"""Who gets through the forms: every person, few programs, nobody from another site, not too many from one network."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing import traps
from mailing.models import OutgoingMail, SignUpTry, Subscriber
from tests.mailing.signing import ADA, fill_in, old_enough
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def press_once_more(client, response):
    """Fill in the page that came back and send it, as a reader does."""
    page = whole(response.content)
    form = page.select_one("main form")
    data = {field["name"]: field.get("value", "") for field in form.select("input:not([type=checkbox])")}
    data["headings"] = [box["value"] for box in form.select("input[checked]")]
    return client.post("/subscribe/", data)


@pytest.mark.parametrize(
    "more",
    [
        {"website": "https://spam.example"},
        {"stamp": ""},
        {"stamp": "forged.stamp"},
        {"stamp": "now"},
        {"stamp": "yesterday"},
    ],
)
def test_trap_asks_to_press_once_more_and_loses_nobody(client, more):
    moments = {"now": timezone.now(), "yesterday": timezone.now() - dt.timedelta(days=2)}
    if more.get("stamp") in moments:
        more = {"stamp": traps.stamp(moments[more["stamp"]])}
    response = fill_in(client, **more)
    assert response.status_code == 200
    (sentence,) = lines(whole(response.content), "[role=alert]")
    assert sentence.startswith("Nearly there: press the button once more.")
    assert (Subscriber.objects.count(), OutgoingMail.objects.count()) == (0, 0)

    again = press_once_more(client, response)
    assert (again.status_code, again["Location"]) == (302, "/subscribe/sent/")
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [ADA]


def test_second_press_is_good_for_its_own_address_alone(client):
    fill_in(client, stamp="", pressed=traps.pressed("bo@example.org"))
    assert Subscriber.objects.count() == 0


def test_form_that_was_kept_with_its_page_still_works_a_minute_later(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = whole(client.get("/subscribe/").content)
        clock.shift(MINUTE)
        assert fill_in(client, stamp=page.select_one("main [name=stamp]")["value"]).status_code == 302


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_form_from_another_site_does_nothing(client, headers, status):
    form = {"address": ADA, "headings": ["evenings"], "stamp": old_enough()}
    response = client.post("/subscribe/", form, headers=headers)
    assert (response.status_code, Subscriber.objects.count()) == (status, int(status == 302))


def test_one_network_has_a_limit_that_a_full_hall_does_not_reach(client, monkeypatch):
    monkeypatch.setattr("mailing.limits.TRIES_AN_HOUR", 2)
    answers = [
        client.post(
            "/subscribe/",
            {"address": f"{i}@example.org", "headings": ["evenings"], "stamp": old_enough()},
            REMOTE_ADDR=source,
        ).status_code
        for i, source in enumerate(["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.9", "127.0.0.1"])
    ]
    assert answers == [302, 302, 429, 302, 302]
    assert "192.0.2" not in str(list(SignUpTry.objects.values()))


def test_network_is_what_our_own_proxy_saw(client, settings, monkeypatch):
    monkeypatch.setattr("mailing.limits.TRIES_AN_HOUR", 1)
    settings.TRUSTED_PROXY_COUNT = 1
    answers = [
        client.post(
            "/subscribe/",
            {"address": f"{i}@example.org", "headings": ["evenings"], "stamp": old_enough()},
            headers={"X-Forwarded-For": f"10.0.0.{i}, 192.0.2.1"},
        ).status_code
        for i in range(2)
    ]
    assert answers == [302, 429]


def test_page_says_when_mail_is_late(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fill_in(client)
        assert lines(whole(client.get("/subscribe/sent/").content), "main .note") == []
        clock.shift(3 * MINUTE)
        (note,) = lines(whole(client.get("/subscribe/sent/").content), "main .note")
        assert note.startswith("Our mail is slow to leave at the moment. Yours is kept and goes first")


def test_no_answer_has_a_cookie_or_is_kept(client):
    for response in (fill_in(client), client.get("/subscribe/sent/"), client.get("/subscribe/")):
        assert response.cookies == {}
        assert "cookie" not in response.get("Vary", "").lower()
    assert client.get("/subscribe/sent/")["Cache-Control"] == "no-store"
    assert client.get("/subscribe/link/").status_code == 302
    assert client.put("/subscribe/").status_code == 405
