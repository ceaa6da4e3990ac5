"""Who hosts, where, and what about."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from wagtail.fields import RichTextField
from wagtail.search import index

from speakers.slugs import SlugFromName

from ..enums import TopicKind
from ..querysets import VenueQuerySet


class SluggedModel(SlugFromName, models.Model):
    """Something with a name and an address made from it."""

    name = models.CharField(max_length=160)
    slug = models.SlugField(
        max_length=100, unique=True, blank=True, help_text="Its address. Made from the name when left empty."
    )

    class Meta:
        abstract = True
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Host(index.Indexed, SluggedModel):
    """Who hosts an evening."""

    about = RichTextField(blank=True, features=["bold", "italic", "link"])
    website = models.URLField(blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    def get_absolute_url(self) -> str:
        return reverse("host", args=[self.slug])


class Venue(index.Indexed, models.Model):
    """Where an evening is, and how to get in."""

    name = models.CharField(max_length=160)
    address = models.TextField(blank=True, help_text="One part a line, with the postcode last.")
    place = models.CharField("town or city", max_length=80, blank=True)
    finding_it = models.TextField("how to find the door", blank=True)
    access = models.TextField(
        "access notes", blank=True, help_text="Steps, lifts, toilets, hearing loop, quiet room, where to ask."
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
    )
    archived = models.BooleanField(default=False, help_text="No longer offered when you plan an evening.")

    objects = VenueQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("archived")]

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError("Give both latitude and longitude, or neither.")


class Topic(index.Indexed, SluggedModel):
    """A subject, or a named thing that returns."""

    kind = models.CharField(max_length=12, choices=TopicKind, default=TopicKind.SUBJECT)
    description = models.TextField(blank=True, help_text="A sentence for readers.")

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])
