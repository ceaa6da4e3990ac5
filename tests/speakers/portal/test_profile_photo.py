"""A speaker's photo: known by what is in it, bare, cropped around what matters, and gone when it is taken away."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pages.models import Picture
from speakers.models import Speaker
from tests.factories import make_user
from tests.speakers.portal.forms import make_account, make_my_talk, texts
from tests.speakers.portal.photos import claims, heic, opened, phone_photo, photo
from tests.speakers.portal.profiles import HOME, form_of, newest, person, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ida Harbour")  # an address of her own: pages are kept from test to test


def test_photo_is_kept_upright_without_where_it_was_taken_and_shown(ada):
    make_my_talk(ada[1])
    page = send(ada[0], "photo", photo=phone_photo(), description="Ada at the harbour")
    assert texts(page, "[role=status] .note") == ["Your photo is saved. Look below whether the crop is right."]
    picture = person(ada[1]).photo
    image = opened(picture)
    assert (dict(image.getexif()), image.size, picture.description) == ({}, (200, 400), "Ada at the harbour")
    public = BeautifulSoup(Client().get(ada[1].get_absolute_url()).content, "html.parser")
    assert public.select_one(".avatar img")["alt"] == "Ada at the harbour"


@pytest.mark.parametrize(
    "file",
    [lambda: photo("PNG"), lambda: photo("WEBP"), heic, lambda: photo(name="me.exe")],
    ids=["png", "webp", "heic", "another name"],
)
def test_photo_is_known_by_what_is_in_it(ada, file):
    send(ada[0], "photo", photo=file())
    image = opened(person(ada[1]).photo)
    left, right = image.getpixel((20, 100)), image.getpixel((380, 100))
    assert (image.format, left[0] > left[2], right[2] > right[0]) == ("JPEG", True, True)


def named(name, content):
    return SimpleUploadedFile(name, content)


REFUSED = [
    (lambda: claims(30_000, 30_000), "This picture has more pixels than we can open."),
    (lambda: claims(30_000, 100), "This picture has 30,000 by 100 pixels, more than we can open."),
    (lambda: claims(9_000, 8_000), "This picture has more pixels than we can open."),
    (lambda: claims(400, 400), "This photo is damaged or cut short."),
    (lambda: photo(size=(20, 20)), "This picture has 20 by 20 pixels, which is too small"),
    (lambda: photo("GIF"), "This is no photo that we can read."),
    (lambda: named("me.jpg", b"MZ" + b"x" * 900), "This is no photo that we can read."),
    (lambda: named("me.svg", b"<svg/>"), "This is no photo that we can read."),
    (lambda: named("me.heic", b"\0\0\0\x18ftypheic" + b"x" * 90), "This is no photo that we can read."),
    (lambda: named("me.jpg", b"x" * (20 * 1024 * 1024 + 1)), "This file is larger than 20 MB."),
]


@pytest.mark.parametrize(
    ("file", "begins"),
    REFUSED,
    ids=["bomb", "wide", "large", "empty", "small", "gif", "program", "svg", "heic", "heavy"],
)
def test_what_is_no_photo_is_refused_in_words_and_the_rest_is_saved(ada, file, begins):
    page = send(ada[0], photo=file(), biography="Kept", description="As typed")
    assert page.status_code == 400
    assert texts(page, "#error-photo")[0].startswith(begins)
    assert (person(ada[1]).biography, form_of(page)["description"]) == ("<p>Kept</p>", "As typed")
    assert Picture.objects.count() == 0


def crop_of(me):
    """The colours at the left and the right of the square that readers see."""
    with person(me).photo.get_rendition("fill-320x320|format-png").file.open("rb") as file:
        seen = Image.open(file).convert("RGB")
        ends = [seen.getpixel((x, 99)) for x in (5, seen.width - 5)]
    return ["red" if pixel[0] > pixel[2] else "blue" for pixel in ends]


@pytest.mark.parametrize(
    ("across", "colours"), [("0", ["red", "red"]), ("50", ["red", "blue"]), ("100", ["blue", "blue"])]
)
def test_square_is_cut_around_what_matters(ada, across, colours):
    send(ada[0], "photo", photo=photo())
    page = send(ada[0], "photo", focus_x=across, focus_y="40")
    assert texts(page, "[role=status] .note") == ["The crop and the description of your photo are saved."]
    assert crop_of(ada[1]) == colours
    assert form_of(page)["focus_y"] == "40"


@pytest.mark.parametrize("junk", ["", "left", "-5", "9" * 40, "²"])
def test_number_that_is_none_leaves_the_crop(ada, junk):
    send(ada[0], "photo", photo=photo())
    before = person(ada[1]).photo.focal_point_x
    send(ada[0], "photo", focus_x=junk)
    assert person(ada[1]).photo.focal_point_x == before


def test_form_of_an_earlier_photo_does_not_crop_the_new_one(ada):
    send(ada[0], "photo", photo=photo())
    before = form_of(ada[0].get(HOME))
    send(ada[0], "photo", photo=photo("PNG"))
    send(ada[0], data=before, focus_x="100")
    assert crop_of(ada[1]) == ["red", "blue"]


@pytest.mark.parametrize("again", [True, False])
def test_photo_that_is_replaced_or_taken_away_is_gone_with_its_file(ada, again, django_capture_on_commit_callbacks):
    send(ada[0], "photo", photo=photo())
    first = person(ada[1]).photo
    stored = first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        if again:
            send(ada[0], "photo", photo=photo("PNG"))
        else:
            send(ada[0], "remove-photo")
    now = person(ada[1]).photo
    assert (now is None, Picture.objects.filter(pk=first.pk).exists()) == (not again, False)
    assert not Picture._meta.get_field("file").storage.exists(stored)


def test_photo_that_the_organisers_chose_stays_in_the_library(ada, django_capture_on_commit_callbacks):
    theirs = Picture(title="Press photo", file=photo(), uploaded_by_user=make_user("organiser"))
    theirs.save()
    Speaker.objects.filter(pk=ada[1].pk).update(photo=theirs)
    with django_capture_on_commit_callbacks(execute=True):
        send(ada[0], "remove-photo")
    assert (person(ada[1]).photo, Picture.objects.get()) == (None, theirs)


def test_name_that_waits_goes_on_waiting_beside_a_new_photo(ada):
    send(ada[0], name="Ida Byron")
    send(ada[0], "photo", photo=photo())
    assert person(ada[1]).photo == newest(ada[1]).photo is not None
    assert (person(ada[1]).name, newest(ada[1]).name) == ("Ida Harbour", "Ida Byron")
