"""The outbox: what is said, stored once, and to whom it goes, a small row each."""

import uuid

from django.db import models

from ..enums import Heading, MailState, Urgency


class Message(models.Model):
    """The words of a mail, with `%%name%%` where each recipient's own differ. Stored once, however many get it."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its words: the same words are one row.")
    template = models.CharField(max_length=100)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


class OutgoingMail(models.Model):
    """One mail to one address. Written in the transaction of the fact that it tells."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="mails")
    recipient = models.EmailField(max_length=254)
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
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "mail"
        indexes = [
            models.Index(
                fields=("urgency", "due_at", "id"),
                condition=models.Q(state=MailState.QUEUED),
                name="mailing_next_to_leave",
            ),
            models.Index(fields=("recipient", "state"), name="mailing_by_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.get_state_display()}"
