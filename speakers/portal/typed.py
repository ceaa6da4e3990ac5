"""What a form of the portal sent, taken apart."""

import re
from collections.abc import Container

from django.http import QueryDict

from ..fields import ROW_KINDS
from ..saving import Typed

LONGEST_BASE = 20_000
PAGE = re.compile(r"[0-9a-f]{16}")


def typed_in(post: QueryDict, *, kinds: Container[str] = ROW_KINDS) -> Typed:
    """Values by field, the lists that are in it, and what the form began from."""
    values = {name: str(value) for name, value in post.items()}
    deed, _, row = post.get("do", "").partition(":")
    if deed == "remove":
        values = {name: value for name, value in values.items() if not name.startswith(f"{row.replace(':', '-')}-")}
    return Typed(
        values=values,
        lists=tuple(name for name in post.getlist("lists") if name in kinds),
        base=base_of(post.get("base", "")),
        revision=post.get("revision", ""),
        page=post.get("page", "")[:32],
    )


def base_of(text: str) -> dict[str, str]:
    """ "name:digest name:digest" as a dictionary."""
    pairs = (pair.rpartition(":") for pair in text[:LONGEST_BASE].split())
    return {name: digest for name, _, digest in pairs if name}


def had_by(post: QueryDict) -> dict[str, str]:
    """For the next address: the page whose form was sent whole. The browser's own copy of its words can go."""
    page = post.get("page", "")
    return {"had": page} if PAGE.fullmatch(page) and "base" in post else {}
