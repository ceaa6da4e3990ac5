"""How the API is spoken to: methods, other sites, what is kept, limits, and what can't be understood."""

import pytest
import time_machine
from django.core.cache import cache

from archive.api import door
from pages.cache import bump
from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_speaker,
    make_talk,
    publish,
)

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def test_answer_is_for_everybody_and_for_a_minute(client, whole):
    response = client.get("/api/v1/events", headers={"origin": "https://elsewhere.example.org"})
    assert (response["Content-Type"], response["Cache-Control"], response["Access-Control-Allow-Origin"]) == (
        "application/json; charset=utf-8",
        "public, max-age=60",
        "*",
    )
    assert (response.cookies, response.get("Vary")) == ({}, "Accept-Encoding")
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("kept", [False, True])
def test_what_has_not_changed_is_not_sent_again(client, whole, kept):
    first = client.get("/api/v1/talks")
    if not kept:
        cache.clear()
    again = client.get("/api/v1/talks", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    publish(whole["talk"], title="Tides, renamed")
    bump()
    changed = client.get("/api/v1/talks", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_kept_answer_is_the_same_and_asks_nothing(client, whole, django_assert_num_queries):
    first = client.get("/api/v1/answers")
    with django_assert_num_queries(0):
        again = client.get("/api/v1/answers")
    assert (again.content, again["ETag"], again["Access-Control-Allow-Origin"]) == (first.content, first["ETag"], "*")
    zipped = client.get("/api/v1/answers", headers={"accept-encoding": "gzip"})
    assert (zipped["Content-Encoding"], zipped["ETag"]) == ("gzip", first["ETag"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(client, method):
    response = getattr(client, method)("/api/v1/events")
    assert (response.status_code, response["Content-Type"], response["Allow"]) == (405, PROBLEM, "GET, HEAD, OPTIONS")
    assert response.json()["title"] == "This can only be read"


def test_head_has_no_body_and_options_says_who_may(client, whole):
    head = client.head("/api/v1/events")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", client.get("/api/v1/events")["ETag"])
    options = client.options("/api/v1/events", headers={"access-control-request-method": "GET"})
    assert (options.status_code, options["Access-Control-Allow-Origin"], options["Access-Control-Allow-Methods"]) == (
        204,
        "*",
        "GET, HEAD",
    )


def test_too_many_requests_are_told_when_to_go_on(client, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 3)
    statuses = []
    with time_machine.travel(START.replace(second=18), tick=False):
        for number in range(5):
            response = client.get(f"/api/v1/events?number={number + 1}", REMOTE_ADDR="192.0.2.7")
            statuses.append(response.status_code)
        elsewhere = client.get("/api/v1/events?number=9", REMOTE_ADDR="192.0.2.8")
    assert (statuses, elsewhere.status_code) == ([200, 200, 200, 429, 429], 200)
    assert (response["Retry-After"], response["Content-Type"]) == ("42", PROBLEM)
    assert response.json() == {
        "type": "about:blank",
        "title": "Too many requests",
        "status": 429,
        "detail": "3 requests a minute are what we can answer. Go on in 42 seconds. "
        "The whole archive is one file: /open-data/.",
        "faults": [],
    }
    with time_machine.travel(START.replace(minute=1), tick=False):
        assert client.get("/api/v1/events?number=10", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_source_is_what_our_proxies_saw(client, monkeypatch, settings):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 1)
    settings.TRUSTED_PROXY_COUNT = 1
    statuses = [
        client.get(f"/api/v1/events?number={number}", headers={"x-forwarded-for": f"10.0.0.{number}, 192.0.2.7"})
        for number in (1, 2)
    ]
    assert [response.status_code for response in statuses] == [200, 429]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("events?limit=0", "limit"),
        ("events?limit=101", "limit"),
        ("events?limit=", "limit"),
        ("events?year=99999999999999999999", "year"),
        ("events?after=-1", "after"),
        ("events?after=99999999999999999999999", "after"),
        ("events?series=%00", "series"),
        ("events?series=%ED%A0%80", "series"),
        ("talks?speaker=%27%20OR%201=1", "speaker"),
        ("talks?kind=castle", "kind"),
        ("talks?updated_since=yesterday", "updated_since"),
        ("talks?updated_since=2026-01-01T00:00:00", "updated_since"),
        ("talks?updated_since=0001-01-01T00:00:00%2B14:00", "updated_since"),
        ("talks?updated_since=9999-12-31T23:59:59-14:00", "updated_since"),
        ("talks?updated_since=99999999999999999999", "updated_since"),
        ("talks?updated_since=nan", "updated_since"),
        ("answers?after=1", "after"),
        ("answers?after=1-2-3-4", "after"),
        ("answers?status=maybe", "status"),
        ("events?yaer=2025", "yaer"),
        ("speakers?%00=1", ""),
        ("events/99999999999999999999", "id"),
        ("events/abc", "id"),
        ("answers/abc", "id"),
        ("speakers/%00", "name"),
        (f"speakers/{'a' * 101}", "name"),
    ],
)
def test_what_cannot_be_understood_is_said_in_words(client, address, parameter):
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    told = response.json()
    assert (told["title"], [fault["parameter"] for fault in told["faults"]]) == (
        "We don’t understand that",
        [parameter],
    )


@pytest.mark.parametrize("address", ["", "/", "/nothing", "/events/", "/events/1/2", "/%00", "/%ED%A0%80"])
def test_address_that_is_not_there_is_told_in_the_same_kind(client, address):
    response = client.get(f"/api/v1{address}")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("events", 7), ("talks", 18), ("answers", 18), ("asks", 18), ("speakers", 6), ("organisations", 5)],
)
def test_lists_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count, name, queries):
    for number in range(1, count + 1):
        event = make_event(number=number, host=make_host())
        talk = make_talk(event=event, speakers=[make_speaker(), make_speaker()], organisation=make_organisation())
        given = talk.contribution.get_latest_revision_as_object()
        given.asks.add(given.asks.model(text="Tell us"))
        given.save_revision()
        give(talk, {"summary": "Words."})
    bump()
    with django_assert_num_queries(queries):
        response = client.get(f"/api/v1/{name}")
    assert len(response.json()["results"]) == {"answers": 6 * count, "speakers": 2 * count}.get(name, count)
