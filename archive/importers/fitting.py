"""What of a plan's words fits into a column, and which of its addresses can be kept as addresses."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def without_controls(text: str) -> str:
    """The text without control characters, which no page and no feed can carry."""
    return _CONTROLS.sub("", text)


def room(model: type[Model], field: str) -> int:
    """How many characters a column holds."""
    return int(model._meta.get_field(field).max_length or 0)  # type: ignore[union-attr]


def fit(text: str, longest: int) -> str:
    """The text in at most so many characters, ended between words with "…" where it is longer."""
    text = without_controls(text).strip()
    if len(text) <= longest:
        return text
    cut = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return cut.rstrip(" ,;:–-") + "…"


def is_address(url: str, model: type[Model], field: str) -> bool:
    """Whether a column takes this address: short enough, and one that can be followed."""
    column: Any = model._meta.get_field(field)
    try:
        column.clean(url, None)
    except ValidationError:
        return False
    return True
