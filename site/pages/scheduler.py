"""The clockwork beside the web process: scheduled publishing, each minute.

In the embedded default a daemon thread runs it; in production `manage.py run_worker`, as many as you like: each job
takes effect once, whoever comes first.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connections

logger = logging.getLogger(__name__)
EVERY_SECONDS = 60.0
Job = Callable[[], object]


def publish_due() -> None:
    """Publish and unpublish what is scheduled for now (Wagtail keeps the schedule; nobody else runs it)."""
    call_command("publish_scheduled")


JOBS: list[Job] = [publish_due]


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


def run_for_ever(*, stop: threading.Event) -> None:
    """Run the jobs at each full minute until `stop` is set."""
    while not stop.is_set():
        run_once()
        stop.wait(EVERY_SECONDS - time.time() % EVERY_SECONDS)


_thread_lock = threading.Lock()
_threads: list[threading.Thread] = []


def start_thread() -> threading.Thread:
    """Start the clockwork in this process, once."""
    with _thread_lock:
        if not _threads:
            thread = threading.Thread(
                target=run_for_ever, kwargs={"stop": threading.Event()}, name="scheduler", daemon=True
            )
            thread.start()
            _threads.append(thread)
        return _threads[0]
