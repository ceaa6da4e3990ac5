"""What is kept of pages must not go from one test into the next."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache

from pages.cache import bump


@pytest.fixture
def empty_cache() -> None:
    cache.clear()
    bump()


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """`with commit():` lets what waits for the commit happen; within a test nothing is ever committed."""
    return partial(django_capture_on_commit_callbacks, execute=True)
