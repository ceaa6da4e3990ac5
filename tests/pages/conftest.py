"""What is kept of pages must not go from one test into the next."""

import pytest
from django.core.cache import cache

from pages.cache import bump


@pytest.fixture
def empty_cache() -> None:
    cache.clear()
    bump()
