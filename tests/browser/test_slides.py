"""A speaker sends slides in a real browser: sees how far it is, stops it, loses the network, tries again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults
from tests.browser.test_portal import SAVED, as_me, editor, me, talk  # noqa: F401  fixtures
from tests.decks import make_pptx
from tests.speakers.portal.forms import answered, at, draft

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# Bytes that can't be packed, so that it takes its time on a slow line.
LARGE = make_pptx(notes=(1, 2), hidden=(3,), more={"ppt/media/a.bin": bytes((n * n) % 251 for n in range(3_000_000))})


def choose(page, content, name="Tides.pptx", field="#id-file"):
    page.locator(field).set_input_files({"name": name, "mimeType": PPTX, "buffer": content})


def on_a_slow_line(page, bytes_a_second):
    network = page.context.new_cdp_session(page)
    limits = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    network.send("Network.emulateNetworkConditions", limits)
    return network


def test_sending_shows_how_far_it_is_and_one_goes_on_typing(as_me, talk):  # noqa: F811
    window = as_me()
    page = window.go(at("talk", talk))
    editor(page).click()
    page.keyboard.type("Before")
    choose(page, LARGE)
    network = on_a_slow_line(page, 4_000)
    page.get_by_role("button", name="Upload The file for the night").focus()
    page.keyboard.press("Enter")
    bar = page.get_by_role("progressbar", name="How much of the file is sent")
    expect(bar).to_be_visible()
    expect(page.locator("[data-going] [data-words]")).to_have_text(re.compile(r"^\d+% of \d+ KB$"))
    assert faults(page) == []
    page.get_by_role("button", name="Stop sending it").click()
    expect(page.get_by_role("alert").filter(has_text="You stopped it")).to_be_visible()
    assert draft(talk).slides is None
    network.send("Network.disable")
    network.detach()
    page.context.set_offline(True)
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator("#error-file")).to_contain_text("The connection was lost")
    page.context.set_offline(False)
    page.wait_for_function("navigator.onLine")
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator(".carries li")).to_have_text(
        ["3 slides.", "2 slides have speaker notes.", "1 slide is hidden."]
    )
    expect(page.locator("#decks a").first).to_be_focused()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert (draft(talk).slides.filename, answered(talk)) == ("Tides.pptx", {"summary": "<p>Before</p>"})
    assert faults(page) == []
    assert [said for said in window.complaints if "ERR_INTERNET_DISCONNECTED" not in said] == []


def test_refusals_stand_beside_the_field_and_the_words_stay(as_me, talk):  # noqa: F811
    page = as_me(width=360).go(at("talk", talk))
    page.locator("#id-teaser").fill("Still here")
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator("#error-file")).to_have_text("Choose a file first.")
    choose(page, b"MZ" + bytes(100))
    expect(page.locator("#error-file")).to_have_count(0)
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator("#error-file")).to_contain_text("These are not slides that we can read")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(51 * 1024 * 1024)], 'large.pdf'));
            document.getElementById('id-file').files = data.files;
        }"""
    )
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator("#error-file")).to_contain_text("This file has 51.0 MB, and 50 MB is the most we can keep.")
    assert page.locator("#id-file").get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator("#id-teaser")).to_have_value("Still here")
    assert draft(talk).slides is None


def test_slides_are_sent_without_a_script(as_me, talk):  # noqa: F811
    page = as_me(scripts=False).go(at("talk", talk))
    choose(page, b"<svg/>", "a.pdf")
    page.locator("#id-teaser").fill("Kept")
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator("#error-file")).to_contain_text("These are not slides that we can read")
    expect(page.locator("#id-teaser")).to_have_value("Kept")
    choose(page, make_pptx(slides=2), "a.pptx")
    page.get_by_role("button", name="Upload The file for the night").click()
    expect(page.locator(".carries li").first).to_have_text("2 slides.")
    assert draft(talk).teaser == "Kept"
