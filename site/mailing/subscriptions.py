"""The verbs of the list: sign up, confirm, choose, leave, be forgotten."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest

from . import links
from .actions import call_back, queue_mail, suppress, write_message
from .enums import ConsentMeans, Heading, SubscriberState, SuppressionReason, Urgency
from .limits import may_write
from .models import Subscriber, SubscriberConsent, Suppression, Wording
from .models.subscribers import PURPOSE
from .wording import version_of, wording_of

PREFERENCES_PAGE = "/subscribe/preferences/"
# A confirmation by the address's owner lifts these. A complaint it does not: decision 0031.
LIFTED = (SuppressionReason.BOUNCED, SuppressionReason.ERASED, SuppressionReason.ORGANISERS)
LEFT_WORDS = "They left the list"


class NothingWaits(Exception):
    """There is nothing to confirm: it was confirmed before, or they left since."""


class Complained(Exception):
    """A mail to this address was reported as unwanted: only the organisers let it back."""


class NotOnTheList(Exception):
    """Who is not on the list signs up first."""


@transaction.atomic
def sign_up(*, address: str, headings: Iterable[Heading], page: str, at: dt.datetime) -> None:
    """Ask the owner of a clean address to confirm. Nothing changes until they do.

    Who hears about all of it already gets a mail that says so. No mail leaves beyond the limits, nor after a complaint.
    """
    subscriber = _locked(address=address, page=page, at=at)
    suppression = subscriber.suppression()
    is_heard = subscriber.state == SubscriberState.ACTIVE and suppression is None
    held = subscriber.headings() if is_heard else []
    wanted = [heading for heading in headings if heading not in held]
    if wanted:
        ask(subscriber, wanted, page=page, means=ConsentMeans.FORM, at=at)
        send_to(subscriber, "confirm", headings=wanted, suppression=suppression, at=at)
    else:
        send_to(subscriber, "already", headings=held, suppression=suppression, at=at)


@transaction.atomic
def send_links(*, address: str, at: dt.datetime) -> None:
    """Send the owner of an address the links to what they hear about and what is kept of them; nobody else anything."""
    subscriber = Subscriber.objects.select_for_update().filter(address=address).first()
    if subscriber is None:
        subscriber = Subscriber.new(address=address)
    send_to(subscriber, "links", headings=(), suppression=subscriber.suppression(), at=at)


@transaction.atomic
def confirm(*, subscriber: Subscriber, at: dt.datetime) -> list[Heading]:
    """The owner of an address says yes to what they were asked; returns all that they hear about from now on.

    Lifts a suppression, but for a complaint.

    Raises:
        NothingWaits: nothing was asked, or it is answered.
        Complained: only the organisers let this address back.
    """
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    asked = list(subscriber.waiting_consents().values_list("heading", flat=True))
    if not asked:
        raise NothingWaits
    suppressions = Suppression.objects.filter(hash=subscriber.hash)
    if suppressions.filter(reason=SuppressionReason.COMPLAINED).exists():
        raise Complained
    suppressions.filter(reason__in=LIFTED).delete()
    subscriber.open_consents().filter(heading__in=asked).update(withdrawn_at=_not_before("confirmed_at", at))
    subscriber.waiting_consents().update(confirmed_at=_not_before("asked_at", at))
    if subscriber.state != SubscriberState.ACTIVE:
        subscriber.state, subscriber.confirmed_at, subscriber.left_at = SubscriberState.ACTIVE, at, None
        subscriber.save(update_fields=["state", "confirmed_at", "left_at"])
    return subscriber.headings()


@transaction.atomic
def choose(*, subscriber: Subscriber, headings: Iterable[Heading], at: dt.datetime) -> list[Heading]:
    """Hear about exactly these from now on; about nothing is leaving. Returns them.

    Raises:
        NotOnTheList: they never confirmed, left, or are suppressed.
    """
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if subscriber.state != SubscriberState.ACTIVE or subscriber.suppression() is not None:
        raise NotOnTheList
    wanted, held = list(headings), subscriber.headings()
    new = [heading for heading in wanted if heading not in held]
    if new:
        ask(subscriber, new, page=PREFERENCES_PAGE, means=ConsentMeans.PREFERENCES, at=at)
        subscriber.waiting_consents().update(confirmed_at=at)
    for heading in held:
        if heading not in wanted:
            leave(subscriber=subscriber, heading=heading, at=at)
    return subscriber.headings()


@transaction.atomic
def leave(*, subscriber: Subscriber, heading: Heading | None, at: dt.datetime) -> list[Heading]:
    """Hear no more under a heading, or (None) under any; returns what is left. What waits to be sent is called back."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    held, waiting, mails = subscriber.open_consents(), subscriber.waiting_consents(), subscriber.mails()
    if heading is not None:
        held, waiting = held.filter(heading=heading), waiting.filter(heading=heading)
        mails = mails.filter(heading=heading)
    held.update(withdrawn_at=_not_before("confirmed_at", at))
    waiting.delete()
    # Who leaves may still want to see what is kept of them.
    call_back(mails=mails.exclude(purpose__startswith=f"{PURPOSE}links:"), why=LEFT_WORDS)
    left = subscriber.headings()
    if not left and subscriber.state != SubscriberState.LEFT and not subscriber.waiting_consents().exists():
        subscriber.state, subscriber.left_at = SubscriberState.LEFT, at
        subscriber.save(update_fields=["state", "left_at"])
    return left


@transaction.atomic
def take_off(*, subscriber: Subscriber, at: dt.datetime) -> None:
    """An organiser takes somebody off the list. Only they themselves come back: by signing up and confirming."""
    leave(subscriber=subscriber, heading=None, at=at)
    suppress(address=subscriber.address, reason=SuppressionReason.ORGANISERS)


@transaction.atomic
def let_back(*, address: str) -> bool:
    """An organiser lifts whatever keeps an address off the list; its owner may sign up again. Was there anything?"""
    lifted, _ = Suppression.objects.of(address).delete()
    return lifted > 0


@transaction.atomic
def erase(*, subscriber: Subscriber) -> None:
    """Forget somebody: only the hash of their address is left, so that it is not written to again by mistake."""
    suppress(address=subscriber.address, reason=SuppressionReason.ERASED)
    forget([subscriber])


@transaction.atomic
def forget(subscribers: Iterable[Subscriber]) -> None:
    """Delete rows and consents, and what the outbox knows of them. Mails that are no part of the list stay."""
    gone = list(subscribers)
    for subscriber in gone:
        call_back(mails=subscriber.mails(), why=LEFT_WORDS)
        subscriber.mails().update(recipient="", filling={})
    Subscriber.objects.filter(pk__in=[subscriber.pk for subscriber in gone]).delete()


def _not_before(field: str, at: dt.datetime) -> Greatest:
    """A moment, or what stands in a field where that is later: clocks differ, and who waited for a lock came before."""
    return Greatest(field, Value(at, output_field=DateTimeField()))


def wordings(texts: Iterable[str]) -> dict[str, Wording]:
    """A row for each wording, made where it is new."""
    return {
        text: Wording.objects.get_or_create(version=version_of(text), defaults={"text": text})[0] for text in set(texts)
    }


def ask(
    subscriber: Subscriber, headings: Iterable[Heading], *, page: str, means: ConsentMeans, at: dt.datetime
) -> None:
    """Write down what somebody is asked, in the place of what they were asked before and did not answer."""
    texts = {heading: wording_of(heading) for heading in headings}
    rows = wordings(texts.values())
    subscriber.waiting_consents().delete()
    SubscriberConsent.objects.bulk_create(
        SubscriberConsent(
            subscriber=subscriber, heading=heading, wording=rows[text], page=page, means=means, asked_at=at
        )
        for heading, text in texts.items()
    )


def send_to(
    subscriber: Subscriber,
    kind: str,
    *,
    headings: Iterable[Heading],
    suppression: Suppression | None,
    at: dt.datetime,
) -> None:
    """Queue one of the list's own mails, within the limits. Nothing that anybody typed is in it.

    Where none may leave, as much is done and taken back: how long an answer takes tells nobody who is on the list.
    """
    has_complained = suppression is not None and suppression.reason == SuppressionReason.COMPLAINED
    is_within_limits = may_write(subscriber.address, kind, at=at, rarely=suppression is not None)
    with transaction.atomic():
        queue_mail(
            to=subscriber.address,
            message=write_message(template=f"mailing/email/{kind}", context=words_for(headings)),
            purpose=f"{PURPOSE}{kind}:{subscriber.pk}:{at.isoformat()}",
            urgency=Urgency.WAITING,
            filling=filling_for(subscriber, at=at),
        )
        if has_complained or not is_within_limits or subscriber.pk is None:
            transaction.set_rollback(True)


def words_for(headings: Iterable[Heading]) -> Mapping[str, Any]:
    """The context of the list's own mails: a few variants, each stored once."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.SITE_URL,
        "headings": [str(heading.label) for heading in headings],
    }


def filling_for(subscriber: Subscriber, *, at: dt.datetime) -> dict[str, str]:
    """The links of one recipient; `at` is when the mail leaves."""
    return {
        "confirm_url": links.confirm_url(subscriber, at=at),
        "preferences_url": links.preferences_url(subscriber),
        "data_url": links.own_data_url(subscriber, at=at),
        "unsubscribe_url": links.unsubscribe_url(subscriber),
    }


def _locked(*, address: str, page: str, at: dt.datetime) -> Subscriber:
    """The row of an address, made where there is none; others who come for it wait."""
    new = Subscriber.new(address=address, page=page, created_at=at)
    subscriber, _ = Subscriber.objects.get_or_create(
        address=address, defaults={"hash": new.hash, "page": page, "created_at": at}
    )
    return Subscriber.objects.select_for_update().get(pk=subscriber.pk)
