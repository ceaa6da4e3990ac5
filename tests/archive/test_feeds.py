"""Feeds of evenings and write-ups: complete, from the record alone, and only of what is public."""

import datetime as dt
from xml.etree import ElementTree

import pytest
import time_machine

from archive.views import feeds
from events.addresses import lead_on
from events.models import AudienceQuestion, EventCorrection, Recording
from pages.cache import bump
from speakers.actions import hand_over, merge_speakers, withdraw_consent
from speakers.enums import Baton
from speakers.models import Contribution, TalkLink, TermsChoice
from tests.archive.followed import AFTER, ALL, YEAR, evening, get
from tests.factories import (
    START,
    give,
    make_event,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_venue,
    publish,
)
from tests.reading import lines, read, whole

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture(autouse=True)
def _after(settings):
    settings.SITE_URL = "https://bites.example.org"
    with time_machine.travel(AFTER, tick=True):
        yield


@pytest.mark.parametrize("kind", ["evenings", "write-ups"])
@pytest.mark.parametrize("base", ALL)
def test_every_feed_is_valid_and_names_itself_and_its_page(client, base, kind):
    evening()
    response, feed = get(client, f"{base}feeds/{kind}/")
    assert (response["Content-Type"], feed.bozo) == ("application/atom+xml; charset=utf-8", False)
    assert {(link.rel, link.href) for link in feed.feed.links} == {
        ("self", f"https://bites.example.org{base}feeds/{kind}/"),
        ("alternate", f"https://bites.example.org{base}"),
    }
    assert (feed.version, len(feed.entries), feed.feed.language) == ("atom10", 1, "en-gb")
    assert feed.feed.id.startswith("tag:bites.example.org,2026:feeds/")
    assert all(entry.content[0].type == "text/html" and entry.content[0].value for entry in feed.entries)


@pytest.mark.parametrize("base", ALL)
def test_page_names_both_of_its_feeds(client, base):
    evening()
    links = whole(client.get(base).content).select('link[type="application/atom+xml"]')
    assert [link["href"] for link in links] == [f"{base}feeds/evenings/", f"{base}feeds/write-ups/"]
    assert all(client.get(link["href"]).status_code == 200 for link in links)


def test_evening_is_told_as_it_was_announced(client):
    event = evening(venue=make_venue(name="The Old Sorting Office"), standfirst="All about water.").event
    _, feed = get(client, "/feeds/evenings/")
    (entry,) = feed.entries
    assert (entry.title, entry.link) == (
        f"Data Bites 60: {event.title}" if "Data Bites 60" not in event.title else event.title,
        "https://bites.example.org/data-bites/60/",
    )
    assert entry.id == f"tag:bites.example.org,2026:evenings/{event.pk}"
    told = whole(entry.content[0].value)
    assert lines(told, "p") == [
        "All about water.",
        "Wednesday 26 November 2025, 6pm to about 7.10pm, The Old Sorting Office, London.",
    ]
    assert lines(told, "li") == ["TidesAda Vale (Chief, Board of Tides)"]
    assert [a["href"] for a in told.select("a")] == ["https://bites.example.org/data-bites/60/tides/"]
    assert "We count waves." not in entry.content[0].value


def test_cancelled_evening_says_so(client):
    talk = evening()
    before = get(client, "/feeds/evenings/")[1].entries[0].updated_parsed
    with time_machine.travel(AFTER + dt.timedelta(days=1)):
        publish(talk.event, status="cancelled")
        bump()
        entry = get(client, "/feeds/evenings/")[1].entries[0]
    assert lines(whole(entry.content[0].value), "strong") == ["This evening is cancelled."]
    assert entry.updated_parsed > before
    assert get(client, "/feeds/write-ups/")[1].entries == []


def whole_write_up():
    talk = evening(
        introduction='<p>Hello <a href="/about/">us</a>.</p>',
        sign_off="<p>Bye.</p>",
        byline="Nia Ford",
        related_url="https://example.org/on",
        related_title="More",
    )
    event = talk.event
    Recording.objects.create(event=event, url="https://www.youtube.com/watch?v=abcdefghijk")
    EventCorrection.objects.create(event=event, made_on=AFTER.date(), text="Not so.")
    AudienceQuestion.objects.create(
        event=event, talk=talk, as_asked="?", text="Why?", answer="<p>Because.</p>", state="in_writing"
    )
    AudienceQuestion.objects.create(
        event=event, as_asked="?", text="And when?", answer="<p>Soon.</p>", state="reported"
    )
    draft = Contribution.objects.get(pk=talk.contribution_id).get_latest_revision_as_object()
    draft.links.add(TalkLink(label="The data", url="https://data.example.org/"))
    draft.save_revision()
    talk.contribution.refresh_from_db()
    give(talk, {"summary": "We count waves."})


def test_write_up_has_every_word(client):
    whole_write_up()
    _, feed = get(client, "/feeds/write-ups/")
    (entry,) = feed.entries
    text = " ".join(whole(entry.content[0].value).get_text(" ").split())
    said = ["Hello", "recording", "Tides", "Ada Vale", "The data", "summarise your project", "We count waves."]
    said += ["Why?", "Because.", "Not so.", "From the audience", "And when?", "Soon.", "Bye.", "Read on: More"]
    assert [words for words in said if words not in text] == []
    assert text.index("Hello") < text.index("We count waves.") < text.index("Bye.")
    assert (entry.author, [tag.term for tag in entry.tags]) == ("Nia Ford", ["Census"])
    assert "https://bites.example.org/about/" in entry.content[0].value
    assert entry.published == "2025-11-28T12:00:00+00:00"


def rights_in(client, address):
    feed = ElementTree.fromstring(client.get(address).content)
    return texts(feed), [texts(entry) for entry in feed.iterfind(f"{ATOM}entry")]


def texts(element):
    return [found.text for found in element.iterfind(f"{ATOM}rights")]


def test_terms_that_hold_for_all_stand_at_the_head_of_the_feed(client, settings):
    settings.DATA_LICENCE = "Commons 4.0"
    evening()
    evening(59, starts_at=START - dt.timedelta(days=28))
    assert rights_in(client, "/feeds/write-ups/") == (["Commons 4.0"], [[], []])
    assert rights_in(client, "/feeds/evenings/") == (["Commons 4.0"], [[], []])


def test_terms_that_differ_stand_at_their_own_entries_and_change_them(client, settings):
    settings.DATA_LICENCE = "Commons 4.0"
    talk = evening()
    give(make_talk(event=talk.event, title="Waves", speakers=[make_speaker()]), {"summary": "High."})
    evening(59, starts_at=START - dt.timedelta(days=28))
    chosen_at = AFTER + dt.timedelta(hours=1)
    TermsChoice.objects.create(contribution=talk.contribution, terms="reserved", at=chosen_at)
    bump()
    reserved = "All rights reserved (read and quote only)"
    both = f"“Tides”: {reserved}; “Waves”: Commons 4.0"
    assert rights_in(client, "/feeds/write-ups/") == ([], [[both], ["Commons 4.0"]])
    assert rights_in(client, "/speakers/ada-vale/feeds/write-ups/") == ([reserved], [[]])
    _, feed = get(client, "/speakers/ada-vale/feeds/write-ups/")
    assert feed.entries[0].updated == chosen_at.isoformat()


def test_words_whose_terms_are_not_known_are_under_none(client, settings):
    settings.DATA_LICENCE = "Commons 4.0"
    talk = evening()
    evening(59, starts_at=START - dt.timedelta(days=28))
    hand_over(contribution=talk.contribution, to=Baton.SPEAKERS, at=START)
    bump()
    assert rights_in(client, "/feeds/write-ups/") == ([], [[], ["Commons 4.0"]])


def test_narrowed_feed_tells_of_its_own_talks_alone(client):
    talk = evening()
    make_talk(event=talk.event, title="Canary", speakers=[make_speaker("Canary Bird")])
    for base in ALL[2:]:
        for kind in ("evenings", "write-ups"):
            response, feed = get(client, f"{base}feeds/{kind}/")
            assert [(entry.title, entry.author) for entry in feed.entries] == [("Tides", "Ada Vale")]
            assert b"Canary" not in response.content
            assert ("We count waves." in feed.entries[0].content[0].value) == (kind == "write-ups")


def test_organisation_feed_has_its_parts(client):
    talk = evening()
    department = make_organisation("Department for Coasts")
    row = talk.talk_speakers.get()
    row.organisation.parent = department
    row.organisation.save()
    _, feed = get(client, "/organisations/department-for-coasts/feeds/evenings/")
    assert [entry.title for entry in feed.entries] == ["Tides"]


def test_not_public_is_in_no_feed(client):
    talk = evening()
    hidden = make_talk(event=talk.event, title="canary-draft", live=False)
    make_event(number=61, live=False, title="canary-evening")
    make_talk(event=talk.event, title="canary-gone", state="withdrawn", speakers=[make_speaker()])
    taken_back = make_talk(event=talk.event, title="Quiet", speakers=[make_speaker("Bo")])
    give(taken_back, {"summary": "canary-words"})
    withdraw_consent(contribution=taken_back.contribution, speaker=make_speaker("Bo"), what="answers", at=AFTER)
    draft = Contribution.objects.get(pk=hidden.contribution_id)
    assert draft.live is False
    for base in ALL:
        for kind in ("evenings", "write-ups"):
            assert b"canary" not in client.get(f"{base}feeds/{kind}/").content, (base, kind)
    talk.event.unpublish()
    bump()
    for kind in ("evenings", "write-ups"):
        assert get(client, f"/feeds/{kind}/")[1].entries == []


def test_evening_that_is_not_over_has_no_write_up_entry(client):
    evening(starts_at=AFTER + YEAR)
    assert get(client, "/feeds/write-ups/")[1].entries == []
    assert len(get(client, "/feeds/evenings/")[1].entries) == 1


def test_feed_is_cut_into_pages_that_lead_to_each_other(client, monkeypatch):
    monkeypatch.setitem(feeds.PER_PAGE, "evenings", 2)
    for number in range(1, 6):
        make_event(number=number, starts_at=START - (6 - number) * YEAR)
    address, seen = "/feeds/evenings/", []
    while address:
        _, feed = get(client, address)
        seen += [entry.link.rsplit("/", 2)[1] for entry in feed.entries]
        ways = {link.rel: link.href for link in feed.feed.links}
        address = ways.get("next", "").removeprefix("https://bites.example.org")
    assert seen == ["5", "4", "3", "2", "1"]
    assert ways["self"] == ways["last"] == "https://bites.example.org/feeds/evenings/?page=3"
    assert (ways["first"], ways["previous"]) == (
        "https://bites.example.org/feeds/evenings/",
        "https://bites.example.org/feeds/evenings/?page=2",
    )
    assert [client.get(f"/feeds/evenings/?page={page}").status_code for page in ("4", "x", "0")] == [404, 404, 404]


def test_renamed_and_merged_lead_to_their_feeds(client, django_capture_on_commit_callbacks):
    talk = evening()
    lead_on(old="/topics/head-count/", new="/topics/census/")
    lead_on(old="/topics/elsewhere/", new="https://evil.example.org/")
    assert client.get("/topics/head-count/feeds/evenings/")["Location"] == "/topics/census/feeds/evenings/"
    assert client.get("/topics/elsewhere/feeds/evenings/").status_code == 404
    double = make_speaker("A. Vale")
    merge_speakers(kept=talk.talk_speakers.get().speaker, merged=double)
    response = client.get("/speakers/a-vale/feeds/write-ups/?page=1")
    assert (response.status_code, response["Location"]) == (301, "/speakers/ada-vale/feeds/write-ups/?page=1")
    with django_capture_on_commit_callbacks(execute=True):
        publish(talk.event.series, slug="bites")
    response = client.get("/data-bites/feeds/evenings/")
    assert (response.status_code, response["Location"]) == (301, "/bites/feeds/evenings/")


@pytest.mark.parametrize(
    "address", ["/topics/nothing/feeds/evenings/", "/speakers/x/feeds/write-ups/", "/x/feeds/evenings/", "/feeds/x/"]
)
def test_feed_of_nothing_is_not_there(client, address):
    make_series()
    assert client.get(address).status_code == 404


def test_feed_page_names_every_feed_in_words(client):
    make_series()
    page = read(client, "/feeds/")
    links = [a["href"] for a in page.select("li a")]
    assert links[:3] == ["/feeds/evenings/", "/feeds/write-ups/", "/asks/feed/"]
    assert all(client.get(link).status_code == 200 for link in links)
