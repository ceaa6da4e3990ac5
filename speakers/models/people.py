"""Speakers: people as rows, never as strings of a name."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from ..names import initials, sort_name
from ..querysets import SpeakerQuerySet
from ..slugs import SlugFromName


class Speaker(SlugFromName, PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """Somebody who spoke, or will. Two rows for one person are merged, never deleted."""

    name = models.CharField(max_length=120, help_text="As it should stand in the programme.")
    sort_name = models.CharField(
        max_length=120,
        blank=True,
        verbose_name="name in lists",
        help_text="Family name first, such as “Okafor, Ada”. Made from the name when left empty.",
    )
    slug = models.SlugField(
        max_length=100,
        unique=True,
        blank=True,
        help_text="Their address on the site. Made from the name when left empty.",
    )
    pronunciation = models.CharField(
        max_length=120, blank=True, help_text="For whoever introduces them on the night. Never shown to readers."
    )
    biography = RichTextField(blank=True, features=["bold", "italic", "link", "ol", "ul"])
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="speaker",
        editable=False,
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from", editable=False
    )

    objects = SpeakerQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("biography"),
        index.RelatedFields("aliases", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("live"),
        index.FilterField("merged_into_id"),
    ]

    class Meta:
        ordering = ("sort_name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials(self.name)

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        if not self.name:
            raise ValidationError({"name": "Give the speaker’s name."})

    def fill_in(self) -> None:
        super().fill_in()
        if not self.sort_name:
            self.sort_name = sort_name(self.name)

    def with_content_json(self, content: dict[str, Any]) -> "Speaker":
        """What is decided beside a draft (the account, a merge) is carried past old revisions."""
        speaker: Speaker = super().with_content_json(content)
        speaker.user_id = self.user_id
        speaker.merged_into_id = self.merged_into_id
        return speaker

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "archive/speaker_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {"request": request, "speaker": self, "object": self}


class SpeakerAlias(Orderable):
    """A former name, or another spelling."""

    speaker = ParentalKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    public = models.BooleanField(
        default=False, help_text="Shown to readers. Leave unticked for a former name that is nobody’s business."
    )

    class Meta(Orderable.Meta):
        verbose_name = "other name"

    def __str__(self) -> str:
        return self.name


class SpeakerLink(Orderable):
    """Somewhere else to find them."""

    speaker = ParentalKey(Speaker, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=80)
    url = models.URLField("address")

    class Meta(Orderable.Meta):
        verbose_name = "link"

    def __str__(self) -> str:
        return self.label
