"""Who helps a speaker with one talk, what they say to each other about it, and who has cleared it.

Plain rows, never in a revision: publishing an old draft opens no door again and shows nobody's comments.
"""

from django.conf import settings
from django.db import models

from ..enums import CommentOn, HelperMay, ReuseTerms
from ..querysets import ClearanceQuerySet, CommentQuerySet, HelperQuerySet
from .contributions import Contribution
from .people import Speaker
from .questions import StandardQuestion


class Helper(models.Model):
    """Somebody whom a speaker lets into one talk, to write or to comment, until it is ended."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="helpers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="helping")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="helpers")
    may = models.CharField(max_length=10, choices=HelperMay)
    name = models.CharField(max_length=120, blank=True, help_text="As the speaker calls them.")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering = ("named_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("contribution", "user"),
                condition=models.Q(ended_at=None),
                name="speakers_helper_once_a_talk",
            )
        ]

    def __str__(self) -> str:
        """Never the account's own name: whoever names an address would learn whose it is."""
        return self.name or self.user.email

    @property
    def purpose(self) -> str:
        """Of their links, which end together."""
        return f"helper:{self.pk}"

    @property
    def may_write(self) -> bool:
        return self.may == HelperMay.EDIT


class Comment(models.Model):
    """A remark beside what is written, among its speakers and those who help them. Organisers never see it.

    With a `speaker` it is about that speaker's own answer, and only they and their helpers see it.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="comments")
    about = models.CharField(max_length=10, choices=CommentOn)
    question = models.ForeignKey(StandardQuestion, null=True, on_delete=models.CASCADE, related_name="+")
    speaker = models.ForeignKey(Speaker, null=True, on_delete=models.CASCADE, related_name="own_comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_by_name = models.CharField(max_length=255, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution_told_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = [
            models.Index(fields=("at",), condition=models.Q(told_at=None), name="speakers_comment_untold"),
            models.Index(
                fields=("resolved_at",),
                condition=models.Q(resolved_at__isnull=False, resolution_told_at=None),
                name="speakers_resolution_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment on {self.get_about_display().lower()}"

    @property
    def field(self) -> str:
        """The name of the field on *My talk* that it stands beside."""
        if self.about == CommentOn.ANSWER:
            return f"answer-{self.question_id}-{self.speaker_id or 'joint'}"
        return {CommentOn.TITLE: "proposed_title", CommentOn.SLIDES: "slides_url"}.get(
            CommentOn(self.about), self.about
        )


class Clearance(models.Model):
    """Somebody in a speaker's house has cleared the words as they were then. Private: readers never see it.

    `words` is a digest of what was cleared, so that a later change can be told.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="clearances")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="clearances")
    cleared_by = models.CharField(max_length=160)
    cleared_on = models.DateField()
    note = models.TextField(blank=True)
    words = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by_name = models.CharField(max_length=255)
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ("recorded_at", "pk")

    def __str__(self) -> str:
        return f"Cleared by {self.cleared_by} on {self.cleared_on:%Y-%m-%d}"


class TermsChoice(models.Model):
    """Under which terms the words of a talk may be used again, as one of its speakers chose. The newest counts."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="terms_choices")
    terms = models.CharField(max_length=20, choices=ReuseTerms, blank=True, help_text="Empty: as the series says.")
    speaker = models.ForeignKey(Speaker, null=True, on_delete=models.SET_NULL, related_name="terms_choices")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("contribution", "-at"), name="speakers_newest_terms")]

    def __str__(self) -> str:
        return f"{self.get_terms_display() or 'As the series says'}, {self.at:%Y-%m-%d}"
