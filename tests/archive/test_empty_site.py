"""A new site: nothing is there but what migrations make, and each page says so in a sentence."""

import pytest

from tests.reading import lines, read

pytestmark = pytest.mark.django_db
# Each page that is there from the first day; the browser looks at them too.
EMPTY = {
    "home": "/",
    "speakers": "/speakers/",
    "organisations": "/organisations/",
    "hosts": "/hosts/",
    "questions": "/questions/",
    "topics": "/topics/",
    "asks": "/asks/",
    "asks in a calendar": "/asks/deadlines/",
    "what happened next": "/what-happened-next/",
    "corrections": "/corrections/",
    "links": "/links/",
    "search": "/search/",
    "search, nothing": "/search/?q=tide",
    "search, one kind": "/search/?q=tide&in=talks",
    "numbers": "/numbers/",
    "open data": "/open-data/",
    "feeds": "/feeds/",
}


def test_pages_of_an_empty_site_say_so(client):
    for path in EMPTY.values():
        page = read(client, path)
        assert (path, len(page.select("h1"))) == (path, 1)
        assert (path, [frame.name for frame in frames(page) if frame.find(True) is None]) == (path, [])
        assert (path, bool(lines(page, "p"))) == (path, True)


def frames(page):
    """What holds something, or should not be there."""
    return page.select("ul, ol, dl, tbody, select, nav, section")


def test_home_of_an_empty_site_leads_to_the_mailing_list(client):
    page = read(client, "/")
    assert lines(page, "h1, p:not(.lede, .kicker)") == [
        "Data Bites",
        "No evening has been announced yet. Get a mail when one is.",
    ]
    assert [link["href"] for link in page.select("a")] == ["/subscribe/"]
