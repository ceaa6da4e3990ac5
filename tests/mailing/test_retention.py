"""How long the outbox remembers."""

import datetime as dt

import pytest
from django.utils import timezone

from mailing.enums import Urgency
from mailing.models import OutgoingMail
from mailing.retention import forget, keep_house, set_stale_aside
from tests.mailing.conftest import fates, put_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def ended(number, state, ago, **fields):
    mail = put_in(number, **fields)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, ended_at=timezone.now() - ago)
    return mail


def addresses():
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True))


def test_personal_mail_is_forgotten_after_ninety_days_and_news_after_a_year():
    ended(1, "sent", 91 * DAY)
    ended(2, "sent", 89 * DAY)
    ended(3, "bounced", 91 * DAY, urgency=Urgency.WAITING)
    ended(4, "sent", 91 * DAY, urgency=Urgency.NEWS)
    ended(5, "sent", 366 * DAY, urgency=Urgency.NEWS)
    put_in(6)
    assert forget(at=timezone.now()) == 3
    assert addresses() == ["", "reader-2@example.org", "", "reader-4@example.org", "", "reader-6@example.org"]
    assert forget(at=timezone.now()) == 0


def test_code_of_a_mail_that_never_left_is_forgotten_after_two_weeks():
    old, new = ended(1, "unknown", 15 * DAY), ended(2, "set_aside", 13 * DAY)
    assert forget(at=timezone.now()) == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.filling, new.filling["code"]) == ({}, "7HX2")


def test_mail_that_could_not_leave_for_two_days_is_set_aside():
    stale, fresh = put_in(1, due_at=timezone.now() - 2.1 * DAY), put_in(2, due_at=timezone.now() - 1.9 * DAY)
    planned = put_in(3, due_at=timezone.now() + DAY)
    assert set_stale_aside(at=timezone.now()) == 1
    assert fates(stale, fresh, planned) == ["set_aside", "queued", "queued"]


def test_house_is_kept_each_minute():
    from pages import scheduler

    assert keep_house in scheduler.JOBS
    ended(1, "sent", 91 * DAY)
    keep_house()
    assert addresses() == [""]
