"""What a list of answers can be narrowed by, and what a reader chose in the address."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.http import urlencode
from django.utils.text import slugify

from events.models import EventPage, Host, SeriesPage, TalkPage, TalkSpeaker, Topic
from pages.cache import remember
from speakers.enums import OrganisationKind
from speakers.models import Answer, Organisation, StandardQuestion

from . import querysets

LONGEST_ECHO = 40  # letters of a value that we did not understand
# In the order of the form: the name in the address, its label, the words for all of it.
LABELS = {
    "year": ("Year", "All years"),
    "kind": ("Kind of organisation", "All kinds"),
    "organisation": ("Organisation", "All organisations"),
    "topic": ("Topic", "All topics"),
    "host": ("Host", "All hosts"),
}
Options = dict[str, list[tuple[str, str]]]  # by the name in the address: (value, words)


@dataclass(frozen=True, slots=True)
class Field:
    """One list to choose from."""

    name: str
    label: str
    all_words: str
    options: list[tuple[str, str]]
    chosen: str


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
        """Which contributions fit, as far as evening and topic say."""
        found = Q()
        if self.year:
            found &= in_year(int(self.year))
        if self.host:
            found &= Q(talk__event__host__slug=self.host)
        if self.topic:
            found &= Q(talk__topics__slug=self.topic)
        return found

    def people(self) -> Q | None:
        """Which rows of TalkSpeaker fit; None where nothing was chosen that asks who somebody was."""
        found = Q()
        if self.organisation:
            found &= Q(organisation__slug=self.organisation)
        if self.kind:
            found &= Q(organisation__kind=self.kind)
        return found or None


ALL = Chosen()


def read_chosen(asked: Mapping[str, str], options: Options) -> Chosen:
    """What the address names and the options know. The database is never asked with a reader's own words."""
    known: dict[str, str] = {}
    misread = []
    for name, (label, _) in LABELS.items():
        value = asked.get(name, "").strip()
        if value and value in dict(options[name]):
            known[name] = value
        elif value:
            misread.append(f"{label.lower()} “{value[:LONGEST_ECHO]}”")
    return Chosen(**known, misread=tuple(misread))


def form_of(options: Options, chosen: Chosen) -> dict[str, Any]:
    """For a template: the lists of the form, the words of what was chosen, and whether search engines may keep it."""
    fields = fields_of(options, chosen)
    words = [dict(field.options)[field.chosen] for field in fields if field.chosen]
    return {"fields": fields, "chosen_words": words, "index": not chosen}


def fields_of(options: Options, chosen: Chosen) -> list[Field]:
    """The lists of the form; one with a single entry chooses nothing and is left out, unless it is chosen."""
    return [
        Field(name, label, all_words, options[name], getattr(chosen, name))
        for name, (label, all_words) in LABELS.items()
        if len(options[name]) > 1 or getattr(chosen, name)
    ]


def in_year(year: int) -> Q:
    """Contributions to evenings that began in that year, each on the clock of its series."""
    found = Q(pk__in=())
    for series in SeriesPage.objects.live():
        first = dt.datetime(year, 1, 1, tzinfo=series.zone)
        span = (first, first.replace(year=year + 1))
        found |= Q(
            talk__event__series=series.pk, talk__event__starts_at__gte=span[0], talk__event__starts_at__lt=span[1]
        )
    return found


def options_for(question: StandardQuestion) -> Options:
    """What the answers to a question can be narrowed by: only what at least one of them fits. Five queries, once."""
    return remember(f"options.{question.pk}", lambda: _options(question))


def _options(question: StandardQuestion) -> Options:
    given = querysets.given_answers(question).values("contribution")
    talks = TalkPage.objects.public().filter(contribution__in=given)
    events = EventPage.objects.filter(pk__in=talks.order_by().values("event"))
    organisations = Organisation.objects.filter(pk__in=_people(question, talks).values("organisation"))
    named = list(organisations.order_by("name", "pk").values_list("slug", "name", "kind"))
    kinds = {kind for _, _, kind in named}
    return {
        "year": [(year, year) for year in _years(events)],
        "kind": [(kind, str(OrganisationKind(kind).label)) for kind in OrganisationKind.values if kind in kinds],
        "organisation": [(slug, name) for slug, name, _ in named],
        "topic": _names(Topic.objects.filter(talks__in=talks)),
        "host": _names(Host.objects.filter(events__in=events)),
    }


def _people(question: StandardQuestion, talks: Any) -> Any:
    """Who answered: the speakers of these talks for whom an answer to the question stands."""
    theirs = Answer.objects.with_words().filter(question=question, contribution__talk=OuterRef("talk"))
    return TalkSpeaker.objects.filter(Exists(theirs.spoken_by("speaker")), talk__in=talks.order_by().values("pk"))


def _years(events: Any) -> list[str]:
    zones = {series.pk: series.zone for series in SeriesPage.objects.live()}
    starts = events.order_by().values_list("starts_at", "series")
    return [str(year) for year in sorted({at.astimezone(zones[key]).year for at, key in starts}, reverse=True)]


def _names(things: Any) -> list[tuple[str, str]]:
    return list(things.order_by("name", "pk").values_list("slug", "name").distinct())
