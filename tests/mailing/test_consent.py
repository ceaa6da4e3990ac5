"""Consent is kept whole by the database, and a mail goes to nobody without one."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mailing.actions import suppress
from mailing.enums import ConsentMeans, Heading, SubscriberState, SuppressionReason
from mailing.models import Subscriber, SubscriberConsent, Wording
from mailing.subscriptions import leave, sign_up
from tests.mailing.signing import ADA, BOTH, make_subscriber

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(model, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"page": ""},
        {"means": ""},
        {"means": "hearsay"},
        {"heading": ""},
        {"heading": "everything"},
        {"wording": None},
        {"asked_at": None},
        {"asked_at": NOW + dt.timedelta(days=1)},
        {"confirmed_at": None, "withdrawn_at": NOW},
        {"withdrawn_at": NOW - dt.timedelta(days=9)},
    ],
)
def test_database_refuses_a_consent_that_is_not_whole(changes):
    make_subscriber(headings=[Heading.EVENINGS])
    refused(SubscriberConsent, **changes)


@pytest.mark.parametrize("changes", [{"text": ""}, {"version": ""}])
def test_database_refuses_a_wording_without_words_or_version(changes):
    make_subscriber(headings=[Heading.EVENINGS])
    refused(Wording, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed_at": None},
        {"state": SubscriberState.LEFT},
        {"state": "vip"},
        {"address": "Ada@example.org"},
    ],
)
def test_database_refuses_a_subscriber_whose_state_has_no_ground(changes):
    make_subscriber()
    refused(Subscriber, **changes)


def test_database_refuses_a_second_open_consent():
    ada = make_subscriber(headings=[Heading.EVENINGS])
    consent = ada.consents.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SubscriberConsent.objects.create(
            subscriber=ada,
            heading=Heading.EVENINGS,
            wording=consent.wording,
            page="/",
            means=ConsentMeans.FORM,
            asked_at=NOW,
            confirmed_at=NOW,
        )


def test_wording_that_was_agreed_to_can_not_be_deleted():
    make_subscriber()
    with pytest.raises(IntegrityError):
        Wording.objects.all().delete()


def test_mail_goes_to_who_chose_its_heading_and_to_nobody_else():
    now = timezone.now()
    evenings = make_subscriber("evenings@example.org", [Heading.EVENINGS])
    both = make_subscriber("both@example.org")
    make_subscriber("write-ups@example.org", [Heading.WRITE_UPS])
    sign_up(address="pending@example.org", headings=BOTH, page="/", at=now)
    leave(subscriber=make_subscriber("left@example.org"), heading=None, at=timezone.now())
    leave(subscriber=make_subscriber("half@example.org"), heading=Heading.EVENINGS, at=timezone.now())
    for reason in SuppressionReason:
        make_subscriber(f"{reason}@example.org")
        suppress(address=f"{reason}@example.org", reason=reason)
    assert list(Subscriber.objects.hearing(Heading.EVENINGS).order_by("address")) == [both, evenings]


def test_mail_s_recipients_are_one_query_however_many(django_assert_num_queries):
    for number in range(3):
        make_subscriber(f"{number}@example.org")
    with django_assert_num_queries(1):
        assert len(list(Subscriber.objects.hearing(Heading.EVENINGS).iterator(chunk_size=2))) == 3


def test_coming_back_is_another_consent_and_the_first_stays_on_record():
    ada = make_subscriber(headings=[Heading.EVENINGS])
    leave(subscriber=ada, heading=None, at=timezone.now())
    make_subscriber(headings=[Heading.EVENINGS])
    assert [(c.withdrawn_at is None) for c in ada.consents.order_by("pk")] == [False, True]


def test_leaving_before_one_confirmed_by_another_clock_is_no_error():
    ada = make_subscriber(at=timezone.now())
    leave(subscriber=ada, heading=None, at=timezone.now() - dt.timedelta(seconds=5))
    ada.refresh_from_db()
    assert (ada.state, ada.headings(), str(ada)) == ("left", [], f"Subscriber {ada.pk}")
    assert ADA not in str(ada)
