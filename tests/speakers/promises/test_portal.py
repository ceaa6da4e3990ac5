"""What happened next, as its speaker is asked in the portal."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.models import SignInLink
from mailing.models import OutgoingMail
from speakers.following_up import publish_reply
from speakers.models import PromiseQuestion, PromiseReply
from tests.factories import make_event, make_talk, make_user
from tests.reading import lines, whole

from .making import AFTER, WORDS, account, reply

pytestmark = pytest.mark.django_db


def test_link_of_the_mail_leads_to_the_question(client, ada, asked):
    link = SignInLink.objects.get()
    path = re.sub(r"https?://[^/]+", "", link.url)
    assert client.get(path).status_code == 200
    assert PromiseReply.objects.count() == 0
    response = client.post(path, follow=True)
    assert response.redirect_chain[-1][0] == link.leads_to
    page = whole(response.content)
    assert lines(page, "h1, .note strong, legend, .choice label") == [
        "What happened next?",
        WORDS,
        "How does it stand?",
        "Done",
        "Under way",
        "Not any more",
    ]


def test_speakers_reply_waits_for_the_organisers_and_they_are_told(client, ada, asked):
    organiser = make_user("organiser")
    response = reply(client, ada, asked, outcome="under_way", words="Half of it <b>is</b> there. %%link%%")
    assert "Thank you. The organisers look at it" in response.content.decode()
    found = PromiseReply.objects.get()
    assert (found.said, found.outcome, found.words) == (WORDS, "under_way", "Half of it <b>is</b> there. %%link%%")
    assert (found.speaker, found.by, found.replied_on, found.is_waiting) == (ada[1], ada[0], dt.date(2026, 3, 1), True)
    mail = OutgoingMail.objects.get(recipient=organiser.email)
    assert mail.message.subject == "Ada Vale on what happened next: under way"
    assert f"/cms/promises/replies/{found.pk}/" in mail.message.text
    assert lines(whole(client.get(asked.get_url()).content), ".reply") == []


def test_second_reply_takes_the_place_of_one_that_waits(client, ada, asked):
    make_user("organiser")
    reply(client, ada, asked, outcome="under_way", words="Half.")
    reply(client, ada, asked, outcome="done", words="All of it.")
    assert [(row.outcome, row.words) for row in PromiseReply.objects.all()] == [("done", "All of it.")]
    publish_reply(reply=PromiseReply.objects.get(), by=None, at=AFTER)
    reply(client, ada, asked, outcome="not", words="It fell off.")
    assert [row.outcome for row in PromiseReply.objects.order_by("pk")] == ["done", "not"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["Choose one of the three."]),
        ({"outcome": "perhaps", "words": "So so."}, ["Choose one of the three."]),
        ({"outcome": "not", "words": " "}, ["Say in a sentence why. Readers will want to know."]),
        ({"outcome": "done", "words": "x" * 1001}, ["That is long. 1,000 characters are the most we can keep."]),
    ],
)
def test_what_is_wrong_is_said_and_words_are_kept(client, ada, asked, fields, wrong):
    response = reply(client, ada, asked, **fields)
    page = whole(response.content)
    assert (response.status_code, lines(page, ".wrong")) == (422, wrong)
    assert page.select_one("textarea").get_text().strip() == fields.get("words", "").strip()
    assert PromiseReply.objects.count() == 0


def test_nobody_else_sees_the_question(client, ada, asked):
    question = PromiseQuestion.objects.get()
    address = reverse("portal:promise", args=[asked.pk, question.pk])
    assert client.get(address).status_code == 302
    stranger = account("Di Penn")
    client.force_login(stranger[0])
    assert (client.get(address).status_code, client.post(address, {"outcome": "done"}).status_code) == (404, 404)
    other = make_talk(event=make_event(number=61), speakers=[stranger[1]])
    assert client.get(reverse("portal:promise", args=[other.pk, question.pk])).status_code == 404
    assert PromiseReply.objects.count() == 0


def test_my_talks_say_what_is_asked_until_it_is_answered(client, ada, asked):
    client.force_login(ada[0])
    assert lines(whole(client.get("/portal/").content), ".note") == [f"You said: “{WORDS}”. What happened next?"]
    reply(client, ada, asked, outcome="done", words="")
    assert lines(whole(client.get("/portal/").content), ".note") == []
