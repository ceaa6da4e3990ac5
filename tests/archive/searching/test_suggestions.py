"""What is suggested while somebody types."""

import pytest

from tests.reading import whole

pytestmark = pytest.mark.django_db


def suggested(client, text):
    response = client.get("/search/suggest/", {"q": text})
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    return [(row["text"], row["kind"], row["url"]) for row in response.json()["suggestions"]]


RIVERS = ("StatsWales & rivers", "talk", "/data-bites/41/statswales-rivers/")
SUGGESTED = {
    "ad": [("Ada Vale", "person", "/speakers/ada-vale/")],
    "ada va": [("Ada Vale", "person", "/speakers/ada-vale/")],
    "ada sto": [("Ada Vale", "person", "/speakers/ada-vale/")],
    "canary": [],
    "wat": [
        ("Water", "topic", "/topics/water/"),
        ("Standing water", "evening", "/data-bites/41/"),
    ],
    "statswales riv": [RIVERS],
    "riv": [("River Trust", "organisation", "/organisations/river-trust/"), RIVERS],
    "office of har": [("Board of Tides", "organisation", "/organisations/board-of-tides/")],
    "the ba": [("The Barn", "host", "/hosts/the-barn/")],
    "things are": [("Where things are", "talk", "/data-bites/60/where-things-are/")],
    "r": [],
    "": [],
    "'(": [],
}


def test_titles_that_begin_like_it_are_suggested(client, archive):
    assert {text: suggested(client, text) for text in SUGGESTED} == SUGGESTED


def test_browser_is_told_how_to_search_here(client, settings, archive):
    settings.SITE_URL = "https://bites.example.org"
    page = whole(client.get("/search/").content)
    link = page.select_one("link[rel=search]")
    response = client.get(link["href"])
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    text = response.content.decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert 'template="https://bites.example.org/search/?q={searchTerms}"' in text
    assert "<ShortName>Data Bites</ShortName>" in text
