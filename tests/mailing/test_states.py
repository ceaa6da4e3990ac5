"""What the database itself refuses, and what a lease is worth."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mailing import leases
from mailing.actions import call_back
from mailing.delivery import Worker, send_due
from mailing.enums import Urgency
from mailing.models import Delivery, OutgoingMail
from tests.mailing.conftest import fates, put_in

pytestmark = pytest.mark.django_db


def refused(rows, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**changes)


def test_database_refuses_states_that_make_no_sense():
    mail, now = OutgoingMail.objects.filter(pk=put_in(1).pk), timezone.now()
    refused(mail, state="gone", ended_at=now)
    refused(mail, state="sent")
    refused(mail, ended_at=now)
    refused(mail, state="sending")
    refused(mail, state="sending", leased_by="a")
    refused(mail, urgency=7)
    refused(mail, heading="gossip")
    refused(mail, recipient="")
    assert fates() == ["queued"]


def test_there_is_one_delivery():
    Delivery.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(pk=2)


def take(worker, *, at=None, **more):
    return [row.pk for row in leases.lease(worker=worker, at=at or timezone.now(), **more)]


def test_row_is_one_workers_until_its_lease_ends():
    mail = put_in(1)
    now = timezone.now()
    assert (take("a"), take("b")) == ([mail.pk], [])
    assert take("b", at=now + dt.timedelta(seconds=40)) == []
    assert take("b", at=now + dt.timedelta(seconds=59)) == [mail.pk]


def test_worker_whose_row_was_taken_by_another_sends_nothing():
    put_in(1)
    (row,) = leases.lease(worker="a", at=timezone.now())
    take("b", at=timezone.now() + dt.timedelta(seconds=59))
    assert leases.note_handed_over(sent=None, following=row, worker="a", at=timezone.now()) is False
    assert fates() == ["queued"]


def test_mail_called_back_a_moment_ago_is_not_handed_over():
    put_in(1)
    (row,) = leases.lease(worker="a", at=timezone.now())
    assert call_back(mails=OutgoingMail.objects.all(), why="They left the list") == 1
    assert leases.note_handed_over(sent=None, following=row, worker="a", at=timezone.now()) is False
    assert fates() == ["cancelled"]


def test_mail_called_back_while_it_is_being_sent_is_not_tried_again(sink):
    put_in(1)
    (row,) = leases.lease(worker="a", at=timezone.now())
    leases.note_handed_over(sent=None, following=row, worker="a", at=timezone.now())
    assert call_back(mails=OutgoingMail.objects.all(), why="They left the list") == 0
    leases.try_later(row=row, worker="a", at=timezone.now(), due_at=timezone.now(), why="451 Later")
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.outcome, mail.filling) == ("cancelled", "They left the list", {})
    assert send_due(at=timezone.now()) == 0


def test_worker_that_slept_says_what_it_knows_in_the_end():
    put_in(1)
    (row,) = leases.lease(worker="a", at=timezone.now())
    leases.note_handed_over(sent=None, following=row, worker="a", at=timezone.now())
    assert leases.note_the_dead(at=timezone.now() + dt.timedelta(seconds=100)) == 0
    assert leases.note_the_dead(at=timezone.now() + dt.timedelta(seconds=160)) == 1
    assert fates() == ["unknown"]
    leases.note_handed_over(sent=row, following=None, worker="a", at=timezone.now())
    assert fates() == ["sent"]


def test_urgent_rows_are_taken_first_and_the_longest_waiting_first_among_equals():
    now = timezone.now()
    waits = [(Urgency.NEWS, 9), (Urgency.WAITING, 1), (Urgency.PERSONAL, 5), (Urgency.WAITING, 2)]
    for number, (urgency, minutes) in enumerate(waits, start=1):
        put_in(number, urgency=urgency, due_at=now - dt.timedelta(minutes=minutes))
    put_in(5, urgency=Urgency.WAITING, due_at=now + dt.timedelta(minutes=1))
    taken = leases.lease(worker="a", at=now, limit=3)
    assert [row.recipient[7] for row in taken] == ["4", "2", "3"]


def test_looking_for_mails_that_are_not_there_costs_five_questions(django_assert_num_queries):
    worker = Worker()
    worker.turn(at=timezone.now())
    with django_assert_num_queries(5):
        worker.turn(at=timezone.now())
