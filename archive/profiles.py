"""What is told about a person: their public talks and roles, and the evenings they led."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.http import HttpRequest

from events.models import EventPage
from pages.clock import now
from speakers.models import Speaker

from . import appearances
from .answers import answered_by
from .appearances import Appearance
from .followed import followed
from .grids import grids

NEWEST = 12


def profile_of(person: Speaker, *, request: HttpRequest) -> dict[str, Any]:
    """For `archive/speaker.html`. `is_public` says whether readers may see it at all; a draft may have no row yet."""
    known = appearances.of_speaker(person) if person.pk else []
    chaired = grids(EventPage.objects.public().filter(chair=person), request=request) if person.pk else []
    shown = _with_what_came_of_it(person, appearances.in_programme(known), at=now(request))
    newest, older = unfolded(shown)
    roles = appearances.roles(shown)
    return {
        "speaker": person,
        "is_public": bool(known or chaired),
        "appearances": shown,
        "newest": newest,
        "older": older,
        "roles": roles,
        "chaired": chaired,
        "at": now(request),
        "description": ", ".join([person.name, *(role.words for role in roles[:1])]),
    }


def unfolded(shown: Sequence[Appearance]) -> tuple[list[Appearance], list[tuple[int, list[Appearance]]]]:
    """The newest talks, a dozen or however many more their last year has, and the years before, each with its own."""
    years = [(year, list(run)) for year, run in groupby(shown, key=lambda appearance: appearance.day.year)]
    newest: list[Appearance] = []
    while years and len(newest) < NEWEST:
        newest += years.pop(0)[1]
    return newest, years


def _with_what_came_of_it(person: Speaker, shown: Sequence[Appearance], *, at: dt.datetime) -> list[Appearance]:
    talks = [appearance.talk for appearance in shown]
    told, answers = followed(talks, at=at), answered_by(person, talks) if person.pk else {}
    return [replace(row, followed=told.get(row.talk.pk), answers=answers.get(row.talk.pk, ())) for row in shown]
