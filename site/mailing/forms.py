"""What people type into the list's forms."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from . import traps
from .addresses import clean_address
from .enums import Heading, ListWay

CHOOSE = "Tick at least one, so that we know what to write to you about."
LONGEST_PAGE = 200
MOST_BYTES = 40 * 1024 * 1024
# An address is 254 characters at most; the sentence for a longer one is ours, up to here.
LONGEST_TYPED = 10_000


class AddressForm(forms.Form):
    """An address, and the traps for programs: an empty field that people don't see, and when the form was made."""

    address = forms.CharField(required=False, max_length=LONGEST_TYPED)
    website = forms.CharField(required=False, max_length=LONGEST_TYPED)
    stamp = forms.CharField(required=False, max_length=200)
    pressed = forms.CharField(required=False, max_length=200)

    def clean_address(self) -> str:
        return clean_address(self.cleaned_data["address"])

    def is_trapped(self) -> bool:
        """Whether a valid form looks as if a program had sent it."""
        told = self.cleaned_data
        if traps.is_pressed(told["pressed"], address=told["address"]):
            return False
        return bool(told["website"]) or not traps.is_in_time(told["stamp"], at=timezone.now())


class SignUpForm(AddressForm):
    """Sign up: an address, and what to hear about."""

    headings = forms.MultipleChoiceField(choices=Heading, required=False)
    page = forms.CharField(required=False, max_length=LONGEST_TYPED)

    def clean_headings(self) -> list[Heading]:
        chosen = [Heading(value) for value in self.cleaned_data["headings"]]
        if not chosen:
            raise forms.ValidationError(CHOOSE)
        return chosen

    def clean_page(self) -> str:
        """The page that the form was on: a path, or that of the form's own page."""
        page = self.cleaned_data["page"].split("?")[0]
        is_path = page.startswith("/") and page.isprintable() and len(page) <= LONGEST_PAGE
        return page if is_path else "/subscribe/"


class PreferencesForm(forms.Form):
    """What to hear about; nothing is an answer."""

    headings = forms.MultipleChoiceField(choices=Heading, required=False)

    def clean_headings(self) -> list[Heading]:
        return [Heading(value) for value in self.cleaned_data["headings"]]


class FindForm(forms.Form):
    """An organiser looks for one address."""

    address = forms.CharField(required=False, max_length=LONGEST_TYPED)

    def clean_address(self) -> str:
        return clean_address(self.cleaned_data["address"])


class UploadForm(forms.Form):
    """A file of addresses, and how they get onto the list."""

    file = forms.FileField(label="File", help_text="CSV, UTF-8. Its first line names the columns.")
    way = forms.ChoiceField(label="How they get onto the list", choices=ListWay, widget=forms.RadioSelect)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 40 MB. Split it.")
        return file
