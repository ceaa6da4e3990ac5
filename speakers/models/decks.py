"""Files of slides, and the PDFs that are made of them. Plain rows: a draft names them."""

from typing import Any

from django.conf import settings
from django.db import models

from pages.models import private_storage

from ..decks.kinds import MEDIA_TYPES, Kind
from ..enums import ConversionState
from ..querysets import ConversionQuerySet


class SlideDeck(models.Model):
    """One uploaded file of slides, kept as it came. A draft names the row, so a file is never half saved.

    `copy` is what readers may get of a PDF: the same pages without what travels along unseen. It is written once, with
    the row, and is private until what names it is released.
    """

    file = models.FileField(upload_to="slides/%Y/", storage=private_storage)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    facts = models.JSONField("what it carries", default=dict, blank=True)
    copy = models.FileField("copy for readers", upload_to="slides/%Y/", storage=private_storage, blank=True)
    copy_bytes = models.PositiveBigIntegerField(default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.filename

    @property
    def kind(self) -> Kind:
        return next(kind for kind, media_type in MEDIA_TYPES.items() if media_type == self.media_type)

    @property
    def is_pdf(self) -> bool:
        return self.media_type == MEDIA_TYPES[Kind.PDF]

    @property
    def current_conversion(self) -> Any:
        """The row that says how far a PDF of it is; None where none was asked for."""
        return getattr(self, "conversion", None)


class Conversion(models.Model):
    """A PDF that is to be made of a file of slides. Whoever works on it has it until the lease ends."""

    deck = models.OneToOneField(SlideDeck, on_delete=models.CASCADE, related_name="conversion")
    state = models.CharField(max_length=10, choices=ConversionState, default=ConversionState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    fault = models.CharField("what went wrong", max_length=300, blank=True)
    made = models.OneToOneField(
        SlideDeck, null=True, blank=True, on_delete=models.SET_NULL, related_name="made_from", editable=False
    )

    objects = ConversionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("state", "leased_until"), name="speakers_conversion_next")]

    def __str__(self) -> str:
        return f"{self.deck}: {self.get_state_display()}"
