"""Signing in with a code from a mail: eight letters, ten minutes, three tries, one browser, one use."""

import datetime as dt
import logging
import re

import pytest
import time_machine
from django.core import mail as sink
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mailing.delivery import send_due
from mailing.enums import Urgency
from mailing.models import Message, OutgoingMail
from tests.accounts.signing import CODE, SIGN_IN, ask, enter, newest_code, said, sign_in_by_code, who
from tests.factories import START, make_user
from tests.reading import lines, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("speaker", email="ada@example.org")


def test_code_from_the_mail_signs_in(client, ada):
    asked = ask(client, "Ada@Example.org")
    assert (asked.status_code, asked["Location"]) == (302, CODE)
    assert send_due(at=timezone.now()) == 1
    (mail,) = sink.outbox
    (code,) = set(re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", mail.body))
    entered = enter(client, code)
    assert (entered.status_code, entered["Location"]) == (302, "/portal/")
    assert (mail.to, who(client)) == (["ada@example.org"], "ada@example.org")


def test_mail_says_the_code_and_until_when_and_keeps_it_out_of_its_subject(ada):
    with time_machine.travel(START, tick=False):
        ask(Client(), ada.email)
        code = newest_code(ada.email)
        send_due(at=timezone.now())
    (mail,) = sink.outbox
    html = mail.alternatives[0].content
    assert mail.subject == "Your code for Data Bites"
    assert f"{code}\n\nIt works until 6.10pm, and once." in mail.body
    assert f"<strong>{code}</strong>" in html
    assert "6.10pm" in html


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "without"])
def test_code_is_read_as_people_type_it(client, ada, typed):
    ask(client, ada.email)
    code = newest_code(ada.email)
    enter(client, {"lower": code.lower(), "without": code.replace("-", "")}.get(typed, typed.format(code)))
    assert who(client) == ada.email


def test_sign_in_leads_to_where_they_were_going(client):
    ben = make_user("moderator")
    door = client.get("/cms/pages/")
    assert door["Location"] == f"{SIGN_IN}?next=/cms/pages/"
    form = whole(client.get(door["Location"]).content).select_one("form")
    assert form.select_one("[name=next]")["value"] == "/cms/pages/"
    asked = ask(client, ben.email, next="/cms/pages/")
    assert asked["Location"] == f"{CODE}?next=%2Fcms%2Fpages%2F"
    page = whole(client.get(asked["Location"]).content)
    assert [field["value"] for field in page.select("[name=next]")] == ["/cms/pages/"] * 2
    assert enter(client, newest_code(ben.email), next="/cms/pages/")["Location"] == "/cms/pages/"


@pytest.mark.parametrize(
    "goal",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https:///evil.example",
        " //evil.example",
        "/\t/evil.example",
        "evil.example",
        "http://testserver/cms/",
    ],
)
def test_sign_in_leads_to_no_other_site(client, ada, goal):
    asked = ask(client, ada.email, next=goal)
    assert asked["Location"] == CODE
    assert enter(client, newest_code(ada.email), next=goal)["Location"] == "/portal/"
    assert client.get(SIGN_IN, {"next": goal})["Location"] == "/portal/"


def test_three_wrong_codes_are_the_end_of_it(client, ada):
    ask(client, ada.email)
    code = newest_code(ada.email)
    first, second, third = (enter(client, "BBBB-BBBB") for _ in range(3))
    assert said(first) == ["That code is not right. Look at it again, and type it once more."]
    assert "You have 2 more tries." in first.content.decode()
    assert "You have 1 more try." in second.content.decode()
    assert (third.status_code, third["Location"]) == (302, SIGN_IN)
    assert said(client.get(SIGN_IN)) == ["Those were too many tries. Wait a few minutes, then try again."]
    assert enter(client, code)["Location"] == SIGN_IN
    assert who(client) == ""


def test_tries_that_miss_each_other_in_the_session_are_counted_all_the_same(client, ada):
    """Requests at the same time each read the session before the others wrote: three tries stay three."""
    ask(client, ada.email)
    before = dict(client.session)
    for _ in range(3):
        enter(client, "BBBB-BBBB")
        session = client.session
        session.update(before)
        session.save()
    assert enter(client, newest_code(ada.email))["Location"] == SIGN_IN
    assert who(client) == ""


def test_late_code_is_refused_in_words(client, ada):
    with time_machine.travel(START, tick=False) as clock:
        ask(client, ada.email)
        clock.shift(601)
        late = enter(client, newest_code(ada.email))
        assert (late.status_code, late["Location"]) == (302, SIGN_IN)
        assert said(client.get(SIGN_IN)) == ["That code was more than ten minutes old. Ask for a new one."]
        assert who(client) == ""


def test_code_is_good_to_its_last_second(client, ada):
    with time_machine.travel(START, tick=False) as clock:
        ask(client, ada.email)
        clock.shift(599)
        enter(client, newest_code(ada.email))
        assert who(client) == ada.email


def test_used_code_signs_nobody_in_again(client, ada):
    sign_in_by_code(client, ada)
    code = newest_code(ada.email)
    client.post("/account/sign-out/")
    assert enter(client, code)["Location"] == SIGN_IN
    assert who(client) == ""


def test_code_works_only_in_the_browser_that_asked(client, ada):
    ask(client, ada.email)
    thief = Client()
    assert enter(thief, newest_code(ada.email))["Location"] == SIGN_IN
    assert said(thief.get(SIGN_IN)) == [
        "Type a code in the browser in which you asked for it, or ask for a new one here."
    ]
    assert who(thief) == ""


def test_newer_code_is_the_one_that_works_and_the_older_mail_is_called_back(client, ada):
    ask(client, ada.email)
    old = newest_code(ada.email)
    ask(client, ada.email)
    assert list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "queued"]
    assert said(enter(client, old)) == ["That code is not right. Look at it again, and type it once more."]
    enter(client, newest_code(ada.email))
    assert who(client) == ada.email


def test_who_is_halfway_is_led_on_and_may_begin_again(client, ada):
    ask(client, "adda@example.org")
    assert client.get(SIGN_IN, {"next": "/account/"})["Location"] == f"{CODE}?next=%2Faccount%2F"
    (again,) = whole(client.get(CODE).content).select("main a")
    assert lines(whole(client.get(again["href"]).content), "h1") == ["Sign in"]
    sign_in_by_code(client, ada)
    assert who(client) == ada.email


def test_somebody_switched_off_gets_no_code(client, ada):
    ada.is_active = False
    ada.save()
    assert ask(client, ada.email)["Location"] == CODE
    assert OutgoingMail.objects.filter(recipient=ada.email).count() == 0


def test_somebody_switched_off_meanwhile_is_not_let_in(client, ada):
    ask(client, ada.email)
    ada.is_active = False
    ada.save()
    assert enter(client, newest_code(ada.email))["Location"] == "/account/switched-off/"
    page = client.get("/account/switched-off/")
    assert lines(whole(page.content), "h1") == ["This account is switched off"]
    assert who(client) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type your e-mail address."),
        ("ada", "That is not a whole e-mail address. One looks like name@example.org."),
        ("ada@example.org, ben@example.org", "That is not a whole e-mail address. One looks like name@example.org."),
        ("ada@example.org\nBcc: x@example.org", "That is not a whole e-mail address. One looks like name@example.org."),
    ],
)
def test_what_is_no_address_is_refused_beside_the_field(client, typed, words):
    page = whole(ask(client, typed).content)
    assert lines(page, ".wrong:not(:empty)") == [words]
    field = page.select_one("#id_email")
    assert (field["aria-invalid"], field["aria-describedby"], page.select_one(".wrong")["id"]) == (
        "true",
        "id_email_error",
        "id_email_error",
    )
    assert OutgoingMail.objects.count() == 0


def test_huge_address_is_refused(client):
    assert len(said(ask(client, "a" * 100_000 + "@example.org"))) > 0


def test_code_overtakes_every_other_mail(client, ada):
    news = Message.objects.create(key="n", template="t", subject="News", text="News\n", made_at=timezone.now())
    for number in range(3):
        OutgoingMail.objects.create(
            message=news,
            recipient=f"{number}@example.org",
            purpose=f"news:{number}",
            urgency=Urgency.NEWS,
            due_at=START,
            made_at=START,
        )
    ask(client, ada.email)
    send_due(at=timezone.now())
    assert [mail.subject for mail in sink.outbox] == ["Your code for Data Bites", "News", "News", "News"]


def test_code_is_in_no_log_and_gone_from_the_outbox_once_sent(client, ada, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.setLevel(logging.INFO)
    sign_in_by_code(client, ada)
    code = newest_code(ada.email)
    send_due(at=timezone.now())
    call_command("check", verbosity=0)
    assert code not in caplog.text
    assert ada.email not in caplog.text
    assert OutgoingMail.objects.get().filling == {}


def test_page_says_what_to_do_when_no_mail_comes(client, ada):
    ask(client, ada.email)
    page = whole(client.get(CODE).content)
    (advice,) = [words for words in lines(page, "main p") if words.startswith("If it isn’t there")]
    assert "none is lost" in advice
    assert "ask for another" in advice


def test_session_changes_its_number_when_somebody_signs_in(client, ada):
    ask(client, ada.email)
    before = client.cookies["sessionid"].value
    enter(client, newest_code(ada.email))
    after = client.cookies["sessionid"]
    assert before != after.value
    assert after["max-age"] == dt.timedelta(days=14).total_seconds()
    thief = Client()
    thief.cookies["sessionid"] = before
    assert who(thief) == ""
