"""Where something is used: in rows, and in drafts, which Wagtail's own count leaves out."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import RevisionMixin


def is_used(instance: models.Model) -> bool:
    """Whether a row, or a row in a newest draft, points to this one. Its own child rows don't count."""
    return any(_in_rows(relation, instance) or _in_drafts(relation, instance) for relation in _relations(instance))


def _relations(instance: models.Model) -> Iterator[Any]:
    relations: list[Any] = list(instance._meta.get_fields(include_hidden=True))
    for relation in relations:
        if (
            relation.auto_created
            and (relation.one_to_many or relation.one_to_one)
            and not isinstance(relation.field, ParentalKey)
        ):
            yield relation


def _in_rows(relation: Any, instance: models.Model) -> bool:
    rows = relation.related_model._base_manager.filter(**{relation.field.name: instance})
    if relation.related_model is type(instance):
        rows = rows.exclude(pk=instance.pk)
    return bool(rows.exists())


def _in_drafts(relation: Any, instance: models.Model) -> bool:
    """A draft is JSON: the row's own field, or that field of its child rows."""
    model, name = relation.related_model, relation.field.name
    for parent, accessor in _places(model):
        drafts = parent._base_manager.filter(has_unpublished_changes=True, latest_revision__isnull=False)
        for content in drafts.values_list("latest_revision__content", flat=True).iterator(chunk_size=100):
            rows = content.get(accessor, []) if accessor else [content]
            if any(row.get(name) == instance.pk for row in rows):
                return True
    return False


def _places(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    """The models with drafts that hold rows of this model, and under which name; "" for the model itself."""
    if issubclass(model, RevisionMixin) and hasattr(model, "has_unpublished_changes"):
        yield model, ""
    for field in model._meta.get_fields():
        if isinstance(field, ParentalKey):
            parent = field.related_model
            if issubclass(parent, RevisionMixin) and hasattr(parent, "has_unpublished_changes"):
                yield parent, field.remote_field.get_accessor_name()
