"""Ada Vale, who promised something that has come due."""

import pytest
import time_machine
from django.core.cache import cache

from pages.cache import bump
from speakers.following_up import each_minute

from .making import AFTER, account, make_promise


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    bump()


@pytest.fixture
def ada():
    """(account, row of the person), a minute after February 2026."""
    with time_machine.travel(AFTER, tick=True):
        yield account("Ada Vale")


@pytest.fixture
def asked(ada):
    """Her talk, about whose promise she was asked."""
    talk = make_promise(speakers=[ada[1]])
    each_minute(at=AFTER)
    return talk
