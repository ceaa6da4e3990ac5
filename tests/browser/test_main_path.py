"""A speaker’s main path, from a mail’s link to what is sent: with keys alone, in a narrow window, without script."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from speakers.models import TalkConsent
from speakers.talk_links import make_talk_link
from tests.browser.test_portal import SAVED, editor, tab_to
from tests.factories import make_speaker, make_user
from tests.speakers.portal.forms import answer, answered, at, make_my_talk

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
WORDS = "It maps tides"
WAYS = {"keys": {}, "narrow": {"width": 360}, "no script": {"scripts": False, "width": 360}}


@pytest.fixture
def talk():
    cache.clear()
    return make_my_talk(make_speaker("Ada Vale", user=make_user()))


def press(page: Page, way: str, words: str) -> None:
    """A button, by what is read aloud of it, or by the start of that."""
    if way == "keys":
        tab_to(page, words)
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name=re.compile(f"^{words}")).last.click()


def write(page: Page, way: str, talk) -> None:
    if way == "no script":
        page.locator(f"#id-{answer(talk)}").fill(WORDS)
        return
    if way == "keys":
        tab_to(page, "Can you summarise")
    else:
        editor(page).click()
    page.keyboard.type(WORDS)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def give_reason(page: Page, way: str) -> None:
    if way == "keys":
        tab_to(page, "Why something is missing")
        page.keyboard.type("The rest comes on Monday")
    else:
        page.get_by_label("Why something is missing").fill("The rest comes on Monday")


def fits(page: Page, window: dict) -> None:
    if "width" in window:
        assert page.evaluate("document.documentElement.scrollWidth") == window["width"]


@pytest.mark.parametrize(("way", "window"), WAYS.items(), ids=list(WAYS))
def test_from_the_link_in_a_mail_to_the_organisers(visit, talk, way, window):
    contribution = talk.contribution
    user = contribution.speakers()[0].user
    link = make_talk_link(user=user, contribution=contribution, at=timezone.now())
    begun = visit(**window)
    page = begun.page
    page.goto(link.url.replace("http://127.0.0.1:8000", begun.site))
    fits(page, window)
    press(page, way, "Sign in and go on")
    page.wait_for_url("**" + at("talk", talk))
    fits(page, window)
    write(page, way, talk)
    press(page, way, "I agree: I agree to these answers")
    expect(page.locator("#consents .done")).to_have_count(1)
    press(page, way, "Send to the organisers")
    page.wait_for_url("**" + at("send", talk))
    fits(page, window)
    give_reason(page, way)
    press(page, way, "Send it all the same")
    expect(page.get_by_text("It is with the organisers now")).to_be_visible()
    fits(page, window)
    assert answered(talk) == {"summary": f"<p>{WORDS}</p>"}
    assert (contribution.held_by, TalkConsent.objects.get().what) == ("organisers", "answers")
    assert (begun.complaints, begun.elsewhere) == ([], [])
