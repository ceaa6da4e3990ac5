"""One message for very many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mailing.actions import call_back
from mailing.models import OutgoingMail
from mailing.queueing import Addressed, in_steps, queue_mails
from tests.mailing.conftest import make_message, put_in

pytestmark = pytest.mark.django_db


def rows(*numbers):
    return (Addressed(f"Reader-{n}@Example.org ", f"news:1:{n}", {"name": "Ada", "code": str(n)}) for n in numbers)


def test_message_for_many_is_a_row_for_each():
    message = make_message()
    assert queue_mails(message=message, rows=rows(1, 2, 3), heading="evenings") == 3
    assert list(OutgoingMail.objects.order_by("pk").values_list("recipient", "heading", "urgency", "filling")) == [
        (f"reader-{n}@example.org", "evenings", 20, {"name": "Ada", "code": str(n)}) for n in (1, 2, 3)
    ]


def test_message_for_many_that_was_cut_short_goes_on_where_it_stopped():
    message = make_message()
    queue_mails(message=message, rows=rows(1, 2))
    call_back(mails=OutgoingMail.objects.filter(purpose="news:1:1"), why="They left the list")
    assert queue_mails(message=message, rows=rows(1, 2, 2, 3)) == 1
    assert list(OutgoingMail.objects.order_by("pk").values_list("purpose", "state")) == [
        ("news:1:1", "cancelled"),
        ("news:1:2", "queued"),
        ("news:1:3", "queued"),
    ]


def test_many_rows_are_written_in_few_statements():
    message = make_message()
    counts = []
    for first in (0, 100):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            queue_mails(message=message, rows=rows(*range(first, first + (1 if not first else 300))))
        counts.append(len(queries))
    assert counts == [4, 4]


def test_steps_give_each_row_once_in_order():
    for number in range(5):
        User.objects.create(email=f"user-{number}@example.org")
    people = User.objects.all()
    for size in (1, 2, 5, 10):
        assert list(in_steps(people, size=size)) == list(people.order_by("pk"))


def test_address_is_one_in_any_mixture_of_capitals():
    mail = put_in(1, to=" Ada@Example.ORG")
    assert list(OutgoingMail.objects.to("ADA@example.org ")) == [mail]
    assert list(OutgoingMail.objects.to("")) == []
