"""Small things the portal's forms need."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def described_by(field: Any) -> SafeString | str:
    """Ties a field to its hint and its fault, for those who hear the page."""
    ids = [f"{part}-{field.name}" for part, there in (("hint", field.hint), ("error", field.error)) if there]
    words = format_html(' aria-describedby="{}"', " ".join(ids)) if ids else ""
    return format_html('{} aria-invalid="true"', words) if field.error else words


@register.inclusion_tag("speakers/portal/comments.html", takes_context=True)
def comments_on(context: Any, name: str) -> dict[str, Any]:
    """The comments beside a field, and a place for one more; nothing where this person may not comment on it."""
    return {"thread": context["threads"].get(name), "visit": context["visit"]}
