"""What apps below the archive show of it, without importing it."""

from typing import Any

from django import template
from django.template.loader import render_to_string

from ..linking.elsewhere import named_elsewhere
from ..profiles import profile_of

register = template.Library()


@register.inclusion_tag("archive/also_named.html")
def also_named(talk: Any) -> dict[str, Any]:
    """Links of a talk that other evenings named too. One query."""
    return {"links": named_elsewhere(talk)}


@register.simple_tag(takes_context=True)
def as_readers_see(context: Any, speaker: Any) -> str:
    """A person's draft as their page will look, a whole page. For the preview in the admin."""
    request = context["request"]
    return render_to_string("archive/speaker.html", profile_of(speaker, request=request), request)
