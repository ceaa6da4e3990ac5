"""Nothing is kept for longer than the privacy page says."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing.keeping import forget_old
from mailing.models import AddressList, OutgoingMail, SignUpTry, Subscriber, Suppression
from mailing.subscriptions import leave, sign_up
from pages import scheduler
from tests.mailing.signing import ADA, BOTH, make_subscriber

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def test_worker_does_it():
    assert forget_old in scheduler.JOBS


def test_who_never_confirmed_is_forgotten_after_thirty_days(clock):
    sign_up(address=ADA, headings=BOTH, page="/", at=timezone.now())
    clock.shift(30 * DAY)
    forget_old()
    assert Subscriber.objects.count() == 1
    clock.shift(dt.timedelta(seconds=1))
    forget_old()
    assert (Subscriber.objects.count(), Suppression.objects.count()) == (0, 0)
    assert list(OutgoingMail.objects.values_list("recipient", "filling", "state")) == [("", {}, "cancelled")]


def test_who_is_asked_again_has_another_thirty_days(clock):
    sign_up(address=ADA, headings=BOTH, page="/", at=timezone.now())
    clock.shift(20 * DAY)
    sign_up(address=ADA, headings=BOTH, page="/", at=timezone.now())
    clock.shift(20 * DAY)
    forget_old()
    assert Subscriber.objects.count() == 1


def test_who_left_is_a_hash_alone_after_a_year(clock):
    leave(subscriber=make_subscriber(), heading=None, at=timezone.now())
    bo = make_subscriber("bo@example.org")
    clock.shift(365 * DAY)
    forget_old()
    assert Subscriber.objects.count() == 2
    clock.shift(dt.timedelta(seconds=1))
    forget_old()
    assert list(Subscriber.objects.all()) == [bo]
    assert Suppression.objects.get() == Suppression.objects.of(ADA).get()


def test_networks_are_forgotten_after_an_hour_and_unused_lists_after_a_day(clock):
    SignUpTry.objects.create(source="x", at=timezone.now())
    AddressList.objects.create(filename="a.csv", content=b"x", way="proof", made_at=timezone.now())
    clock.shift(dt.timedelta(minutes=61))
    forget_old()
    assert (SignUpTry.objects.count(), bytes(AddressList.objects.get().content)) == (0, b"x")
    clock.shift(DAY)
    forget_old()
    assert bytes(AddressList.objects.get().content) == b""
