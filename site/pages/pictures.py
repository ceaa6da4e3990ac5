"""Pictures lose what they say about their maker before they are kept."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, ImageSequence

# Pillow refuses what has more than twice this many pixels when it opens a file, before it decodes anything: a file of
# 100 KB can claim a thousand million of them.
Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
DAMAGED = "This picture is damaged or cut short. Save it again and upload it anew."
KEPT = ("transparency", "duration")
LOSSY_KINDS = {"JPEG", "WEBP", "AVIF"}
QUALITY = 92
# The renditions that components/portrait.html asks for, so that a list of people can fetch them all at once.
PORTRAIT = tuple(f"format-{kind}|fill-112x112" for kind in ("avif", "webp", "jpeg"))


class CannotBeRead(ValueError):
    """This file is no picture, or a damaged one."""


def without_metadata(file: File) -> File:
    """The same picture without EXIF, XMP and comments; turned the way EXIF said it should be.

    A moving picture stays one. A moving GIF is returned as it came: it has no EXIF, and encoding it again would spoil
    its colours. Of the several pictures in one file of a 3D camera (MPO) the first is kept.

    Raises:
        CannotBeRead: Pillow can't decode it, or not to its end.
    """
    file.seek(0)
    try:
        picture = Image.open(file)
        kind = "JPEG" if picture.format == "MPO" else picture.format or ""
        moves = getattr(picture, "is_animated", False) and picture.format != "MPO"
        if kind == "GIF" and moves:
            file.seek(0)
            return file
        frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)] if moves else [_bare(picture)]
    except Exception as error:  # Pillow raises many kinds of error for what it can't decode
        file.seek(0)
        raise CannotBeRead from error
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if moves:
        options |= {"save_all": True, "append_images": frames[1:], "loop": picture.info.get("loop", 0)}
        options["duration"] = [frame.info.pop("duration", 100) for frame in frames]
    if kind in LOSSY_KINDS:
        options["quality"] = QUALITY
    out = BytesIO()
    frames[0].save(out, format=kind, **options)
    return ContentFile(out.getvalue(), name=getattr(file, "name", None))


def _bare(frame: Image.Image) -> Image.Image:
    """The pixels on a new sheet, turned upright, so that nothing else can come along."""
    turned = ImageOps.exif_transpose(frame)
    bare = Image.frombytes(turned.mode, turned.size, turned.tobytes())
    if turned.mode == "P" and (palette := turned.getpalette()):
        bare.putpalette(palette)
    bare.info = {name: frame.info[name] for name in KEPT if frame.info.get(name) is not None}
    return bare
