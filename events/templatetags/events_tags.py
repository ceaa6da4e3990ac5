"""The evenings' part of every page: the way about, what is next, and the parts of evenings and talks."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from pages.menu import text_pages

from ..listing import main_series, next_evening

register = template.Library()


@register.inclusion_tag("components/masthead.html", takes_context=True)
def masthead(context: Any) -> dict[str, Any]:
    """The site's name and the way about. A link that would lead nowhere isn't there."""
    request = context["request"]
    links = []
    if (evening := next_evening(request)) is not None:
        links.append({"url": evening.get_url(request), "label": "Next evening"})
    if (series := main_series(request)) is not None:
        links.append({"url": series.get_url(request), "label": "All evenings"})
    links += [{"url": reverse(name), "label": name.capitalize()} for name in ("speakers", "organisations")]
    links += [{"url": p.get_url(request), "label": p.title} for p in text_pages(request) if p.show_in_menus]
    return {"links": links, "here": request.path, "site_name": settings.WAGTAIL_SITE_NAME}


@register.inclusion_tag("components/next_evening_band.html", takes_context=True)
def next_evening_band(context: Any) -> dict[str, Any]:
    """The band at the foot of a page: when and where the next evening is. Nothing where none is planned."""
    request = context["request"]
    return {"request": request, "evening": next_evening(request)}
