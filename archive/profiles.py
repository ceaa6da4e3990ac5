"""What is told about a person: their public talks and roles, and the evenings they led."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from events.models import EventPage
from pages.clock import now
from speakers.models import Speaker

from . import appearances
from .appearances import Appearance
from .followed import followed
from .grids import grids


def profile_of(person: Speaker, *, request: HttpRequest) -> dict[str, Any]:
    """For `archive/speaker.html`. `is_public` says whether readers may see it at all; a draft may have no row yet."""
    known = appearances.of_speaker(person) if person.pk else []
    chaired = grids(EventPage.objects.public().filter(chair=person), request=request) if person.pk else []
    shown = _with_what_followed(appearances.in_programme(known), at=now(request))
    roles = appearances.roles(shown)
    return {
        "speaker": person,
        "is_public": bool(known or chaired),
        "appearances": shown,
        "roles": roles,
        "chaired": chaired,
        "at": now(request),
        "description": ", ".join([person.name, *(role.words for role in roles[:1])]),
    }


def _with_what_followed(shown: Sequence[Appearance], *, at: dt.datetime) -> list[Appearance]:
    told = followed((appearance.talk for appearance in shown), at=at)
    return [replace(appearance, followed=told.get(appearance.talk.pk)) for appearance in shown]
