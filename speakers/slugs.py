"""Addresses made from names."""

from django.db import models
from django.utils.text import slugify


def set_unique_slug(instance: models.Model, text: str) -> None:
    """Fill an empty `slug` from a text; a number is added where somebody else has that slug already."""
    if instance.slug:  # type: ignore[attr-defined]
        return
    field = instance._meta.get_field("slug")
    longest = (field.max_length or 50) - 4
    base = slugify(text)[:longest].strip("-") or instance._meta.model_name or "entry"
    others = type(instance)._default_manager.exclude(pk=instance.pk)
    slug, count = base, 1
    while others.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    instance.slug = slug  # type: ignore[attr-defined]
