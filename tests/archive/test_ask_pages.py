"""What speakers asked of the room: open ones first, closed by themselves at midnight, and followed in a feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
import time_machine

from archive.views import asks as views
from pages.cache import bump
from speakers.actions import withdraw_consent
from speakers.models import Ask, Contribution
from tests.factories import START, give, make_event, make_organisation, make_series, make_speaker, make_talk
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
AFTER = START + dt.timedelta(days=10)  # Saturday 6 December 2025, 6pm
ATOM = "{http://www.w3.org/2005/Atom}"


def make_ask(text="Tell us.", *, days=None, number=1, talk=None, **fields):
    """Asked at an evening of its own; `days` is how long it is open after AFTER."""
    talk = talk or make_talk(event=make_event(number=number), title=f"Talk {number}", speakers=[make_speaker()])
    talk.contribution.refresh_from_db()
    draft = talk.contribution.get_latest_revision_as_object()
    closes_on = None if days is None else AFTER.date() + dt.timedelta(days=days)
    draft.asks.add(Ask(text=text, closes_on=closes_on, **fields))
    draft.save_revision(clean=False)
    talk.contribution.refresh_from_db()
    give(talk)
    return talk


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=True):
        yield


def test_asks_stand_in_the_order_in_which_they_matter(client):
    make_ask("Closed long ago.", days=-40, number=1)
    make_ask("Closed yesterday.", days=-1, number=2)
    make_ask("No end.", number=3)
    make_ask("Opens.", days=60, number=4, opens_on=AFTER.date() + dt.timedelta(days=5))
    make_ask("Far.", days=30, number=5, url="https://ask.example.org/far")
    make_ask("Today.", days=0, number=6, email="ask@example.org")
    make_ask("This month.", days=1, number=7, closes_precision="month")
    page = read(client, "/asks/")
    assert lines(page, "h2, .what") == [
        "Open now",
        "Today.",
        "This month.",
        "Far.",
        "Opening soon",
        "Opens.",
        "Open, with no closing date",
        "No end.",
        "Closed",
        "Closed yesterday.",
        "Closed long ago.",
    ]
    assert lines(page, ".left") == [
        "Last day today",
        "25 days left",
        "30 days left",
        "Opens on 11 December 2025",
        "Since November 2025",
        "Closed on 5 December 2025",
        "Closed on 27 October 2025",
    ]
    assert [a["href"] for a in page.select(".what a")] == ["mailto:ask@example.org", "https://ask.example.org/far"]


def test_ask_says_who_asked_and_where(client):
    ada, board = make_speaker("Ada Vale"), make_organisation("Board of Tides")
    talk = make_talk(event=make_event(number=60), title="Tides", speakers=[ada], organisation=board)
    make_ask(talk=talk, days=3)
    page = read(client, "/asks/")
    assert lines(page, ".voice-foot") == ["Ada Vale (Board of Tides) in Tides, Data Bites 60, November 2025"]
    assert [a["href"] for a in page.select(".voice-foot a")] == ["/speakers/ada-vale/", "/data-bites/60/tides/"]
    assert lines(page, ".left--soon") == ["3 days left"]


def test_ask_closes_by_itself_at_midnight_of_its_series(client, time_machine):
    make_series(time_zone="Pacific/Auckland")
    make_ask(days=1)
    # Nothing is saved, and no page is thrown away: it is gone from the cache at midnight over there.
    time_machine.move_to(dt.datetime(2025, 12, 7, 10, 59, 30, tzinfo=dt.UTC))
    assert lines(read(client, "/asks/"), ".left") == ["Last day today"]
    time_machine.move_to(dt.datetime(2025, 12, 7, 11, 0, 1, tzinfo=dt.UTC))
    assert lines(read(client, "/asks/"), ".left, .lede") == [
        "Answer a consultation, join a test, send what you know. Nothing is open at the moment.",
        "Closed on 7 December 2025",
    ]


def test_no_ask_says_so(client):
    make_talk()
    assert lines(read(client, "/asks/"), ".lede, h2, .fine") == [
        "No speaker has asked anything of the room yet. The first consultation, test or question will stand here."
    ]


def test_ask_that_is_not_public_is_seen_by_nobody(client):
    make_ask("Public.")
    draft = make_talk(event=make_event(number=2))
    unreleased = draft.contribution.get_latest_revision_as_object()
    unreleased.asks.add(Ask(text="canary"))
    unreleased.save_revision(clean=False)
    taken_back = make_ask("canary", number=3)
    speaker = taken_back.talk_speakers.get().speaker
    withdraw_consent(contribution=taken_back.contribution, speaker=speaker, what="answers", at=AFTER)
    make_ask("canary", number=4).event.unpublish()
    bump()
    assert lines(read(client, "/asks/"), ".what") == ["Public."]
    assert b"canary" not in client.get("/asks/feed/").content


def test_many_asks_are_cut_into_pages(client, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number in (1, 2, 3):
        make_ask(f"{number}", days=number, number=number)
    page = read(client, "/asks/?page=2")
    assert (lines(page, ".what"), [a["href"] for a in page.select("nav.ends a")]) == (["3"], ["?page=1"])
    assert client.get("/asks/?page=3").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "number"), [("/asks/", 14), ("/asks/feed/", 10)])
def test_asks_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count, address, number):
    for place in range(1, count + 1):
        talk = make_talk(event=make_event(number=place), speakers=[make_speaker()], organisation=make_organisation())
        make_ask(talk=talk, days=place)
        make_ask(talk=talk)
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


def test_evening_leads_to_all_asks(client):
    make_ask(number=60)
    assert [a["href"] for a in read(client, "/data-bites/60/").select(".body .more a")] == ["/asks/"]


# The feed


@pytest.fixture
def site(settings):
    settings.SITE_URL = "https://bites.example.org"


def feed(client, **headers):
    response = client.get("/asks/feed/", headers=headers)
    return response, ElementTree.fromstring(response.content) if response.content else None


def texts(element, *path):
    return [found.text for found in element.iterfind("/".join(f"{ATOM}{name}" for name in path))]


@pytest.mark.usefixtures("site")
def test_feed_tells_the_newest_asks_from_the_record_alone(client):
    talk = make_talk(event=make_event(number=60), title="Tides & mud", speakers=[make_speaker("Ada Vale")])
    make_ask("Tell <us>.", talk=talk, days=3, url="https://ask.example.org/?a=1&b=2")
    make_ask("Write.", talk=talk)
    response, root = feed(client)
    released = Contribution.objects.get(pk=talk.contribution_id).last_published_at
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert texts(root, "id") == ["tag:bites.example.org,2026:asks"]
    assert [(link.get("rel"), link.get("href")) for link in root.iterfind(f"{ATOM}link")] == [
        ("alternate", "https://bites.example.org/asks/"),
        ("self", "https://bites.example.org/asks/feed/"),
    ]
    assert texts(root, "updated") == [released.isoformat()]
    assert texts(root, "entry", "updated") == [released.isoformat()] * 2
    assert texts(root, "entry", "title") == ["Tell <us>.", "Write."]
    assert texts(root, "entry", "id") == [f"tag:bites.example.org,2026:asks/{talk.pk}/{place}" for place in (1, 2)]
    assert texts(root, "entry", "author", "name") == ["Ada Vale"] * 2
    assert [link.get("href") for link in root.iterfind(f"{ATOM}entry/{ATOM}link")] == [
        "https://bites.example.org/data-bites/60/tides-mud/"
    ] * 2
    assert [" ".join(whole(words).get_text().split()) for words in texts(root, "entry", "summary")] == [
        "Asked in “Tides & mud”, Data Bites 60. How to take part. Open until 9 December 2025.",
        "Asked in “Tides & mud”, Data Bites 60. It has no closing date.",
    ]


@pytest.mark.usefixtures("site")
def test_feed_keeps_its_ids_and_says_nothing_new_until_something_is(client, time_machine):
    talk = make_ask("Tell us.", days=3)
    before, root = feed(client)
    ids = texts(root, "entry", "id")
    time_machine.move_to(AFTER + dt.timedelta(days=30))
    bump()
    for asked in ({"If-None-Match": before["ETag"]}, {"If-Modified-Since": before["Last-Modified"]}):
        again, nothing = feed(client, **asked)
        assert (again.status_code, nothing, again["ETag"]) == (304, None, before["ETag"])
    draft = Contribution.objects.get(pk=talk.contribution_id).get_latest_revision_as_object()
    (ask,) = draft.asks.all()
    ask.text = "Tell us more."
    draft.asks = [ask]
    draft.save_revision(clean=False)
    talk.contribution.refresh_from_db()
    give(talk)
    bump()
    after, root = feed(client, **{"If-None-Match": before["ETag"]})
    assert (after.status_code, texts(root, "entry", "title"), texts(root, "entry", "id")) == (
        200,
        ["Tell us more."],
        ids,
    )


def test_feed_without_an_ask_is_a_feed_and_the_same_tomorrow(client, time_machine):
    first, root = feed(client)
    assert (texts(root, "entry"), texts(root, "updated")) == ([], ["1970-01-01T00:00:00+00:00"])
    time_machine.move_to(AFTER + dt.timedelta(days=1))
    assert feed(client, **{"If-None-Match": first["ETag"]})[0].status_code == 304


def test_page_names_its_feed(client):
    link = whole(client.get("/asks/").content).select_one('link[type="application/atom+xml"]')
    assert (link["rel"], link["href"], link["title"]) == (["alternate"], "/asks/feed/", "What speakers ask of you")


@pytest.mark.parametrize("address", ["/asks/", "/asks/feed/"])
def test_asks_can_only_be_read_and_set_no_cookie(client, address):
    response = client.get(address)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "Cookie" not in response.get("Vary", "")
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]
