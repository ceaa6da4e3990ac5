"""An organiser in a real browser: makes and publishes an evening by mouse, and again with the keyboard alone."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from accounts.links import make_sign_in_link
from accounts.models import User
from events.models import EventPage, SeriesPage
from tests.factories import make_host, make_series, make_speaker, make_user, make_venue

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
PRESSES = 150  # more than any of these screens has places to stop at
FOCUSED = """() => {
    const it = document.activeElement;
    if (!it) return ["", ""];
    const named = (it.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
    const label = it.labels && it.labels[0];
    const words = named.filter(Boolean).map(one => one.textContent).join(" ") || it.getAttribute("aria-label")
        || (label && label.textContent) || it.textContent || it.value || "";
    return [it.tagName, words.replace(/\\s+/g, " ").trim()];
}"""


@pytest.fixture(autouse=True)
def house(settings):
    """A series with a host, a venue, somebody who speaks, and an organiser."""
    settings.SECOND_FACTOR_REQUIRED = False
    make_series(spells=[(make_host("Openfield"), 1, None)])
    make_venue(name="The Old Sorting Office", place="London")
    make_speaker("Ada Okafor")
    make_user("organiser", email="olive@example.org")


def sign_in(window: Window) -> None:
    """By a link; codes, passkeys and the second factor have journeys of their own."""
    later = timezone.now() + dt.timedelta(hours=1)
    link = make_sign_in_link(user=User.objects.get(), purpose="test", next="/cms/", expires_at=later)
    window.goto(window.url.split("/account/")[0] + reverse("sign_in_link", args=[link.token]))
    window.get_by_role("button", name="Sign in and go on").click()
    window.wait_for_url("**/cms/")


def tab_to(window: Window, name: str, tag: str = "") -> None:
    """Presses Tab until what has the focus bears that name, and is such an element where one is named."""
    heard = []
    for _ in range(PRESSES):
        window.keyboard.press("Tab")
        found, words = window.evaluate(FOCUSED)
        heard.append(words)
        if words == name and tag in ("", found):
            return
    pytest.fail(f"Tab never came to “{name}”, only to {heard}")


def enter(window: Window, name: str, address: str, tag: str = "") -> None:
    """Tabs to a link or button, presses Enter, and waits for where it leads."""
    tab_to(window, name, tag)
    window.keyboard.press("Enter")
    window.wait_for_url(re.compile(address))


def readers_see(begin, *words: str) -> None:
    """Somebody who is not signed in reads the evening's page."""
    visit = begin()
    page = visit.go("/data-bites/1/")
    for each in words:
        expect(page.locator("main")).to_contain_text(each)
    assert visit.elsewhere == []


def test_organiser_makes_and_publishes_an_evening_by_mouse(visit):
    desk = visit()
    page = desk.go("/cms/login/")
    sign_in(page)
    page.get_by_role("button", name="Series").click()
    page.get_by_role("link", name="Evenings", exact=True).click()
    page.get_by_role("link", name="New evening").first.click()
    page.get_by_label("Venue").select_option("The Old Sorting Office, London")
    page.get_by_role("button", name="Plan the evening").click()
    expect(page.get_by_text("is planned, as a draft with 4 talks")).to_be_visible()

    page.locator(".running-order").get_by_role("link", name="To be announced").first.click()
    page.locator("#id_title").fill("Maps for everybody")
    page.get_by_role("button", name="Add speaker").click()
    page.get_by_role("button", name="Choose speaker").click()
    page.get_by_role("dialog").get_by_role("link", name="Ada Okafor").click()
    page.get_by_label("Role").fill("Head of Maps")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("has been updated")).to_be_visible()

    page.get_by_role("link", name="Back to Data Bites 1").click()
    page.get_by_role("link", name="Publish the programme").first.click()
    expect(page.locator("main")).to_contain_text("3 talks are still to be announced. They stay drafts.")
    page.get_by_role("button", name="Publish the programme").click()
    expect(page.get_by_text("The programme is public: “Data Bites 1”, “Maps for everybody”.")).to_be_visible()
    assert desk.elsewhere == []
    assert desk.complaints == []
    readers_see(visit, "Data Bites 1", "Maps for everybody", "Ada Okafor", "The Old Sorting Office")


def test_organiser_makes_and_publishes_an_evening_by_keyboard(visit):
    desk = visit()
    page = desk.go("/cms/login/")
    sign_in(page)
    tab_to(page, "Series")
    page.keyboard.press("Enter")
    enter(page, "Evenings", r"/cms/series/\d+/$")
    enter(page, "New evening", r"/new/$")
    tab_to(page, "Title")
    page.keyboard.type("A special evening")
    enter(page, "Plan the evening", r"/edit/$")

    enter(page, "To be announced", r"/edit/$")
    page.wait_for_selector(".talk-outlook")
    tab_to(page, "Title*")
    page.keyboard.press("Control+A")
    page.keyboard.type("Maps for everybody")
    page.keyboard.press("Control+S")
    expect(page.get_by_text("has been updated")).to_be_visible()

    enter(page, "Back to A special evening", r"/edit/$")
    page.wait_for_selector(".running-order")
    enter(page, "Publish the programme", r"/programme/$")
    enter(page, "Publish the programme", r"/edit/$", tag="BUTTON")
    expect(page.get_by_text("The programme is public: “A special evening”, “Maps for everybody”.")).to_be_visible()
    assert EventPage.objects.get().live
    assert desk.complaints == []
    readers_see(visit, "A special evening", "Maps for everybody")


def type_in(window: Window, name: str, words: str) -> None:
    """Types into a field, and leaves it once the picker has opened over what is below."""
    picker = window.locator(".xdsoft_datetimepicker:visible")
    window.get_by_label(name).fill(words)
    expect(picker).to_be_visible()
    window.get_by_label(name).blur()
    expect(picker).to_be_hidden()


def test_dates_as_people_type_them_stay_as_they_were_typed(visit):
    page = visit().go("/cms/login/")
    sign_in(page)
    page.goto(page.url + f"series/{SeriesPage.objects.get().pk}/new/")
    type_in(page, "Date", "30 February 2027")
    type_in(page, "Starts at", "half past six")
    page.get_by_role("button", name="Plan the evening").click()
    expect(page.get_by_text("That isn’t a date. Write it like 2026-02-04, or 4 February 2026.").first).to_be_visible()
    expect(page.get_by_text("That isn’t a time. Write it like 18:00, or 6pm.").first).to_be_visible()
    expect(page.get_by_label("Date")).to_have_value("30 February 2027")

    type_in(page, "Date", "3 February 2027")
    type_in(page, "Starts at", "6.30pm")
    page.get_by_role("button", name="Plan the evening").click()
    expect(page.get_by_text("is planned, as a draft with 4 talks")).to_be_visible()
    assert EventPage.objects.get().starts_at == dt.datetime(2027, 2, 3, 18, 30, tzinfo=dt.UTC)

    type_in(page, "Starts at", "2027-02-30 18:00")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("That isn’t a date and time. Write it like 2026-02-04 18:00.").first).to_be_visible()
