"""Mails about an evening, each a plan on the evening's clock."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.fields import RichTextField

from mailing.enums import Heading
from mailing.models import Message

from ..enums import HAPPEN_ONCE, MailKind, PlanState, Timing
from ..querysets import AnnouncementQuerySet

if TYPE_CHECKING:
    from .events import EventPage

RECALL = dt.timedelta(minutes=5)
WORDS = ["bold", "italic", "link", "ol", "ul"]
OPENING_LETTERS = 400
SUBJECT_LETTERS = 150
FREE_LETTERS = 10_000
FAR_DAYS, FAR_MINUTES = 366, 14 * 24 * 60
# Days from the evening's, and the clock time, of what has a time of its own; the rest goes when it is approved.
USUAL: dict[str, tuple[int, dt.time]] = {
    MailKind.WEEK_BEFORE: (-7, dt.time(10)),
    MailKind.TODAY: (0, dt.time(9)),
}
AFTER_APPROVAL = (PlanState.APPROVED, PlanState.GOING, PlanState.SENT)


class Announcement(models.Model):
    """A mail to subscribers about one evening: what it tells, when it goes, how far it is.

    When it goes is never kept as a moment: it is worked out from the evening, and so moves with it. Its words are made
    from the evening too, and frozen in `message` as it goes.
    """

    event = models.ForeignKey("events.EventPage", null=True, on_delete=models.SET_NULL, related_name="announcements")
    kind = models.CharField(max_length=15, choices=MailKind)
    # 1, or more for what can happen again.
    occurrence = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField("goes to who wants to hear about", max_length=10, choices=Heading)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PLANNED)

    timing = models.CharField("when it goes", max_length=10, choices=Timing, default=Timing.ON_APPROVAL)
    days = models.SmallIntegerField(
        "days after the evening",
        null=True,
        blank=True,
        validators=[MinValueValidator(-FAR_DAYS), MaxValueValidator(FAR_DAYS)],
        help_text="With a minus for days before it; 0 is the day itself.",
    )
    clock = models.TimeField("at", null=True, blank=True, help_text="On the series’ clock, such as 09:00.")
    minutes = models.IntegerField(
        "minutes after the start",
        null=True,
        blank=True,
        validators=[MinValueValidator(-FAR_MINUTES), MaxValueValidator(FAR_MINUTES)],
        help_text="With a minus for minutes before it: -120 is two hours before.",
    )

    subject = models.CharField(
        max_length=SUBJECT_LETTERS, blank=True, help_text="Made from the evening when left empty."
    )
    opening = models.TextField(
        "first words",
        max_length=OPENING_LETTERS,
        blank=True,
        help_text="A sentence or two of your own above what the mail says by itself.",
    )
    text = RichTextField("your message", features=WORDS, max_length=FREE_LETTERS, blank=True)

    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # The moment it was approved for, to notice that the evening has moved; None where that was at once.
    approved_for = models.DateTimeField(null=True, blank=True)
    # A hash of the words that the person saw who approved it.
    approved_words = models.CharField(max_length=64, blank=True)
    # What the evening was like when this was approved, and from the moment it goes what readers are told.
    facts = models.JSONField(default=dict, blank=True)

    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="announcement"
    )
    # How often it was planned anew after all of it had been called back: part of each mail's purpose.
    attempt = models.PositiveSmallIntegerField(default=1)
    going_at = models.DateTimeField(null=True, blank=True)
    # From then on the words would lie; empty where they stay true.
    true_until = models.DateTimeField(null=True, blank=True)
    # How far the outbox is filled: the last subscriber's key, how many rows, and when all were in.
    reached = models.BigIntegerField(default=0)
    recipients = models.PositiveIntegerField(default=0)
    filled_at = models.DateTimeField(null=True, blank=True)
    called_back = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=250, blank=True, help_text="Why it stands where it stands, in a sentence.")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "mail about an evening"
        verbose_name_plural = "mails about evenings"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("event", "kind", "occurrence"), name="events_mail_once"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=HAPPEN_ONCE) | models.Q(occurrence=1), name="events_mail_happens_once"
            ),
            models.CheckConstraint(
                condition=models.Q(timing=Timing.ON_APPROVAL, days=None, clock=None, minutes=None)
                | models.Q(timing=Timing.DAY, days__isnull=False, clock__isnull=False, minutes=None)
                | models.Q(timing=Timing.START, days=None, clock=None, minutes__isnull=False),
                name="events_mail_has_one_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=AFTER_APPROVAL) | models.Q(approved_at__isnull=False),
                name="events_mail_goes_when_approved",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(PlanState.GOING, PlanState.SENT))
                | models.Q(message__isnull=False, going_at__isnull=False),
                name="events_mail_goes_with_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=("state",),
                condition=models.Q(state__in=(PlanState.APPROVED, PlanState.GOING)),
                name="events_mail_to_look_after",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @classmethod
    def usual(cls, *, event: "EventPage", kind: str, occurrence: int = 1, **fields: Any) -> "Announcement":
        """A mail of that kind as nobody has touched it yet: its heading, its usual time. It isn't saved."""
        days, clock = USUAL.get(kind, (None, None))
        return cls(
            event=event,
            kind=kind,
            occurrence=occurrence,
            **{
                "heading": Heading.WRITE_UPS if kind == MailKind.WRITE_UP else Heading.EVENINGS,
                "timing": Timing.ON_APPROVAL if days is None else Timing.DAY,
                "days": days,
                "clock": clock,
                **fields,
            },
        )

    @property
    def name(self) -> str:
        """What it is called in an address: "today", "changed-2"."""
        return self.kind if self.occurrence == 1 else f"{self.kind}-{self.occurrence}"

    @property
    def is_free(self) -> bool:
        return self.kind == MailKind.FREE

    @property
    def is_open(self) -> bool:
        """Whether it has still to go."""
        return self.state in (PlanState.PLANNED, PlanState.APPROVED)

    @property
    def leaves_at(self) -> dt.datetime | None:
        """When its mails may leave; until then it can be called back from everybody."""
        return self.going_at + RECALL if self.going_at else None

    def went(self, *, at: dt.datetime) -> bool:
        """Whether somebody has it: the time for calling back is over, and not all of it was called back."""
        if self.message_id is None or self.leaves_at is None:
            return False
        return self.leaves_at <= at and self.recipients > self.called_back

    def due_at(self, event: "EventPage") -> dt.datetime | None:
        """When it goes, worked out from the evening as it is; None for as soon as it is approved."""
        if self.timing == Timing.START and self.minutes is not None:
            return event.starts_at + dt.timedelta(minutes=self.minutes)
        if self.timing == Timing.DAY and self.days is not None and self.clock is not None:
            day = event.local_start.date() + dt.timedelta(days=self.days)
            return dt.datetime.combine(day, self.clock, tzinfo=event.zone).astimezone(dt.UTC)
        return None
