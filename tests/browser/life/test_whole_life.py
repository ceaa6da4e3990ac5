"""A talk's whole life, from the invitation to consent taken back: a real browser, a real server, real mails."""

import re

import icalendar
import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import SignInLink
from events.models import TalkPage
from speakers.models import Contribution, Invitation
from tests.browser.life.conftest import ADA, Stage
from tests.browser.life.house import link_in, save_held_up, words_of
from tests.speakers.portal.forms import answered

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
expect.set_options(timeout=10_000)
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
# Where readers could meet an answer: the talk, its evening, its people, the question, its data, feeds and the sitemap.
READ = (
    "/data-bites/61/",
    "/data-bites/61/tides-in-open-data/",
    "/speakers/ada-vale/",
    "/questions/summary/",
    "/questions/summary/answers.csv",
    "/questions/summary/answers.json",
    "/data-bites/calendar.ics",
    "/asks/feed/",
    "/sitemap.xml",
)
SHOW_ANSWERS = {
    "/data-bites/61/tides-in-open-data/",
    "/questions/summary/",
    "/questions/summary/answers.csv",
    "/questions/summary/answers.json",
}


def editor(page: Page) -> Locator:
    """Not the plain field that it takes the place of: whoever is quicker than the script would wait for it for ever."""
    return page.get_by_role("textbox", name=re.compile("Can you summarise")).and_(page.locator(".rich__text"))


def write(page: Page, words: str) -> None:
    editor(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def seen_by_readers(stage: Stage, words: str) -> set[str]:
    return {path for path in READ if words in stage.site.read(path)[1]}


def found(words: str) -> list[TalkPage]:
    """By the site's search."""
    return list(TalkPage.objects.all().search(words))


def invite(stage: Stage, desk: Page) -> str:
    """The organiser invites; gives the path of the link in the mail."""
    desk.goto(stage.site.url + reverse("series:invite", args=[stage.talk.pk]))
    desk.get_by_label("Ada Vale", exact=True).check()
    desk.locator("[name^=address_]").fill(ADA)
    desk.get_by_role("button", name="Look at the mail").click()
    desk.get_by_role("button", name="Send one invitation").click()
    expect(desk.get_by_text("The mail to Ada Vale is on its way.")).to_be_visible()
    mail = stage.post.next_to(ADA)
    (file,) = mail.iter_attachments()
    (slot,) = icalendar.Calendar.from_ical(file.get_content()).walk("VEVENT")
    assert slot["SUMMARY"] == "Tides in open data (Data Bites 61)"
    return link_in(mail)


def scan(stage: Stage, link: str) -> None:
    """A mail scanner opens the link, and opens it again."""
    before = SignInLink.objects.values().get()
    statuses = [stage.site.read(link, method)[0] for method in ("HEAD", "GET") * 5]
    assert (statuses, SignInLink.objects.values().get()) == ([200] * 10, before)
    assert Invitation.objects.get().opened_at is None


def come_in(stage: Stage, page: Page, link: str) -> None:
    page.goto(stage.site.url + link)
    page.get_by_role("button", name="Sign in and go on").click()
    page.wait_for_url(stage.talk_url)


def lose_the_server(stage: Stage, page: Page) -> None:
    """Killed in the middle of a save: the words are in the browser, and go to the server when it is there again."""
    with save_held_up(stage.talk.contribution_id):
        with page.expect_request("**/save/"):
            write(page, "It maps tides")
        page.wait_for_timeout(300)
        stage.site.kill()
    expect(page.locator("[data-trouble]")).to_contain_text("kept in this browser")
    assert answered(stage.talk) == {}
    stage.site.start()
    page.reload()
    expect(page.locator("[data-trouble]")).to_contain_text("still in this browser")
    is_saved(page)
    assert answered(stage.talk) == {"summary": "<p>It maps tides</p>"}
    assert page.evaluate("localStorage.length") == 0


def clash(stage: Stage, page: Page) -> None:
    """The same answer in two tabs: both texts are shown, and joined."""
    page.reload()
    other = page.context.new_page()
    other.goto(stage.talk_url)
    write(page, "In one tab.")
    is_saved(page)
    write(other, "In another tab.")
    expect(other.locator("[data-trouble]")).to_contain_text("Nothing is lost")
    other.get_by_role("button", name="Save", exact=True).last.click()
    shown = [text.strip() for text in other.locator(".version__text").all_inner_texts()]
    assert shown == ["In another tab.", "In one tab."]
    other.get_by_role("button", name="Save what I chose").click()
    expect(editor(other)).to_have_text("In one tab.In another tab.")
    assert answered(stage.talk) == {"summary": "<p>In one tab.</p><p>In another tab.</p>"}
    other.close()


def send(stage: Stage, page: Page, reason: str) -> None:
    """The speaker sends it; the organisers are told by mail."""
    page.goto(stage.talk_url)
    page.get_by_role("button", name="Send to the organisers").click()
    page.get_by_label("Why something is missing").fill(reason)
    page.get_by_role("button", name="Send it all the same").click()
    expect(page.get_by_text("It is with the organisers now, and they are told.")).to_be_visible()
    mail = stage.post.next_to(stage.organiser)
    assert mail["Subject"] == "Ada Vale sent “Tides in open data” to you"
    assert f"They say: {reason}" in words_of(mail)


def contribution_desk(stage: Stage, desk: Page) -> None:
    address = reverse("wagtailsnippets_speakers_contribution:edit", args=[stage.talk.contribution_id])
    desk.goto(stage.site.url + address)


def give_back(stage: Stage, desk: Page, page: Page) -> None:
    """The organiser returns it with a note: by mail, and above the form."""
    contribution_desk(stage, desk)
    desk.get_by_text("Hand to the speakers…").click()
    desk.locator(".desk__actions").get_by_role("textbox").fill("Please name the data.")
    desk.get_by_role("button", name="Hand it over").click()
    expect(desk.get_by_text("The speakers have it now.")).to_be_visible()
    mail = stage.post.next_to(ADA)
    assert mail["Subject"] == "“Tides in open data” is with you again"
    assert "Please name the data." in words_of(mail)
    page.context.clear_cookies()
    come_in(stage, page, link_in(mail))
    expect(page.locator("#returned")).to_contain_text("Please name the data.")


def release(stage: Stage, desk: Page) -> None:
    """The organiser releases the newest draft, whatever is still missing."""
    address = reverse("wagtailsnippets_speakers_contribution:release", args=[stage.talk.contribution_id])
    desk.goto(stage.site.url + address)
    desk.get_by_role("button", name="Release it all the same").click()
    expect(desk.get_by_text("Released. Readers see it now.")).to_be_visible()


def agree(page: Page) -> None:
    """To everything that can be agreed to."""
    page.locator("#consents").get_by_role("button", name="I agree to all of these").click()
    expect(page.locator("#consents .done")).to_have_count(3)


def correct(stage: Stage, desk: Page, page: Page) -> None:
    page.goto(stage.talk_url)
    page.get_by_role("button", name="Propose a correction").click()
    expect(page.get_by_text("Change what is wrong, then send it.")).to_be_visible()
    write(page, "Tide gauges, corrected.")
    is_saved(page)
    assert seen_by_readers(stage, "Tide gauges, corrected.") == set()
    send(stage, page, "A date was wrong")
    release(stage, desk)
    assert seen_by_readers(stage, "Tide gauges, published.") == set()
    assert seen_by_readers(stage, "Tide gauges, corrected.") == SHOW_ANSWERS
    assert found("corrected") == [stage.talk]


def withdraw(stage: Stage, page: Page) -> None:
    """Gone from pages, data, search and the kept copies of pages at once; the organisers are told."""
    page.goto(stage.talk_url)
    page.get_by_role("button", name=re.compile("Take back: .*answers", re.I)).click()
    expect(page.get_by_text("Readers no longer see what you gave.")).to_be_visible()
    assert seen_by_readers(stage, "Tide gauges") == set()
    assert found("corrected") == []
    assert not Contribution.objects.released().exists()
    mail = stage.post.next_to(stage.organiser)
    assert str(mail["Subject"]).startswith("Ada Vale took back their consent to")


def test_talk_from_invitation_to_withdrawn_consent(stage):
    cache.clear()
    desk, page = stage.desk(), stage.open().new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    link = invite(stage, desk)
    scan(stage, link)
    come_in(stage, page, link)
    assert Invitation.objects.get().opened_at is not None
    lose_the_server(stage, page)
    clash(stage, page)
    page.goto(stage.talk_url)
    agree(page)
    send(stage, page, "The slides come on Monday")
    give_back(stage, desk, page)
    write(page, "Tide gauges, published.")
    is_saved(page)
    send(stage, page, "The data is named now")
    assert seen_by_readers(stage, "Tide gauges") == set()
    release(stage, desk)
    assert seen_by_readers(stage, "Tide gauges, published.") == SHOW_ANSWERS
    correct(stage, desk, page)
    withdraw(stage, page)
    assert complaints == []
