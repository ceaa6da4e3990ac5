"""In a real browser: nothing is asked of a platform before the press, and then the recording plays in the page."""

from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile

from events.models import Chapter, Recording
from pages.models import MediaFile
from tests.factories import make_event, make_talk, publish

from .answering import SITE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("empty_cache"),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
PATH = "/data-bites/60/"
KEY = "aB3-_fGh1jK"
EMBED = f"https://www.youtube-nocookie.com/embed/{KEY}?autoplay=1&rel=0"
SPOKEN = "&enablejsapi=1&origin=https%3A%2F%2Ftestserver&playsinline=1"


@pytest.fixture
def evening(client):
    """The page of one with a video, its sound, and a chapter of a talk."""
    event = make_event(number=60, title="Finding out")
    talk = make_talk(event=event, title="Tides", account="<p>About tides.</p>" * 60)
    publish(
        event,
        recordings=[
            Recording(url=f"https://youtu.be/{KEY}"),
            Recording(kind="audio", url="https://soundcloud.com/an-evening/sixty"),
        ],
        chapters=[Chapter(seconds=0, label="Welcome"), Chapter(seconds=553, label="Tides", talk=talk)],
    )
    return client.get(PATH)


@pytest.fixture
def evening_of_a_file(client):
    media = MediaFile.objects.create(title="Sixty", type="video", file=ContentFile(b"", name="sixty.mp4"))
    publish(make_event(number=60), recordings=[Recording(file=media)], chapters=[Chapter(seconds=553, label="Tides")])
    return client.get(PATH)


@pytest.mark.parametrize("press", ["mouse", "keyboard"])
def test_press_plays_in_the_page_and_nothing_was_loaded_before(evening, reader_of, press):
    reader = reader_of(evening)
    assert (reader.elsewhere, reader.complaints) == ([], [])
    link = reader.page.get_by_role("link", name="Play the recording")
    if press == "mouse":
        link.click()
    else:
        link.focus()
        reader.page.keyboard.press("Enter")
    assert reader.playing() == (EMBED + SPOKEN, "Recording of Finding out")
    assert (reader.elsewhere, reader.referrers, reader.complaints) == ([EMBED + SPOKEN], [f"{SITE}/"], [])
    assert reader.page.url == SITE + PATH


def test_chapter_and_the_talks_own_link_play_from_their_second(evening, reader_of):
    reader = reader_of(evening)
    reader.page.get_by_role("link", name="9:13 Tides").click()
    assert reader.playing()[0] == f"{EMBED}&start=553{SPOKEN}"
    reader.page.get_by_role("link", name="0:00 Welcome").click()
    assert reader.playing()[0] == EMBED + SPOKEN
    reader.page.get_by_role("link", name="Watch from 9:13").click()
    assert reader.playing()[0] == f"{EMBED}&start=553{SPOKEN}"
    assert reader.complaints == []


def test_sound_plays_instead(evening, reader_of):
    reader = reader_of(evening)
    reader.page.get_by_role("link", name="Listen instead").click()
    assert urlsplit(reader.playing()[0]).netloc == "w.soundcloud.com"
    assert reader.complaints == []


def test_press_with_a_key_held_leads_to_the_platform(evening, reader_of):
    reader = reader_of(evening)
    with reader.page.context.expect_page():
        reader.page.get_by_role("link", name="9:13 Tides").click(modifiers=["ControlOrMeta"])
    assert reader.page.locator("iframe").count() == 0


def test_link_leads_to_the_platform_without_a_script(evening, reader_of):
    reader = reader_of(evening, java_script_enabled=False)
    reader.page.get_by_role("link", name="9:13 Tides").click()
    assert reader.page.url == f"https://www.youtube.com/watch?v={KEY}&t=553s"


def test_chapter_of_a_file_moves_the_player_of_the_page(evening_of_a_file, reader_of):
    reader = reader_of(evening_of_a_file)
    reader.page.get_by_role("link", name="9:13 Tides").click()
    assert reader.page.url == SITE + PATH
    assert reader.page.evaluate("[document.activeElement.tagName, document.activeElement.currentTime]") == [
        "VIDEO",
        553,
    ]
    assert reader.elsewhere == []
