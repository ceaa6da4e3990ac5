"""What Wagtail does beside each save, the search index and the list of references, costs a third of the suite.

So tests do without, and those that look at it ask for it: `pytest.mark.usefixtures("indexes")`.
"""

from typing import Any

import pytest
from django_tasks.backends.immediate import ImmediateBackend

LEFT_OUT = {"insert_or_update_object_task", "update_reference_index_task"}


class WithoutIndexes(ImmediateBackend):
    """Runs every task at once but these two."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        return None if task.name in LEFT_OUT else super().enqueue(task, args, kwargs)


@pytest.fixture
def indexes(settings: Any) -> None:
    """Search index and references are kept, as they are in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
