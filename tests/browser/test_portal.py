"""A speaker in a real browser: types, loses the network and the session, meets another window, and loses no word."""

import re
import time

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect

from tests.browser.looking import faults, walk
from tests.factories import make_speaker, make_user
from tests.speakers.portal.forms import answer, answered, at, make_my_talk
from tests.speakers.test_markup import PAIRS

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
expect.set_options(timeout=20_000)
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
WORD = """<html><body><p class=MsoNormal>It <b>maps</b> tides<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>·<span>&nbsp; </span></span>one</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>two</p>
<p class=MsoNormal><span style='font-weight:bold'>See</span> <a href="https://a.example/">this</a></p></body></html>"""


@pytest.fixture
def me():
    return make_speaker("Ada Vale", user=make_user())


@pytest.fixture
@transaction.atomic
def talk(me):
    return make_my_talk(me)


@pytest.fixture
def as_me(visit, me, live_server):
    """A window of Ada's, signed in."""

    def begin(**options):
        window = visit(**options)
        sign_in(window, me, live_server)
        return window

    return begin


def sign_in(window, me, live_server):
    client = Client()
    client.force_login(me.user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    window.page.context.add_cookies([cookie])


def editor(page, name="Can you summarise"):
    """Not the plain field that it takes the place of: whoever is quicker than the script would wait for it for ever."""
    return page.get_by_role("textbox", name=re.compile(name)).and_(page.locator(".rich__text"))


def test_what_is_typed_is_saved_by_itself_and_is_there_again(as_me, talk):
    window = as_me()
    page = window.go(at("talk", talk))
    editor(page).click()
    page.keyboard.type("It maps ")
    page.keyboard.press("Control+B")
    page.keyboard.type("tides")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(talk) == {"summary": "<p>It maps <b>tides</b></p>"}
    expect(page.locator(f"[data-count='{answer(talk)}']")).to_have_text("3 words")
    page.reload()
    expect(editor(page)).to_have_text("It maps tides")
    assert page.evaluate("localStorage.length") == 0
    assert (window.complaints, window.elsewhere) == ([], [])


def test_words_outlive_a_lost_network_and_a_closed_window(as_me, talk):
    window = as_me()
    page = window.go(at("talk", talk))
    page.context.set_offline(True)
    editor(page).click()
    page.keyboard.type("On a train")
    expect(page.locator("[data-trouble]")).to_contain_text("kept in this browser")
    assert answered(talk) == {}
    page.close()
    window.page.context.set_offline(False)
    window.page = window.page.context.new_page()
    page = window.go(at("talk", talk))
    expect(page.locator("[data-trouble]")).to_contain_text("still in this browser")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(editor(page)).to_have_text("On a train")
    assert answered(talk) == {"summary": "<p>On a train</p>"}
    assert page.evaluate("localStorage.length") == 0


def test_page_loaded_again_while_a_save_is_under_way_shows_what_was_saved(as_me, talk):
    """The page was written before the save was done, and the save is heard of before the page is shown."""
    window = as_me()
    page = window.go(at("talk", talk))
    saves = []
    page.route("**/save/", lambda save: saves.append(save) if not saves else save.fallback())

    def show_what_was_before(load):
        before = load.fetch()
        saves[0].fulfill(response=saves[0].fetch())
        time.sleep(0.5)  # the page that is left hears of it
        load.fulfill(response=before)

    page.route("**" + at("talk", talk), show_what_was_before)
    editor(page).click()
    with page.expect_request("**/save/"):
        page.keyboard.type("Typed in time")
    page.reload()
    expect(editor(page)).to_have_text("Typed in time")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(talk) == {"summary": "<p>Typed in time</p>"}
    assert page.evaluate("localStorage.length") == 0


def test_words_outlive_the_session(as_me, talk, me, live_server):
    window = as_me()
    page = window.go(at("talk", talk))
    window.page.context.clear_cookies()
    editor(page).click()
    page.keyboard.type("Signed out meanwhile")
    expect(page.locator("[data-trouble]")).to_contain_text("You have been signed out.")
    sign_in(window, me, live_server)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(talk) == {"summary": "<p>Signed out meanwhile</p>"}


def test_leaving_saves_what_was_typed_a_moment_ago(as_me, talk):
    window = as_me()
    page = window.go(at("talk", talk))
    editor(page).click()
    page.keyboard.type("Just typed")
    page.goto(window.site + "/portal/")
    for _ in range(50):
        if answered(talk):
            break
        page.wait_for_timeout(100)
    assert answered(talk) == {"summary": "<p>Just typed</p>"}


def test_two_windows_of_one_person_keep_both_texts(as_me, talk):
    one, other = as_me(), as_me(width=360)
    first, second = one.go(at("talk", talk)), other.go(at("talk", talk))
    editor(first).click()
    first.keyboard.type("In one")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    editor(second).click()
    second.keyboard.type("In the other")
    expect(second.locator("[data-trouble]")).to_contain_text("Nothing is lost")
    second.get_by_role("button", name="Save", exact=True).last.click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Two versions: choose, or keep both")
    assert faults(second) == []
    second.get_by_role("button", name="Save what I chose").click()
    expect(editor(second)).to_have_text("In oneIn the other")
    assert answered(talk) == {"summary": "<p>In one</p><p>In the other</p>"}


def test_sent_with_the_keyboard_alone_in_a_narrow_window(as_me, talk):
    window = as_me(width=360)
    page = window.go("/portal/")
    page.get_by_role("link", name="Tides").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + at("talk", talk))
    tab_to(page, "Can you summarise")
    page.keyboard.type("Typed with keys alone")
    tab_to(page, "Send to the organisers")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + at("send", talk))
    tab_to(page, "Why something is missing")
    page.keyboard.type("The rest comes on Monday")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is with the organisers now")).to_be_visible()
    assert answered(talk) == {"summary": "<p>Typed with keys alone</p>"}
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert window.complaints == []


def test_buttons_of_an_editor_are_one_stop_for_the_tab_key(as_me, talk):
    page = as_me().go(at("talk", talk))
    bar = page.get_by_role("toolbar").first
    bar.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowLeft")
    expect(bar.get_by_role("button", name="Link")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(editor(page)).to_be_focused()


def tab_to(page, words):
    for _ in range(120):
        page.keyboard.press("Tab")
        named = "it.getAttribute('aria-label') || it.labels?.[0]?.textContent || it.textContent"
        found = page.evaluate(f"(it => {named})(document.activeElement)")
        if found.strip().startswith(words):
            return
    pytest.fail(f"Tab never came to “{words}”")


def test_everything_works_without_a_script(as_me, talk):
    window = as_me(scripts=False)
    page = window.go(at("talk", talk))
    page.locator(f"#id-{answer(talk)}").fill("Typed\n\n- without\n- a script")
    page.locator("summary", has_text="Links").click()
    page.get_by_role("button", name="Add a link").click()
    page.locator("#id-links-0-label").fill("Map")
    page.locator("#id-links-0-url").fill("https://a.example/")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved")).to_be_visible()
    expect(page.locator("#id-links-0-label")).to_have_value("Map")
    assert answered(talk) == {"summary": "<p>Typed</p><ul><li>without</li><li>a script</li></ul>"}


def test_pages_are_free_of_what_axe_finds(as_me, talk):
    pages = ("/portal/", at("talk", talk) + "?more=asks", at("send", talk), at("preview", talk))
    assert walk(as_me(), {address: address for address in pages}) == {}


def test_editor_reads_and_writes_the_same_as_the_server(as_me, talk):
    page = as_me().go(at("talk", talk))
    script = """async (text) => {
        const { toDom, toText } = await import('/static/js/rich.js');
        const box = document.createElement('div');
        box.append(toDom(text));
        return [box.innerHTML.replaceAll('<br>', '<br/>'), toText(box)];
    }"""
    found = [tuple(page.evaluate(script, text)) for text, _ in PAIRS]
    assert found == [(html, text) for text, html in PAIRS]


def test_words_from_word_are_pasted_without_its_clothes(as_me, talk):
    page = as_me().go(at("talk", talk))
    editor(page).click()
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            const paste = new ClipboardEvent('paste', { clipboardData: data, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        WORD,
    )
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert answered(talk) == {
        "summary": "<p>It <b>maps</b> tides</p><ul><li>one</li><li>two</li></ul>"
        '<p><b>See</b> <a href="https://a.example/">this</a></p>'
    }
