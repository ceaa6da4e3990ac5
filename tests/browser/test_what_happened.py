"""What happened next, by keyboard and without a script; and what axe says of its pages and of corrections."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from events.models import TalkCorrection
from speakers.models import PromiseQuestion, PromiseReply
from tests.browser.looking import walk
from tests.factories import publish
from tests.speakers.promises.making import account, make_promise

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]


@pytest.fixture
def ada():
    return account("Ada Vale")


@pytest.fixture
def question(ada):
    talk = make_promise("A map of every bridge.", "A list of every ford.", speakers=[ada[1]])
    row = {"contribution": talk.contribution, "at": timezone.now(), "replied_on": dt.date(2026, 3, 2)}
    PromiseReply.objects.create(
        **row, said="A list of every ford.", outcome="under_way", words="Half.", published_at=timezone.now()
    )
    publish(talk, corrections=[TalkCorrection(made_on=dt.date(2026, 3, 1), text="Her name is Vale, not Dale.")])
    return PromiseQuestion.objects.create(
        contribution=talk.contribution, said="A map of every bridge.", asked_at=timezone.now()
    )


def sign_in(window, user, live_server):
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    window.page.context.add_cookies([cookie])


def test_speaker_says_what_happened_by_keyboard_and_without_a_script(visit, ada, question, live_server):
    window = visit(width=360, scripts=False)
    sign_in(window, ada[0], live_server)
    page = window.go("/portal/")
    page.get_by_role("link", name="What happened next?").press("Enter")
    expect(page.get_by_role("heading", name="What happened next?")).to_be_visible()
    page.get_by_label("Not any more").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send it").press("Enter")
    expect(page.get_by_text("Say in a sentence why. Readers will want to know.")).to_be_visible()
    expect(page.get_by_label("Not any more")).to_be_checked()
    page.get_by_label("In your words").focus()
    page.keyboard.type("The bridges were sold.")
    page.get_by_role("button", name="Send it").press("Enter")
    expect(page.get_by_text("Thank you. The organisers look at it")).to_be_visible()
    found = PromiseReply.objects.get(said=question.said)
    assert (found.outcome, found.words, found.is_waiting) == ("not", "The bridges were sold.", True)


def test_axe_finds_nothing(visit, ada, question, live_server):
    window = visit()
    talk = question.contribution.talk
    readers = ("/what-happened-next/", "/what-happened-next/?state=open", "/corrections/", talk.get_url())
    assert walk(window, {address: address for address in readers}) == {}
    sign_in(window, ada[0], live_server)
    assert walk(window, {"portal": "/portal/", "promise": f"/portal/{talk.pk}/promises/{question.pk}/"}) == {}
    assert window.complaints == []
