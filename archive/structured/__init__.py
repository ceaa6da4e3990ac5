"""What public pages tell search engines and other programs, in the words of https://schema.org (JSON-LD)."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

type Node = dict[str, Any]
CONTEXT = "https://schema.org"
# In a script element nothing ends it but its own end tag; a browser that reads the page as XML minds "&" too.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def node(kind: str, **properties: Any) -> Node:
    """A thing with what is known of it: what is empty isn't said. `at_id` is its address as a thing."""
    at_id = properties.pop("at_id", "")
    named = {"@type": kind, **({"@id": at_id} if at_id else {})}
    return {**named, **{name: value for name, value in properties.items() if value not in (None, "", [], {})}}


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def as_script(nodes: list[Node]) -> SafeString:
    """A data block: no browser runs it, so the policy against inline scripts has nothing to say about it."""
    told = json.dumps({"@context": CONTEXT, "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{told.translate(ESCAPED)}</script>')  # noqa: S308
