"""The whole way: sign up on a page, confirm by mail, hear, leave with one press."""

import pytest
from django.utils import timezone

from mailing.actions import queue_mail
from mailing.enums import Heading, Urgency
from mailing.links import news_filling
from mailing.models import Message, OutgoingMail, Subscriber
from tests.mailing.signing import ADA, delivered, fill_in, link_in

pytestmark = pytest.mark.django_db


def test_reader_signs_up_confirms_and_leaves_with_one_press(client):
    response = fill_in(client, headings=["evenings", "write_ups"], page="/about/")
    assert (response.status_code, response["Location"]) == (302, "/subscribe/sent/")
    ada = Subscriber.objects.get()
    assert (ada.address, ada.state, ada.page, list(Subscriber.objects.hearing(Heading.EVENINGS))) == (
        ADA,
        "pending",
        "/about/",
        [],
    )

    (mail,) = delivered()
    assert client.get(link_in(mail, "confirm")).status_code == 200
    assert client.post(link_in(mail, "confirm")).status_code == 200
    assert list(Subscriber.objects.hearing(Heading.EVENINGS)) == [ada]

    news = queue_mail(
        to=ada.address,
        message=Message.objects.create(key="n", subject="News", text="%%unsubscribe_url%%", made_at=timezone.now()),
        purpose="news:1",
        urgency=Urgency.NEWS,
        filling=news_filling(ada, Heading.EVENINGS),
        heading=Heading.EVENINGS,
    )
    leave = news.filling["unsubscribe_url"].removeprefix("http://127.0.0.1:8000")
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert OutgoingMail.objects.get(pk=news.pk).state == "cancelled"
    assert list(Subscriber.objects.hearing(Heading.EVENINGS)) == []
    assert list(Subscriber.objects.hearing(Heading.WRITE_UPS)) == [ada]
    assert client.cookies == {}


def test_mail_before_the_confirmation_says_how_to_leave_too(client):
    fill_in(client)
    (mail,) = delivered()
    leave = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(link_in(mail, "confirm")).status_code == 404
    assert list(Subscriber.objects.hearing(Heading.EVENINGS)) == []
