"""Moments of an evening's mails, on the series' clock."""

import datetime as dt

from django import template

from pages.english import counted

from ..models import EventPage

register = template.Library()


@register.filter
def on_clock(moment: dt.datetime, event: EventPage) -> dt.datetime:
    """The same moment on the evening's own clock."""
    return moment.astimezone(event.zone)


@register.filter
def in_people(number: int) -> str:
    """ "one person", "1,204 people"."""
    return counted(number, "person", "people")
