"""Numbers and moments in the list's part of the admin."""

import datetime as dt

from django import template
from django.utils import timezone

from pages import english

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """ "12,345"."""
    return f"{number:,}"


@register.filter
def on_our_clock(moment: dt.datetime) -> str:
    """ "4 February 2026, 6pm", on the site's clock."""
    local = timezone.localtime(moment)
    return f"{english.short_day(local)}, {english.clock_time(local)}"
