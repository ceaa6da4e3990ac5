"""An evening of the series."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from pages.models import PROSE
from speakers.models import Speaker

from ..addresses import OnceItWasPublic
from ..counts import HostCount
from ..enums import EventStatus, RecordingKind, Stage
from ..guard import LeftoversNotSeen, refuse_unless_public
from ..querysets import EventPageManager
from .places import Host, Venue

CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class EventPage(OnceItWasPublic, Page):
    """An evening. Its number is its slug, so Wagtail refuses a second one in drafts too.

    Made only by `events.actions.plan_evening`, together with its talks. `series` repeats the tree parent, for the
    constraint and for queries that don't ask the tree.
    """

    series = models.ForeignKey(
        "events.SeriesPage", null=True, on_delete=models.SET_NULL, related_name="events", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    starts_at = models.DateTimeField("starts at", help_text="On the clock of the series, such as 2026-02-04 18:00.")
    ends_at = models.DateTimeField(
        "ends at", null=True, blank=True, help_text="Leave empty and it is worked out from the talks."
    )
    # When it is over: ends_at, or worked out. A column, so that "next" and "past" are one indexed comparison.
    over_at = models.DateTimeField(editable=False)
    status = models.CharField("in the calendar", max_length=10, choices=EventStatus, default=EventStatus.TENTATIVE)
    host = models.ForeignKey(Host, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    online_url = models.URLField("link to watch online", max_length=500, blank=True)
    booking_url = models.URLField("link to book a place", max_length=500, blank=True)
    chair = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="chaired", help_text="Who leads it."
    )
    standfirst = models.TextField(blank=True, help_text="One sentence under the title: what the evening is about.")
    introduction = RichTextField(
        blank=True, features=PROSE, help_text="The write-up’s opening: two or three short paragraphs."
    )
    sign_off = RichTextField("sign-off", blank=True, features=PROSE, help_text="The write-up’s last words.")
    related_title = models.CharField("related piece", max_length=200, blank=True)
    related_url = models.URLField("its address", max_length=500, blank=True)
    byline = models.CharField("written up by", max_length=120, blank=True)
    written_up_on = models.DateField(
        null=True, blank=True, help_text="The day the write-up was first published. Filled in, it counts as written up."
    )
    original_url = models.URLField(
        "where it first appeared", max_length=500, blank=True, help_text="For a write-up that was published elsewhere."
    )
    leftovers = models.TextField(
        blank=True,
        help_text="What an import could not place. Only organisers see this. Move it where it belongs, then empty it.",
    )
    leftovers_seen = models.BooleanField(
        "the leftovers have been seen to",
        default=False,
        help_text="Tick this if what is left in the box can stay unpublished. It stays here for organisers.",
    )

    objects = EventPageManager()

    parent_page_types = ["events.SeriesPage"]
    subpage_types = ["events.TalkPage"]
    is_creatable = False
    admin_default_ordering = "ord"
    private_page_options: list[str] = []
    template = "events/event_page.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("introduction"),
        index.FilterField("number"),
        index.FilterField("starts_at"),
    ]

    class Meta:
        verbose_name = "evening"
        permissions = [("organise_evening", "Can plan and run evenings")]
        constraints = [models.UniqueConstraint(fields=("series", "number"), name="events_number_once_in_series")]
        indexes = [
            models.Index(fields=("series", "-starts_at"), name="events_by_start"),
            models.Index(fields=("series", "over_at"), name="events_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "It can’t end before it starts."})
        if self.related_title and not self.related_url:
            raise ValidationError({"related_url": "Give the related piece’s address, or take its title away."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = str(self.number)
        self.over_at = self.work_out_end()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "EventPage":
        """What actions decide (number, series) is carried past old revisions."""
        event: EventPage = super().with_content_json(content)
        event.number, event.series_id, event.over_at = self.number, self.series_id, self.over_at
        event.slug, event.url_path = self.slug, self.url_path
        return event

    # Publishing

    @property
    def leftovers_block(self) -> bool:
        """Whether something an import could not place still waits for an organiser."""
        return bool(self.leftovers.strip()) and not self.leftovers_seen

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, and the last door for the leftovers, whoever publishes or schedules.

        Raises:
            LeftoversNotSeen: the revision has some that nobody has seen to.
        """
        if revision.as_object().leftovers_block:
            raise LeftoversNotSeen(self)
        return super().publish(revision, *args, **kwargs)

    def permissions_for_user(self, user: Any) -> Any:
        from ..permissions import PlannedPagePermissionTester

        return PlannedPagePermissionTester(user, self)

    # The clock

    def work_out_end(self) -> dt.datetime:
        """`ends_at`, or the start plus the welcome and every slot."""
        if self.ends_at:
            return self.ends_at
        series = self.series
        if series is None:
            return self.starts_at
        slots = self.slot_talks().count() if self.pk else 0
        return self.starts_at + series.welcome + (slots or series.slots) * series.slot

    @property
    def is_called_off(self) -> bool:
        return self.status in CALLED_OFF

    def stage(self, *, at: dt.datetime) -> Stage:
        """How far the evening is in its life at that moment. No query beyond the recordings."""
        if self.is_called_off:
            return Stage.CANCELLED
        if self.over_at > at:
            if self.live and self.local_start.date() == at.astimezone(self.zone).date():
                return Stage.TODAY
            return Stage.ANNOUNCED if self.live else Stage.PLANNED
        if self.written_up_on:
            return Stage.WRITTEN_UP
        return Stage.RECORDED if any(r.is_published for r in self.recordings.all()) else Stage.HELD

    def state_in_words(self, *, at: dt.datetime) -> str:
        """Its stage, and what readers are told beside it: whether it is cancelled or postponed, or not certain yet."""
        stage = self.stage(at=at)
        if stage == Stage.CANCELLED:
            return str(EventStatus(self.status).label)
        unsure = self.status == EventStatus.TENTATIVE and stage in (Stage.ANNOUNCED, Stage.TODAY)
        return f"{stage.label}, date not certain" if unsure else str(stage.label)

    @cached_property
    def zone(self) -> dt.tzinfo:
        return self.series.zone if self.series else dt.UTC

    @property
    def local_start(self) -> dt.datetime:
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self) -> dt.datetime:
        return self.over_at.astimezone(self.zone)

    @property
    def answers_wanted_on(self) -> dt.date:
        """The day by which its speakers are asked to be done, on the series' clock."""
        days = self.series.answers_wanted_days if self.series else 0
        return self.local_start.date() - dt.timedelta(days=days)

    # The programme

    def slot_talks(self) -> Any:
        """Its talks that take up a slot, drafts too, in running order."""
        from .talks import TalkPage

        return TalkPage.objects.child_of(self).exclude(state__in=("withdrawn", "moved")).order_by("path")

    def host_count(self) -> HostCount | None:
        """Which evening this is at its host, counted from the series' hosts."""
        return self.series.host_count(self.number) if self.series else None

    def standing_link(self, name: str) -> str:
        """Its "booking_url" or "online_url" where another evening has the same: then it is good for any of them."""
        url = getattr(self, name)
        others = EventPage.objects.of_series(self.series).filter(**{name: url}).exclude(pk=self.pk)
        return url if url and others.exists() else ""

    # Recordings

    def recording(self, kind: str = RecordingKind.VIDEO) -> Any:
        """The recording of that kind that can be played, or None."""
        return next((r for r in self.recordings.all() if r.kind == kind and r.is_published), None)

    # Serving

    @property
    def is_public(self) -> bool:
        return bool(self.live and self.series and self.series.live)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unless_public(self, request)
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_public else []  # type: ignore[no-any-return]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import event_context

        return {**super().get_context(request, *args, **kwargs), **event_context(self, request)}


class EventCorrection(Orderable):
    """What was wrong and is right now. Always public."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="corrections")
    made_on = models.DateField("date")
    text = models.TextField()

    class Meta(Orderable.Meta):
        verbose_name = "correction"

    def __str__(self) -> str:
        return self.text[:80]
