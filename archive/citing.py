"""How to cite an evening, a talk and an answer: as a sentence, and as BibTeX. When it was read, the reader adds."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.text import capfirst

from events.models import EventPage, TalkPage
from events.programme import people_of
from pages.english import listed, short_day

if TYPE_CHECKING:
    from .answers import Voice

# What TeX reads as a command, and how to write it instead.
TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    bibtex: str


def address_of_talk(talk: TalkPage) -> str:
    return f"{settings.SITE_URL}{talk.get_url() or ''}"


def address_of(voice: "Voice") -> str:
    """Where an answer stands for good: its talk's page, at its question and, if it is one person's own, at them."""
    return f"{address_of_talk(voice.talk)}#{voice.answer.fragment}"


def cite(voice: "Voice") -> Citation:
    """An answer."""
    event, label = voice.event, label_of(voice.event)
    asked = f"Answer to “{voice.answer.wording}”"
    how = f"{label}, with the talk “{voice.talk.title}”"
    speakers = [person.speaker for person in voice.people]
    source = Source(event, speakers, f"{{{tex(asked)}}}", tex(how), address_of(voice))
    words = f"{asked}, in “{voice.talk.title}”, {label}"
    return source.cited(words, voice.talk.slug, voice.answer.fragment)


def cite_talk(talk: TalkPage) -> Citation:
    event: Any = talk.event
    speakers = [person.speaker for person in people_of(talk)]
    source = Source(event, speakers, f"{{{tex(talk.title)}}}", f"Talk at {tex(label_of(event))}", address_of_talk(talk))
    return source.cited(f"“{talk.title}”, talk at {label_of(event)}", talk.slug)


def cite_evening(event: EventPage) -> Citation:
    """By whoever wrote it up, where somebody did: "the Data Bites team" begins the sentence."""
    label, address = label_of(event), f"{settings.SITE_URL}{event.get_url() or ''}"
    title = event.title if label in event.title else f"{label}: {event.title}"
    source = Source(event, [capfirst(event.byline)] if event.byline else [], f"{{{tex(title)}}}", "", address)
    return source.cited(title)


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited. `title` and `how` are TeX; an author is a speaker, or a name as it stands."""

    event: EventPage
    authors: Sequence[Any]
    title: str
    how: str
    address: str

    def cited(self, words: str, *key: str) -> Citation:
        day = self.event.local_start.date()
        names = [str(author) for author in self.authors]
        who = f"{listed(names)} ({day.year}). " if names else f"({day.year}). "
        fields = {
            "author": " and ".join(map(_author, self.authors)),
            "title": self.title,
            "howpublished": self.how,
            "year": str(day.year),
            "url": self.address,
        }
        rows = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        begun = f"@misc{{{key_of(self.event, *key)},"
        bibtex = "\n".join([begun, *rows, f"  month = {MONTHS[day.month - 1]}", "}"])
        return Citation(f"{who}{words}, {short_day(day)}. {self.address}", bibtex)


def _author(author: Any) -> str:
    """ "Vale, Ada", as lists have it; a name that doesn't split, or that TeX would split, stays in one piece."""
    name, sort_name = str(author), getattr(author, "sort_name", "")
    splits = sort_name.count(",") == 1 and not re.search(r"\band\b", sort_name, re.IGNORECASE)
    return tex(sort_name) if splits else f"{{{tex(name)}}}"


def label_of(event: EventPage) -> str:
    series = event.series
    return f"{series.title if series else ''} {event.number}".strip()


def key_of(event: Any, *parts: str) -> str:
    """ "data-bites-60-tides-change": letters that every TeX takes, and no two answers have the same."""
    plain = "-".join([event.series.slug if event.series else "", str(event.number), *parts])
    return re.sub(r"[^A-Za-z0-9-]+", "-", unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode())


def tex(words: str) -> str:
    """Words as TeX shows them."""
    return "".join(TEX.get(sign, sign) for sign in words)
