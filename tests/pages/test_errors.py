"""Where there is no page: words, and a way on. And what crawlers are told."""

from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client
from wagtail.models import Page

from archive import sitemaps
from pages.cache import bump
from pages.models import HomePage, StandardPage
from speakers.models import StandardQuestion
from tests.factories import (
    QUESTIONS,
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    make_user,
    publish,
    write_answers,
)
from tests.reading import lines, whole
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    bump()


def lost(client, address, **extra):
    response = client.get(address, **extra)
    assert response.status_code == 404, address
    return whole(response.content).select_one("main")


def ways_on(page):
    return [(a.get_text(), a["href"]) for a in page.select("a")]


# 404


def test_missing_page_says_so_and_leads_on(client):
    page = lost(client, "/no-such-page/")
    assert lines(page, "h1") == ["This page isn’t here"]
    assert ways_on(page) == [
        ("Go to the front page", "/"),
        ("Look for a speaker", "/speakers/"),
    ]


@pytest.mark.parametrize("address", ["/data-bites/999/", "/data-bites/999/no-such-talk/", "/data-bites/a/b/c/d/e/f/g/"])
def test_missing_evening_leads_to_its_series(client, address):
    make_series()
    assert ways_on(lost(client, address)) == [
        ("Go to Data Bites", "/data-bites/"),
        ("Go to the front page", "/"),
        ("Look for a speaker", "/speakers/"),
    ]


def test_missing_talk_leads_to_its_evening(client):
    make_event(number=60, title="Finding out")
    page = lost(client, "/data-bites/60/no-such-talk/")
    assert ways_on(page)[:1] == [("Go to Finding out", "/data-bites/60/")]


def test_way_on_never_names_what_is_not_public(client):
    event = make_event(number=60, title="canary")
    make_event(number=61, title="canary", live=False)
    event.series.unpublish()
    for address in ("/data-bites/60/", "/data-bites/60/talk/", "/data-bites/61/", "/data-bites/"):
        page = lost(client, address)
        assert "canary" not in page.get_text()
        assert [a["href"] for a in page.select("a")] == ["/", "/speakers/"]


def test_words_meant_for_developers_are_not_shown(client):
    text = lost(client, "/speakers/nobody/").get_text()
    assert "matches the given query" not in text
    assert "The address may have a slip in it" in text


@pytest.mark.parametrize(
    "address", ["/%00/", "/a%0Ab/", "/" + "a" * 3000 + "/", "/" + "a/" * 200, "/%ff%fe/", "/../../etc/"]
)
def test_odd_addresses_are_only_not_found(client, address):
    lost(client, address, follow=True)


def test_missing_page_is_not_indexed_and_sets_no_cookie(client):
    response = client.get("/no-such-page/")
    robots = whole(response.content).select_one('meta[name="robots"]')
    assert (robots["content"], dict(response.cookies)) == ("noindex", {})


def test_missing_page_is_not_kept(client):
    lost(client, "/data-bites/60/")
    make_event(number=60)
    assert client.get("/data-bites/60/").status_code == 200


# 403, 500, 405


def test_signed_in_speaker_is_told_at_the_admins_door(client):
    client.force_login(make_user("speaker"))
    response = client.get("/cms/")
    page = whole(response.content).select_one("main")
    assert (response.status_code, lines(page, "h1")) == (403, ["This part is for the organisers"])
    assert [form["action"] for form in page.select("form")] == ["/account/sign-out/"]
    assert [a["href"] for a in page.select("a")] == ["/portal/", "/account/"]


def test_form_that_was_open_too_long_says_so():
    make_series()
    response = Client(enforce_csrf_checks=True).post("/data-bites/")
    page = whole(response.content).select_one("main")
    assert (response.status_code, lines(page, "h1")) == (403, ["That was not sent"])
    assert "Nothing was changed." in lines(page, ".lede")[0]


def test_broken_page_says_so_without_the_database(monkeypatch, django_assert_num_queries):
    def break_down(*args, **kwargs):
        raise RuntimeError("canary")

    monkeypatch.setattr("archive.lists.speakers_a_to_z", break_down)
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        response = client.get("/speakers/")
    page = whole(response.content)
    assert (response.status_code, lines(page, "h1")) == (500, ["Something broke on our side"])
    assert [a["href"] for a in page.select("main a")] == ["/"]
    assert "canary" not in response.content.decode()


def test_broken_page_needs_nothing_that_may_be_broken():
    template = get_template("500.html").template
    assert [type(node).__name__ for node in template.nodelist] == ["TextNode"]


def test_pages_of_text_take_no_post(client):
    assert [client.post("/robots.txt").status_code, client.post("/sitemap.xml").status_code] == [405, 405]


def test_refusal_needs_no_token():
    assert Client(enforce_csrf_checks=True).post("/speakers/").status_code == 405


# robots.txt and the sitemap


def test_robots_may_read_all_but_the_admin_the_slides_and_recordings(client, settings):
    settings.SITE_URL = "https://bites.example.org"
    response = client.get("/robots.txt")
    assert (response["Content-Type"], response.content.decode()) == (
        "text/plain; charset=utf-8",
        "User-agent: *\nDisallow: /cms/\nDisallow: /slides/\nDisallow: /recordings/\nDisallow: /api/v1/\n\n"
        "Sitemap: https://bites.example.org/sitemap.xml\n",
    )


def entries(client, address="/sitemap.xml"):
    """{path: last change or None} of a sitemap, which must be of this site alone."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {}
    for url in ElementTree.fromstring(response.content):
        place = url.find(f"{space}loc").text
        assert place.startswith("https://bites.example.org/")
        assert place not in found
        found[place.removeprefix("https://bites.example.org")] = url.findtext(f"{space}lastmod")
    return found


@pytest.fixture
def site(settings):
    settings.SITE_URL = "https://bites.example.org"


@pytest.fixture
@remembered
def talk():
    return make_talk(
        title="Tides",
        event=make_event(number=60, host=make_host("The Hall"), chair=make_speaker("Cy Eff")),
        speakers=[make_speaker("Ada Vale")],
        organisation=make_organisation("Board of Tides", parent=make_organisation("Department for Coasts")),
    )


@pytest.mark.usefixtures("site")
def test_sitemap_lists_what_is_public_and_nothing_else(client, talk):
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="About", slug="about"))
    home.add_child(instance=StandardPage(title="canary", slug="canary", live=False))
    make_event(number=61, live=False)
    publish(talk, topics=[make_topic(name="Coasts")])
    secret = [make_topic(name="Canary topic")]
    make_talk(event=talk.event, title="Canary", live=False, speakers=[make_speaker("Canary Bird")], topics=secret)
    StandardQuestion.objects.create(text="Canary?", short_name="Canary")
    make_talk(event=make_event(series=make_series(slug="closed", live=False), number=1), title="Canary song")
    hidden = make_event(number=62)
    make_talk(event=hidden, title="Canary sings", speakers=[make_speaker("Canary Singer")])
    Page.objects.get(pk=hidden.pk).specific.unpublish()
    assert set(entries(client)) == {
        "/",
        "/about/",
        "/data-bites/",
        "/data-bites/60/",
        "/data-bites/60/tides/",
        "/speakers/",
        "/speakers/ada-vale/",
        "/speakers/cy-eff/",
        "/organisations/",
        "/organisations/board-of-tides/",
        "/organisations/department-for-coasts/",
        "/hosts/",
        "/hosts/the-hall/",
        "/topics/",
        "/topics/coasts/",
        "/what-happened-next/",
        "/corrections/",
        "/links/",
        "/asks/",
        "/feeds/",
        *("/numbers/", "/open-data/", "/api/"),
        "/questions/",
        *(f"/questions/{slug}/" for slug in QUESTIONS),
    }


@pytest.mark.usefixtures("site")
def test_sitemap_tells_the_day_the_words_last_changed(client, talk, time_machine):
    time_machine.move_to("2026-01-05T12:00Z")
    publish(talk.event)
    time_machine.move_to("2026-02-05T12:00Z")
    publish(talk)
    changes = entries(client)
    paths = ["/data-bites/60/", "/data-bites/60/tides/", "/speakers/ada-vale/", "/organisations/board-of-tides/"]
    assert [changes[path] for path in paths] == ["2026-02-05"] * 4
    assert [changes[path] for path in ("/", "/data-bites/", "/speakers/", "/hosts/the-hall/")] == [None] * 4
    time_machine.move_to("2026-03-05T12:00Z")
    bump()
    give(talk)
    changes = entries(client)
    assert [changes[path] for path in paths] == ["2026-03-05", "2026-03-05", "2026-02-05", "2026-02-05"]


@pytest.mark.usefixtures("site")
def test_sitemap_does_not_tell_of_work_on_drafts(client, talk, time_machine):
    before = entries(client)
    time_machine.move_to("2030-01-01T12:00Z")
    write_answers(talk.contribution, {"summary": "canary"})
    talk.get_latest_revision_as_object().save_revision()
    bump()
    assert entries(client) == before


@pytest.mark.usefixtures("site")
def test_sitemap_that_is_too_long_for_one_file_is_an_index(client, talk, monkeypatch):
    whole_sitemap = entries(client)
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 3)
    bump()
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [place.text for place in index.iter() if place.tag.endswith("loc")]
    parts = [place.removeprefix("https://bites.example.org") for place in places]
    assert parts == [
        f"/sitemap-{name}.xml"
        for name in "pages evenings talks speakers organisations hosts questions topics transcripts".split()
    ]
    assert {path: day for part in parts for path, day in entries(client, part).items()} == whole_sitemap
    assert client.get("/sitemap-canary.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    for number in range(1, count + 1):
        make_talk(
            event=make_event(number=number, host=make_host()),
            speakers=[make_speaker()],
            organisation=make_organisation(),
            topics=[make_topic(name=f"Topic {number}")],
        )
    with django_assert_num_queries(27):
        client.get("/sitemap.xml")
