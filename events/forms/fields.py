"""Form fields: moments on the series' clock, and positions in a recording."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from ..positions import read_position, write_position

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"]
TIME_FORMATS = ["%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%H:%M:%S"]
NOT_A_DATE = "That isn’t a date. Write it like 2026-02-04, or 4 February 2026."
NOT_A_TIME = "That isn’t a time. Write it like 18:00, or 6pm."
NOT_A_MOMENT = "That isn’t a date and time. Write it like 2026-02-04 18:00."
NO_SUCH_MOMENT = (
    "The clocks change that night, so this time comes twice or not at all. Choose a time an hour earlier or later."
)
NOT_A_LENGTH = "That isn’t a length. Write minutes and seconds, like 48:30, or 1:12:40 from the first hour on."
NOT_A_POSITION = "That isn’t a position. Write minutes and seconds, like 9:13, or 1:01:31 after the first hour."


class DayField(forms.DateField):
    """A day, read as people write it."""

    default_error_messages = {"required": "Give the date.", "invalid": NOT_A_DATE}
    input_formats = DATE_FORMATS


class SeriesDateTimeField(forms.DateTimeField):
    """A moment typed and shown on the series' clock, whatever zone the person typing has set."""

    widget = AdminDateTimeInput
    default_error_messages = {"invalid": NOT_A_MOMENT, "required": "Give the date and time."}

    def __init__(self, *, zone: dt.tzinfo, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> dt.datetime | None:
        try:
            with timezone.override(self.zone):
                return super().to_python(value)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                raise ValidationError(NO_SUCH_MOMENT, code=error.code) from error
            raise

    def has_changed(self, initial: Any, data: Any) -> bool:
        with timezone.override(self.zone):
            return super().has_changed(initial, data)


class PositionField(forms.CharField):
    """Whole seconds, typed and shown as "9:13"; plain seconds are read too."""

    default_error_messages = {"invalid": NOT_A_POSITION, "before": "It can’t be before the beginning."}

    def __init__(self, *, negative: bool = False, **kwargs: Any) -> None:
        self.negative = negative
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            seconds = read_position(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if seconds < 0 and not self.negative:
            raise ValidationError(self.error_messages["before"], code="before")
        return seconds

    def prepare_value(self, value: Any) -> Any:
        return write_position(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True
