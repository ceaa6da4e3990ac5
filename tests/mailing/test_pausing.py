"""Too many bounces stop the news, and only those."""

import datetime as dt

import pytest
from django.utils import timezone

from mailing.delivery import send_due
from mailing.enums import Urgency
from mailing.models import Delivery, OutgoingMail
from mailing.pausing import (
    FEWEST,
    mails_are_late,
    note_away,
    note_back,
    organisers,
    pause_if_too_many_come_back,
    resume_news,
)
from tests.factories import make_user
from tests.mailing.conftest import make_message, put_in

pytestmark = pytest.mark.django_db


def sent(number, *, of=0, urgency=Urgency.NEWS, state="sent", ago=dt.timedelta(minutes=10)):
    """That many mails that ended so long ago."""
    message, at = make_message(), timezone.now() - ago
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            message=message,
            recipient=f"{state}-{place}@example.org",
            purpose=f"{message.key}:{place}",
            urgency=urgency,
            state=state,
            due_at=at,
            made_at=at,
            ended_at=at,
        )
        for place in range(number)
    )


def paused():
    return pause_if_too_many_come_back(at=timezone.now())


@pytest.mark.parametrize("state", ["bounced", "complained", "set_aside"])
def test_more_than_two_per_cent_in_an_hour_pauses_news(state):
    sent(480)
    sent(10, state=state)
    assert paused() is True
    assert Delivery.now().news_paused_why == (
        "10 of 490 news in an hour bounced, were refused or were reported as unwanted."
    )


@pytest.mark.parametrize(
    ("good", "bad"), [({"number": 490}, {"number": 10}), ({"number": 20}, {"number": FEWEST - 1})], ids=["2 %", "few"]
)
def test_two_per_cent_or_a_few_pause_nothing(good, bad):
    sent(**good)
    sent(state="bounced", **bad)
    assert paused() is False


def test_what_is_older_than_an_hour_or_personal_does_not_count():
    sent(100)
    sent(50, state="bounced", ago=dt.timedelta(minutes=61))
    sent(50, state="bounced", urgency=Urgency.PERSONAL)
    assert paused() is False


def test_paused_news_wait_while_codes_leave(sink):
    put_in(1, urgency=Urgency.NEWS)
    put_in(2, urgency=Urgency.WAITING)
    put_in(3, urgency=Urgency.PERSONAL)
    sent(20, state="bounced")
    assert paused() is True
    assert send_due(at=timezone.now()) == 2
    assert sink.recipients == ["reader-2@example.org", "reader-3@example.org"]
    assert resume_news(at=timezone.now()) is True
    assert send_due(at=timezone.now()) == 1


def test_organisers_are_told_once_and_nobody_else(sink):
    organiser, administrator = make_user("organiser"), make_user("administrator")
    make_user("moderator")
    make_user()
    make_user("organiser", is_active=False)
    sent(20, state="bounced")
    assert (paused(), paused()) == (True, False)
    assert set(organisers()) == {organiser, administrator}
    send_due(at=timezone.now())
    assert sorted(sink.recipients) == sorted([organiser.email, administrator.email])
    told = sink.mails[0]
    assert told["Subject"] == "News are paused: too many came back"
    assert "20 of 20 news in an hour bounced" in told.get_body(("plain",)).get_content()
    assert "/cms/mails/" in told.get_body(("html",)).get_content()


def test_resumed_news_are_not_paused_for_what_came_back_before():
    sent(20, state="bounced")
    assert paused() is True
    resume_news(at=timezone.now())
    assert paused() is False
    sent(20, state="bounced", ago=dt.timedelta(seconds=-1))
    assert pause_if_too_many_come_back(at=timezone.now() + dt.timedelta(seconds=2)) is True


def test_mails_are_late_while_the_server_is_away_or_nobody_sends_them():
    at = timezone.now()
    assert mails_are_late(at=at) is False
    note_away(at=at, why="No connection.")
    assert mails_are_late(at=at) is True
    note_back()
    put_in(1, urgency=Urgency.WAITING, due_at=at - dt.timedelta(minutes=1))
    put_in(2, urgency=Urgency.NEWS, due_at=at - dt.timedelta(minutes=9))
    assert mails_are_late(at=at) is False
    assert mails_are_late(at=at + dt.timedelta(minutes=2)) is True
