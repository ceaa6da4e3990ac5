"""A reader signs up, confirms, chooses and leaves in a real browser, by keyboard and without scripts; what axe says."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mailing.enums import Heading
from mailing.links import confirm_url, own_data_url, preferences_url, unsubscribe_url
from mailing.models import OutgoingMail, Subscriber
from tests.browser.looking import faults_in_all_windows, walk
from tests.factories import make_event, make_series
from tests.mailing.signing import ADA, make_subscriber, path

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]


@pytest.fixture(autouse=True)
def site():
    make_event(series=make_series(), number=60, starts_at=timezone.now() + dt.timedelta(days=9))


def press(page, name):
    """Tab to a button and press it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == name:
            break
    page.keyboard.press("Enter")


def test_reader_signs_up_confirms_and_leaves_by_keyboard_and_without_scripts(visit):
    reader = visit(width=360, scripts=False)
    page = reader.go("/data-bites/60/")
    page.get_by_role("region", name="Hear about the next one").get_by_role("checkbox", name="New evenings").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(ADA)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.get_by_text("press the button once more").count():  # this keyboard is as quick as a program
        press(page, "Yes, get updates")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your inbox")
    ada = Subscriber.objects.get(address=ADA)
    assert (ada.page, ada.state, OutgoingMail.objects.count()) == ("/data-bites/60/", "pending", 1)

    reader.go(path(OutgoingMail.objects.get().filling["confirm_url"]))
    press(page, "Yes, write to me")
    expect(page.get_by_role("heading", level=1)).to_have_text("It is confirmed: you are on the list")
    reader.go(path(unsubscribe_url(ada, Heading.EVENINGS)))
    press(page, "Stop these mails")
    expect(page.get_by_role("heading", level=1)).to_have_text("Done: you are off the list")
    ada.refresh_from_db()
    assert (ada.state, page.context.cookies(), reader.elsewhere) == ("left", [], [])


def test_axe_finds_nothing_on_the_list_s_pages(visit):
    ada, now = make_subscriber(), timezone.now()
    data = path(own_data_url(ada, at=now))
    links = ["/subscribe/", "/subscribe/sent/", path(confirm_url(ada, at=now)), path(preferences_url(ada))]
    links += [path(unsubscribe_url(ada, Heading.EVENINGS)), data, f"{data}erase/"]
    reader = visit()
    assert walk(reader, {link: link for link in links}) == {}
    page = reader.go("/subscribe/")
    page.locator("main form").first.get_by_role("button").click()
    page.wait_for_selector("#headings-error")
    assert faults_in_all_windows(page) == []
    assert (reader.elsewhere, [said for said in reader.complaints if "400" not in said]) == ([], [])
