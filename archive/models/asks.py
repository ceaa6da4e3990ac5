"""What calendars were told of deadlines."""

from django.db import models

from events.models import TalkPage
from events.models.calendar import Entry
from events.querysets import EntryQuerySet


class AskEntry(Entry):
    """The last day of something that speakers asked of the room.

    Known by its talk and its place among that talk's asks: rows of asks are made anew by each release.
    """

    talk = models.ForeignKey(TalkPage, null=True, on_delete=models.SET_NULL, related_name="ask_entries")
    place = models.PositiveSmallIntegerField()

    objects = EntryQuerySet["AskEntry"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("talk", "place"), name="archive_ask_once_a_place")]
        indexes = [models.Index(fields=("starts_at", "id"), name="archive_asks_by_day")]
