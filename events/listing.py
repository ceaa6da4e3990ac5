"""Lists of evenings: what is next, and all of them as tiles."""

from django.http import HttpRequest
from wagtail.models import Site

from pages.cache import changes_at
from pages.clock import now
from pages.models import SiteSettings

from .models import EventPage, SeriesPage


def main_series(request: HttpRequest) -> SeriesPage | None:
    """The series that the site's settings name, or the oldest public one; asked for once a request."""
    if not hasattr(request, "main_series"):
        site = Site.find_for_request(request)
        chosen = SiteSettings.for_request(request).main_series_id if site else None
        public = SeriesPage.objects.live().order_by("path")
        series = public.filter(pk=chosen).first() if chosen else None
        request.main_series = series or public.first()  # type: ignore[attr-defined]
    return request.main_series  # type: ignore[attr-defined, no-any-return]


def next_evening(request: HttpRequest) -> EventPage | None:
    """The main series' evening that comes next, or is on now; asked for once a request."""
    if not hasattr(request, "next_evening"):
        series = main_series(request)
        evening = None
        if series is not None:
            coming = EventPage.objects.public().of_series(series).next_to_come(at=now(request))
            evening = coming.select_related("venue", "host").first()
        if evening is not None:
            evening.series = series
            changes_at(request, evening.over_at)
        request.next_evening = evening  # type: ignore[attr-defined]
    return request.next_evening  # type: ignore[attr-defined, no-any-return]
