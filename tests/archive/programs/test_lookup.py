"""From a page's address to its record."""

from urllib.parse import quote

import pytest

from pages.cache import bump
from tests.archive.programs.whole import SITE
from tests.factories import publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("/data-bites/60/", "event", "title"),
        (f"{SITE}/data-bites/60", "event", "title"),
        (f"{SITE}/data-bites/60/tides/#summary", "talk", "title"),
        ("/speakers/ada-vale/", "speaker", "name"),
        ("/organisations/board-of-tides/", "organisation", "name"),
        ("/hosts/the-hall/", "host", "name"),
        ("/topics/maps/", "topic", "name"),
        ("/questions/change/", "question", "text"),
    ],
)
def test_page_leads_to_its_record(client, read, whole, address, kind, name):
    found = read(f"lookup?address={quote(address)}")
    assert (found["kind"], found["url"]) == (kind, f"{SITE}/api/v1/{kind}s/{found['id']}")
    record = client.get(found["url"].removeprefix(SITE)).json()
    assert record["id"] == found["id"]
    assert record["address"].startswith(SITE + address.removeprefix(SITE).partition("#")[0])
    assert record[name]


def test_former_address_leads_to_what_is_there_now(read, whole):
    ada = whole["ada"]
    ada.slug = "ada-vale-jones"
    ada.save()
    publish(whole["talk"], slug="tides-again")
    bump()
    assert read("lookup?address=/speakers/ada-vale/")["id"] == ada.pk
    assert read("lookup?address=/data-bites/60/tides-again/")["id"] == whole["talk"].pk
    renamed = read("lookup?address=/organisations/tide-office/")["url"].removeprefix(f"{SITE}/api/v1/")
    assert read(renamed)["slug"] == "board-of-tides"
    assert read("talks?organisation=tide-office") == read("talks?organisation=board-of-tides")


@pytest.mark.parametrize("number", [60, 61])
def test_answer_s_own_page_leads_to_its_record(client, read, whole, number):
    found = read(f"lookup?address=/data-bites/{number}/tides/answers/summary/", status=200 if number == 60 else 404)
    if number == 60:
        assert found["kind"] == "answer"
        record = client.get(found["url"].removeprefix(SITE)).json()
        assert (record["id"], record["talk"], record["text"]) == (found["id"], whole["talk"].pk, "Water & “maps”.")


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/api/", "/data-bites/", "/data-bites/61/", "/speakers/canary-bird/", "/hosts/canary-host/"),
        *("/topics/canary-topic/", "/questions/canary/", "https://elsewhere.example.org/data-bites/60/"),
        *("http://[x/", "60", "?", "%00"),
    ],
)
def test_what_has_no_public_record_is_not_found(read, whole, address):
    assert read(f"lookup?address={quote(address)}", status=404)["status"] == 404
