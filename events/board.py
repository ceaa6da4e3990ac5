"""The organisers' list of evenings: what comes next, what was, and how far each is."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import Button, ButtonWithDropdown, HeaderButton

from pages.models import HomePage, SiteSettings

from .due_mails import mails_to_approve
from .links import evening_buttons
from .models import EventPage, Host, SeriesPage
from .permissions import may_organise
from .progress import Progress, evenings_with_progress

PER_PAGE = 20
ON_THE_FRONT_PAGE = 3


def main_series(request: HttpRequest) -> SeriesPage | None:
    """The series that the site's settings name, or the oldest; drafts too."""
    chosen = SiteSettings.for_request(request).main_series_id
    return SeriesPage.objects.filter(pk=chosen).first() or SeriesPage.objects.order_by("pk").first()


def index(request: HttpRequest) -> HttpResponse:
    """The main series' evenings; how to make a series where there is none."""
    if not user_has_any_page_permission(request.user):
        return permission_denied(request)
    series = main_series(request)
    if series is not None:
        return redirect("series:evenings", series.pk)
    home = HomePage.objects.first()
    may_add = home is not None and home.permissions_for_user(request.user).can_add_subpage()
    return render(request, "events/admin/no_series.html", {"home": home, "may_add": may_add})


class NextEveningsPanel(Component):  # type: ignore[misc]
    """On the admin's front page: what comes next, and how far it is."""

    order = 50
    template_name = "events/admin/home_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now, series = timezone.now(), main_series(self.request)
        coming = list(evenings_with_progress(series).upcoming(at=now)[:ON_THE_FRONT_PAGE]) if series else []
        mails = mails_to_approve(coming, at=now) if may_organise(self.request.user) else {}
        return {
            "series": series,
            "rows": [
                {
                    "event": event,
                    "state": event.state_in_words(at=now),
                    "progress": Progress.of(event, at=now, mails=mails.get(event.pk, ())),
                }
                for event in coming
            ],
            "may_organise": may_organise(self.request.user),
        }


class EveningFilters(WagtailFilterSet):  # type: ignore[misc]
    """Upcoming or past, host, year."""

    when = django_filters.ChoiceFilter(
        label="When",
        choices=[("upcoming", "Still to come"), ("past", "Past")],
        empty_label="All",
        widget=forms.RadioSelect,
        method="filter_when",
    )
    host = django_filters.ModelChoiceFilter(
        label="Host", queryset=Host.objects.all(), empty_label="All", widget=forms.RadioSelect
    )
    year = django_filters.ChoiceFilter(label="Year", empty_label="All", widget=forms.RadioSelect, method="filter_year")

    class Meta:
        model = EventPage
        fields = ["when", "host", "year"]

    def __init__(self, *args: Any, series: SeriesPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        starts = EventPage.objects.of_series(series).datetimes("starts_at", "year", order="DESC", tzinfo=series.zone)
        self.filters["year"].extra["choices"] = [(start.year, str(start.year)) for start in starts]

    def filter_when(self, queryset: Any, name: str, value: str) -> Any:
        now = timezone.now()
        return queryset.filter(over_at__gt=now) if value == "upcoming" else queryset.filter(over_at__lte=now)

    def filter_year(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_year(int(value), zone=self.series.zone)


class EveningColumn(ButtonsColumnMixin, TitleColumn):  # type: ignore[misc]
    """Number and title, a link to the editor, and everything else that can be done."""

    cell_template_name = "events/admin/cells/evening.html"

    def get_buttons(self, instance: Any, parent_context: Any) -> list[Any]:
        buttons = evening_buttons(instance, parent_context["request"])
        label = {"aria-label": f"More for evening {instance.number}"}
        return [ButtonWithDropdown(buttons=buttons, icon_name="dots-horizontal", attrs=label)]


class TemplateColumn(Column):  # type: ignore[misc]
    def __init__(self, *args: Any, template: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell_template_name = f"events/admin/cells/{template}.html"


class EveningsView(BaseListingView):  # type: ignore[misc]
    """The evenings of one series."""

    template_name = "events/admin/evenings.html"
    results_template_name = "events/admin/evenings_results.html"
    header_icon = "calendar"
    verbose_name_plural = "evenings"
    paginate_by = PER_PAGE
    table_classname = "listing"
    filterset_class = EveningFilters

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_has_any_page_permission(request.user):
            return permission_denied(request)
        self.now = timezone.now()
        self.series = get_object_or_404(SeriesPage, pk=kwargs["series_pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Any]:
        return [
            EveningColumn("title", label="Evening", get_url=self.edit_url),
            TemplateColumn("local_start", label="When", template="when", width="18%"),
            Column("host", label="Host", width="16%"),
            TemplateColumn("stage", label="State", template="state", accessor=self.stage, width="12%"),
            TemplateColumn("progress", label="How far it is", template="progress", accessor=self.progress, width="28%"),
        ]

    @staticmethod
    def edit_url(event: EventPage) -> str:
        return reverse("wagtailadmin_pages:edit", args=[event.pk])

    def stage(self, event: EventPage) -> str:
        return event.state_in_words(at=self.now)

    def progress(self, event: EventPage) -> Progress:
        return Progress.of(event, at=self.now, mails=self.mails.get(event.pk, ()))

    def get_page_title(self) -> str:
        return self.series.title

    def get_index_url(self) -> str:
        return reverse("series:evenings", args=[self.series.pk])

    def get_index_results_url(self) -> str:
        return reverse("series:evenings_results", args=[self.series.pk])

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "series": self.series}

    def get_base_queryset(self) -> Any:
        """Still to come first, the soonest on top; then the past, the newest on top."""
        to_come = models.Case(models.When(over_at__gt=self.now, then=models.F("starts_at")))
        ordered = evenings_with_progress(self.series).annotate(to_come=to_come)
        return ordered.order_by(models.F("to_come").asc(nulls_last=True), "-starts_at", "-number")

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not may_organise(self.request.user):
            return []
        return [HeaderButton("New evening", reverse("series:plan", args=[self.series.pk]), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = []
        if self.series.permissions_for_user(self.request.user).can_edit():
            edit = reverse("wagtailadmin_pages:edit", args=[self.series.pk])
            buttons.append(Button("Edit the series", edit, icon_name="edit"))
        if self.series.live and (url := self.series.get_url(self.request)):
            buttons.append(Button("View live", url, icon_name="view"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        evenings = list(context["object_list"])
        self.mails = mails_to_approve(evenings, at=self.now) if may_organise(self.request.user) else {}
        return {
            **context,
            "series": self.series,
            "all_series": list(SeriesPage.objects.order_by("title")),
            "may_organise": may_organise(self.request.user),
            "tables": [
                (heading, self.get_table(rows))
                for heading, rows in (
                    ("Still to come", [event for event in evenings if event.over_at > self.now]),
                    ("Past", [event for event in evenings if event.over_at <= self.now]),
                )
                if rows
            ],
        }
