"""From the outbox to the mail server: lease, write, hand over, note what became of it.

The order is what keeps a mail from going twice or getting lost: a row says "being sent" before its last byte leaves,
and "sent" after the server's answer; no transaction is open while we talk to a server.
"""

import datetime as dt
import logging
import random
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from pages.scheduler import drop_old_connections

from . import leases
from .actions import suppress
from .enums import SuppressionReason
from .faults import Away, MayHaveGone, Refused, TryLater
from .leases import Leased
from .models import Delivery, Message
from .pausing import note_away, note_back, pause_if_too_many_come_back
from .prepared import NotWritable
from .transport import Transport, current
from .waking import sleep

logger = logging.getLogger(__name__)
# A batch is left after this, so that a code waits no longer behind a newsletter at a slow server.
BATCH_SECONDS = 1.0
POLL_SECONDS = 1.0
PAUSE_AFTER_A_FAULT_SECONDS = 5.0
LOOK_AFTER_SECONDS = 5.0
CLOSE_AFTER_SECONDS = 5.0
SHORTEST_HOLD, LONGEST_HOLD = 1.0, 60.0
# 30 seconds, a minute, two, … four hours, and every four hours from then on: twenty tries in two days.
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=30), dt.timedelta(hours=4)
TRIES = 20
MESSAGES_KEPT = 50


def jitter() -> float:
    """Around one, so that what failed together isn't tried again together."""
    return random.uniform(0.8, 1.2)  # noqa: S311  no secret


def wait_after(attempts: int) -> dt.timedelta:
    """How long a mail rests after it has failed that many times."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT) * jitter()


class Worker:
    """Sends what waits, a batch a turn. Any number of them may run, in threads, processes and machines."""

    def __init__(self, *, transport: Transport | None = None, stopping: Callable[[], bool] = lambda: False) -> None:
        self.name = uuid4().hex
        self.stopping = stopping
        self.held_until: dt.datetime | None = None
        self._transport = transport
        self._messages: dict[int, Message] = {}
        self.took = 0
        self._failures = 0
        self._sure_it_answers = False
        self._looked_after = self._used = float("-inf")
        self._began: tuple[dt.datetime, float]
        self._sent: tuple[Leased, str] | None = None

    @property
    def transport(self) -> Transport:
        # Made by the thread that uses it, and not before there is something to send.
        if self._transport is None:
            self._transport = current()
        return self._transport

    def turn(self, *, at: dt.datetime) -> bool:
        """Send one batch of what may leave at that moment (aware). Returns whether there may be more."""
        self._began = (at, time.monotonic())
        self._look_after(at)
        if self.held_until and at < self.held_until:
            return False
        rows = leases.lease(worker=self.name, at=at, with_news=not Delivery.now().news_paused_at)
        if not rows:
            self._rest()
            return False
        try:
            self._send_batch(rows)
        except Away as fault:
            self._hold(fault)
            return False
        finally:
            self._used = time.monotonic()
        return True

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    # A batch

    def _send_batch(self, rows: list[Leased]) -> None:
        left = list(reversed(rows))
        ends_at = time.monotonic() + BATCH_SECONDS
        try:
            while left and not self.stopping():
                self._send(left.pop())
                if time.monotonic() >= ends_at:
                    break
        finally:
            self._note_sent()
            if left:
                leases.release(rows=left, worker=self.name)

    def _send(self, row: Leased) -> None:
        """One mail on its way.

        Raises:
            Away: no other mail need be tried now; this one is back in the queue.
        """
        letter = self._written(row)
        if letter is None:
            return
        try:
            self.transport.open()
        except Away:
            leases.release(rows=[row], worker=self.name)
            raise
        if not self._note_sent(following=row):
            return
        try:
            provider_id = self.transport.hand_over(letter)
        except Refused as fault:
            self._refused(row, fault)
        except TryLater as fault:
            self._later(row, str(fault))
        except Away as fault:
            self._later(row, str(fault), at_least=fault.seconds or 0)
            raise
        except MayHaveGone as fault:
            self._unknown(row, str(fault))
            raise Away(str(fault)) from fault
        except Exception as error:  # noqa: BLE001  whatever it is, the next mail has its turn
            # Nobody knows how far it came. Its name only: what it says may hold an address.
            self._unknown(row, f"Something unforeseen: {type(error).__name__}.")
            logger.error("Mail %s broke off with %s.", row.pk, type(error).__name__)
        else:
            self._sent = (row, provider_id)
            self.took += 1
            self._answers()

    def _written(self, row: Leased) -> Any:
        """The mail, or None where none can be made of it: then it is set aside and the next one has its turn."""
        try:
            return self.transport.write(row, self._message(row.message_id))
        except NotWritable as fault:
            why = str(fault)
        except (ValueError, TypeError, LookupError) as error:
            why = f"It can’t be written: {type(error).__name__}."
        logger.warning("Mail %s is set aside: it can’t be written.", row.pk)
        leases.set_aside(row=row, worker=self.name, at=self._now(), why=why)
        return None

    def _message(self, pk: int) -> Message:
        if pk not in self._messages:
            if len(self._messages) >= MESSAGES_KEPT:
                self._messages.clear()
            self._messages[pk] = Message.objects.get(pk=pk)
        return self._messages[pk]

    def _note_sent(self, *, following: Leased | None = None) -> bool:
        """Write down what the server took last, and what is handed over next. Returns whether that may go."""
        if self._sent is None and following is None:
            return False
        sent, provider_id = self._sent or (None, "")
        may_go = leases.note_handed_over(
            sent=sent, provider_id=provider_id, following=following, worker=self.name, at=self._now()
        )
        self._sent = None
        return may_go

    # What came of it

    def _refused(self, row: Leased, fault: Refused) -> None:
        leases.set_aside(row=row, worker=self.name, at=self._now(), why=str(fault))
        if fault.no_such_mailbox:
            suppress(address=row.recipient, reason=SuppressionReason.BOUNCED)

    def _later(self, row: Leased, why: str, *, at_least: float = 0) -> None:
        at, attempts = self._now(), row.attempts + 1
        if attempts >= TRIES:
            leases.set_aside(row=row, worker=self.name, at=at, why=f"Given up after {attempts} tries: {why}")
        else:
            due_at = at + max(wait_after(attempts), dt.timedelta(seconds=at_least))
            leases.try_later(row=row, worker=self.name, at=at, due_at=due_at, why=why)

    def _unknown(self, row: Leased, why: str) -> None:
        leases.may_have_gone(row=row, worker=self.name, at=self._now(), why=why)

    # The server

    def _hold(self, fault: Away) -> None:
        """Try nothing for a while, longer each time, or as long as the server asks."""
        self._failures += 1
        seconds = min(SHORTEST_HOLD * 2 ** min(self._failures - 1, 10), LONGEST_HOLD) * jitter()
        at = self._now()
        self.held_until = at + dt.timedelta(seconds=max(seconds, fault.seconds or 0))
        self._sure_it_answers = False
        note_away(at=at, why=str(fault))
        logger.warning("The mail server takes no mail: %s", fault)

    def _answers(self) -> None:
        self._failures, self.held_until = 0, None
        if not self._sure_it_answers:
            note_back()
            self._sure_it_answers = True

    # Between mails

    def _look_after(self, at: dt.datetime) -> None:
        if time.monotonic() - self._looked_after >= LOOK_AFTER_SECONDS:
            self._looked_after = time.monotonic()
            if leases.note_the_dead(at=at):
                logger.warning("A worker stopped while it was sending: the outbox shows which mail is unknown.")
            pause_if_too_many_come_back(at=at)

    def _rest(self) -> None:
        if time.monotonic() - self._used >= CLOSE_AFTER_SECONDS:
            self.close()

    def _seconds_gone(self) -> float:
        return time.monotonic() - self._began[1]

    def _now(self) -> dt.datetime:
        return self._began[0] + dt.timedelta(seconds=self._seconds_gone())


def send_due(*, at: dt.datetime) -> int:
    """Send all that may leave at that moment, the most urgent first; returns how many the server took."""
    worker = Worker()
    try:
        while worker.turn(at=at):
            pass
    finally:
        worker.close()
    return worker.took


def run(*, stop: threading.Event) -> None:
    """Send what waits until `stop` is set; the mail in hand is finished then."""
    worker = Worker(stopping=stop.is_set)
    try:
        while not stop.is_set():
            _run_a_turn(worker)
    finally:
        worker.close()
        connection.close()


def _run_a_turn(worker: Worker) -> None:
    """One batch, or a second's sleep; what fails is written down and tried again."""
    drop_old_connections()
    try:
        if not worker.turn(at=timezone.now()):
            sleep(POLL_SECONDS)
    except Exception as error:  # noqa: BLE001  the database may be away; the outbox must outlive it
        # Where, but not what it says: a database quotes the row, and with it the address.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("The outbox failed with %s, and goes on in a moment.\n%s", type(error).__name__, where)
        time.sleep(PAUSE_AFTER_A_FAULT_SECONDS)
