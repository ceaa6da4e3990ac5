"""The podcast: sound files of ours with what Apple asks for, chapters and words on the clock of the file."""

import datetime as dt
import io
from uuid import uuid5
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine
import webvtt
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Site

from archive.models import Cue, Transcript
from archive.podcast import GUIDS
from events.models import Chapter, Recording, TalkPage
from pages.cache import bump
from pages.models import MediaFile, SiteSettings
from speakers.models import TermsChoice
from tests.factories import START, give, make_event, make_series, make_speaker, make_talk, publish
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
AFTER = START + dt.timedelta(days=20)
SITE = "https://bites.example.org"
ITUNES, ATOM = "{http://www.itunes.com/dtds/podcast-1.0.dtd}", "{http://www.w3.org/2005/Atom}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


@pytest.fixture(autouse=True)
def _after(settings):
    settings.SITE_URL = SITE
    with time_machine.travel(AFTER, tick=True):
        yield


def sound(number=60, *, name="sixty.mp3", offset=0, state="published", kind="audio", **fields):
    event = make_event(number=number, **fields)
    make_talk(event=event, title=f"Tides & mud {number}", speakers=[make_speaker("Ada Vale")])
    file = MediaFile.objects.create(title="Sound", type="audio", duration=4321, file=ContentFile(b"x" * 100, name=name))
    row = Recording(kind=kind, file=file, offset_seconds=offset, state=state)
    return publish(event, recordings=[row])


def channel(client, address="/feeds/podcast/"):
    response = client.get(address)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def test_show_has_what_apple_requires(client):
    sound()
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_email = "hello@example.org"
    settings.save()
    show = channel(client)
    assert show.findtext("title") == "Data Bites"
    assert show.findtext("description")
    assert (show.findtext("link"), show.findtext("language")) == (f"{SITE}/", "en-gb")
    assert show.find(f"{ITUNES}category").get("text") == "Government"
    assert (show.findtext(f"{ITUNES}explicit"), show.findtext(f"{ITUNES}type")) == ("false", "episodic")
    assert show.findtext(f"{ITUNES}author") == "Data Bites"
    assert show.findtext(f"{ITUNES}owner/{ITUNES}email") == "hello@example.org"
    assert [(a.get("rel"), a.get("href")) for a in show.findall(f"{ATOM}link")] == [("self", f"{SITE}/feeds/podcast/")]
    assert show.findtext(f"{PODCAST}guid") == "0503cb52-abdc-5847-8c26-ad4e40147245"
    # The namespace's own example.
    assert str(uuid5(GUIDS, "podnews.net/rss")) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    image = client.get(show.find(f"{ITUNES}image").get("href").removeprefix(SITE))
    picture = Image.open(io.BytesIO(image.content))
    assert (picture.format, picture.size) == ("PNG", (1400, 1400))


def test_episode_has_what_apple_requires(client):
    event = sound(title="Finding things", standfirst="Where things are.")
    file = MediaFile.objects.get()
    (item,) = channel(client).findall("item")
    told = {name: item.findtext(name) for name in ("title", "link", "pubDate")}
    assert told == {
        "title": "Data Bites 60: Finding things",
        "link": f"{SITE}/data-bites/60/",
        "pubDate": "Wed, 26 Nov 2025 18:21:00 +0000",
    }
    assert item.find("enclosure").attrib == {
        "url": f"{SITE}/recordings/{file.pk}/data-bites-60.mp3",
        "length": "100",
        "type": "audio/mpeg",
    }
    guid = item.find("guid")
    assert (guid.text, guid.get("isPermaLink")) == (f"tag:bites.example.org,2026:evenings/{event.pk}/sound", "false")
    words = {name: item.findtext(f"{ITUNES}{name}") for name in ("duration", "explicit", "episode", "episodeType")}
    assert words == {"duration": "4321", "explicit": "false", "episode": "60", "episodeType": "full"}
    assert item.find(f"{PODCAST}person").text == "Ada Vale"
    assert lines(whole(item.findtext("description")), "p, li") == [
        "Where things are.",
        "Tides & mud 60Ada Vale",
        "Everything that was said, with links and slides",
    ]


def test_enclosure_is_the_file_in_whole_and_in_part(client):
    sound()
    address = channel(client).find("item/enclosure").get("url").removeprefix(SITE)
    whole_file, part = client.get(address), client.get(address, headers={"Range": "bytes=10-19"})
    assert (whole_file.status_code, len(b"".join(whole_file))) == (200, 100)
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 10-19/100")
    assert client.head(address)["Content-Length"] == "100"


def test_feedparser_reads_it(client):
    sound()
    sound(59, name="fifty-nine.m4a", starts_at=START - dt.timedelta(days=30))
    feed = feedparser.parse(client.get("/data-bites/feeds/podcast/").content)
    assert (feed.bozo, [entry.enclosures[0].type for entry in feed.entries]) == (False, ["audio/mpeg", "audio/x-m4a"])


def test_only_sound_files_of_public_evenings_are_in_it(client):
    sound(1, state="withheld")
    sound(2, status="cancelled")
    sound(3, live=True).unpublish()
    sound(4, name="film.mp4", kind="video")
    sound(5, name="strange.bin")
    sound(6, starts_at=AFTER + dt.timedelta(days=9))
    elsewhere = make_event(number=7)
    publish(elsewhere, recordings=[Recording(kind="audio", url="https://soundcloud.com/data-bites/seven")])
    bump()
    assert channel(client).findall("item") == []


def test_file_that_is_gone_is_left_out_and_written_down(client, caplog):
    sound()
    MediaFile.objects.get().file.delete(save=False)
    assert channel(client).findall("item") == []
    assert "not in the store" in caplog.text


def test_chapters_are_on_the_clock_of_the_file(client):
    event = sound(offset=-300)
    Chapter.objects.create(event=event, seconds=0, label="Welcome")
    Chapter.objects.create(event=event, seconds=553, label="Tides")
    bump()
    link = channel(client).find(f"item/{PODCAST}chapters").attrib
    assert link == {"url": f"{SITE}/data-bites/60/sound/chapters.json", "type": "application/json+chapters"}
    response = client.get(link["url"].removeprefix(SITE))
    assert response["Content-Type"] == "application/json+chapters"
    assert response.json() == {
        "version": "1.2.0",
        "chapters": [{"startTime": 0, "title": "Welcome"}, {"startTime": 253, "title": "Tides"}],
    }


def test_words_are_on_the_clock_of_the_file(client):
    event = sound(offset=10)
    transcript = Transcript.objects.create(event=event, language="en", filename="a.vtt", source="", at=AFTER)
    Cue.objects.create(
        transcript=transcript, starts_ms=1500, ends_ms=3_700_000, voice="Ada > Vale", text="R&D <3\n\nyes"
    )
    bump()
    link = channel(client).find(f"item/{PODCAST}transcript").attrib
    assert link == {"url": f"{SITE}/data-bites/60/captions/audio-en.vtt", "type": "text/vtt", "language": "en"}
    response = client.get(link["url"].removeprefix(SITE))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    (caption,) = webvtt.from_string(response.content.decode()).captions
    assert (caption.start, caption.end) == ("00:00:11.500", "01:01:50.000")
    assert caption.raw_text == "<v Ada &gt; Vale>R&amp;D &lt;3\nyes"


@pytest.mark.parametrize("part", ["sound/chapters.json", "captions/audio-en.vtt", "captions/audio-cy.vtt"])
def test_what_goes_along_goes_with_the_file(client, part):
    event = sound()
    Transcript.objects.create(event=event, language="en", filename="a.vtt", source="", at=AFTER)
    address = f"/data-bites/60/{part}"
    assert client.get(address).status_code == (404 if "cy" in part else 200)
    Recording.objects.update(state="withheld")
    assert client.get(address).status_code == 404


def test_nothing_new_is_304(client, time_machine):
    sound()
    first = client.get("/feeds/podcast/")
    time_machine.move_to(AFTER + dt.timedelta(days=30))
    bump()
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get("/feeds/podcast/", headers=asked).status_code == 304


def test_empty_podcast_is_a_feed(client):
    make_series()
    feed = feedparser.parse(client.get("/feeds/podcast/").content)
    assert (feed.bozo, feed.entries, feed.feed.updated) == (False, [], "Thu, 01 Jan 1970 00:00:00 +0000")


def test_pages_name_it_once_there_is_something_to_hear(client):
    make_series()
    pages = {"/": "/feeds/podcast/", "/data-bites/": "/data-bites/feeds/podcast/", "/feeds/": "/feeds/podcast/"}
    for there in (False, True):
        for address, expected in pages.items():
            found = whole(client.get(address).content).select('link[type="application/rss+xml"]')
            assert [link["href"] for link in found] == ([expected] if there else [])
        assert ("/feeds/podcast/" in [a["href"] for a in read(client, "/feeds/").select("a")]) is there
        if not there:
            sound()
            bump()


def test_show_names_terms_only_where_they_hold_for_every_evening(client, settings):
    settings.DATA_LICENCE = "Commons 4.0"
    sound()
    assert channel(client).findtext("copyright") == "Commons 4.0"
    talk = TalkPage.objects.get()
    give(talk, {"summary": "Words"})
    sound(59, starts_at=START - dt.timedelta(days=30))
    TermsChoice.objects.create(contribution=talk.contribution, terms="reserved", at=AFTER)
    bump()
    assert channel(client).findtext("copyright") is None


def test_renamed_series_leads_on(client, django_capture_on_commit_callbacks):
    event = sound()
    with django_capture_on_commit_callbacks(execute=True):
        publish(event.series, slug="bites")
    assert client.get("/data-bites/feeds/podcast/")["Location"] == "/bites/feeds/podcast/"
    assert client.get("/data-bites/feeds/podcast.png")["Location"] == "/bites/feeds/podcast.png"
    assert client.get("/nothing/feeds/podcast/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_podcast_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    for place in range(count):
        event = sound(60 + place, starts_at=START - dt.timedelta(days=30 * place))
        Transcript.objects.create(event=event, language="en", filename="a.vtt", source="", at=AFTER)
        Chapter.objects.create(event=event, seconds=0, label="Welcome")
    client.get("/feeds/podcast/")
    bump()
    with django_assert_num_queries(18):
        client.get("/feeds/podcast/")


@pytest.mark.parametrize("address", ["/feeds/podcast/", "/feeds/podcast.png", "/data-bites/60/sound/chapters.json"])
def test_podcast_can_only_be_read(client, address):
    sound()
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]
