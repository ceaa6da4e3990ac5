"""The portal's small forms: naming somebody who helps, recording that the words are cleared."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mailing.addresses import EMPTY, clean_address

from ..enums import HelperMay

NO_ADDRESS = "Give their e-mail address."


class HelperForm(forms.Form):
    address = forms.CharField(
        label="Their e-mail address", max_length=320, error_messages={"required": NO_ADDRESS}, strip=True
    )
    name = forms.CharField(
        label="What you call them (you can leave this empty)",
        required=False,
        max_length=120,
        help_text="Such as “Sam Reed, press office”.",
    )
    may = forms.ChoiceField(
        label="They can",
        choices=HelperMay.choices,
        initial=HelperMay.COMMENT,
        error_messages={"required": "Choose what they can do.", "invalid_choice": "Choose what they can do."},
    )

    def clean_address(self) -> str:
        try:
            return clean_address(self.cleaned_data["address"])
        except ValidationError as error:
            raise ValidationError(NO_ADDRESS if error.messages == [EMPTY] else error.messages) from error

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ClearanceForm(forms.Form):
    cleared_by = forms.CharField(
        label="Cleared by",
        max_length=160,
        help_text="A person or an office, such as “Press office”.",
        error_messages={"required": "Say who cleared it."},
    )
    cleared_on = forms.DateField(
        label="On",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        error_messages={
            "required": "Say on which day.",
            "invalid": "That is no date we can read. Write it like 2026-02-04.",
        },
    )
    note = forms.CharField(
        label="A note (you can leave this empty)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Seen by you and whoever helps you, not by the organisers.",
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_cleared_by(self) -> str:
        return " ".join(self.cleaned_data["cleared_by"].split())

    def clean_cleared_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["cleared_on"]
        if day > self.today:
            raise ValidationError("That day is still to come. Record it when it is cleared.")
        if day.year < self.today.year - 5:
            raise ValidationError("That is more than five years ago. Look at the year again.")
        return day
