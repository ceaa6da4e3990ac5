"""The archive's questions to the database. Each starts at what is public: talks, evenings, people."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from events.enums import FREES_A_SLOT, TO_BE_ANNOUNCED
from events.models import EventPage, Host, HostSpell, TalkPage, TalkSpeaker
from events.models.events import CALLED_OFF
from speakers.models import Answer, Contribution, Organisation, StandardQuestion

CLOSED_CIRCLE = 8  # generations of organisations; deeper than any, and an end where two are part of each other


def talk_counts(field: str, *, among: Iterable[int] | None = None) -> dict[int, int]:
    """How many public talks each has that a field of the talk leads to: {key: talks}, whoever has none left out.

    Withdrawn talks and evenings that were called off count as none, but whoever has only those is there with 0.
    """
    talks = TalkPage.objects.public().order_by()
    if among is not None:
        talks = talks.filter(**{f"{field}__in": list(among)})
    stands = ~Q(state__in=FREES_A_SLOT) & ~Q(event__status__in=CALLED_OFF)
    rows = talks.values_list(field).annotate(talks=Count("pk", filter=stands, distinct=True))
    return {key: count for key, count in rows if key is not None}


def chair_counts() -> dict[int, int]:
    """How many public evenings each person chairs: {key of the person: evenings}; 0 where all were called off."""
    rows = EventPage.objects.public().exclude(chair=None).order_by().values_list("chair")
    return dict(rows.annotate(evenings=Count("pk", filter=~Q(status__in=CALLED_OFF))))


def below(organisation: Organisation) -> dict[int, list[Organisation]]:
    """Every part of an organisation, by its parent's key; one query for each generation."""
    parts: dict[int, list[Organisation]] = {}
    seen, generation = {organisation.pk}, [organisation.pk]
    for _ in range(CLOSED_CIRCLE):
        children = Organisation.objects.filter(parent__in=generation).exclude(pk__in=seen).order_by("name", "pk")
        generation = []
        for child in children:
            parts.setdefault(child.parent_id, []).append(child)
            generation.append(child.pk)
        seen.update(generation)
        if not generation:
            break
    return parts


def family(organisation: Organisation) -> set[int]:
    """The keys of an organisation, of all its parts, and of whatever became one of them. One query a generation."""
    found: set[int] = set()
    generation = {organisation.pk}
    for _ in range(CLOSED_CIRCLE):
        found |= generation
        near = Organisation.objects.filter(Q(parent__in=generation) | Q(became__in=generation)).order_by()
        generation = set(near.values_list("pk", flat=True)) - found
        if not generation:
            break
    return found


def hosts() -> QuerySet[Host]:
    """Hosts of a public series or of a public evening: an evening's count may name one whose own aren't in yet."""
    spells = HostSpell.objects.filter(series__live=True)
    events = EventPage.objects.public()
    return Host.objects.filter(Q(pk__in=spells.values("host")) | Q(pk__in=events.values("host"))).order_by("name", "pk")


def public_spells(**lookup: Any) -> QuerySet[HostSpell]:
    """Spells of public series, in the order of their numbers."""
    spells = HostSpell.objects.filter(series__live=True, **lookup)
    return spells.select_related("series").order_by("series__path", "first_number")


def newest_numbers(*, at: dt.datetime) -> dict[int, int]:
    """The highest number held so far in each public series: {key of the series: number}."""
    rows = EventPage.objects.public().held(at=at).order_by().values_list("series").annotate(newest=Max("number"))
    return dict(rows)


def talks_of(organisation: Organisation) -> Any:
    """The public talks of an organisation's people, newest first; not those that were withdrawn or moved."""
    theirs = TalkSpeaker.objects.filter(organisation=organisation).values("talk")
    return TalkPage.objects.public().filter(pk__in=theirs).exclude(state__in=FREES_A_SLOT).newest_first()


def titled_talks() -> Any:
    """Public talks that have a title of their own, withdrawn and moved ones too."""
    return TalkPage.objects.public().exclude(title=TO_BE_ANNOUNCED)


def readable(fits: Q | None = None) -> QuerySet[Contribution]:
    """What was given to talks and stands on their pages; as `released()`, without talks moved to another evening."""
    return Contribution.objects.released().filter(fits or Q()).exclude(talk__state__in=FREES_A_SLOT).order_by()


def asked_rows(question: StandardQuestion, fits: Q | None = None) -> QuerySet[Answer]:
    """A question's rows of what readers may see, empty ones too, in no order. `fits` narrows their contributions."""
    return Answer.objects.filter(question=question, contribution__in=readable(fits)).order_by()


def given_answers(question: StandardQuestion, fits: Q | None = None) -> QuerySet[Answer]:
    """As `asked_rows`, those with words."""
    return Answer.objects.with_words().filter(question=question, contribution__in=readable(fits)).order_by()
