"""Who gets a mail about an evening, and how their mails come into the outbox."""

import datetime as dt
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mailing.enums import Heading
from mailing.links import news_filling
from mailing.models import Message, Subscriber
from mailing.queueing import Addressed, queue_mails

from .enums import REMINDERS, PlanState
from .models import Announcement

# Whoever joined less than a day before a reminder leaves has just seen on the site what it would say.
NEWCOMERS = dt.timedelta(hours=24)
BATCH = 1000


def recipients_of(mail: Announcement, *, leaves_at: dt.datetime, at: dt.datetime) -> Any:
    """The subscribers who get a mail that goes at one moment and leaves at another, five minutes later.

    They chose its heading and had confirmed it when it goes; for a reminder, a day before it leaves.
    """
    joined_by = min(at, leaves_at - NEWCOMERS) if mail.kind in REMINDERS else at
    heading = Heading(mail.heading)
    return Subscriber.objects.hearing(heading).filter(
        consents__heading=heading, consents__withdrawn_at=None, consents__confirmed_at__lte=joined_by
    )


def count_hearing() -> list[tuple[str, int]]:
    """How many hear about what, by the words of its heading."""
    return [(str(heading.label), Subscriber.objects.hearing(heading).count()) for heading in Heading]


def sample_filling() -> dict[str, str]:
    """What a preview and a test have in the place of each subscriber's own links: they lead where anybody may go."""
    url = f"{settings.SITE_URL}/subscribe/"
    return {"preferences_url": url, "unsubscribe_url": url}


def fill(key: int, *, batches: int | None = None) -> None:
    """Put a mail that is going out into the outbox, for each recipient once, `batches` thousands at most.

    Whoever is killed in the middle leaves the rest to the next, who goes on from where the row says.
    """
    while batches is None or batches > 0:
        if not fill_batch(key):
            return
        batches = None if batches is None else batches - 1


@transaction.atomic
def fill_batch(key: int) -> bool:
    """The next recipients' rows, in one transaction with how far it got. Returns whether there may be more."""
    mail = Announcement.objects.select_for_update().get(pk=key)
    if mail.state != PlanState.GOING or mail.filled_at or mail.going_at is None or mail.leaves_at is None:
        return False
    # Locked, so that somebody who leaves the list at this moment finds the row and takes it back.
    found = recipients_of(mail, leaves_at=mail.leaves_at, at=mail.going_at).select_for_update(of=("self",))
    batch = list(found.filter(pk__gt=mail.reached).order_by("pk")[:BATCH])
    mail.recipients += put(mail, batch, due_at=mail.leaves_at)
    if batch:
        mail.reached = batch[-1].pk
    if len(batch) < BATCH:
        mail.filled_at = timezone.now()
    mail.save(update_fields=["recipients", "reached", "filled_at"])
    return mail.filled_at is None


def put(mail: Announcement, batch: list[Subscriber], *, due_at: dt.datetime) -> int:
    """Rows for these subscribers; returns how many."""
    heading = Heading(mail.heading)
    rows = [
        Addressed(
            someone.address, f"announcement:{mail.pk}:{mail.attempt}:{someone.pk}", news_filling(someone, heading)
        )
        for someone in batch
    ]
    return queue_mails(message=cast(Message, mail.message), rows=rows, heading=heading, due_at=due_at)
