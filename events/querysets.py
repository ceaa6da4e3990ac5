"""Questions to the database about evenings and talks. Every public read starts at `public()`."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from wagtail.models import PageManager, PageQuerySet

from mailing.enums import MailState
from mailing.models import OutgoingMail
from mailing.retention import FILLING_KEPT

from .enums import ANSWERED, FREES_A_SLOT, TO_BE_ANNOUNCED, EventStatus, PlanState, RecordingState

if TYPE_CHECKING:
    from .models import (  # noqa: F401  the querysets' rows
        Announcement,
        AudienceQuestion,
        CalendarEntry,
        EventPage,
        Recording,
        SeriesPage,
        SlotEntry,
        Venue,
    )


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

    def before(self, event: "EventPage") -> "EventPageQuerySet":
        """Evenings that come before this one, the nearest first."""
        same_start = models.Q(starts_at=event.starts_at, number__lt=event.number)
        return self.filter(models.Q(starts_at__lt=event.starts_at) | same_start).newest_first()

    def after(self, event: "EventPage") -> "EventPageQuerySet":
        """Evenings that come after this one, the nearest first."""
        same_start = models.Q(starts_at=event.starts_at, number__gt=event.number)
        return self.filter(models.Q(starts_at__gt=event.starts_at) | same_start).order_by("starts_at", "number")

    def written_up(self) -> "EventPageQuerySet":
        return self.filter(written_up_on__isnull=False)

    def standing(self) -> "EventPageQuerySet":
        """Evenings that were not called off."""
        return self.exclude(status__in=(EventStatus.CANCELLED, EventStatus.POSTPONED))

    def highest_number(self) -> int:
        """The highest number there is, drafts too; 0 where there is none."""
        return self.aggregate(highest=models.Max("number"))["highest"] or 0

    def on_same_day(self, moment: dt.datetime, *, series: "SeriesPage", beside: object = None) -> "EventPageQuerySet":
        """Evenings of the series, not called off, on the day that the series' clocks show at that moment."""
        start = moment.astimezone(series.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        end = dt.datetime.combine(start.date() + dt.timedelta(days=1), dt.time(), tzinfo=series.zone)
        found = self.of_series(series).standing().filter(starts_at__gte=start, starts_at__lt=end)
        return found.exclude(pk=beside.pk) if isinstance(beside, models.Model) else found

    def with_progress(self) -> "EventPageQuerySet":
        """Annotates what `events.progress.Progress.of` reads, within this one query."""
        from .models import Recording, TalkPage

        slots = TalkPage.objects.filter(event=OuterRef("pk")).exclude(state__in=FREES_A_SLOT).order_by()
        named = slots.exclude(draft_title=TO_BE_ANNOUNCED)
        return self.annotate(
            slot_count=_count(slots),
            titled_count=_count(named),
            announced_count=_count(named.filter(live=True)),
            speaker_count=_count(slots, "talk_speakers__speaker"),
            released_count=_count(slots.filter(contribution__live=True)),
            has_recording=Exists(
                Recording.objects.filter(event=OuterRef("pk"), state=RecordingState.PUBLISHED).exclude(
                    url="", file=None
                )
            ),
            draft_leftovers=KeyTextTransform("leftovers", "latest_revision__content"),
            draft_leftovers_seen=models.Case(
                models.When(latest_revision__content__leftovers_seen=True, then=True), default=False
            ),
        )

    def in_year(self, year: int, *, zone: dt.tzinfo) -> "EventPageQuerySet":
        """Evenings that began in that year as the zone's clocks had it."""
        first = dt.datetime(year, 1, 1, tzinfo=zone)
        return self.filter(starts_at__gte=first, starts_at__lt=first.replace(year=year + 1))


def _count(rows: models.QuerySet, field: str = "pk") -> Coalesce:
    """How many different values of a field the talks of an outer evening have."""
    counted = rows.values("event").annotate(n=models.Count(field, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


class TalkPageQuerySet(PageQuerySet):  # type: ignore[misc]
    def public(self) -> "TalkPageQuerySet":
        """Talks that readers may see: live, under a public evening."""
        return self.filter(live=True, event__live=True, event__series__live=True)

    def announced(self) -> "TalkPageQuerySet":
        """Public talks with a title of their own that take up a slot: what the running order tells readers."""
        return self.public().exclude(state__in=FREES_A_SLOT).exclude(title=TO_BE_ANNOUNCED).order_by("path")

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


class VenueQuerySet(models.QuerySet["Venue"]):
    def on_offer(self, *, beside: int | None = None) -> "VenueQuerySet":
        """Venues to choose from: those not archived, and the one that is chosen already."""
        return self.filter(models.Q(archived=False) | models.Q(pk=beside))


class EntryQuerySet[Row: models.Model](models.QuerySet[Row]):
    def in_order(self) -> Self:
        return self.order_by("starts_at", "pk")

    def standing(self) -> Self:
        """Of series that readers may see. A series that was unpublished has no calendar."""
        return self.filter(series__live=True)

    def due(self, *, at: dt.datetime) -> Self:
        return self.standing().filter(due_at__lte=at)

    def left_behind(self) -> Self:
        """What is told as if readers could still see it, and can't."""
        return self.standing().filter(models.Q(event=None) | models.Q(event__live=False), public=True)

    def by_zone(self) -> list[dict[str, Any]]:
        """For each zone its entries' number, newest change and sum of sequences: what differs when anything does.

        Whatever joins, leaves or changes takes a newer LAST-MODIFIED along, so no two states have the same figures.
        """
        figures = {"count": Count("pk"), "newest": Max("last_modified"), "sequences": Sum("sequence")}
        return sorted(self.order_by().values("zone").annotate(**figures), key=lambda row: row["zone"])


class CalendarEntryQuerySet(EntryQuerySet["CalendarEntry"]):
    def newest_change(self) -> dt.datetime | None:
        return self.aggregate(newest=Max("last_modified"))["newest"]  # type: ignore[no-any-return]

    def of_series(self, series: object) -> Self:
        return self.filter(series=series)


class SlotEntryQuerySet(EntryQuerySet["SlotEntry"]):
    def of_speaker(self, speaker: object) -> Self:
        return self.standing().filter(speaker=speaker)


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


class RecordingQuerySet(models.QuerySet["Recording"]):
    def public(self) -> "RecordingQuerySet":
        """Published, of an evening that readers may see."""
        return self.filter(state=RecordingState.PUBLISHED, event__live=True, event__series__live=True)


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def to_look_after(self, *, at: dt.datetime) -> "AnnouncementQuerySet":
        """The clock's business: approved, going out, or sent with copies that a person can still send again."""
        retried = (MailState.QUEUED, MailState.SET_ASIDE, MailState.UNKNOWN)
        copies = OutgoingMail.objects.filter(message=OuterRef("message"), state__in=retried, called_back="")
        unsettled = models.Q(state=PlanState.SENT, ended_at__gte=at - FILLING_KEPT) & models.Q(Exists(copies))
        return self.filter(models.Q(state__in=(PlanState.APPROVED, PlanState.GOING)) | unsettled)
