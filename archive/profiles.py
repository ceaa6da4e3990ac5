"""What is told about a person: their public talks and roles, and the evenings they led."""

from typing import Any

from django.http import HttpRequest

from events.models import EventPage
from pages.clock import now
from speakers.models import Speaker

from . import appearances
from .grids import grids


def profile_of(person: Speaker, *, request: HttpRequest) -> dict[str, Any]:
    """For `archive/speaker.html`. `is_public` says whether readers may see it at all; a draft may have no row yet."""
    known = appearances.of_speaker(person) if person.pk else []
    chaired = grids(EventPage.objects.public().filter(chair=person), request=request) if person.pk else []
    shown = appearances.in_programme(known)
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
