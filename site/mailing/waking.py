"""The bell between whoever puts a mail in and the worker in the same process. Other processes look once a second."""

import threading

from django.db import transaction

_bell = threading.Event()


def wake_after_commit() -> None:
    """Wake the worker of this process once what is being written can be read."""
    transaction.on_commit(_bell.set)


def sleep(seconds: float) -> None:
    """Sleep that long, or until somebody rings; a bell that rang before counts."""
    _bell.wait(seconds)
    _bell.clear()
