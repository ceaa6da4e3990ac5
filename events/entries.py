"""Calendar entries follow their evenings: after each change, and by a sweep for what a crash or the clock left behind.

Refreshing is idempotent. Only what a calendar shows moves SEQUENCE and LAST-MODIFIED; without a change nothing is
written.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Mod
from django.utils import timezone

from pages.cache import bump

from . import happenings
from .happenings import Telling
from .ical import Happening, content_hash, entry, stamped
from .models import CalendarEntry, EventPage, SlotEntry, TalkPage
from .models.calendar import Entry, slot_uid

logger = logging.getLogger(__name__)
AT_ONCE = 60  # evenings that are refreshed while somebody waits; the sweep does the rest
A_SWEEP = 200  # evenings at most, a second or two
ROUNDS = 1440  # sweeps until every entry had its turn: a day
LATELY = dt.timedelta(hours=1)


@dataclass
class Wanted:
    """An entry, saved or not, and what it should tell."""

    entry: Entry
    told: Happening
    public: bool
    due_at: dt.datetime | None
    columns: dict[str, Any] = field(default_factory=dict)
    topics: frozenset[int] | None = None

    @property
    def is_new(self) -> bool:
        return self.entry._state.adding

    @property
    def values(self) -> dict[str, Any]:
        """What the row should hold beside its text."""
        told = self.told
        times = {"starts_at": told.starts_at, "ends_at": told.ends_at, "zone": told.zone.key}
        return {**times, "status": told.status, "public": self.public, "due_at": self.due_at, **self.columns}

    def differs(self) -> bool:
        return (
            self.is_new
            or any(getattr(self.entry, name) != value for name, value in self.values.items())
            or content_hash(entry(self.told)) != self.entry.content_hash
            or (self.topics is not None and self.topics != {topic.pk for topic in self.entry.topics.all()})  # type: ignore[attr-defined]
        )

    def save(self, *, at: dt.datetime) -> bool:
        """Returns whether calendars show the difference."""
        row, unstamped = self.entry, entry(self.told)
        for name, value in self.values.items():
            setattr(row, name, value)
        changed = content_hash(unstamped) != row.content_hash
        if changed:
            row.sequence += 0 if self.is_new else 1
            row.last_modified = at
            row.content_hash = content_hash(unstamped)
            row.vevent = stamped(unstamped, sequence=row.sequence, last_modified=at)
        row.save()
        if self.topics is not None:
            row.topics.set(self.topics)  # type: ignore[attr-defined]
        return changed


def refresh_calendar(event_pk: int, *, at: dt.datetime | None = None) -> bool:
    """Let an evening's entries tell what its pages say at a moment. Returns whether calendars show a difference.

    One that was never public has none; one that is gone is cancelled. Kept pages go where something changed.
    """
    at = at or timezone.now()
    if not any(wanted.differs() for wanted in _wanted(event_pk, at=at)):
        return False
    with transaction.atomic():
        # One at a time for an evening, so that whoever comes second sees what the first has written.
        EventPage.objects.select_for_update(of=("self",)).filter(pk=event_pk).first()
        different = [wanted for wanted in _wanted(event_pk, at=at) if wanted.differs()]
        changed = [wanted.save(at=at) for wanted in different]
    if any(changed):
        bump()
    return any(changed)


def _wanted(event_pk: int, *, at: dt.datetime) -> Iterator[Wanted]:
    events = EventPage.objects.select_related("series", "host", "venue", "chair")
    event = events.filter(pk=event_pk).first()
    if event is None:
        # Whatever lost its evening; by its key nothing can be found any more.
        yield from chain.from_iterable(map(_without_evening, (CalendarEntry, SlotEntry)))
    elif event.series is None or not event.series.live:
        return
    elif event.live:
        yield from _of_public(event, Telling.of(event, event.series, at=at))
    else:
        for model in (CalendarEntry, SlotEntry):
            rows = model.objects.filter(event=event).select_related("series")
            yield from map(_taken_away, rows)


def _without_evening(model: Any) -> Iterator[Wanted]:
    rows = model.objects.standing().filter(event=None, public=True).select_related("series")
    return map(_taken_away, rows)


def _of_public(event: EventPage, telling: Telling) -> Iterator[Wanted]:
    columns = {"series_id": event.series_id, "number": event.number, "event_id": event.pk}
    row = CalendarEntry.objects.filter(event=event).prefetch_related("topics").first() or CalendarEntry()
    yield Wanted(
        entry=row,
        told=happenings.evening(telling, uid=str(row.uid)),
        public=True,
        due_at=telling.due_at,
        columns={**columns, "host_id": event.host_id},
        topics=frozenset(topic.pk for topic in telling.topics),
    )
    # Those of talks that came from another evening too.
    theirs = SlotEntry.objects.filter(event=event) | SlotEntry.objects.filter(talk__in=telling.programme.talks)
    rows = {(row.talk_id, row.speaker_id): row for row in theirs.select_related("series").order_by("pk")}
    for slot, talk, person in telling.speaking:
        found = rows.pop((talk.pk, person.speaker.pk), None) or SlotEntry(
            uid=slot_uid(talk.pk, person.speaker.pk), talk=talk, speaker=person.speaker
        )
        told = happenings.slot_of(telling, slot, talk, uid=str(found.uid))
        yield Wanted(entry=found, told=told, public=True, due_at=None, columns=columns)
    yield from map(_taken_away, rows.values())


def _taken_away(row: Any) -> Wanted:
    told = happenings.taken_away(
        row.series,
        row.number,
        uid=str(row.uid),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        what="your slot at " if isinstance(row, SlotEntry) else "",
    )
    return Wanted(entry=row, told=told, public=False, due_at=None)


# Many at once


def refresh_calendars(**lookup: Any) -> None:
    """Refresh every evening that a changed venue, host, person, organisation, topic or series stands in.

    The newest at once; all are marked, so that the sweep comes to the rest.
    """
    events = EventPage.objects.filter(**lookup)
    CalendarEntry.objects.filter(event__in=events).update(due_at=timezone.now())
    newest = EventPage.objects.public().filter(pk__in=events.values("pk")).newest_first()
    for pk in newest.values_list("pk", flat=True)[:AT_ONCE]:
        refresh_calendar(pk)


def sweep(*, at: dt.datetime | None = None) -> int:
    """What became due by the clock, what was never told, and a few more in turn. Returns how many entries changed.

    An evening that can't be told is written down and doesn't stop the next.
    """
    at = at or timezone.now()
    changed = 0
    for pk in islice(dict.fromkeys(_to_look_at(at)), A_SWEEP):
        try:
            changed += refresh_calendar(pk, at=at)
        except Exception:  # one evening must not keep the others' calendars from being right
            logger.exception("The calendar entry of evening %s could not be made.", pk)
    return changed


def _to_look_at(at: dt.datetime) -> Iterator[int]:
    public = EventPage.objects.public()
    in_turn = CalendarEntry.objects.standing().annotate(turn=Mod(F("pk"), ROUNDS))
    return chain(
        _keys(public.filter(over_at__gt=at), "pk"),
        _keys(CalendarEntry.objects.due(at=at), "event"),
        _keys(CalendarEntry.objects.left_behind(), "event"),
        _keys(SlotEntry.objects.left_behind(), "event"),
        _keys(public.filter(last_published_at__gte=at - LATELY), "pk"),
        _keys(TalkPage.objects.public().filter(last_published_at__gte=at - LATELY), "event"),
        _keys(public.filter(calendar_entry=None).newest_first(), "pk"),
        _keys(in_turn.filter(turn=int(at.timestamp()) // 60 % ROUNDS), "event"),
    )


def _keys(rows: Any, name: str) -> Iterable[int]:
    """One query, and only when its turn comes. 0 stands for evenings that are gone."""
    return (key or 0 for key in rows.values_list(name, flat=True)[: A_SWEEP + 1].iterator())
