"""The editors' forms."""

import zoneinfo
from collections import defaultdict
from typing import Any

from django import forms
from django.utils.text import capfirst
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from ..enums import TO_BE_ANNOUNCED
from ..guard import LEFTOVERS_NOT_SEEN
from ..models import EventPage, TalkPage, Venue
from ..models.series import zone_choices
from .fields import SeriesDateTimeField


class PlannedPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Knows which button was pressed: some things may stand in a draft, but not in what is published."""

    GOES_OUT = ("action-publish", "action-submit", "action-restart-workflow")

    @property
    def goes_out(self) -> bool:
        """Whether this is being published, sent to moderation, or approved there."""
        approved = "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"
        return approved or any(name in self.data for name in self.GOES_OUT)


class SeriesForm(PlannedPageForm):
    """The series' editor: its zone is chosen from a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["time_zone"]
        self.fields["time_zone"] = forms.ChoiceField(
            choices=self._zones(), label=old.label, help_text=old.help_text, initial=old.initial
        )

    def _zones(self) -> list[Any]:
        regions: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, words in zone_choices():
            region, _, place = words.partition("/")
            regions[region].append((name, place.replace("/", ", ")))
        kept = self.instance.time_zone
        known = {name for names in regions.values() for name, _ in names}
        return [*([] if kept in known else [(kept, kept)]), *sorted(regions.items())]


class EventForm(PlannedPageForm):
    """The evening's editor: times on the series' clock, no second evening on a day, leftovers before publishing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.instance.zone if self.instance.series_id else zoneinfo.ZoneInfo("Europe/London")
        for name in ("starts_at", "ends_at"):
            if name in self.fields:
                old = self.fields[name]
                self.fields[name] = SeriesDateTimeField(
                    zone=zone, required=old.required, label=old.label, help_text=old.help_text, widget=old.widget
                )
        if "venue" in self.fields:
            self.fields["venue"].queryset = Venue.objects.on_offer(beside=self.instance.venue_id)

    def clean_leftovers(self) -> str:
        """What came in while the form was open isn't lost: a form that didn't show it doesn't empty it."""
        shown = self.add_prefix("leftovers") in self.data
        return self.cleaned_data["leftovers"] if shown else self.instance.leftovers

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        starts_at = cleaned.get("starts_at")
        if starts_at and "starts_at" in self.changed_data and self.instance.series_id:
            other = EventPage.objects.on_same_day(starts_at, series=self.instance.series, beside=self.instance).first()
            if other is not None:
                self.add_error("starts_at", f"{other.title} is on that day already.")
        if self.goes_out and self._leftovers_wait(cleaned):
            shown = "leftovers_seen" in self.fields
            self.add_error("leftovers" if shown else None, LEFTOVERS_NOT_SEEN if shown else ASK_AN_ORGANISER)
        return cleaned

    def _leftovers_wait(self, cleaned: dict[str, Any]) -> bool:
        leftovers = cleaned.get("leftovers", self.instance.leftovers)
        return bool(leftovers.strip()) and not cleaned.get("leftovers_seen", self.instance.leftovers_seen)


ASK_AN_ORGANISER = (
    "An import left something that an organiser must see to first. "
    "Save your draft, and ask an organiser to publish this evening."
)


class TalkForm(PlannedPageForm):
    """The talk's editor. Its address follows the title until it is first published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and not (self.instance.live or self.instance.first_published_at):
            del self.fields["slug"]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if self.goes_out and title == TO_BE_ANNOUNCED:
            raise forms.ValidationError("Give the talk a title of its own before you publish it.")
        return title


def offered(talk: TalkPage) -> str:
    """A talk to choose: of two without a title nobody could say which is which."""
    return talk.title if talk.is_announced else str(capfirst(talk.in_words))


class AudienceQuestionForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A question from the audience; where its evening is known, only that evening's talks are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event_id = self.instance.event_id or self.initial.get("event")
        if event_id and "talk" in self.fields:
            talks = TalkPage.objects.filter(event=event_id).in_running_order()
            choices = [("", "The whole evening"), *((talk.pk, offered(talk)) for talk in talks)]
            self.fields["talk"].widget = forms.Select(choices=choices)
        if "event" in self.fields:
            self.fields["event"].required = True
