"""What a list of answers can be narrowed by, and what a reader chose in the address."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Q
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from events.models import SeriesPage, TalkSpeaker
from pages.cache import remember
from speakers.models import Organisation

from . import querysets
from .structure import slugs_of_former_names
from .survey import Option, Options

LONGEST_ECHO = 40  # letters of a value that we did not understand
# In the order of the form: the name in the address, its label, the words for all of it.
LABELS = {
    "year": ("Year", "All years"),
    "kind": ("Kind of organisation", "All kinds"),
    "organisation": ("Organisation", "All organisations"),
    "topic": ("Topic", "All topics"),
    "host": ("Host", "All hosts"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One list to choose from."""

    name: str
    label: str
    all_words: str
    options: list[Option]
    chosen: str

    @property
    def options_html(self) -> SafeString:
        """Hundreds of organisations in one go: a template would take longer for them than for all the rest."""
        rows = (
            f'<option value="{escape(value)}"{" selected" if value == self.chosen else ""}>{escape(words)}</option>'
            for value, words in self.options
        )
        return mark_safe("".join(rows))  # noqa: S308  every piece is escaped


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, each by its value in the address; "" where it is open. `misread` is what we did not know."""

    year: str = ""
    kind: str = ""
    organisation: str = ""
    topic: str = ""
    host: str = ""
    misread: tuple[str, ...] = ()

    def items(self) -> list[tuple[str, str]]:
        return [(name, value) for name in LABELS if (value := getattr(self, name))]

    def __bool__(self) -> bool:
        return bool(self.items())

    @property
    def query(self) -> str:
        """The part of the address after the question mark, always in one order."""
        return urlencode(self.items())

    @property
    def in_a_filename(self) -> str:
        """ "-2025-charity", for the name of a file with just these; nothing where everything is in it."""
        return "".join(f"-{slugify(value)[:40]}" for _, value in self.items())

    # Questions to the database

    def contributions(self) -> Q:
        """Which contributions can fit; where it was chosen who answers, that is asked of each answer again."""
        found = Q()
        if self.year:
            found &= in_year(int(self.year))
        if self.host:
            found &= Q(talk__event__host__slug=self.host)
        if self.topic:
            found &= Q(talk__topics__slug=self.topic)
        if (people := self.people()) is not None:
            found &= Q(talk__in=TalkSpeaker.objects.filter(people).values("talk"))
        return found

    def people(self) -> Q | None:
        """Which rows of TalkSpeaker fit; None where nothing was chosen that asks who somebody was."""
        found = Q()
        if self.organisation:
            found &= Q(organisation__in=self._family())
        if self.kind:
            found &= Q(organisation__kind=self.kind)
        return found or None

    def _family(self) -> list[int]:
        """The chosen organisation, its parts, and what became one of them; by what is remembered of it."""
        return remember(f"family.{self.organisation}", lambda: _family_of(self.organisation))


def _family_of(slug: str) -> list[int]:
    found = Organisation.objects.filter(slug=slug).first()
    return sorted(querysets.family(found)) if found else []


ALL = Chosen()


def read_chosen(asked: Mapping[str, str], options: Options) -> Chosen:
    """What the address names and the options know. The database is never asked with a reader's own words."""
    known: dict[str, str] = {}
    misread = []
    for name, (label, _) in LABELS.items():
        value = asked.get(name, "").strip()
        if name == "organisation" and value and value not in dict(options[name]):
            value = slugs_of_former_names().get(value, value)
        if value and value in dict(options[name]):
            known[name] = value
        elif value:
            misread.append(misread_words(label, value))
    return Chosen(**known, misread=tuple(misread))


def one_of(known: Mapping[str, Any], asked: str, label: str) -> tuple[str, tuple[str, ...]]:
    """What the address names if it is known, and otherwise how to say that it isn't; of a list with few choices."""
    value = asked.strip()
    return (value, ()) if not value or value in known else ("", (misread_words(label, value),))


def misread_words(label: str, value: str) -> str:
    """What a reader typed, as far as it can be shown: "year “3000”"."""
    shown = "".join(letter for letter in value[:LONGEST_ECHO] if letter.isprintable())
    return f"{label.lower()} “{shown}”"


def form_of(options: Options, chosen: Chosen) -> dict[str, Any]:
    """For a template: the lists of the form, the words of what was chosen, and whether search engines may keep it."""
    fields = fields_of(options, chosen)
    words = [dict(field.options)[field.chosen] for field in fields if field.chosen]
    return {"fields": fields, "chosen_words": words, "index": not chosen}


def fields_of(options: Options, chosen: Chosen) -> list[Field]:
    """The lists of the form. Every answer has a year, so a single one chooses nothing; the others may be missing."""
    return [
        Field(name, label, all_words, options[name], getattr(chosen, name))
        for name, (label, all_words) in LABELS.items()
        if len(options[name]) > (1 if name == "year" else 0) or getattr(chosen, name)
    ]


def in_year(year: int, event: str = "talk__event__") -> Q:
    """Rows whose evening began in that year, each on the clock of its series. `event` leads there; "" is itself."""
    found = Q(pk__in=())
    for series in SeriesPage.objects.live():
        first = dt.datetime(year, 1, 1, tzinfo=series.zone)
        span = (first, first.replace(year=year + 1))
        began = {f"{event}starts_at__gte": span[0], f"{event}starts_at__lt": span[1]}
        found |= Q(**{f"{event}series": series.pk}, **began)
    return found
