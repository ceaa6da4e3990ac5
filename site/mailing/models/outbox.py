"""The outbox: what is said, stored once, and to whom it goes, a small row each."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import models

from ..enums import Heading, MailState, Urgency

# States in which nothing is decided yet; every other one is an end, and has its moment.
OPEN = (MailState.QUEUED, MailState.SENDING)
ENDED = tuple(state for state in MailState if state not in OPEN)


class Message(models.Model):
    """The words of a mail, with `%%name%%` where each recipient's own differ. Stored once, however many get it."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its words: the same words are one row.")
    template = models.CharField(max_length=100)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    # As `mailing.attached` keeps them.
    files = models.JSONField(default=list, blank=True, editable=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def to(self, address: str) -> "OutgoingMailQuerySet":
        """Mails to exactly this address, in whatever mixture of capitals it was typed."""
        return self.filter(recipient=address.strip().lower()).exclude(recipient="")

    def waiting(self, *, at: dt.datetime) -> "OutgoingMailQuerySet":
        """Mails that may leave at that moment and that no living worker has taken."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lt=at)
        return self.filter(free, state=MailState.QUEUED, due_at__lte=at)

    def fates_of(self, messages: Iterable["Message"]) -> dict[int, Counter[str]]:
        """For each message's key, how many of its mails are in which state."""
        fates: dict[int, Counter[str]] = {message.pk: Counter() for message in messages}
        counted = self.filter(message__in=list(fates)).values_list("message", "state").annotate(models.Count("pk"))
        for message, state, number in counted:
            fates[message][state] = number
        return fates

    def left_by_the_dead(self, *, at: dt.datetime) -> "OutgoingMailQuerySet":
        """Mails that were being sent when their worker stopped: they may have gone."""
        return self.filter(state=MailState.SENDING, leased_until__lt=at)


class OutgoingMail(models.Model):
    """One mail to one address. Written in the transaction of the fact that it tells."""

    # Its index is `mailing_by_message`, which counts a message's mails by state too.
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="mails", db_index=False)
    # Lower case; emptied when its time is over (retention.py) or its owner asks for it.
    recipient = models.EmailField(max_length=254, blank=True)
    # What stands in the place of each %%name%%. Emptied once the mail has left: it may hold a code or a link.
    filling = models.JSONField(default=dict, blank=True)
    heading = models.CharField(max_length=10, choices=Heading, blank=True, help_text="Empty for a mail to one person.")
    # What the mail is for, such as "confirm:12:2026-02-04": the same purpose never goes twice.
    purpose = models.CharField(max_length=200, unique=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    # The Message-ID is made with the row, so that one sent twice by a fault can be told from two.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=200, blank=True)
    # What the server said, without addresses.
    outcome = models.CharField(max_length=300, blank=True)
    # Why nobody wants it any more, said while it was being sent: should it not leave, it is not tried again.
    called_back = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        indexes = [
            models.Index(
                fields=("urgency", "due_at", "id"),
                condition=models.Q(state=MailState.QUEUED),
                name="mailing_next_to_leave",
            ),
            models.Index(
                fields=("leased_until",), condition=models.Q(state=MailState.SENDING), name="mailing_being_sent"
            ),
            # Without the state: it changes twice a mail, and each address would be another page to write.
            models.Index(fields=("recipient",), name="mailing_by_address"),
            models.Index(fields=("message", "state"), name="mailing_by_message"),
            models.Index(fields=("state", "-id"), name="mailing_by_state"),
            models.Index(fields=("urgency", "ended_at"), condition=~models.Q(recipient=""), name="mailing_by_end"),
            models.Index(fields=("provider_id",), condition=~models.Q(provider_id=""), name="mailing_by_provider"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mailing_state_is_one_of_ours"),
            models.CheckConstraint(
                condition=models.Q(urgency__in=Urgency.values), name="mailing_urgency_is_one_of_ours"
            ),
            models.CheckConstraint(
                condition=models.Q(heading__in=["", *Heading.values]), name="mailing_heading_is_one_of_ours"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN, ended_at=None) | models.Q(state__in=ENDED, ended_at__isnull=False),
                name="mailing_an_end_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MailState.SENDING)
                | (models.Q(leased_until__isnull=False) & ~models.Q(leased_by="")),
                name="mailing_who_sends_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MailState.QUEUED, recipient=""), name="mailing_to_somebody"
            ),
        ]
        permissions = [("see_outbox", "Can see the outbox, and decide about mails")]

    def __str__(self) -> str:
        return f"{self.message}: {self.get_state_display()}"
