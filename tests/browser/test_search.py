"""Searching in a real browser: from a word to an answer, and to the second it was said, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from archive.models import Cue, Transcript
from archive.searching.keeping import index_everything
from events.models import Recording
from tests.archive.answering import make_answer
from tests.browser.looking import faults
from tests.factories import START, make_event, make_speaker, publish

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]


@pytest.fixture(autouse=True)
def archive():
    event = make_event(number=60, title="Finding out")
    make_answer(
        "Everybody uses lighthouses.", event=event, title="Where things are", speakers=[make_speaker("Ada Lightfoot")]
    )
    publish(event, recordings=[Recording(url="https://youtu.be/aB3-_fGh1jK")])
    transcript = Transcript.objects.create(event=event, filename="60.vtt", source="WEBVTT", at=START)
    Cue.objects.create(transcript=transcript, starts_ms=65_000, ends_ms=69_000, text="A zebra on the chart.")
    for _ in index_everything():
        pass


def test_reader_goes_from_a_word_to_the_answer_by_keyboard_and_without_scripts(visit):
    reader = visit(width=360, scripts=False)
    page = reader.go("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").press("Enter")
    page.get_by_role("searchbox").press_sequentially("ligthouses")
    page.keyboard.press("Enter")
    expect(page.locator("#instead")).to_contain_text("Showing results for “lighthouses”")
    hit = page.locator("#answers").get_by_role("link", name="Ada Lightfoot")
    expect(page.locator("#answers mark")).to_have_text("lighthouses")
    hit.press("Enter")
    page.wait_for_url("**/data-bites/60/where-things-are/#change")
    assert reader.elsewhere == []


def test_what_was_said_leads_to_its_second(visit):
    page = visit(scripts=False).go("/search/?q=zebra")
    link = page.locator("#recordings").get_by_role("link", name="At 1:05")
    link.click()
    page.wait_for_url("**/?t=65*#recording")
    opens = page.locator("#recording a.button").first.get_attribute("href")
    assert opens == "https://www.youtube.com/watch?v=aB3-_fGh1jK&t=65s"


def test_suggestions_are_a_combobox_for_the_keyboard(visit):
    reader = visit()
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    page = reader.go("/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("l")
    page.wait_for_timeout(400)
    assert asked == []
    box.press_sequentially("ightf", delay=10)
    options = page.get_by_role("option")
    expect(options).to_have_text(["Ada Lightfoot person"])
    assert len(asked) == 1
    expect(page.locator("form [role=status]")).to_have_text("Suggestions: 1")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "q-list-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert box.input_value() == "lightf"
    box.press_sequentially("o")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/speakers/ada-lightfoot/")
    assert (reader.elsewhere, reader.complaints) == ([], [])


def test_enter_without_a_suggestion_searches(visit):
    page = visit().go("/nothing-here/")
    box = page.get_by_role("combobox")
    box.press_sequentially("lightfoot")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=lightfoot")
    expect(page.locator("#people")).to_contain_text("Ada Lightfoot")
