"""The moment a request is answered for: read once, so that one page never tells two times."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone


def now(request: HttpRequest) -> dt.datetime:
    """The clock, aware, as it was when this request first asked for it."""
    if not hasattr(request, "answered_at"):
        request.answered_at = timezone.now()  # type: ignore[attr-defined]
    return request.answered_at  # type: ignore[attr-defined, no-any-return]


def next_midnight(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """When the day of that moment ends on the zone's clock."""
    tomorrow = moment.astimezone(zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(), tzinfo=zone)
