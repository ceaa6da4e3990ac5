"""Plain rows beside a contribution: never in a revision, so publishing an old draft can't bring them back."""

from django.conf import settings
from django.db import models

from ..enums import Baton, ConsentTo, KeptBecause
from ..querysets import ConsentQuerySet, PreviewLinkQuerySet
from .contributions import Contribution
from .people import Speaker


class Handover(models.Model):
    """Who was handed a contribution, by whom and when. The newest counts; the rows are the history."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="handovers")
    to = models.CharField(max_length=10, choices=Baton)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("contribution", "-at"), name="speakers_newest_handover")]

    def __str__(self) -> str:
        return f"{self.get_to_display()}, {self.at:%Y-%m-%d %H:%M}"


class TalkConsent(models.Model):
    """What a speaker agreed to for one talk, in which words, and when they took it back."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="consents")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=10, choices=ConsentTo)
    wording = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("given_at", "pk")
        indexes = [models.Index(fields=("contribution", "what"), name="speakers_consent_what")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="speakers_consent_withdrawn_after_given",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.speaker}"


class PrivateNote(models.Model):
    """A note for the organisers. Never public, never in a revision."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class KeptText(models.Model):
    """Words a speaker typed that could not go into the draft: kept beside it, for them alone, until they are done with.

    `page` names the opened page they came from, so that two windows of one person never write over each other.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="kept_texts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(max_length=10, choices=KeptBecause)
    page = models.CharField(max_length=32)
    field = models.CharField(max_length=80)
    label = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("contribution", "by", "page", "field"), name="speakers_kept_once_a_page")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text[:40]}"


class UnsavedProfile(models.Model):
    """What a person typed in their profile and has not saved yet, by field: for them alone, in no draft.

    `base` says what each field began from, as forms do: a digest of what was saved then.
    """

    speaker = models.OneToOneField(Speaker, on_delete=models.CASCADE, related_name="unsaved_profile")
    values = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.speaker}, typed {self.at:%Y-%m-%d %H:%M}"


class PreviewLink(models.Model):
    """Lets whoever has it read one contribution's newest draft in its talk's page, until it expires or is revoked."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"Preview until {self.expires_at:%Y-%m-%d}"
