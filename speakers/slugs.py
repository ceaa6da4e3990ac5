"""Addresses made from names."""

from typing import Any

from django.db import models
from django.utils.text import slugify


def set_unique_slug(instance: models.Model, text: str) -> None:
    """Fill an empty `slug` from a text; a number is added where somebody else has that slug already."""
    if instance.slug:  # type: ignore[attr-defined]
        return
    field = instance._meta.get_field("slug")
    longest = (getattr(field, "max_length", None) or 50) - 4
    base = slugify(text)[:longest].strip("-") or instance._meta.model_name or "entry"
    others = type(instance)._default_manager.exclude(pk=instance.pk)
    slug, count = base, 1
    while others.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    instance.slug = slug  # type: ignore[attr-defined]


class SlugFromName:
    """For a model with a `slug`: left empty, it is made from the field that `slug_from` names."""

    slug_from = "name"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.fill_in()
        super().full_clean(*args, **kwargs)  # type: ignore[misc]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_in()
        super().save(*args, **kwargs)  # type: ignore[misc]

    def fill_in(self) -> None:
        """Fill what was left empty and can be worked out."""
        set_unique_slug(self, getattr(self, self.slug_from))  # type: ignore[arg-type]
