"""What every page has: a head that says what it is, a way about, the byte, a foot."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Site

from pages.models import HomePage, SiteSettings, StandardPage
from pages.templatetags.pages_tags import byte
from tests.factories import give, make_event, make_organisation, make_series, make_speaker, make_talk
from tests.reading import lines, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
CSS = Path(settings.BASE_DIR) / "site" / "static" / "css" / "site.css"


def bits(number):
    return re.findall(r"<i(?: class=\"(on)\")?></i>", byte(number))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "00000000"),
        (60, "00111100"),
        (255, "11111111"),
        (256, "0000000100000000"),
        (65536, "0" * 7 + "1" + "0" * 16),
    ],
)
def test_byte_is_the_number_in_rows_of_eight_bits(number, expected):
    assert "".join("1" if bit else "0" for bit in bits(number)) == expected


def test_byte_is_hidden_from_screen_readers():
    assert 'class="byte byte--small" aria-hidden="true"' in byte(60, "small")


def make_page(title="About", *, above=None, **fields):
    page = StandardPage(title=title, **fields)
    (above or HomePage.objects.get()).add_child(instance=page)
    return page


def head_of(client, address):
    return whole(client.get(address).content).select_one("head")


def test_page_says_title_description_and_its_one_address(client):
    make_page(introduction="Who we are.", body="<p>Long ago.</p>")
    head = head_of(client, "/about/?utm_source=a-mail")
    assert lines(head, "title") == ["About – Data Bites"]
    assert head.select_one("[name=description]")["content"] == "Who we are."
    assert head.select_one("[rel=canonical]")["href"] == f"{settings.SITE_URL}/about/"
    assert {meta["property"]: meta["content"] for meta in head.select("[property]")} == {
        "og:title": "About",
        "og:description": "Who we are.",
        "og:type": "website",
        "og:url": f"{settings.SITE_URL}/about/",
        "og:site_name": "Data Bites",
        "og:locale": "en_GB",
    }


def test_page_s_own_words_for_search_engines_win(client):
    make_page(introduction="Who we are.", seo_title="The people", search_description="All of us.")
    head = head_of(client, "/about/")
    assert lines(head, "title") == ["The people – Data Bites"]
    assert head.select_one("[name=description]")["content"] == "All of us."


def test_standard_page_is_text_under_one_heading(client):
    make_page(introduction="Who we are.", body="<h2>Then</h2><p>Long <b>ago</b>.</p>")
    page = whole(client.get("/about/").content)
    assert lines(page, "h1") == ["About"]
    assert lines(page, "main .lede") == ["Who we are."]
    assert lines(page, ".prose h2, .prose p") == ["Then", "Long ago."]


def test_menu_has_only_what_leads_somewhere(client):
    assert lines(whole(client.get("/").content), ".masthead nav a") == [
        "Questions",
        "Speakers",
        "Organisations",
        "Search",
    ]
    make_series()
    make_page(show_in_menus=True)
    make_page("Privacy")
    make_page("A draft", show_in_menus=True, live=False)
    page = whole(client.get("/?again").content)
    assert [(a.get_text(strip=True), a["href"]) for a in page.select(".masthead nav a")] == [
        ("All evenings", "/data-bites/"),
        ("Questions", "/questions/"),
        ("Speakers", "/speakers/"),
        ("Organisations", "/organisations/"),
        ("Search", "/search/"),
        ("About", "/about/"),
    ]
    assert lines(page, ".foot a") == [
        "Topics",
        "What speakers ask of you",
        "What happened next",
        "Corrections",
        "Links",
        "Hosts",
        "Numbers",
        "Feeds",
        "Open data",
        "API",
        "About",
        "Privacy",
    ]


def test_menu_marks_where_you_are(client):
    make_series()
    page = whole(client.get("/data-bites/").content)
    assert lines(page, ".masthead [aria-current=page]") == ["All evenings"]


def test_foot_says_what_the_settings_say(client):
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_email, settings.footer_text = "hello@example.org", "Made by a few of us."
    settings.save()
    page = whole(client.get("/").content)
    assert [a["href"] for a in page.select(".foot a")] == [
        "/topics/",
        "/asks/",
        "/what-happened-next/",
        "/corrections/",
        "/links/",
        "/hosts/",
        "/numbers/",
        "/feeds/",
        "/open-data/",
        "/api/",
        "mailto:hello@example.org",
    ]
    assert lines(page, ".foot p") == ["Made by a few of us."]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/about/", 200),
        ("/about/team/", 200),
        ("/team/", 404),
        ("/about/hidden/", 404),
        ("/about/about/", 404),
        ("/home/", 404),
        ("/home/about/", 404),
    ],
)
def test_address_leads_to_the_page_in_its_place_and_nowhere_else(client, address, status):
    about = make_page()
    make_page("Team", above=about)
    make_page("Hidden", above=about, live=False)
    assert client.get(address).status_code == status


def every_kind_of_page():
    talk = make_talk(
        title="Tides",
        event=make_event(number=7),
        speakers=[make_speaker("Ada")],
        organisation=make_organisation("Board"),
    )
    give(talk)
    make_page()
    pages = ["/", "/data-bites/", "/data-bites/7/", "/data-bites/7/tides/", "/about/", "/speakers/", "/speakers/ada/"]
    return [*pages, "/numbers/", "/open-data/", "/api/"]


def test_every_page_has_one_heading_landmarks_and_a_way_past_the_menu(client):
    for address in every_kind_of_page():
        page = whole(client.get(address).content)
        assert page.html["lang"] == "en-GB", address
        assert len(page.select("h1")) == 1, address
        assert [len(page.select(tag)) for tag in ("header.masthead", "main#main", "footer.foot")] == [1, 1, 1], address
        assert page.body.find("a")["href"] == "#main", address
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), address
        levels = [int(tag.name[1]) for tag in page.select("main :is(h1, h2, h3, h4, h5, h6)")]
        assert all(below <= above + 1 for above, below in pairwise(levels)), (address, levels)


def test_no_page_has_a_style_or_a_script_of_its_own_or_asks_another_host(client):
    for address in every_kind_of_page():
        page = whole(client.get(address).content)
        # A block of data is no script: nothing runs it.
        assert page.select('[style], style, [onclick], script:not([src], [type="application/ld+json"])') == [], address
        loaded = [
            tag.get("src") or tag.get("href") for tag in page.select("[src], link[rel=stylesheet], link[rel=icon]")
        ]
        assert [address for address in loaded if not address.startswith(("/static/", "/media/"))] == [], address


def test_stylesheet_stays_small_and_flat():
    text = CSS.read_text("utf-8")
    assert len(gzip.compress(text.encode())) <= 12 * 1024
    assert [word for word in ("!important", "url(", "@import") if word in text] == []
