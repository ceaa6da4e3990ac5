"""Many at once: one row, one mail, and a choice that holds."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from mailing.models import OutgoingMail, Subscriber, SubscriberConsent
from tests.mailing.signing import fill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(times, act):
    """Run it that many times in threads, each with its own connection; what each returned."""

    def run(number):
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=times) as pool:
        return list(pool.map(run, range(times)))


def test_twenty_sign_ups_of_one_address_are_one_row_and_one_mail():
    answers = at_once(20, lambda number: fill_in(Client(), headings=["evenings", "write_ups"]).status_code)
    assert answers == [302] * 20
    assert (Subscriber.objects.count(), SubscriberConsent.objects.count(), OutgoingMail.objects.count()) == (1, 2, 1)


def test_sign_ups_of_many_addresses_are_a_row_and_a_mail_each():
    answers = at_once(8, lambda number: fill_in(Client(), address=f"{number}@example.org").status_code)
    assert answers == [302] * 8
    assert (Subscriber.objects.count(), OutgoingMail.objects.count()) == (8, 8)
