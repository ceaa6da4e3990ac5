"""What every page of the site is made of: its head, the byte, and the words for dates and counts."""

import datetime as dt
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django import template
from django.conf import settings
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.text import Truncator

from .. import english
from ..menu import text_pages
from ..models import SiteSettings

register = template.Library()
BITS = 8

for _filter in (
    english.day,
    english.short_day,
    english.month,
    english.clock_time,
    english.moment,
    english.ordinal,
    english.short_ordinal,
    english.in_words,
    english.counted,
    english.tallied,
    english.days_left,
):
    register.filter(_filter.__name__, _filter)


@register.simple_tag
@lru_cache(maxsize=1024)
def byte(number: int, size: str = "") -> SafeString:
    """A number in eight bits, or in as many rows of eight as it needs. Put the number beside it as text."""
    width = max(BITS, -(-int(number).bit_length() // BITS) * BITS)
    bits = "".join('<i class="on"></i>' if bit == "1" else "<i></i>" for bit in f"{int(number):0{width}b}")
    kind = f" byte--{size}" if size else ""
    return format_html('<span class="byte{}" aria-hidden="true">{}</span>', kind, mark_safe(bits))  # noqa: S308


@register.inclusion_tag("components/head.html", takes_context=True)
def head(
    context: Any,
    title: str = "",
    description: str = "",
    *,
    kind: str = "website",
    image: Any = None,
    query: str = "",
    narrowed: str = "",
    index: bool = True,
) -> dict[str, Any]:
    """Title, description, canonical address and OpenGraph of a page.

    `query` is the part of the address after the question mark where it makes another page (page=2), and `narrowed`
    what a list was narrowed by: the title says both (WCAG 2.4.2). `image` is a rendition, or anything with `url`,
    `width`, `height` and `alt`. `index` False asks search engines to leave the page out.
    """
    name = settings.WAGTAIL_SITE_NAME
    request = context.get("request")
    path = request.path if request is not None else "/"
    part = ", ".join(filter(None, [narrowed, *(f"page {number}" for number in parse_qs(query).get("page", ()))]))
    title = f"{title} ({part})" if part else title
    return {
        "title": title or name,
        "full_title": f"{title} – {name}" if title and name not in title else title or name,
        "description": Truncator(plainly(description)).chars(200, truncate="…"),
        "canonical": f"{settings.SITE_URL}{path}{'?' if query else ''}{query}",
        "site_name": name,
        "kind": kind,
        "image": image,
        "image_url": _absolute(image.url) if image else "",
        "index": index,
    }


def plainly(description: str) -> str:
    """Plain words of a text, which may be rich, and which a template may have escaped on its way here."""
    html = unescape(description) if isinstance(description, SafeData) else description
    return " ".join(unescape(strip_tags(html)).split())


@register.simple_tag
def site_name() -> str:
    return str(settings.WAGTAIL_SITE_NAME)


def _absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


@register.filter
def iso(value: dt.date) -> str:
    """For a `datetime` attribute: "2026-02-04", or "2026-02-04T18:00:00+00:00"."""
    return value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else value.isoformat()


@register.inclusion_tag("components/foot.html", takes_context=True)
def foot(context: Any) -> dict[str, Any]:
    """The foot of every page: the pages of text, and what the site's settings say."""
    request = context["request"]
    return {
        "request": request,
        "pages": text_pages(request),
        "words": SiteSettings.for_request(request),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }


@register.inclusion_tag("components/portrait.html")
def portrait(person: Any) -> dict[str, Any]:
    """A person's photo, or their initials. Decorative: their name stands beside it."""
    return {"photo": person.photo, "initials": person.initials}


@register.filter
def host_of(url: str) -> str:
    """The site an address leads to, as people write it: "example.org"."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
