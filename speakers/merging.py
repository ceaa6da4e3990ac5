"""How two rows of one person become one, whatever models point to people."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction

from .models import Speaker, SpeakerAlias, SpeakerLink
from .prose import plain_text

TAKEN_OVER = ("photo_id", "pronunciation")


def merge_rows(*, kept: Speaker, merged: Speaker) -> None:
    """Point everything to the kept row, take over what only the merged one has, and hide the merged one."""
    for relation in Speaker._meta.related_objects:
        model = relation.related_model
        if model not in (Speaker, SpeakerAlias, SpeakerLink):
            _repoint(relation, kept=kept, merged=merged)
            # Where a person may stand only once, the model itself knows how two rows become one.
            if join := getattr(model, "join_rows_of", None):
                join(kept)
    Speaker.objects.filter(merged_into=merged).update(merged_into=kept)
    user_id, merged.user_id = merged.user_id, None
    merged.merged_into = kept
    merged.live = False
    merged.save(update_fields=["user", "merged_into", "live"])
    _take_over(kept=kept, merged=merged, user_id=user_id)


def _repoint(relation: Any, *, kept: Speaker, merged: Speaker) -> None:
    """One row at a time: where a constraint says that the kept person is there already, the row stays as it is."""
    model, name = relation.related_model, relation.field.name
    for row in model._base_manager.filter(**{name: merged}):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{name: kept})
        except IntegrityError:
            continue


def _take_over(*, kept: Speaker, merged: Speaker, user_id: int | None) -> None:
    kept.user_id = kept.user_id or user_id
    _fill_gaps(kept, merged)
    kept.save()
    if kept.has_unpublished_changes and kept.latest_revision is not None:
        # Publishing this draft as it stands would take away again what was taken over.
        draft = kept.latest_revision.as_object()
        _fill_gaps(draft, merged)
        draft.save_revision(clean=False)
    elif kept.latest_revision_id:
        kept.save_revision(clean=False, changed=False)


def _fill_gaps(kept: Speaker, merged: Speaker) -> None:
    """What only the merged row has: photo, biography, names, links."""
    for field in TAKEN_OVER:
        if not getattr(kept, field):
            setattr(kept, field, getattr(merged, field))
    if not plain_text(kept.biography):
        kept.biography = merged.biography
    known = {kept.name, *(alias.name for alias in kept.aliases.all())}
    for name in dict.fromkeys([merged.name, *(alias.name for alias in merged.aliases.all())]):
        if name not in known:
            kept.aliases.add(SpeakerAlias(name=name))
    addresses = {link.url for link in kept.links.all()}
    for link in merged.links.all():
        if link.url not in addresses:
            kept.links.add(SpeakerLink(label=link.label, url=link.url))


def standing_in(speaker_ids: Iterable[int | None]) -> dict[int, int]:
    """For people who were merged away: {their key: the key of whom they were merged into}."""
    wanted = [pk for pk in speaker_ids if pk]
    if not wanted:
        return {}
    rows = Speaker.objects.filter(pk__in=wanted, merged_into__isnull=False)
    return {pk: kept for pk, kept in rows.values_list("pk", "merged_into_id") if kept is not None}


def follow_merges(rows: Iterable[models.Model], field: str = "speaker_id") -> bool:
    """Change rows of a draft, in memory, that still name a person who was merged into another; whether any did."""
    rows = list(rows)
    stand_in = standing_in(getattr(row, field) for row in rows)
    for row in rows:
        if (key := getattr(row, field)) in stand_in:
            setattr(row, field, stand_in[key])
    return bool(stand_in)
