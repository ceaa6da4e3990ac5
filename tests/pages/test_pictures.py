"""Pictures lose what they say about their maker at upload; what can't be read is refused in words."""

import struct
import zlib
from hashlib import sha1
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from pages.models import Picture
from pages.pictures import CannotBeRead, without_metadata
from tests.admin import sign_in

RED, BLUE = (200, 30, 30), (30, 30, 200)
TURNED_RIGHT = 6  # the camera was held so that the picture must be turned a quarter clockwise
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def exif():
    """What a phone writes: its make, how it was held, and where."""
    data = Image.Exif()
    data[MAKE] = "A telephone"
    data[ORIENTATION] = TURNED_RIGHT
    data.get_ifd(GPS).update({1: "N", 2: (51.0, 30.0, 12.5), 3: "W", 4: (0.0, 7.0, 39.9)})
    return data


def two_halves(mode="RGB", size=(40, 20)):
    """Left half red, right half blue."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def encoded(picture, kind, **options):
    out = BytesIO()
    picture.save(out, format=kind, **options)
    return out.getvalue()


def stripped(content, name="picture"):
    return Image.open(BytesIO(without_metadata(ContentFile(content, name=name)).read()))


def upload(client, content, name):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("wagtailimages:add"), {"title": "A picture", "file": file, "collection": 1})


@pytest.fixture
def organiser(client, db):
    sign_in(client)
    return client


def faults(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [error.get_text(strip=True) for error in page.select("main .error-message")]


# Through the front door


def test_photo_is_kept_without_where_it_was_taken_and_upright(organiser):
    content = encoded(two_halves(), "JPEG", exif=exif(), quality=95)
    assert GPS in Image.open(BytesIO(content)).getexif()
    upload(organiser, content, "photo.jpg")
    picture = Picture.objects.get()
    kept = picture.file.read()
    image = Image.open(BytesIO(kept))
    assert (dict(image.getexif()), image.info.get("exif"), b"telephone" in kept) == ({}, None, False)
    assert (image.size, picture.width, picture.height) == ((20, 40), 20, 40)
    top, bottom = image.getpixel((10, 5)), image.getpixel((10, 35))
    assert (top[0] > top[2], bottom[0] < bottom[2]) == (True, True)


def test_size_and_hash_are_those_of_the_file_that_is_kept(organiser):
    upload(organiser, encoded(two_halves(), "JPEG", exif=exif()), "photo.jpg")
    picture = Picture.objects.get()
    kept = picture.file.read()
    assert (picture.file_size, picture.file_hash) == (len(kept), sha1(kept).hexdigest())


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"This is a letter, not a picture.", "letter.jpg", "Upload a valid image."),
        (encoded(two_halves(), "JPEG")[:400], "short.jpg", "This picture is damaged or cut short."),
        (encoded(two_halves(), "PNG")[:70], "short.png", "This picture is damaged or cut short."),
        (encoded(two_halves(), "TIFF"), "scan.tiff", "Not a supported image format."),
    ],
)
def test_file_that_is_no_whole_picture_is_refused_in_words(organiser, content, name, fault):
    (found,) = faults(upload(organiser, content, name))
    assert found.startswith(fault)
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (30_000, 2_000)])
def test_picture_of_too_many_pixels_is_refused_before_it_is_decoded(organiser, width, height):
    # Only a header: whoever tried to decode it would say that it is cut short.
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    content += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    (fault,) = faults(upload(organiser, content, "vast.png"))
    assert fault.startswith("This file has too many pixels")
    assert Picture.objects.count() == 0


def test_picture_is_stripped_once_and_not_again_when_its_title_changes(organiser):
    upload(organiser, encoded(two_halves(), "JPEG", exif=exif()), "photo.jpg")
    picture = Picture.objects.get()
    kept = picture.file.read()
    picture.title = "Another title"
    picture.save()
    assert Picture.objects.get().file.read() == kept


@pytest.mark.django_db
def test_picture_saved_by_a_program_is_stripped_too():
    content = encoded(two_halves(), "JPEG", exif=exif())
    picture = Picture.objects.create(title="A picture", file=ContentFile(content, name="photo.jpg"))
    assert (dict(Image.open(picture.file).getexif()), picture.width, picture.height) == ({}, 20, 40)


# Each kind of file


def test_moving_gif_is_returned_as_it_came():
    frames = [two_halves(), two_halves().rotate(180)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)
    assert without_metadata(ContentFile(content)).read() == content
    assert Image.open(BytesIO(content)).n_frames == 2


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_moving_picture_keeps_its_frames_and_their_time_and_loses_where_it_was_taken(kind):
    plain = exif()
    del plain[ORIENTATION]
    frames = [two_halves(), two_halves().rotate(180)]
    options = {"save_all": True, "append_images": frames[1:], "duration": [50, 70], "loop": 0, "exif": plain}
    image = stripped(encoded(frames[0], kind, **options))
    assert (image.n_frames, dict(image.getexif())) == (2, {})
    times, colours = [], []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        times.append(round(frame.info["duration"]))
        red, _, blue = frame.convert("RGB").getpixel((5, 10))
        colours.append(red > blue)
    assert (times, colours) == ([50, 70], [True, False])


def test_picture_of_a_3d_camera_becomes_one_jpeg_without_where_it_was_taken():
    content = encoded(two_halves(), "MPO", save_all=True, append_images=[two_halves()], exif=exif())
    assert (Image.open(BytesIO(content)).format, GPS in Image.open(BytesIO(content)).getexif()) == ("MPO", True)
    image = stripped(content)
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (20, 40), {})


def test_png_keeps_its_half_transparent_pixels():
    picture = two_halves("RGBA")
    picture.putpixel((0, 0), (1, 2, 3, 100))
    image = stripped(encoded(picture, "PNG"))
    assert (image.mode, image.getpixel((0, 0)), image.getpixel((39, 0))) == ("RGBA", (1, 2, 3, 100), (*BLUE, 255))


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_transparent_colour_of_a_palette_stays_even_when_it_is_the_first(kind):
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.putpixel((1, 1), 1)
    image = stripped(encoded(picture, kind, transparency=0)).convert("RGBA")
    assert (image.getpixel((0, 0))[3], image.getpixel((1, 1))) == (0, (0, 0, 255, 255))


def test_png_loses_its_comments():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Somebody at home")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>51.5N</x:xmpmeta>")
    content = encoded(two_halves(), "PNG", pnginfo=notes, exif=exif())
    kept = without_metadata(ContentFile(content)).read()
    assert [word in kept for word in (b"Somebody", b"xmpmeta", b"telephone", b"eXIf")] == [False] * 4
    assert Image.open(BytesIO(kept)).size == (20, 40)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("AVIF", "RGB")]
)
def test_colours_stay_what_they_were(kind, mode):
    before = Image.open(BytesIO(encoded(two_halves(mode), kind))).convert("RGB").getpixel((5, 5))
    after = stripped(encoded(two_halves(mode), kind)).convert("RGB").getpixel((5, 5))
    assert all(abs(a - b) <= 6 for a, b in zip(before, after, strict=True))


def test_colour_profile_is_kept():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert stripped(encoded(two_halves(), "JPEG", icc_profile=profile)).info["icc_profile"] == profile


def test_what_pillow_cannot_read_is_a_fault():
    with pytest.raises(CannotBeRead):
        without_metadata(ContentFile(b"not a picture"))
