"""Wagtail's report of everything that was done: for organisers, since it names people's addresses and clearances."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from .permissions import may_organise


class SiteHistoryView(LogEntriesView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_organise(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]


# In the place of Wagtail's own, which shows it to whoever may edit anything.
urlpatterns: list[URLPattern] = [
    path("cms/reports/site-history/", require_admin_access(SiteHistoryView.as_view())),
    path("cms/reports/site-history/results/", require_admin_access(SiteHistoryView.as_view(results_only=True))),
]
