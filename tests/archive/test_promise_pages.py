"""What happened next: every promise with what became of it, by year, and as a feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
import time_machine

from archive.views import promises as views
from pages.cache import bump
from speakers.actions import withdraw_consent
from speakers.models import Ask, PromiseReply
from tests.factories import START, give, make_event, make_organisation, make_series, make_speaker, make_talk
from tests.reading import lines, read, whole
from tests.remembering import remembered
from tests.speakers.promises.making import make_promise, rewrite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
AFTER = dt.datetime(2026, 3, 1, 0, 1, tzinfo=dt.UTC)
PLACE, FEED = "/what-happened-next/", "/what-happened-next/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=True):
        yield


def replied(talk, said, outcome="done", words="It is there.", on=dt.date(2026, 2, 20), **fields):
    row = {"published_at": AFTER, "at": AFTER, "replied_on": on, **fields}
    reply = PromiseReply.objects.create(contribution=talk.contribution, said=said, outcome=outcome, words=words, **row)
    bump()
    return reply


@pytest.fixture
@remembered
def three():
    """One answered, one due, one open."""
    talk = make_promise("A map.", "A list.", speakers=[make_speaker("Ada Vale")])
    make_promise("A bridge.", due_on=dt.date(2027, 1, 1), number=61, starts_at=START + dt.timedelta(days=60))
    replied(talk, "A map.", "under_way", "Half of it.", speaker=talk.talk_speakers.get().speaker)
    return talk


@pytest.mark.usefixtures("three")
def test_promises_stand_by_year_with_how_they_stand(client):
    page = read(client, PLACE)
    assert lines(page, "h2:not(#sign-up), .left, .what, .reply")[:9] == [
        "Said in 2026",
        "Still to come",
        "A bridge. (January 2027)",
        "Said in 2025",
        "With a reply",
        "A map. (February 2026)",
        "Under way, 20 February 2026: Half of it.",
        "Due, and no reply yet",
        "A list. (February 2026)",
    ]
    assert lines(page, "#state option") == ["All", "With a reply (1)", "Due, and no reply yet (1)", "Still to come (1)"]
    assert lines(page, ".voice-foot")[-1] == "Ada Vale in Talk 60, Data Bites 60, November 2025"


def test_speakers_page_tells_what_became_of_it_at_each_talk(client, three):
    draft = three.contribution.get_latest_revision_as_object()
    draft.asks.add(Ask(text="Tell us.", closes_on=dt.date(2026, 1, 31)))
    draft.save_revision(clean=False)
    give(three)
    bump()
    page = read(client, "/speakers/ada-vale/")
    assert lines(page, ".order li li") == [
        "Said: A map. Under way, 20 February 2026: Half of it.",
        "Said: A list. – Due, and no reply yet (February 2026)",
        "Asked: Tell us. – Closed on 31 January 2026",
    ]
    led = [link["href"] for link in page.select(".order li li a")]
    assert led == [f"{three.url}#promise-1", f"{three.url}#promise-2", f"{three.url}#ask-1"]
    talk = read(client, three.url)
    assert all(talk.select_one(f"#{address.partition('#')[2]}") for address in led)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?state=answered", ["A map. (February 2026)"]),
        ("?state=due", ["A list. (February 2026)"]),
        ("?state=open", ["A bridge. (January 2027)"]),
        ("?state=due&year=2025", ["A list. (February 2026)"]),
    ],
)
def test_list_is_narrowed_by_its_address(client, asked, found):
    page = read(client, PLACE + asked)
    assert sorted(lines(page, ".what")) == sorted(found)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("asked", ["?page=9", "?page=x"])
def test_page_that_there_is_not_is_not_found(client, asked):
    assert client.get(PLACE + asked).status_code == 404


@pytest.mark.usefixtures("three")
def test_what_nobody_knows_is_left_out_in_words(client):
    page = read(client, f"{PLACE}?state=nonsense&year=1999")
    assert lines(page, ".note") == [
        "We don’t know the state “nonsense”, so we left it out.",
        "We don’t know the year “1999”, so we left it out.",
    ]
    assert len(page.select(".what")) == 3


def test_no_promise_says_so(client):
    make_talk()
    assert lines(read(client, PLACE), ".lede, h2, form") == [
        "No speaker has said yet what would happen next. Once one has, you find here what became of it."
    ]


def test_nothing_fits_says_so(client):
    make_promise("A bridge.", due_on=dt.date(2027, 1, 1))
    page = read(client, f"{PLACE}?state=due")
    assert lines(page, ".narrow a, header > p:last-child") == ["Show everything", "There is no such promise."]


def test_promise_comes_due_by_itself_at_midnight_of_its_series(client, time_machine):
    make_series(time_zone="Pacific/Auckland")
    make_promise("A map.", due_on=dt.date(2026, 3, 10), precision="day")
    time_machine.move_to(dt.datetime(2026, 3, 10, 10, 59, 30, tzinfo=dt.UTC))
    assert lines(read(client, PLACE), ".left") == ["Still to come"]
    time_machine.move_to(dt.datetime(2026, 3, 10, 11, 0, 1, tzinfo=dt.UTC))
    assert lines(read(client, PLACE), ".left") == ["Due, and no reply yet"]


def test_replies_stay_with_their_promise_through_a_release(client, three):
    rewrite(three, "A list.", "A map")
    bump()
    page = read(client, "/data-bites/60/talk-60/")
    assert lines(page, ".body li:has(.reply)") == ["A map (February 2026) Under way, 20 February 2026: Half of it."]
    rewrite(three, "Quite another thing.")
    bump()
    assert lines(read(client, "/data-bites/60/talk-60/"), ".body li:has(.reply)") == [
        "A map. Under way, 20 February 2026: Half of it."
    ]


def test_what_is_not_public_is_seen_by_nobody(client):
    public = make_promise("Public.")
    replied(public, "Public.", words="canary one", published_at=None)
    replied(public, "Public.", words="canary two", published_at=None, set_aside_at=AFTER)
    draft = make_talk(event=make_event(number=2))
    given = draft.contribution.get_latest_revision_as_object()
    given.proposed_title = "canary"
    given.save_revision(clean=False)
    taken_back = make_promise("canary three", number=3, speakers=[make_speaker()])
    replied(taken_back, "canary three")
    speaker = taken_back.talk_speakers.get().speaker
    withdraw_consent(contribution=taken_back.contribution, speaker=speaker, what="answers", at=AFTER)
    off = make_promise("canary four", number=4)
    replied(off, "canary four")
    off.event.unpublish()
    bump()
    assert lines(read(client, PLACE), ".what") == ["Public. (February 2026)"]
    for address in (PLACE, FEED, "/data-bites/60/talk-60/"):
        assert b"canary" not in client.get(address).content


def test_many_promises_are_cut_into_pages_that_keep_what_was_chosen(client, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    make_promise("One.", "Two.", "Three.")
    page = read(client, f"{PLACE}?state=due&page=2")
    assert [a["href"] for a in page.select("nav.ends a")] == ["?state=due&page=1"]
    assert len(page.select(".what")) == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "number"), [(PLACE, 17), (FEED, 4)])
def test_promises_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count, address, number):
    for place in range(1, count + 1):
        people = {"speakers": [make_speaker()], "organisation": make_organisation()}
        talk = make_promise(talk=make_talk(event=make_event(number=place), **people))
        replied(talk, "A map of every bridge.")
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


# The feed


def feed(client, **headers):
    response = client.get(FEED, headers=headers)
    return response, ElementTree.fromstring(response.content) if response.content else None


def texts(element, *path):
    return [found.text for found in element.iterfind("/".join(f"{ATOM}{name}" for name in path))]


def test_feed_tells_the_newest_replies_from_the_record_alone(client, three, settings, time_machine):
    settings.SITE_URL = "https://bites.example.org"
    talk = make_promise("Tides & <mud>.", number=59)
    late = replied(talk, "Tides & <mud>.", words="Not <yet>.", published_at=AFTER + dt.timedelta(hours=1))
    response, root = feed(client)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert texts(root, "entry", "title") == ["Done: Tides & <mud>.", "Under way: A map."]
    assert texts(root, "entry", "id")[0] == f"tag:bites.example.org,2026:what-happened-next/{late.pk}"
    assert texts(root, "entry", "author", "name")[1] == "Ada Vale"
    assert texts(root, "updated") == [(AFTER + dt.timedelta(hours=1)).isoformat()]
    words = [" ".join(whole(text).get_text(" ").split()) for text in texts(root, "entry", "summary")]
    assert words[0] == (
        "In “Talk 59”, Data Bites 59, November 2025, they said: Tides & <mud>. Done, 20 February 2026. Not <yet>."
    )
    time_machine.move_to(AFTER + dt.timedelta(days=40))
    bump()
    for asked in ({"If-None-Match": response["ETag"]}, {"If-Modified-Since": response["Last-Modified"]}):
        again, nothing = feed(client, **asked)
        assert (again.status_code, nothing) == (304, None)


def test_feed_without_a_reply_is_a_feed_and_the_same_tomorrow(client, time_machine):
    first, root = feed(client)
    assert (texts(root, "entry"), texts(root, "updated")) == ([], ["1970-01-01T00:00:00+00:00"])
    time_machine.move_to(AFTER + dt.timedelta(days=1))
    assert feed(client, **{"If-None-Match": first["ETag"]})[0].status_code == 304


def test_talk_with_a_promise_leads_to_all_of_them(client):
    talk = make_promise("A map.")
    give(talk)
    assert PLACE in [a["href"] for a in read(client, talk.get_url()).select(".more a")]
    assert START < AFTER
