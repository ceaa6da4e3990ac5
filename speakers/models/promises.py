"""What became of promises: asked once, answered over time. Plain rows, which no revision carries.

A promise is a child row of what was given, and is made anew with each release. So it is known here by its words in its
contribution (`speakers.promises`).
"""

from django.conf import settings
from django.db import models

from ..enums import PromiseOutcome
from ..querysets import PromiseReplyQuerySet
from .contributions import Contribution
from .people import Speaker


class PromiseQuestion(models.Model):
    """A promise that came due, and that its speakers were asked about."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="promise_questions")
    said = models.CharField("what they said", max_length=300)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [models.UniqueConstraint(fields=("contribution", "said"), name="speakers_one_question_a_promise")]

    def __str__(self) -> str:
        return self.said


class PromiseReply(models.Model):
    """What happened next, as its speaker says, on a day. Readers see it once an organiser has published it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="promise_replies")
    said = models.CharField("what they said", max_length=300)
    outcome = models.CharField("how it stands", max_length=10, choices=PromiseOutcome)
    words = models.TextField(blank=True)
    replied_on = models.DateField("on")
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="promise_replies"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = PromiseReplyQuerySet.as_manager()

    class Meta:
        ordering = ("-replied_on", "-pk")
        indexes = [models.Index(fields=("-published_at",), name="speakers_promise_replies")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.said}"

    @property
    def is_waiting(self) -> bool:
        """Whether an organiser has still to look at it."""
        return self.published_at is None and self.set_aside_at is None
