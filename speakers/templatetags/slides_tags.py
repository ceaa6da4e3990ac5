"""What stands beside an upload."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pages.models import SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def send_it_to(context: Any, talk: Any) -> SafeString:
    """ "Can’t upload here? Send it to hello@example.org", with a subject that names the talk."""
    address = SiteSettings.for_request(context["request"]).contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    event = getattr(talk, "event", None)
    number = f" ({event.series.title} {event.number})" if event is not None and event.series else ""
    subject = f"For the talk {talk.in_words}{number}" if talk.has_title else f"For {talk.in_words}"
    return format_html(
        'Can’t upload here? Send it to <a href="mailto:{}?subject={}">{}</a>.', address, quote(subject), address
    )
