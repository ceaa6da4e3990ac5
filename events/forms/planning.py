"""The forms that plan an evening and give it another number."""

import datetime as dt
from typing import Any

from django import forms
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from ..actions import NumberTaken, plan_evening, renumber_evening
from ..dates import exists, is_far, suggest_day
from ..models import EventPage, Host, SeriesPage, Venue
from .fields import NO_SUCH_MOMENT, NOT_A_TIME, TIME_FORMATS, DayField

HIGHEST_NUMBER = 99_999


def number_field(help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1,
        max_value=HIGHEST_NUMBER,
        help_text=help_text,
        error_messages={
            "required": "Give the evening a number.",
            "invalid": "That isn’t a number. Write it in figures, like 61.",
            "min_value": "Numbers start at 1.",
            "max_value": f"Numbers end at {HIGHEST_NUMBER}.",
        },
    )


def refuse_taken(number: int, *, series: SeriesPage | None, beside: EventPage | None = None) -> None:
    """Raises forms.ValidationError in words where the series has that number."""
    others = EventPage.objects.of_series(series).filter(number=number)
    other = others.exclude(pk=beside.pk).first() if beside else others.first()
    if other is not None:
        kind = "" if other.live else " It is a draft."
        raise forms.ValidationError(f"“{other.title}” has number {number} already.{kind} Choose another number.")


def suggestions(series: SeriesPage, *, today: dt.date, source: EventPage | None = None) -> dict[str, Any]:
    """What the form starts with: the next number and usual day, and what carries over from the evening `source`."""
    evenings = EventPage.objects.of_series(series)
    highest = evenings.highest_number()
    number = highest + 1
    if source is not None and not evenings.filter(number=source.number + 1).exists():
        number = source.number + 1
    last = source or evenings.standing().newest_first().first()
    taken = {start.astimezone(series.zone).date() for start in evenings.standing().values_list("starts_at", flat=True)}
    count = series.host_count(number)
    carried = {name: getattr(source, f"{name}_id") for name in ("host", "venue", "chair")} if source else {}
    links = {name: source.standing_link(name) for name in ("booking_url", "online_url")} if source else {}
    return {
        "number": number,
        "date": suggest_day(
            weekday=series.usual_weekday, last=last.local_start.date() if last else None, today=today, taken=taken
        ),
        "start": series.usual_start,
        "slots": series.slots,
        "host": count.host.pk if count else None,
        "venue": _usual_venue(evenings, count.host) if count else None,
        **{name: value for name, value in {**carried, **links}.items() if value},
    }


def _usual_venue(evenings: Any, host: Host) -> int | None:
    """The key of the venue where a host's newest evening was; None where it is archived. One query."""
    last = evenings.standing().filter(host=host).newest_first().select_related("venue").first()
    return last.venue.pk if last and last.venue and not last.venue.archived else None


class NewEveningForm(forms.Form):
    """Asks what an evening needs to be planned; everything else is filled in later, in its editor."""

    number = number_field("Its number in the series, and its address. The next free one is suggested.")
    date = DayField(widget=AdminDateInput(format="%Y-%m-%d"))
    date_is_right = forms.BooleanField(label="Yes, that is the right date", required=False)
    start = forms.TimeField(
        label="Starts at",
        input_formats=TIME_FORMATS,
        widget=AdminTimeInput(format="%H:%M"),
        error_messages={"required": "Give the time at which it starts.", "invalid": NOT_A_TIME},
    )
    host = forms.ModelChoiceField(Host.objects.all(), required=False, empty_label="Not known yet")
    venue = forms.ModelChoiceField(
        Venue.objects.none(), required=False, empty_label="Not known yet", help_text="Where people go on the night."
    )
    title = forms.CharField(
        max_length=255,
        required=False,
        help_text="Only for a special. Left empty, it is the series’ name and the number.",
    )
    slots = forms.IntegerField(
        label="Talks", min_value=1, max_value=16, help_text="How many. You can add more or withdraw one later."
    )
    booking_url = forms.URLField(label="Link to book a place", max_length=500, required=False)
    online_url = forms.URLField(label="Link to watch online", max_length=500, required=False)

    def __init__(self, *args: Any, series: SeriesPage, today: dt.date, **kwargs: Any) -> None:
        self.series, self.today = series, today
        super().__init__(*args, **kwargs)
        # The same chooser of people as everywhere in the admin, whatever it is.
        self.fields["chair"] = formfield_for_dbfield(EventPage._meta.get_field("chair"))
        self.fields["venue"].queryset = Venue.objects.on_offer(beside=self.initial.get("venue"))  # type: ignore[attr-defined]
        self.fields["date"].help_text = f"Usually a {series.get_usual_weekday_display()}."
        place = series.time_zone.rpartition("/")[2].replace("_", " ")
        self.fields["start"].help_text = f"On the clock in {place}, like 18:00 or 6pm."
        self.order_fields("number date date_is_right start host venue slots title chair booking_url online_url".split())
        self.far = False

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        refuse_taken(number, series=self.series)
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, start = cleaned.get("date"), cleaned.get("start")
        if day is None:
            return cleaned
        if is_far(day, today=self.today):
            self.far = True
            if not cleaned.get("date_is_right"):
                self.add_error("date", "That is more than five years away. If it is right, tick the box below.")
        if start is not None:
            moment = dt.datetime.combine(day, start, tzinfo=self.series.zone)
            if not exists(moment):
                self.add_error("start", NO_SUCH_MOMENT)
            other = EventPage.objects.on_same_day(moment, series=self.series).first()
            if other is not None:
                self.add_error("date", f"“{other.title}” is on that day already. Choose another day.")
            cleaned["starts_at"] = moment
        return cleaned

    def plan(self, *, by: Any) -> EventPage | None:
        """The evening; None, with an error beside the number, where somebody was quicker."""
        names = ("number", "starts_at", "host", "venue", "title", "slots", "chair", "booking_url", "online_url")
        try:
            return plan_evening(series=self.series, by=by, **{name: self.cleaned_data[name] for name in names})
        except NumberTaken as refusal:
            self.add_error("number", str(refusal))
            return None


class RenumberForm(forms.Form):
    """Another number for an evening."""

    number = number_field("Its address changes with it. Where it was public, the old address leads to the new one.")

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **{**kwargs, "initial": {"number": event.number}})

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        refuse_taken(number, series=self.event.series, beside=self.event)
        return number

    def renumber(self, *, by: Any) -> EventPage | None:
        """The evening; None, with an error beside the number, where somebody was quicker."""
        try:
            return renumber_evening(event=self.event, number=self.cleaned_data["number"], by=by)
        except NumberTaken as refusal:
            self.add_error("number", str(refusal))
            return None
