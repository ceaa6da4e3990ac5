"""How to cite an answer: as a sentence, and as BibTeX."""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from events.models import TalkPage
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
    address = address_of(voice)
    return Citation(_text(voice, address), _bibtex(voice, address))


def _text(voice: "Voice", address: str) -> str:
    day = voice.event.local_start.date()
    who = f"{listed(voice.names)} ({day.year}). " if voice.people else f"({day.year}). "
    asked = f"Answer to “{voice.answer.wording}”, in “{voice.talk.title}”"
    return f"{who}{asked}, {_label(voice)}, {short_day(day)}. {address}"


def _bibtex(voice: "Voice", address: str) -> str:
    day = voice.event.local_start.date()
    fields = {
        "author": " and ".join(_author(person.speaker) for person in voice.people),
        "title": f"{{Answer to “{tex(voice.answer.wording)}”}}",
        "howpublished": f"{tex(_label(voice))}, with the talk “{tex(voice.talk.title)}”",
        "year": str(day.year),
        "url": address,
    }
    rows = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(voice)},", *rows, f"  month = {MONTHS[day.month - 1]}", "}"])


def _author(speaker: object) -> str:
    """ "Vale, Ada", as lists have it; a name that doesn't split stays in one piece."""
    name, sort_name = getattr(speaker, "name", ""), getattr(speaker, "sort_name", "")
    return tex(sort_name) if sort_name.count(",") == 1 else f"{{{tex(name)}}}"


def _label(voice: "Voice") -> str:
    series = voice.event.series
    return f"{series.title if series else ''} {voice.event.number}".strip()


def _key(voice: "Voice") -> str:
    """ "data-bites-60-tides-change": letters that every TeX takes, and no two answers have the same."""
    series = voice.event.series
    plain = f"{series.slug if series else ''}-{voice.event.number}-{voice.talk.slug}-{voice.answer.fragment}"
    return re.sub(r"[^A-Za-z0-9-]+", "-", unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode())


def tex(words: str) -> str:
    """Words as TeX shows them."""
    return "".join(TEX.get(sign, sign) for sign in words)
