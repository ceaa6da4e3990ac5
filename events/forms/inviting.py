"""Whom to invite to a talk: its speakers with the address that is known, and one more person."""

from typing import Any

from django import forms

from speakers.doubles import describe_person, likely_people
from speakers.forms.similar import SOMEBODY_ELSE
from speakers.models import Contribution, Speaker
from speakers.ties import why_not_theirs

from ..inviting import Asked, known_by_both

NOBODY = "Choose whom to invite, or give the name and address of somebody else."
NO_ADDRESS = "Type the address to write to."
TWICE = "This address stands here twice. Everybody needs an address of their own."
SIMILAR = "There is somebody with a similar name. Choose them, or say that this is somebody else."


class NoteForm(forms.Form):
    """What an organiser adds to a mail."""

    note = forms.CharField(
        label="A few words of your own",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They stand near the top of the mail. Leave it empty if the rest says enough.",
    )


class InviteForm(NoteForm):
    """`people` are the talk's speakers, each with the address that their row suggests, and whether to tick it."""

    name = forms.CharField(label="Their name", required=False, max_length=120)
    address = forms.EmailField(label="Their address", required=False, max_length=254)

    def __init__(
        self, *args: Any, people: list[tuple[Speaker, str, bool]], contribution: Contribution, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.contribution = people, contribution
        for person, address, wanted in people:
            self.fields[f"pick_{person.pk}"] = forms.BooleanField(label=person.name, required=False, initial=wanted)
            self.fields[f"address_{person.pk}"] = forms.EmailField(
                label=f"Address of {person.name}", required=False, max_length=254, initial=address
            )
        self.known = self._known() if self.is_bound else {}
        if self.known:
            choices = [(key, describe_person(person)) for key, person in self.known.items()]
            self.fields["same_as"] = forms.ChoiceField(
                label="Who is it?",
                choices=[*choices, (SOMEBODY_ELSE, "This is somebody else: add a new person")],
                widget=forms.RadioSelect,
                error_messages={"required": SIMILAR},
            )

    def offer_handover(self, *, initial: bool) -> None:
        """Where the organisers hold it, and it was handed over before: whether inviting hands it over again."""
        self.fields["hands_over"] = forms.BooleanField(
            label="Hand it to the speakers",
            required=False,
            initial=initial,
            help_text="You have it at the moment. They can read it, and write once it is handed over.",
        )

    def typed(self, name: str) -> str:
        return " ".join(str(self.data.get(name, "")).split())

    def _known(self) -> dict[str, Speaker]:
        """Who may be meant by a name that is typed, and isn't among the talk's speakers by that name and address."""
        name, address = self.typed("name"), self.typed("address")
        if not name or known_by_both(name, address) is not None:
            return {}
        return {str(person.pk): person for person in likely_people(name)}

    def rows(self) -> list[tuple[Speaker, Any, Any]]:
        """A person, whether to invite them, and their address, as fields."""
        return [(person, self[f"pick_{person.pk}"], self[f"address_{person.pk}"]) for person, _, _ in self.people]

    def somebody_else(self) -> list[Any]:
        return [self[name] for name in ("name", "address", "same_as") if name in self.fields]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        self._clean_people()
        self._clean_somebody_else()
        if not self.errors and not self.asked():
            raise forms.ValidationError(NOBODY)
        self._clean_twice()
        return self.cleaned_data

    def _clean_people(self) -> None:
        for person, _, _ in self.people:
            field = f"address_{person.pk}"
            if self.cleaned_data.get(f"pick_{person.pk}") and field in self.cleaned_data:
                self._check(field, person)

    def _clean_somebody_else(self) -> None:
        name, address = self.cleaned_data.get("name"), self.cleaned_data.get("address")
        if address and not name and "name" not in self.errors:
            self.add_error("name", "Give their name too.")
        elif name and "address" in self.cleaned_data:
            self._check("address", self._chosen() or known_by_both(name, address or ""))

    def _check(self, field: str, person: Speaker | None) -> None:
        address = self.cleaned_data[field]
        fault = NO_ADDRESS if not address else why_not_theirs(speaker=person, address=address)
        if fault:
            self.add_error(field, fault)

    def _clean_twice(self) -> None:
        seen: set[str] = set()
        fields = [f"address_{person.pk}" for person, _, _ in self.people if self.cleaned_data.get(f"pick_{person.pk}")]
        for field in [*fields, "address"]:
            address = (self.cleaned_data.get(field) or "").lower()
            if address in seen:
                self.add_error(field, TWICE)
            seen |= {address} - {""}

    def _chosen(self) -> Speaker | None:
        return self.known.get(self.cleaned_data.get("same_as", ""))

    def asked(self) -> list[Asked]:
        """Whom to invite. Call it on a form that is in order."""
        data = self.cleaned_data
        found = [
            Asked(data[f"address_{person.pk}"], person)
            for person, _, _ in self.people
            if data.get(f"pick_{person.pk}") and data.get(f"address_{person.pk}")
        ]
        if data.get("name") and data.get("address"):
            chosen = self._chosen() or known_by_both(data["name"], data["address"])
            found.append(Asked(data["address"], chosen, data["name"]))
        return found
