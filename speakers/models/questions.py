"""The standard questions that every speaker is asked."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..slugs import SlugFromName


class StandardQuestion(SlugFromName, ClusterableModel):
    """A question asked of every speaker. An answer keeps the wording as it was asked; this is the wording now."""

    slug_from = "short_name"

    text = models.CharField("wording", max_length=300, help_text="The whole question, with its question mark.")
    short_name = models.CharField(max_length=60, help_text="For lists and menus, such as “Hurdles”.")
    slug = models.SlugField(
        max_length=60, unique=True, blank=True, help_text="Its address. Made from the short name when left empty."
    )
    guidance = models.TextField(blank=True, help_text="What a speaker sees under the question.")
    archived = models.BooleanField(default=False, help_text="No longer asked. Its answers stay.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text

    def wordings(self) -> list[str]:
        """The wording now and the former ones: whatever an old write-up may have asked."""
        return [self.text, *(former.text for former in self.former_wordings.all())]


class FormerWording(Orderable):
    """How the question was put before."""

    question = ParentalKey(StandardQuestion, on_delete=models.CASCADE, related_name="former_wordings")
    text = models.CharField(max_length=300)
    until = models.DateField(null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "former wording"

    def __str__(self) -> str:
        return self.text
