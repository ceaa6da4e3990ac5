"""The API's page for people: made from what programs read, in our look, with nothing from another site."""

import re

import pytest

from tests.archive.programs.whole import SITE
from tests.reading import lines, read, whole

pytestmark = pytest.mark.django_db


def test_page_has_every_operation_and_what_its_records_hold(client):
    page = read(client, "/api/")
    told = client.get("/api/v1/openapi.json").json()
    assert lines(page, "h3 code") == [f"GET {address}" for address in told["paths"]]
    assert lines(page, "details summary")[:3] == ["Fields of events", "Fields of talks", "Fields of speakers"]
    table = page.select_one('[aria-label="Parameters of /api/v1/answers"]')
    rows = {cells[0].get_text(): cells[1].get_text() for cells in (row.select("th, td") for row in table.select("tr"))}
    assert (rows["limit"], rows["status"], rows["updated_since"]) == (
        "number, 1 to 100",
        "one of answered, reserved, no_consent, declined, to_come, not_answered, not_asked",
        "date and time",
    )


def test_examples_work_as_they_stand(client):
    examples = lines(read(client, "/api/"), "pre.try")
    addresses = [found for example in examples for found in re.findall(rf"'{SITE}(/api/v1/[^']*)'", example)]
    assert addresses == ["/api/v1/events?limit=2", "/api/v1/talks", "/api/v1/answers"]
    for address in addresses:
        assert client.get(address).json() == {"results": [], "next": None}


def test_page_asks_nothing_of_another_site(client):
    page = whole(client.get("/api/").content)
    loaded = [tag.get("src") or tag.get("href") for tag in page.select("script, img, iframe, link[rel=stylesheet]")]
    assert [address for address in loaded if not address.startswith("/static/")] == []


def test_page_says_whether_there_is_a_licence(client, settings):
    assert "The licence of what speakers said stands in each of its records." in read(client, "/api/").get_text()
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Commons 4.0", "https://commons.example/4.0/"
    found = client.get("/api/?again").content.decode()
    assert '<a href="https://commons.example/4.0/" rel="license">Commons 4.0</a>' in found
