"""Words of the account's pages: which browser that was, and when, on the clock here."""

import datetime as dt

from django import template
from django.utils import timezone

from pages.english import counted

register = template.Library()
# What a user agent has → what people call it; the first that fits. Edge and Opera name Chrome too, Chrome names Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox on Windows", as far as a browser says."""
    name = next((name for sign, name in BROWSERS if sign in user_agent), "A browser")
    system = next((f" on {name}" for sign, name in SYSTEMS if sign in user_agent), "")
    return name + system


@register.filter
def here(moment: dt.datetime) -> dt.datetime:
    """A moment on the site's own clock."""
    return timezone.localtime(moment)


@register.filter
def counted_codes(number: int) -> str:
    return counted(number, "code")
