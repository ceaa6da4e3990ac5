"""The forms of the organisers' editors."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateTimeInput


class SeriesDateTimeField(forms.DateTimeField):
    """A moment typed and shown on the series' clock, whatever zone the person typing has set."""

    widget = AdminDateTimeInput

    def __init__(self, *, zone: dt.tzinfo, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> dt.datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        with timezone.override(self.zone):
            return super().has_changed(initial, data)


class EventForm(WagtailAdminPageForm):  # type: ignore[misc]
    """The evening's editor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.instance.zone if self.instance.series_id else zoneinfo.ZoneInfo("Europe/London")
        for name in ("starts_at", "ends_at"):
            if name in self.fields:
                old = self.fields[name]
                self.fields[name] = SeriesDateTimeField(
                    zone=zone, required=old.required, label=old.label, help_text=old.help_text, widget=old.widget
                )


class TalkForm(WagtailAdminPageForm):  # type: ignore[misc]
    """The talk's editor."""
