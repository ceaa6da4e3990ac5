"""The clockwork beside the web process: jobs at each minute, and loops that have a rhythm of their own.

In the embedded default daemon threads run it; in production `manage.py run_worker`, as many as you like: each job takes
effect once, whoever comes first. Apps above this one add theirs to JOBS and LOOPS when they are ready.
"""

import atexit
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from django.core.management import call_command
from django.db import connections

logger = logging.getLogger(__name__)
EVERY_SECONDS = 60.0
# A worker that is told to stop has this long to finish what it has in hand.
STOP_WITHIN_SECONDS = 75.0
# A web process is not kept from ending by what its threads wait for.
EMBEDDED_STOP_WITHIN_SECONDS = 3.0
Job = Callable[[], object]


class Loop(Protocol):
    """Runs until `stop` is set. In a thread of its own, so that whatever it waits for, the minute's jobs don't."""

    def __call__(self, *, stop: threading.Event) -> None: ...


def publish_due() -> None:
    """Publish and unpublish what is scheduled for now (Wagtail keeps the schedule; nobody else runs it)."""
    call_command("publish_scheduled")


JOBS: list[Job] = [publish_due]
LOOPS: list[Loop] = []


def drop_old_connections() -> None:
    """As Django does between requests; a connection within a transaction is somebody else's, and is left alone."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def run_once() -> int:
    """Run every job; one that fails is written down and doesn't stop the next. Returns how many failed."""
    failed = 0
    for job in JOBS:
        drop_old_connections()
        try:
            job()
        except Exception:  # a job that fails must not take the clock with it
            failed += 1
            logger.exception("%s failed; it is tried again in a minute.", getattr(job, "__name__", job))
    drop_old_connections()
    return failed


def run_jobs(*, stop: threading.Event) -> None:
    """Run the jobs at each full minute until `stop` is set."""
    while not stop.is_set():
        run_once()
        stop.wait(EVERY_SECONDS - time.time() % EVERY_SECONDS)


@contextmanager
def loops_running(*, stop: threading.Event, within: float) -> Iterator[None]:
    """Each loop in a thread beside what is done here; they end with it, or are left behind after `within` seconds."""
    threads = [threading.Thread(target=loop, kwargs={"stop": stop}, name="loop", daemon=True) for loop in LOOPS]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        ends_at = time.monotonic() + within
        for thread in threads:
            thread.join(max(0.0, ends_at - time.monotonic()))


def run_for_ever(*, stop: threading.Event, within: float = STOP_WITHIN_SECONDS) -> None:
    """Run jobs and loops until `stop` is set, and what they have in hand to its end."""
    with loops_running(stop=stop, within=within):
        run_jobs(stop=stop)


_thread_lock = threading.Lock()
_threads: list[threading.Thread] = []


def start_thread() -> threading.Thread:
    """Start the clockwork in this process, once. It is stopped when the process ends in the ordinary way."""
    with _thread_lock:
        if not _threads:
            stop = threading.Event()
            within = EMBEDDED_STOP_WITHIN_SECONDS
            thread = threading.Thread(
                target=run_for_ever, kwargs={"stop": stop, "within": within}, name="scheduler", daemon=True
            )
            thread.start()
            _threads.append(thread)
            atexit.register(_stop, thread, stop)
        return _threads[0]


def _stop(thread: threading.Thread, stop: threading.Event) -> None:
    stop.set()
    thread.join(EMBEDDED_STOP_WITHIN_SECONDS)
