"""What changed in public, as it comes through the one door (`events/publishing.py`): the index follows on commit."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from events.models import AudienceQuestion, EventPage, Host, HostSpell, SeriesPage, TalkPage, Topic, Venue
from speakers.models import Contribution, Organisation, PromiseReply, Speaker, StandardQuestion

from ..models import Transcript
from . import keeping
from .documents import owner_of

# Which evenings tell of a row.
EVENINGS: dict[type, Callable[[Any], Q]] = {
    SeriesPage: lambda row: Q(series=row.pk),
    Contribution: lambda row: Q(talks__contribution=row.pk),
    PromiseReply: lambda row: Q(talks__contribution=row.contribution_id),
    Host: lambda row: Q(host=row.pk),
    Venue: lambda row: Q(venue=row.pk),
    Speaker: lambda row: Q(talks__talk_speakers__speaker=row.pk) | Q(chair=row.pk),
    Organisation: lambda row: Q(talks__talk_speakers__organisation=row.pk),
    Topic: lambda row: Q(talks__topics=row.pk),
}
NAMED = {Speaker: "person", Organisation: "organisation", Topic: "topic", Host: "host", StandardQuestion: "standard"}


def changed(row: Any) -> None:
    """Whatever the index says because of this row is made anew once this transaction is done."""
    owners = list(owners_of(row))
    if owners:
        keeping.mark(owners)
        transaction.on_commit(partial(keeping.refresh_marked, owners), robust=True)


def owners_of(row: Any) -> Iterable[str]:
    kind = type(row)
    if kind in NAMED and row.pk:
        yield f"{NAMED[kind]} {row.pk}"
    if isinstance(row, SeriesPage) and row.pk:
        yield from (f"host {key}" for key in HostSpell.objects.filter(series=row.pk).values_list("host", flat=True))
    yield from map(owner_of, events_of(row))


def events_of(row: Any) -> Iterable[int]:
    """The evenings that tell of a row, by their keys."""
    if isinstance(row, EventPage) and row.pk:
        yield row.pk
    elif isinstance(row, TalkPage | AudienceQuestion | Transcript) and row.event_id:
        yield row.event_id
    elif type(row) in EVENINGS and row.pk:
        keys = EventPage.objects.filter(EVENINGS[type(row)](row)).order_by().values_list("pk", flat=True)
        yield from sorted(set(keys))
