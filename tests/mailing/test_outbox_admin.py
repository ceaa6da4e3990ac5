"""The outbox in the admin: what is shown, to whom, and what a person may decide."""

import datetime as dt
import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from mailing.actions import call_back, suppress
from mailing.enums import MailState, SuppressionReason, Urgency
from mailing.models import Delivery, OutgoingMail
from tests.admin import said, sign_in, texts
from tests.mailing.conftest import fates, make_message, put_in

pytestmark = pytest.mark.django_db
INDEX = "/cms/mails/"


def ended(mail, state, **fields):
    changes = {"ended_at": None if state in ("queued", "sending") else timezone.now(), **fields}
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **changes)
    mail.refresh_from_db()
    return mail


def do(client, mail, what):
    """Opens what asks, and presses its button."""
    url = reverse(f"outbox:{what}", args=[mail.pk])
    assert client.get(url).status_code == 200
    return client.post(url, follow=True)


def test_list_has_the_newest_first_and_what_became_of_each(client):
    sign_in(client)
    ended(put_in(1), "sent")
    ended(put_in(2), "bounced", outcome="550 No such user")
    response = client.get(INDEX)
    assert texts(response, ".mails tbody td:nth-of-type(2)") == ["reader-2@example.org", "reader-1@example.org"]
    assert texts(response, ".mails tbody .mail-state") == ["Bounced", "Sent"]
    assert texts(response, ".mail-outcome") == ["550 No such user"]


def test_list_counts_each_state_and_shows_one(client):
    sign_in(client)
    put_in(1)
    ended(put_in(2), "unknown")
    ended(put_in(3), "unknown")
    counts = dict(zip(MailState.labels, texts(client.get(INDEX), ".mail-states .mail-count"), strict=True))
    assert (counts["Waiting"], counts["Unknown: it may have gone"], counts["Sent"]) == ("1", "2", "0")
    response = client.get(INDEX, {"state": "unknown"})
    assert texts(response, ".mails tbody td:nth-of-type(2)") == ["reader-3@example.org", "reader-2@example.org"]
    assert texts(response, ".mail-states [aria-current]") == ["Unknown: it may have gone 2"]


@pytest.mark.parametrize("query", ["?state=nonsense", "?message=", "?message=x", "?p=0", "?p=999", "?p=x"])
def test_list_takes_any_address(client, query):
    sign_in(client)
    put_in(1)
    assert len(texts(client.get(INDEX + query), ".mails tbody tr")) == 1


def test_list_of_a_message_that_is_not_there_is_404(client):
    sign_in(client)
    assert client.get(INDEX + "?message=999").status_code == 404


def test_empty_list_says_what_will_stand_there(client):
    sign_in(client)
    assert texts(client.get(INDEX), "h2")[-1] == "No mails yet"


@pytest.mark.parametrize("url", [INDEX, INDEX + "messages/"])
def test_lists_cost_the_same_however_many_there_are(client, url):
    sign_in(client)
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            put_in(number, message=make_message(subject=f"Message {number}"))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts == {INDEX: [20, 20], INDEX + "messages/": [12, 12]}[url]


def test_messages_say_how_many_of_their_mails_came_to_what(client):
    sign_in(client)
    message = make_message(subject="The 60th evening")
    for number, state in enumerate(("sent", "sent", "bounced", "unknown", "queued"), start=1):
        ended(put_in(number, message=message, urgency=Urgency.NEWS), state)
    response = client.get(INDEX + "messages/")
    assert texts(response, ".mails .title-wrapper") == ["The 60th evening"]
    assert texts(response, ".mail-fates li") == ["Waiting 1", "Sent 2", "Unknown: it may have gone 1", "Bounced 1"]
    followed = client.get(f"{INDEX}?message={message.pk}&state=sent")
    assert len(texts(followed, ".mails tbody tr")) == 2


# Search


def test_search_finds_exactly_one_address_and_puts_it_into_no_url(client, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(client)
    put_in(1, to="ada@example.org")
    put_in(2, to="ada@example.org.uk")
    response = client.post(INDEX + "search/", {"address": " ADA@example.org "})
    assert texts(response, ".mails tbody td:nth-of-type(2)") == ["ada@example.org"]
    assert response.status_code == 200
    assert "ada" not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    assert client.get(INDEX + "search/?address=ada@example.org").context["form"]["address"].value() is None


def test_search_says_that_an_address_gets_no_news(client):
    sign_in(client)
    suppress(address="ada@example.org", reason=SuppressionReason.COMPLAINED)
    response = client.post(INDEX + "search/", {"address": "ada@example.org"})
    assert "A mail was reported as unwanted" in texts(response, ".mail-trouble")[0]
    assert texts(response, "[role=status]")[-1].startswith("The outbox knows no mail to exactly this address.")


def test_search_for_what_is_no_address_says_so(client):
    sign_in(client)
    response = client.post(INDEX + "search/", {"address": "ada"})
    assert texts(response, ".form-trouble") == ["Enter a valid email address."]


# One mail


def test_mail_shows_its_words_but_no_code_or_link(client):
    sign_in(client)
    mail = put_in(1, message=make_message(subject="Hello %%name%%"))
    response = client.get(f"{INDEX}{mail.pk}/")
    assert texts(response, ".mail-words") == ["Hello [name], your code is [code]."]
    assert texts(response, ".mail-detail h2") == ["Hello [name]"]
    assert "7HX1" not in response.content.decode()


def test_waiting_mail_can_be_called_back(client):
    user = sign_in(client)
    mail = put_in(1)
    assert said(do(client, mail, "call_back")) == ["The mail is called back. It will not leave."]
    mail.refresh_from_db()
    assert (mail.state, mail.filling, mail.outcome) == ("cancelled", {}, "The organisers called it back.")
    assert list(ModelLogEntry.objects.values_list("action", "user")) == [("mailing.call_back", user.pk)]


def test_mail_that_went_meanwhile_is_not_called_back(client):
    sign_in(client)
    mail = ended(put_in(1), "sent")
    assert said(do(client, mail, "call_back")) == ["It doesn’t wait any more, so it could not be called back."]
    assert fates(mail) == ["sent"]


@pytest.mark.parametrize(("what", "state"), [("try_again", "set_aside"), ("send_again", "unknown")])
def test_mail_that_was_refused_or_is_unknown_goes_again_by_a_persons_decision(client, what, state):
    sign_in(client)
    mail = ended(put_in(1), state, attempts=3, outcome="452 Full")
    assert said(do(client, mail, what)) == ["The mail is in the outbox again."]
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.outcome, mail.ended_at) == ("queued", 0, "", None)
    assert ModelLogEntry.objects.get().action == f"mailing.{what}"


@pytest.mark.parametrize("state", ["queued", "sent", "cancelled", "bounced", "complained"])
@pytest.mark.parametrize("what", ["try_again", "send_again"])
def test_no_other_mail_goes_again(client, what, state):
    sign_in(client)
    mail = ended(put_in(1), state)
    assert said(do(client, mail, what))[0].startswith("It is not as it was")
    assert fates(mail) == [state]


def test_mail_does_not_go_again_once_it_is_unwanted_or_forgotten(client):
    sign_in(client)
    unwanted = ended(put_in(1), "unknown")
    call_back(mails=OutgoingMail.objects.filter(pk=unwanted.pk), why="They left the list")
    without_code = ended(put_in(2), "unknown", filling={})
    without_address = ended(put_in(3), "unknown", recipient="")
    suppressed = ended(put_in(4, urgency=Urgency.NEWS), "unknown")
    suppress(address="reader-4@example.org", reason=SuppressionReason.BOUNCED)
    OutgoingMail.objects.filter(pk=suppressed.pk).update(called_back="")
    for mail, why in (
        (unwanted, "It was called back: They left the list"),
        (without_code, "What was its own in it"),
        (without_address, "Its address is forgotten by now."),
        (suppressed, "This address gets no news any more."),
    ):
        assert said(do(client, mail, "send_again"))[0].startswith(why)
        assert why in texts(client.get(f"{INDEX}{mail.pk}/"), ".mail-detail p")[0]
    assert set(fates()) == {"unknown"}


# What holds for all


def test_pause_is_shown_and_ended_by_a_button(client):
    sign_in(client)
    Delivery.objects.create(news_paused_at=timezone.now(), news_paused_why="30 of 500 news in an hour bounced.")
    for url in (INDEX, "/cms/"):
        assert "30 of 500 news in an hour bounced." in texts(client.get(url), ".mail-trouble")[0]
    assert client.get(INDEX + "resume/").status_code == 200
    assert said(client.post(INDEX + "resume/", follow=True)) == ["News leave again."]
    assert Delivery.now().news_paused_at is None
    assert said(client.post(INDEX + "resume/", follow=True)) == ["News were not paused."]


def test_mail_server_that_is_away_is_shown(client):
    sign_in(client)
    Delivery.objects.create(away_since=dt.datetime(2026, 2, 4, 18, 0, tzinfo=dt.UTC), away_why="No connection.")
    assert texts(client.get(INDEX), ".mail-trouble") == [
        "The mail server takes no mails since Wednesday 4 February 2026, 6pm. Nothing is lost: mails wait, and leave "
        "by themselves when it is back. It said: No connection."
    ]


def test_moderator_sees_nothing_of_it_on_the_front_page(client):
    sign_in(client, "moderator")
    response = client.get("/cms/")
    assert texts(response, "#panel-outbox-section") == []
    assert INDEX not in response.content.decode()
    assert client.post(INDEX + "search/", {"address": "ada@example.org"}).status_code == 302
