"""Organisations, and what they were called when."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from ..enums import OrganisationKind
from ..querysets import OrganisationQuerySet
from ..slugs import SlugFromName


class Organisation(SlugFromName, index.Indexed, ClusterableModel):
    """A department, a council, a charity: where a speaker worked when they spoke."""

    name = models.CharField(max_length=200, help_text="The name today, in full.")
    short_name = models.CharField(
        max_length=60, blank=True, help_text="What people say, such as its initials. Leave empty if there is none."
    )
    slug = models.SlugField(
        max_length=100,
        unique=True,
        blank=True,
        help_text="Its address on the site. Made from the name when left empty.",
    )
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        verbose_name="part of",
        help_text="For an agency: its department.",
    )
    became = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="formerly",
        help_text="Where it was merged into another organisation: which one.",
    )
    website = models.URLField(blank=True)
    archived = models.BooleanField(default=False, help_text="No longer offered when you choose an organisation.")

    objects = OrganisationQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        index.RelatedFields("former_names", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("kind"),
        index.FilterField("archived"),
    ]

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        for field in ("parent", "became"):
            if self._leads_back(field):
                raise ValidationError({field: "That leads round in a circle, back to this organisation."})

    def _leads_back(self, field: str) -> bool:
        """Whether whoever follows a field from one to the next comes back here."""
        seen: set[int] = set()
        following = getattr(self, field)
        while following is not None and following.pk not in seen:
            if following.pk == self.pk:
                return True
            seen.add(following.pk)
            following = getattr(following, field)
        return False

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def name_on(self, day: dt.date) -> str:
        """The name it had on a day; today's name where no former name covers that day."""
        for former in self.former_names.all():
            if (former.since is None or former.since <= day) and (former.until is None or day <= former.until):
                return former.name
        return self.name


class OrganisationName(Orderable):
    """A name an organisation had, and from when until when (both days included)."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    since = models.DateField(null=True, blank=True, verbose_name="from")
    until = models.DateField(null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "former name"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "A name can’t end before it begins."})
