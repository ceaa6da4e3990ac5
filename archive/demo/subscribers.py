"""A mailing list of invented readers, so that the admin has something to count."""

import datetime as dt
import random

from mailing.enums import ConsentMeans, Heading, SubscriberState, SuppressionReason
from mailing.models import Subscriber, SubscriberConsent, Suppression
from mailing.subscriptions import wordings
from mailing.wording import wording_of

READERS = 264
WEEKS = 70
DOMAINS = ("example.org", "example.net", "example.com")
FIRST = (
    "ada ben cleo dov esi finn gwen hari ines joy kofi lena mo nia otis pia quin rosa sami tess uma vik wren".split()
)
LAST = "ash birch cole dale elm finch grove heath ings jay kirk lowe marsh nest oake pike rook stone vale wick".split()
PAGES = ("/", "/subscribe/", "/data-bites/60/", "/data-bites/58/", "/speakers/", "/about/")
ONE_IN_TEN = 10


def load_subscribers(now: dt.datetime) -> int:
    """Readers who came week by week, more around evenings; a few left, bounced or never confirmed. Returns how many."""
    chance = random.Random(8)  # noqa: S311  the same readers each time
    rows = [_reader(number, chance, now) for number in range(READERS)]
    made = Subscriber.objects.bulk_create(rows)
    words = wordings(wording_of(heading) for heading in Heading)
    SubscriberConsent.objects.bulk_create(
        SubscriberConsent(
            subscriber=reader,
            heading=heading,
            wording=words[wording_of(heading)],
            page=reader.page,
            means=ConsentMeans.FORM,
            asked_at=reader.created_at,
            confirmed_at=reader.confirmed_at,
            withdrawn_at=reader.left_at,
        )
        for reader in made
        for heading in _chosen(chance)
    )
    bounced = [reader for reader in made if reader.state == SubscriberState.ACTIVE][::40]
    Suppression.objects.bulk_create(
        Suppression(hash=reader.hash, reason=SuppressionReason.BOUNCED, at=now - dt.timedelta(days=9))
        for reader in bounced
    )
    return len(made)


def _reader(number: int, chance: random.Random, now: dt.datetime) -> Subscriber:
    came = now - dt.timedelta(days=7 * WEEKS * (1 - chance.random() ** 0.6) + 3, minutes=chance.randrange(1440))
    reader = Subscriber.new(address=_address(number), page=chance.choice(PAGES), created_at=came)
    kind = chance.randrange(ONE_IN_TEN)
    if kind == 0 and came > now - dt.timedelta(days=29):
        return reader
    reader.state, reader.confirmed_at = SubscriberState.ACTIVE, came + dt.timedelta(minutes=7)
    left = came + dt.timedelta(days=chance.randrange(20, 300))
    if kind == 1 and left < now:
        reader.state, reader.left_at = SubscriberState.LEFT, left
    return reader


def _chosen(chance: random.Random) -> list[Heading]:
    return chance.choice(([Heading.EVENINGS], [Heading.WRITE_UPS], list(Heading), list(Heading)))


def _address(number: int) -> str:
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    return f"{first}.{last}@{DOMAINS[number % len(DOMAINS)]}"


def forget_subscribers() -> None:
    """The demo's readers, and what was suppressed of theirs."""
    readers = [Subscriber.new(address=_address(number)) for number in range(READERS)]
    Suppression.objects.filter(hash__in=[reader.hash for reader in readers]).delete()
    Subscriber.objects.filter(address__in=[reader.address for reader in readers]).delete()
