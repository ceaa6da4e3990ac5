"""What calendars were told: a row for each evening, and for each speaker's slot, that was ever announced.

A row outlives what it tells of, so that whoever subscribed learns that it is off. Written by `events.entries` alone.
"""

import uuid

from django.db import models

from speakers.models import Speaker

from ..enums import CalendarStatus
from ..querysets import CalendarEntryQuerySet, SlotEntryQuerySet
from .places import Host, Topic

SLOTS = uuid.UUID("6a4c1f0e-4f5e-4f0b-9d0c-2b8f3a1c7e61")


def slot_uid(talk_pk: int, speaker_pk: int) -> uuid.UUID:
    """A slot's UID before it has a row: an invitation's file and the calendar that follows are one entry."""
    return uuid.uuid5(SLOTS, f"{talk_pk}:{speaker_pk}")


class Entry(models.Model):
    """A VEVENT as text, ready to be joined into a calendar, and what its feeds choose and sort by."""

    # Made here, and for a slot by `slot_uid`. It never changes.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey("events.SeriesPage", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=50)
    status = models.CharField(max_length=10, choices=CalendarStatus)
    # Whether readers may still see what it tells of; where they may not, it says that it is off and nothing else.
    public = models.BooleanField()
    sequence = models.PositiveIntegerField(default=0)
    last_modified = models.DateTimeField()
    # When its words change by themselves; or at once, where something that many entries share has changed.
    due_at = models.DateTimeField(null=True, db_index=True)
    # Of the text without SEQUENCE and stamps.
    content_hash = models.CharField(max_length=64)
    vevent = models.TextField()

    # Wagtail would count an entry as a use of its evening, and ask the database about it at each save.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.uid} ({self.sequence})"


class CalendarEntry(Entry):
    """An evening in the calendars of its series."""

    event = models.OneToOneField(
        "events.EventPage", null=True, on_delete=models.SET_NULL, related_name="calendar_entry"
    )
    host = models.ForeignKey(Host, null=True, on_delete=models.SET_NULL, related_name="+")
    topics = models.ManyToManyField(Topic, related_name="+")

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("series", "starts_at"), name="events_entry_by_start"),
            models.Index(fields=("series", "number"), name="events_entry_by_number"),
            # All that an ETag is made of, so that "nothing new" is told without reading a text.
            models.Index(fields=("series", "zone", "last_modified", "sequence"), name="events_entry_validator"),
        ]


class SlotEntry(Entry):
    """A speaker's own slot, in their own calendar: each speaker of a talk has one, with a UID of its own."""

    event = models.ForeignKey("events.EventPage", null=True, on_delete=models.SET_NULL, related_name="+")
    talk = models.ForeignKey("events.TalkPage", null=True, on_delete=models.SET_NULL, related_name="slot_entries")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="slot_entries")

    objects = SlotEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("talk", "speaker"), name="events_slot_once_a_speaker")]
        indexes = [models.Index(fields=("speaker", "starts_at"), name="events_slot_by_start")]
