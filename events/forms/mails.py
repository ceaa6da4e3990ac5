"""What an organiser can change about a mail, and a message of their own."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminTimeInput

from mailing.enums import Heading

from ..announcing import CannotGo, change_plan, write_message
from ..enums import Timing
from ..models import Announcement, EventPage
from ..models.announcements import FAR_DAYS, FAR_MINUTES, FREE_LETTERS, OPENING_LETTERS, SUBJECT_LETTERS, WORDS
from .fields import NOT_A_TIME, TIME_FORMATS


class PlanForm(forms.Form):
    """The subject, the first words, the time."""

    subject = forms.CharField(
        required=False,
        max_length=SUBJECT_LETTERS,
        help_text="Leave it empty, and it is made from the evening. It always says which evening.",
    )
    opening = forms.CharField(
        label="First words",
        required=False,
        max_length=OPENING_LETTERS,
        widget=AdminAutoHeightTextInput,
        help_text="A sentence or two of your own, above what the mail says by itself.",
    )
    timing = forms.ChoiceField(label="When it goes", choices=Timing, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label="Days after the evening",
        required=False,
        min_value=-FAR_DAYS,
        max_value=FAR_DAYS,
        help_text="With a minus for days before: -7 is a week before, 0 the day itself.",
    )
    clock = forms.TimeField(
        label="At",
        required=False,
        input_formats=TIME_FORMATS,
        widget=AdminTimeInput,
        help_text="On the series’ clock, such as 09:00.",
        error_messages={"invalid": NOT_A_TIME},
    )
    minutes = forms.IntegerField(
        label="Minutes after the start",
        required=False,
        min_value=-FAR_MINUTES,
        max_value=FAR_MINUTES,
        help_text="With a minus for minutes before: -120 is two hours before.",
    )

    needed = {
        Timing.DAY: {"days": "Say how many days before or after.", "clock": "Say at what time."},
        Timing.START: {"minutes": "Say how many minutes before or after the start."},
    }

    def __init__(self, *args: Any, mail: Announcement, event: EventPage, **kwargs: Any) -> None:
        self.mail, self.event = mail, event
        known = {name: getattr(mail, name) for name in self.base_fields}
        super().__init__(*args, **{**kwargs, "initial": known})

    def clean(self) -> dict[str, Any]:
        """Only what belongs to the chosen kind of time is kept, and all of that is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        needed = self.needed.get(cleaned.get("timing", ""), {})
        for name in ("days", "clock", "minutes"):
            if name not in needed:
                cleaned[name] = None
                self.errors.pop(name, None)
            elif cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, needed[name])
        return cleaned

    def save(self) -> Announcement | None:
        """The mail as it is now; None, with an error on the form, where it can't be changed."""
        try:
            return change_plan(event=self.event, name=self.mail.name, at=timezone.now(), **self.cleaned_data)
        except CannotGo as refusal:
            self.add_error(None, str(refusal))
        return None


class MessageForm(PlanForm):
    """A message of the organisers' own."""

    opening = None  # type: ignore[assignment]  # it is all their own words
    subject = forms.CharField(max_length=SUBJECT_LETTERS, help_text="The evening’s name is put in front of it.")
    text = forms.CharField(label="Your message", max_length=FREE_LETTERS, widget=DraftailRichTextArea(features=WORDS))
    heading = forms.ChoiceField(
        label="Goes to who wants to hear about",
        choices=Heading,
        widget=forms.RadioSelect,
        help_text="Nobody gets a mail under a heading they did not choose: be sure that yours belongs there.",
    )
    field_order = ["subject", "text", "heading", "timing", "days", "clock", "minutes"]

    def save(self) -> Announcement | None:
        if self.mail.pk:
            return super().save()
        return write_message(event=self.event, at=timezone.now(), **self.cleaned_data)
