"""From a line of a transcript to the second at which it was said, by keyboard, in a file of ours that really plays."""

import io
import wave

import pytest
from django.core.files.base import ContentFile

from events.models import Recording
from pages.models import MediaFile
from tests.archive.transcribing import make_evening, transcribe
from tests.browser.looking import walk

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
PLACE = "/data-bites/60/transcript/tides/"
OFFSET = 2


def silence(seconds):
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * seconds)
    return file.getvalue()


@pytest.fixture
def evening():
    media = MediaFile.objects.create(title="Sixty", type="audio", file=ContentFile(silence(60), name="sixty.wav"))
    event = make_evening(recordings=[Recording(kind="audio", file=media, offset_seconds=OFFSET)])
    transcribe(event)
    return event


SAID_NOW = "document.querySelector('.said[aria-current]')?.id"
HEARD = "document.querySelector('audio').currentTime"


@pytest.mark.usefixtures("evening")
def test_line_plays_from_its_second_by_keyboard_and_is_followed(visit):
    reader = visit(width=390)
    page = reader.go(PLACE)
    assert page.evaluate(SAID_NOW) is None
    page.get_by_role("link", name="0:12", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {HEARD} > {12 + OFFSET}")
    assert page.evaluate(HEARD) < 15 + OFFSET
    assert page.evaluate("document.activeElement.tagName") == "AUDIO"
    page.wait_for_function(f"() => {SAID_NOW} === 's12'")
    page.evaluate(f"document.querySelector('audio').currentTime = {19.6 + OFFSET}")
    page.wait_for_function(f"() => {SAID_NOW} === 's20'")
    assert page.locator(".said[aria-current]").count() == 1
    assert page.url == reader.site + PLACE
    assert (reader.elsewhere, reader.complaints) == ([], [])


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("wanted", [True, False])
def test_page_scrolls_along_only_where_the_reader_wants_it(visit, wanted):
    page = visit(width=390).go(PLACE)
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 300})
    if wanted:
        page.get_by_label("Scroll along while it plays").focus()
        page.keyboard.press("Space")
    page.get_by_role("link", name="0:12", exact=True).click()
    page.wait_for_function(f"() => {SAID_NOW} === 's12'")
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(f"document.querySelector('audio').currentTime = {20 + OFFSET}")
    page.wait_for_function(f"() => {SAID_NOW} === 's20'")
    assert (page.evaluate("scrollY") > 0) is wanted


@pytest.mark.usefixtures("evening")
def test_captions_and_chapters_are_read_by_the_player(visit):
    page = visit().go(PLACE)
    page.evaluate("[...document.querySelector('audio').textTracks].forEach((track) => (track.mode = 'hidden'))")
    tracks = "[...document.querySelector('audio').textTracks]"
    page.wait_for_function(f"() => {tracks}.every((track) => track.cues?.length)")
    assert page.evaluate(f"{tracks}.map((t) => [t.kind, t.cues.length, t.cues[0].startTime, t.cues[0].text])") == [
        ["captions", 5, 1 + OFFSET, "<v Chair>Good evening."],
        ["chapters", 4, OFFSET, "Welcome"],
    ]


@pytest.mark.usefixtures("evening")
def test_line_leads_to_the_file_at_its_second_without_a_script(visit):
    page = visit(scripts=False).go(PLACE)
    assert page.get_by_label("Scroll along while it plays").count() == 0
    (address,) = [page.get_by_role("link", name="0:20", exact=True).get_attribute("href")]
    assert address.endswith(f"#t={20 + OFFSET}")


@pytest.mark.usefixtures("evening")
def test_axe_finds_nothing_in_a_transcript(visit):
    reader = visit()
    assert walk(reader, {at: at for at in (PLACE, "/data-bites/60/transcript/", "/data-bites/60/?t=12")}) == {}
    assert reader.complaints == []
