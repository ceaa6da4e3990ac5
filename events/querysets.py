"""Questions to the database about evenings and talks. Every public read starts at `public()`."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from wagtail.models import PageManager, PageQuerySet

from .enums import ANSWERED, EventStatus

if TYPE_CHECKING:
    pass


class EventPageQuerySet(PageQuerySet):  # type: ignore[misc]
    def public(self) -> "EventPageQuerySet":
        """Evenings that readers may see: live, in a live series."""
        return self.filter(live=True, series__live=True)

    def of_series(self, series: object) -> "EventPageQuerySet":
        return self.filter(series=series)

    def newest_first(self) -> "EventPageQuerySet":
        return self.order_by("-starts_at", "-number")

    def upcoming(self, *, at: dt.datetime) -> "EventPageQuerySet":
        """Not over yet at that moment, soonest first; cancelled ones too, until their time has passed."""
        return self.filter(over_at__gt=at).order_by("starts_at", "number")

    def next_to_come(self, *, at: dt.datetime) -> "EventPageQuerySet":
        """As `upcoming`, without what was called off."""
        called_off = (EventStatus.CANCELLED, EventStatus.POSTPONED)
        return self.upcoming(at=at).exclude(status__in=called_off)

    def past(self, *, at: dt.datetime) -> "EventPageQuerySet":
        """Over at that moment, newest first."""
        return self.filter(over_at__lte=at).newest_first()

    def held(self, *, at: dt.datetime) -> "EventPageQuerySet":
        """Over, and not called off."""
        called_off = (EventStatus.CANCELLED, EventStatus.POSTPONED)
        return self.past(at=at).exclude(status__in=called_off)

    def written_up(self) -> "EventPageQuerySet":
        return self.filter(written_up_on__isnull=False)

    def in_year(self, year: int, *, zone: dt.tzinfo) -> "EventPageQuerySet":
        """Evenings that began in that year as the zone's clocks had it."""
        first = dt.datetime(year, 1, 1, tzinfo=zone)
        return self.filter(starts_at__gte=first, starts_at__lt=first.replace(year=year + 1))


class TalkPageQuerySet(PageQuerySet):  # type: ignore[misc]
    def public(self) -> "TalkPageQuerySet":
        """Talks that readers may see: live, under a public evening."""
        return self.filter(live=True, event__live=True, event__series__live=True)

    def in_running_order(self) -> "TalkPageQuerySet":
        """Order in the tree is the running order."""
        return self.order_by("path")

    def newest_first(self) -> "TalkPageQuerySet":
        return self.order_by("-event__starts_at", "path")

    def with_people(self) -> "TalkPageQuerySet":
        """Brings the speakers, their photos and their organisations along, in four more queries whatever the number."""
        return self.prefetch_related(
            "talk_speakers__speaker__photo", "talk_speakers__organisation__former_names", "topics"
        )


EventPageManager = PageManager.from_queryset(EventPageQuerySet)
TalkPageManager = PageManager.from_queryset(TalkPageQuerySet)


class AudienceQuestionQuerySet(models.QuerySet["AudienceQuestion"]):
    def public(self) -> "AudienceQuestionQuerySet":
        """Answered questions in their published words, under a public evening, and a public talk if they have one."""
        return self.filter(
            models.Q(talk=None) | models.Q(talk__live=True),
            event__live=True,
            event__series__live=True,
            state__in=ANSWERED,
        ).exclude(text="")
