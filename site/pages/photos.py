"""A photo that somebody uploads of themselves: known by what is in it, small enough to open, turned upright, bare."""

from io import BytesIO
from typing import Any, BinaryIO

import pillow_heif
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_SIDE = 20_000
SHORTEST_SIDE = 64
KEPT_SIDE = 2_400  # more than any page shows
QUALITY = 92
KINDS = ("JPEG", "PNG", "WEBP")  # of the several pictures of a 3D camera (MPO) the first is read
OF_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
NO_PHOTO = "This is no photo that we can read. Choose a JPEG, PNG, WebP or HEIC file."


class NoPhoto(ValueError):
    """This file can't be somebody's photo; the message says why, for the person who sent it."""


def read_photo(file: BinaryIO, *, size_bytes: int) -> ContentFile:
    """A JPEG, or a PNG where something shows through: upright, without EXIF, its longer side at most 2,400 pixels.

    Nothing is decoded before the file's header has said how large the picture is.

    Raises:
        NoPhoto: too large, too many pixels, too small, damaged, or something else.
    """
    if size_bytes > LARGEST_BYTES:
        raise NoPhoto("This file is larger than 20 MB. Save the photo smaller and choose it again.")
    data = file.read(LARGEST_BYTES + 1)
    picture = _open(data)
    width, height = picture.size
    if max(width, height) > LONGEST_SIDE or width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise NoPhoto(_too_many(width, height))
    if min(width, height) < SHORTEST_SIDE:
        raise NoPhoto(f"This picture has {width} by {height} pixels, which is too small to show. Choose a larger one.")
    try:
        return _bare(picture.to_pillow() if isinstance(picture, pillow_heif.HeifFile) else picture)
    except Exception as error:  # the decoders raise many kinds of error for what they can't decode
        raise NoPhoto("This photo is damaged or cut short. Save it again and choose it anew.") from error


def _too_many(width: int, height: int) -> str:
    return f"This picture has {width:,} by {height:,} pixels, more than we can open. Save it smaller: 2,000 are plenty."


def _open(data: bytes) -> Any:
    """Only its header is read."""
    try:
        if data[4:8] == b"ftyp" and data[8:12] in OF_HEIC:
            return pillow_heif.open_heif(BytesIO(data))
        return Image.open(BytesIO(data), formats=KINDS)
    except Image.DecompressionBombError as error:
        raise NoPhoto("This picture has more pixels than we can open. Save it smaller: 2,000 are plenty.") from error
    except Exception as error:  # as above
        raise NoPhoto(NO_PHOTO) from error


def _bare(picture: Image.Image) -> ContentFile:
    picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # a JPEG is decoded no larger than it is kept
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    is_clear = "A" in upright.getbands() or "transparency" in upright.info
    kind = "PNG" if is_clear else "JPEG"
    pixels = upright.convert("RGBA" if is_clear else "RGB")
    pixels.info = {}
    out = BytesIO()
    pixels.save(out, format=kind, **({} if is_clear else {"quality": QUALITY}))
    return ContentFile(out.getvalue(), name=f"photo.{'png' if is_clear else 'jpg'}")
