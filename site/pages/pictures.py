"""Pictures lose what they say about their maker before they are kept."""

from io import BytesIO

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

KEPT = {"icc_profile", "transparency"}
LOSSY = {"quality": 92}
# The renditions that components/portrait.html asks for, so that a list of people can fetch them all at once.
PORTRAIT = tuple(f"format-{kind}|fill-112x112" for kind in ("avif", "webp", "jpeg"))


def without_metadata(file: File) -> File:
    """The same picture without EXIF, XMP and comments; turned the way EXIF said it should be.

    An animated GIF is returned as it came (its frames would be lost and it carries no position).
    Raises nothing: a file that Pillow can't read is left to the form, which refuses it in words.
    """
    try:
        file.seek(0)
        picture = Image.open(file)
        kind = {"MPO": "JPEG"}.get(picture.format or "", picture.format or "")
        if getattr(picture, "is_animated", False):
            file.seek(0)
            return file
        picture.load()
    except Exception:  # noqa: BLE001  Pillow raises many kinds of error; the form's own check says it in words
        file.seek(0)
        return file
    turned = ImageOps.exif_transpose(picture)
    bare = Image.frombytes(turned.mode, turned.size, turned.tobytes())
    if turned.mode == "P" and (palette := turned.getpalette()):
        bare.putpalette(palette)
    options = {name: value for name, value in picture.info.items() if name in KEPT and value}
    if kind in {"JPEG", "WEBP", "AVIF"}:
        options |= LOSSY
    out = BytesIO()
    bare.save(out, format=kind, **options)
    return ContentFile(out.getvalue(), name=getattr(file, "name", None))
