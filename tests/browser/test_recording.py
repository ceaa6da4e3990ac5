"""In a real browser: nothing is asked of a platform before the press, and then the recording plays in the page."""

import mimetypes
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, Route

from events.models import Chapter, Recording
from pages.cache import bump
from pages.models import MediaFile
from tests.factories import make_event, make_talk, publish

pytestmark = [pytest.mark.django_db, pytest.mark.needs_chromium, pytest.mark.slow]
SITE, PATH = "https://testserver", "/data-bites/60/"
KEY = "aB3-_fGh1jK"
EMBED = f"https://www.youtube-nocookie.com/embed/{KEY}?autoplay=1&rel=0"


class Reader:
    """A browser in which every request is answered here: the page with its own headers, other hosts with nothing."""

    def __init__(self, page: Page, response: HttpResponse) -> None:
        self.page, self.response = page, response
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.route("**/*", self._answer)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.netloc != "testserver":
            self.elsewhere.append(route.request.url)
            route.fulfill(body="", content_type="text/html")
        elif address.path.startswith("/static/"):
            found = finders.find(address.path.removeprefix("/static/"))
            route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
        elif address.path == PATH:
            route.fulfill(headers=dict(self.response.items()), body=self.response.content)
        else:
            route.fulfill(status=404)

    def open(self) -> None:
        self.page.goto(SITE + PATH, wait_until="load")

    def playing(self) -> tuple[str, str]:
        """(address, title) of the only frame, which has the focus and is in view."""
        frame = self.page.locator("iframe")
        assert frame.count() == 1
        assert self.page.evaluate("document.activeElement === document.querySelector('iframe')") is True
        self.page.wait_for_function(
            "(box => box.top >= 0 && box.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())"
        )
        return frame.get_attribute("src"), frame.get_attribute("title")


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    bump()


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


@pytest.fixture
def reader_of(chromium: Browser) -> Iterator[Callable[..., Reader]]:
    contexts = []

    def reader(response: HttpResponse, **options: Any) -> Reader:
        window: dict[str, Any] = {"viewport": {"width": 390, "height": 700}, "reduced_motion": "reduce"}
        contexts.append(chromium.new_context(**window, **options))
        found = Reader(contexts[-1].new_page(), response)
        found.open()
        return found

    yield reader
    for context in contexts:
        context.close()


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
    assert reader.playing() == (EMBED, "Recording of Finding out")
    assert (reader.elsewhere, reader.complaints) == ([EMBED], [])
    assert reader.page.url == SITE + PATH


def test_chapter_and_the_talks_own_link_play_from_their_second(evening, reader_of):
    reader = reader_of(evening)
    reader.page.get_by_role("link", name="9:13 Tides").click()
    assert reader.playing()[0] == f"{EMBED}&start=553"
    reader.page.get_by_role("link", name="0:00 Welcome").click()
    assert reader.playing()[0] == EMBED
    reader.page.get_by_role("link", name="Watch from 9:13").click()
    assert reader.playing()[0] == f"{EMBED}&start=553"
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
