"""Corrections: dated beside what they correct, on one page, and as a feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from wagtail.models import Site

from archive.views import corrections as views
from events.models import EventCorrection, EventPage, TalkCorrection
from pages.cache import bump
from pages.models import SiteSettings
from tests.factories import give, make_event, make_talk, publish
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
PLACE, FEED = "/corrections/", "/corrections/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def correct(page, text, on):
    rows = {EventPage: EventCorrection}.get(type(page), TalkCorrection)
    found = publish(page, corrections=[rows(made_on=on, text=text)])
    bump()
    return found


@pytest.fixture
def two():
    event = make_event(number=60, title="Finding out")
    talk = make_talk(event=event, title="Tides & mud")
    correct(event, "It was 480,000 kitchens, not 48,000.", dt.date(2025, 12, 3))
    correct(talk, "Her name is Vale <not> Dale.", dt.date(2026, 1, 14))
    return event, talk


@pytest.mark.usefixtures("two")
def test_corrections_stand_by_year_newest_first(client):
    page = read(client, PLACE)
    assert lines(page, "h2, .voice") == [
        "2026",
        "14 January 2026 Her name is Vale <not> Dale. Tides & mud, Data Bites 60",
        "2025",
        "3 December 2025 It was 480,000 kitchens, not 48,000. Finding out, Data Bites 60",
    ]
    assert [a["href"] for a in page.select(".voice-foot a")] == ["/data-bites/60/tides-mud/", "/data-bites/60/"]


def test_corrections_stand_dated_where_they_belong(client, two):
    _, talk = two
    give(talk, {"change": "Names."})
    bump()
    for address in (talk.url, f"{talk.url}answers/change/"):
        assert lines(read(client, address), ".note--over") == [
            "Corrected on 14 January 2026: Her name is Vale <not> Dale."
        ]
    evening = lines(read(client, "/data-bites/60/"), ".note--over")
    assert evening == [
        "Corrected on 14 January 2026: Her name is Vale <not> Dale.",
        "Corrected on 3 December 2025: It was 480,000 kitchens, not 48,000.",
    ]


def test_evening_says_who_wrote_it_up_and_when(client):
    publish(make_event(number=60), byline="Ada Vale", written_up_on=dt.date(2025, 12, 4))
    assert "Written up by Ada Vale, 4 December 2025." in lines(read(client, "/data-bites/60/"), "footer .fine")


def test_no_correction_says_so(client):
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_email = "hello@example.org"
    settings.save()
    assert lines(read(client, PLACE), "main p, h2") == [
        "Nothing has been corrected so far.",
        "Is something wrong? Tell us: hello@example.org",
    ]


def test_what_is_not_public_is_not_there(client, two):
    event, talk = two
    talk.unpublish()
    bump()
    assert len(read(client, PLACE).select(".voice")) == 1
    event.unpublish()
    bump()
    assert len(read(client, PLACE).select(".voice")) == 0
    assert b"kitchens" not in client.get(FEED).content


def test_many_corrections_are_cut_into_pages(client, monkeypatch, two):
    monkeypatch.setattr(views, "PER_PAGE", 1)
    page = read(client, f"{PLACE}?page=2")
    assert (len(page.select(".voice")), [a["href"] for a in page.select("nav.ends a")]) == (1, ["?page=1"])
    assert client.get(f"{PLACE}?page=3").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "number"), [(PLACE, 9), (FEED, 4)])
def test_corrections_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count, address, number):
    for place in range(1, count + 1):
        event = make_event(number=place)
        correct(event, "One.", dt.date(2025, 12, 1))
        correct(make_talk(event=event), "Two.", dt.date(2025, 12, 2))
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


def feed(client, **headers):
    response = client.get(FEED, headers=headers)
    return response, ElementTree.fromstring(response.content) if response.content else None


def texts(element, *path):
    return [found.text for found in element.iterfind("/".join(f"{ATOM}{name}" for name in path))]


def test_feed_keeps_its_ids_and_says_nothing_new_until_something_is(client, two):
    event, talk = two
    before, root = feed(client)
    assert before["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert texts(root, "entry", "title") == ["Correction: Tides & mud", "Correction: Finding out"]
    assert texts(root, "updated") == ["2026-01-14T12:00:00+00:00"]
    assert " ".join(whole(texts(root, "entry", "summary")[0]).get_text().split()) == (
        "Data Bites 60, 14 January 2026: Her name is Vale <not> Dale."
    )
    ids = texts(root, "entry", "id")
    assert len(set(ids)) == 2
    assert feed(client, **{"If-None-Match": before["ETag"]})[0].status_code == 304
    # A day is all that is known of a correction, and another of the same day must not be taken for nothing new.
    assert "Last-Modified" not in before
    # Published again, its rows are made anew, and are the same to a reader.
    publish(EventPage.objects.get(pk=event.pk), title="Finding out more")
    bump()
    after, root = feed(client)
    assert (texts(root, "entry", "id"), texts(root, "entry", "title")[1]) == (ids, "Correction: Finding out more")
    correct(talk, "His name.", dt.date(2026, 2, 1))
    assert texts(feed(client)[1], "entry", "id")[0] not in ids
    assert after["ETag"] != before["ETag"]


def test_feed_without_a_correction_is_a_feed(client):
    assert texts(feed(client)[1], "entry") == []
