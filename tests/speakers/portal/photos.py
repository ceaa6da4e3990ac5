"""Photos as phones make them, and files that only claim to be some."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.pages.test_pictures import encoded, exif, two_halves


def photo(kind="JPEG", size=(400, 200), name="me.jpg", **options):
    return SimpleUploadedFile(name, encoded(two_halves(size=size), kind, **options))


def phone_photo():
    """Turned by its EXIF, with where it was taken in it."""
    return photo(exif=exif())


def heic():
    out = BytesIO()
    pillow_heif.from_pillow(two_halves(size=(400, 200))).save(out)
    return SimpleUploadedFile("me.HEIC", out.getvalue())


def claims(width, height):
    """A PNG whose header says how large it is, and that has next to no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks:
        content += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return SimpleUploadedFile("me.png", content)


def opened(picture):
    with picture.file.open("rb") as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
    return image
