"""The schedule of checks: one request a minute to a host at most, a month apart where all is well."""

import datetime as dt
import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from ..models import Link, LinkState
from .fetching import Outcome, look

logger = logging.getLogger(__name__)
EVERY_SECONDS = 20.0
A_TIME = 8
LOOKED_AT = 400  # due links among which so many different hosts are sought
HOST_SECONDS = 60
LEASE = dt.timedelta(minutes=15)
AGAIN_WELL = dt.timedelta(days=30)
AGAIN_FAILING = dt.timedelta(days=1)
AGAIN_DEAD = dt.timedelta(days=7)
# Three times in a row, and over two days: a server may be away for a weekend's work.
DEAD_AFTER_TIMES = 3
DEAD_AFTER = dt.timedelta(days=2)
Look = Callable[[str], Outcome]


def loop(*, stop: threading.Event) -> None:
    """Beside the minute's jobs, which never wait for another server."""
    while not stop.is_set():
        if settings.CHECK_LINKS:
            try:
                check_some(stop=stop)
            except Exception:
                logger.exception("Links could not be checked; it is tried again.")
            connections.close_all()
        stop.wait(EVERY_SECONDS)


def check_some(*, stop: threading.Event | None = None, look: Look = look) -> int:
    """Check some of the links that are due, each of another host. Returns how many.

    Side effects: requests to other servers; what they said in the links' rows.
    """
    checked, hosts = 0, set()
    at = timezone.now()
    for link in Link.objects.due(at=at)[:LOOKED_AT]:
        if checked == A_TIME or (stop is not None and stop.is_set()):
            break
        # The cache is shared by all workers, and `add` is theirs to win once.
        if link.host in hosts or not cache.add(f"links.asked.{link.host}"[:200], 1, HOST_SECONDS):
            continue
        hosts.add(link.host)
        if claim(link, at=at):
            record(link=link, outcome=look(link.url), at=timezone.now())
            checked += 1
    return checked


def claim(link: Link, *, at: dt.datetime) -> bool:
    """One worker alone checks a link; one that is killed meanwhile leaves it to another after a quarter of an hour."""
    return Link.objects.filter(pk=link.pk, due_at=link.due_at).update(due_at=at + LEASE) == 1


def record(*, link: Link, outcome: Outcome, at: dt.datetime) -> Link:
    """Keep what a check found, and when the next one is due."""
    link.state, link.status = outcome.state, outcome.status
    link.reason, link.leads_to, link.checked_at = outcome.reason, outcome.leads_to, at
    if outcome.state != LinkState.FAILING:
        link.failures, link.failing_since, link.due_at = 0, None, at + AGAIN_WELL
    else:
        link.failures += 1
        link.failing_since = link.failing_since or at
        if link.failures >= DEAD_AFTER_TIMES and at - link.failing_since >= DEAD_AFTER:
            link.state = LinkState.DEAD
        link.due_at = at + (AGAIN_DEAD if link.state == LinkState.DEAD else AGAIN_FAILING)
    link.save(
        update_fields=[
            *("state", "status", "reason", "leads_to", "checked_at"),
            *("failures", "failing_since", "due_at"),
        ]
    )
    return link


def check_again(*, link: Link) -> None:
    """An organiser wants to know: it is due at once, and no longer put aside."""
    Link.objects.filter(pk=link.pk).update(due_at=timezone.now(), ignored_at=None)


def put_aside(*, link: Link, at: dt.datetime) -> None:
    """An organiser has looked and it is all right as it is: it isn't asked for any more."""
    Link.objects.filter(pk=link.pk).update(ignored_at=at)
