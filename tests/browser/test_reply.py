"""A speaker in a real browser: pastes a reply from Word, drops a file, and crops a photo by mouse and keyboard."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from speakers.models import Speaker
from tests.browser.looking import faults
from tests.factories import QUESTIONS, make_speaker, make_user
from tests.pages.test_pictures import encoded, two_halves
from tests.speakers.portal.forms import answered, at, make_my_talk

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
expect.set_options(timeout=20_000)
WORD = f"""<p class=MsoNormal><b>{QUESTIONS["summary"]}</b></p><p class=MsoNormal>It <b>maps</b> tides<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>one</p>
<p class=MsoNormal><b>{QUESTIONS["hurdles"]}</b></p><p>See <a href="https://a.example/">this</a></p>"""
PASTE = """(area, html) => {
  area.focus();
  const data = new DataTransfer();
  data.setData("text/html", html);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
DROP = """(form) => {
  const data = new DataTransfer();
  data.items.add(new File(["What are the main hurdles?\\nBoats"], "reply.txt"));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def me():
    return make_speaker("Ada Vale", user=make_user())


@pytest.fixture
def as_me(visit, me, live_server):
    """A window of Ada's, signed in."""

    def begin(**options):
        window, client = visit(**options), Client()
        client.force_login(me.user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        window.page.context.add_cookies([cookie])
        return window

    return begin


def test_reply_pasted_from_word_and_a_dropped_file_fill_the_draft(as_me, me):
    talk, window = make_my_talk(me), as_me(width=360)
    page = window.go(at("reply", talk))
    assert faults(page) == []
    page.locator("[data-paste]").evaluate(PASTE, WORD)
    page.get_by_role("button", name="Find my answers").click()
    expect(page.get_by_role("textbox", name=re.compile("summarise"))).to_have_text("It maps tidesone")
    assert faults(page) == []
    page.get_by_role("button", name="Fill my draft").click()
    expect(page.get_by_role("status").first).to_contain_text("Your draft has two answers from your reply now.")
    see = '<p>See <a href="https://a.example/">this</a></p>'
    assert answered(talk) == {"summary": "<p>It <b>maps</b> tides</p><ul><li>one</li></ul>", "hurdles": see}
    page = window.go(at("reply", talk))
    page.locator("[data-drop]").evaluate(DROP)
    page.get_by_role("button", name="Find my answers").click()
    page.get_by_role("button", name="Fill my draft").click()
    expect(page.get_by_role("status").first).to_contain_text("one answer")
    assert answered(talk)["hurdles"] == f"{see}<p>Boats</p>"
    # What Word dresses its words in is refused by the page's policy, as it should be.
    assert [said for said in window.complaints if "inline style" not in said] == window.elsewhere == []


def test_photo_is_cropped_by_mouse_and_by_keyboard(as_me, me):
    window = as_me(scheme="dark")
    page = window.go("/portal/profile/")
    photo = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": encoded(two_halves(size=(400, 200)), "JPEG")}
    page.get_by_label("A photo of you").set_input_files(photo)
    page.get_by_role("button", name="Upload").click()
    picture = page.locator("[data-crop]")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.5})
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("From the left")).to_have_value("92")
    assert page.locator("[data-crop-shown]").evaluate("(image) => image.style.objectPosition") == "92% 50%"
    assert faults(page) == []
    page.get_by_role("button", name="Save the photo and its crop").click()
    expect(page.get_by_role("status").first).to_contain_text("The crop and the description of your photo are saved.")
    kept = Speaker.objects.get(pk=me.pk).photo
    assert kept.focal_point_x > 350
    assert (window.complaints, window.elsewhere) == ([], [])
