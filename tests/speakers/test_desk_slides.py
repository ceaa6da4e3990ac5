"""Slides at the organisers' desk: taken in, refused in words, taken away, downloaded."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from speakers.actions import hand_over
from speakers.decks.kinds import NEITHER
from speakers.enums import Baton
from speakers.keeping import keep_slides
from speakers.models import Contribution, SlideDeck
from speakers.slides import NotSlides, check_size, name_of_slides, size_in_words
from speakers.views.slides import TOO_LARGE
from tests.admin import sign_in
from tests.decks import make_pdf, make_pptx
from tests.factories import START, make_speaker, make_talk
from tests.speakers.editor import at, draft_of, messages_of

pytestmark = pytest.mark.django_db
PDF = make_pdf()


@pytest.fixture
def contribution():
    return make_talk(speakers=[make_speaker("Ada Vale")]).contribution


def upload(client, contribution, content, name="slides.pdf", kind="application/pdf"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(at("upload_slides", contribution.pk), {"file": file}, follow=True)


def lines(element, selector):
    return [" ".join(line.get_text(" ", strip=True).split()) for line in element.select(selector)]


def test_pdf_is_kept_in_a_draft_and_in_private_storage(organiser, contribution):
    response = upload(organiser, contribution, PDF, name="C:\\talks\\Steph's slides.PDF")
    assert messages_of(response) == ["The slides are in the draft. Only organisers can have this file."]
    deck = SlideDeck.objects.get()
    assert (deck.filename, deck.media_type, deck.size_bytes) == ("Steph's slides.pdf", "application/pdf", len(PDF))
    assert "Steph" not in deck.file.name
    assert deck.file.read() == PDF
    contribution.refresh_from_db()
    assert (contribution.slides, draft_of(contribution).slides) == (None, deck)


def test_upload_keeps_the_words_of_the_draft(organiser, contribution):
    draft = draft_of(contribution)
    draft.teaser = "Typed before."
    draft.save_revision()
    upload(organiser, contribution, PDF)
    assert draft_of(contribution).teaser == "Typed before."


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "slides.pdf", "This file is empty. Save your slides again and upload that."),
        (b"MZ this is a program", "slides.pdf", NEITHER),
        (PDF[:400], "slides.pdf", "This PDF is cut short: its end is missing. Save it again and upload it anew."),
    ],
)
def test_file_that_is_no_slides_is_refused_in_words(organiser, contribution, content, name, sentence):
    assert messages_of(upload(organiser, contribution, content, name=name)) == [sentence]
    assert SlideDeck.objects.count() == 0
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None


def test_file_is_known_by_what_is_in_it_and_not_by_its_name(organiser, contribution):
    upload(organiser, contribution, make_pptx(), name="slides.pdf", kind="application/pdf")
    deck = SlideDeck.objects.get()
    assert (deck.filename, deck.kind, deck.file.name[-5:]) == ("slides.pdf.pptx", "pptx", ".pptx")


def test_file_above_fifty_megabytes_is_refused_in_words():
    with pytest.raises(NotSlides) as refusal:
        check_size(50 * 1024 * 1024 + 1)
    assert str(refusal.value).startswith("This file has 50.0 MB, and 50 MB is the most we can keep.")
    check_size(50 * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (".pdf", "slides.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("x" * 300, "x" * 190 + ".pdf"),
    ],
)
def test_name_of_a_file_is_only_a_name(name, kept):
    assert name_of_slides(name) == kept


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (655_360, "640 KB"), (3_355_443, "3.2 MB")])
def test_size_in_words(size, words):
    assert size_in_words(size) == words


def test_slides_are_downloaded_as_a_file_and_never_guessed(organiser, contribution):
    keep_slides(contribution=contribution, file=SimpleUploadedFile("s.pdf", PDF), filename="Ada’s slides.pdf")
    response = organiser.get(at("download_slides", contribution.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Ada%E2%80%99s%20slides.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"].split(", ")


def test_slides_that_are_not_there_are_a_404(organiser, contribution):
    assert organiser.get(at("download_slides", contribution.pk)).status_code == 404
    deck = keep_slides(contribution=contribution, file=SimpleUploadedFile("s.pdf", PDF), filename="s.pdf")
    deck.file.storage.delete(deck.file.name)
    assert organiser.get(at("download_slides", contribution.pk)).status_code == 404


def test_editor_shows_the_file_and_a_new_one_takes_its_place(organiser, contribution):
    upload(organiser, contribution, PDF, name="first.pdf")
    upload(organiser, contribution, PDF + b"\n", name="second.pdf")
    page = BeautifulSoup(organiser.get(at("edit", contribution.pk)).content, "html.parser")
    assert lines(page, ".slides p") == [
        "second.pdf , 2 KB. Download",
        "Readers get a copy of the PDF above. Download the copy , 2 KB.",
    ]
    assert lines(page, ".slides__carries li") == [
        "2 pages.",
        "Nothing else is in it: no notes, no hidden slides, no comments, no names.",
    ]
    assert SlideDeck.objects.count() == 2


def test_pdf_for_readers_stands_beside_the_file_for_the_night(organiser, contribution):
    upload(organiser, contribution, make_pptx(notes=(1,)), name="night.pptx")
    file = SimpleUploadedFile("readers.pdf", PDF)
    page = organiser.post(at("upload_slides", contribution.pk), {"file": file, "part": "slides_pdf"}, follow=True)
    assert messages_of(page) == ["The PDF is in the draft. Readers get a copy of it when you release it."]
    assert (draft_of(contribution).slides.filename, draft_of(contribution).slides_pdf.filename) == (
        "night.pptx",
        "readers.pdf",
    )
    copy = b"".join(organiser.get(at("download_copy", contribution.pk)).streaming_content)
    assert copy == draft_of(contribution).slides_pdf.copy.read()
    organiser.post(at("remove_slides", contribution.pk), {"part": "slides_pdf"})
    assert (draft_of(contribution).slides.filename, draft_of(contribution).slides_pdf) == ("night.pptx", None)


def test_two_gigabytes_are_refused_at_the_desk_before_they_are_read(organiser, contribution):
    length = {"CONTENT_LENGTH": 2 * 1024**3}
    url = at("upload_slides", contribution.pk)
    response = organiser.generic("POST", url, b"x", "multipart/form-data; boundary=x", **length)
    assert response.status_code == 302
    assert messages_of(organiser.get(response["Location"])) == [TOO_LARGE]


def test_upload_without_a_token_is_refused(contribution):
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    file = SimpleUploadedFile("a.pdf", PDF)
    assert client.post(at("upload_slides", contribution.pk), {"file": file}).status_code == 403
    assert SlideDeck.objects.count() == 0


def test_speakers_who_hold_it_keep_their_slides(organiser, contribution):
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    upload(organiser, contribution, PDF)
    assert SlideDeck.objects.count() == 0


def test_file_is_removed_from_the_draft_and_stays_with_what_is_released(organiser, contribution):
    upload(organiser, contribution, PDF)
    organiser.post(at("release", contribution.pk))
    organiser.post(at("remove_slides", contribution.pk))
    contribution.refresh_from_db()
    assert (draft_of(contribution).slides, contribution.slides) == (None, SlideDeck.objects.get())


def test_slides_are_not_taken_while_the_speakers_hold_it(organiser, contribution):
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    upload(organiser, contribution, PDF)
    assert SlideDeck.objects.count() == 0
