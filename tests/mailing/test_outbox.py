"""The first way through the outbox: put in, sent once, called back."""

import pytest
from django.core import mail as sink
from django.utils import timezone

from mailing.actions import call_back, queue_mail
from mailing.delivery import send_due
from mailing.enums import Urgency
from mailing.models import Message, OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    return Message.objects.create(
        key="a", template="t", subject="Hello", text="Your code: %%code%%\n", made_at=timezone.now()
    )


def put_in(message, purpose="code:1"):
    return queue_mail(
        to="ada@example.org", message=message, purpose=purpose, urgency=Urgency.WAITING, filling={"code": "7HX2"}
    )


def test_mail_leaves_once_with_its_own_words_and_forgets_them(message):
    mail = put_in(message)
    assert (send_due(at=timezone.now()), send_due(at=timezone.now())) == (1, 0)
    (left,) = sink.outbox
    assert (left.to, left.subject, left.body) == (["ada@example.org"], "Hello", "Your code: 7HX2\n")
    mail.refresh_from_db()
    assert (mail.state, mail.filling) == ("sent", {})


def test_same_purpose_is_one_mail(message):
    assert put_in(message) == put_in(message)
    assert OutgoingMail.objects.count() == 1


def test_mail_called_back_never_leaves(message):
    put_in(message)
    assert call_back(mails=OutgoingMail.objects.all(), why="They left the list") == 1
    assert send_due(at=timezone.now()) == 0
    assert sink.outbox == []
