"""A speaker's own photo: kept bare, cropped around what matters, taken away for good."""

import datetime as dt
from typing import BinaryIO

from django.db import transaction
from wagtail.images.rect import Rect
from wagtail.models import ReferenceIndex

from accounts.models import User
from pages.cache import bump
from pages.models import Picture
from pages.photos import read_photo

from .models import Speaker
from .profiles import draft_of, keep_person

MIDDLE = (50, 33)  # of a portrait the face is above the middle
SHARE = 5  # of the shorter side: the patch that is never cut through


def focus_of(picture: Picture) -> tuple[int, int]:
    """What matters in a picture, in hundredths from its left and its top."""
    if picture.focal_point_x is None or picture.focal_point_y is None:
        return MIDDLE
    return round(100 * picture.focal_point_x / picture.width), round(100 * picture.focal_point_y / picture.height)


def keep_photo(
    *,
    speaker: Speaker,
    file: BinaryIO,
    size_bytes: int,
    description: str,
    focus: tuple[int, int],
    by: User,
    at: dt.datetime,
) -> Picture:
    """Keep somebody's photo, and show it where they are live. An earlier one of their own is deleted.

    Side effects: those of `save_profile`.

    Raises:
        NoPhoto: the file is none.
    """
    content = read_photo(file, size_bytes=size_bytes)
    picture = Picture(title=speaker.name, file=content, description=description, uploaded_by_user=by)
    picture.file.name = content.name
    picture.save()
    crop(picture=picture, focus=focus, description=description)
    _show(speaker=speaker, picture=picture, by=by, at=at)
    return picture


def take_photo_away(*, speaker: Speaker, by: User, at: dt.datetime) -> None:
    """No page shows it from now on; one that they uploaded themselves is deleted, its file too."""
    _show(speaker=speaker, picture=None, by=by, at=at)


def crop(*, picture: Picture, focus: tuple[int, int], description: str) -> None:
    """Say what matters in a picture, in hundredths, and what it shows in words.

    Side effects: pages that show it are made anew.
    """
    across, down = (min(100, max(0, part)) for part in focus)
    half = max(1, min(picture.width, picture.height) // SHARE // 2)
    x = min(max(round(picture.width * across / 100), half), picture.width - half)
    y = min(max(round(picture.height * down / 100), half), picture.height - half)
    picture.set_focal_point(Rect.from_point(x, y, 2 * half, 2 * half))
    picture.description = description[:255]
    picture.save()
    transaction.on_commit(bump)


@transaction.atomic
def _show(*, speaker: Speaker, picture: Picture | None, by: User, at: dt.datetime) -> None:
    fresh = Speaker.objects.select_for_update(of=("self",)).select_related("latest_revision").get(pk=speaker.pk)
    draft = draft_of(fresh)
    earlier = {photo for photo in (fresh.photo, draft.photo) if photo is not None}
    draft.photo = picture
    keep_person(fresh=fresh, draft=draft, changed=["photo"], by=by, at=at)
    for photo in earlier:
        if photo.uploaded_by_user_id == by.pk and not _is_used(photo):
            transaction.on_commit(photo.delete)


def _is_used(photo: Picture) -> bool:
    """By somebody else, or on a page."""
    elsewhere = ReferenceIndex.get_references_to(photo).exclude(base_content_type__model="speaker")
    return Speaker.objects.filter(photo=photo).exists() or elsewhere.exists()
