"""A speaker's slides: read, told in words, kept or refused beside the field, and what readers get of them."""

import errno
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from pages.models import SiteSettings
from speakers import slides as reading
from speakers.actions import hand_over, release
from speakers.enums import Baton
from speakers.keeping import NO_ROOM, SAME
from speakers.models import SlideDeck
from speakers.portal import doors
from speakers.slides import EMPTY, LARGEST_BYTES, ONLY_PDF, UNREADABLE
from tests.decks import laden_pdf, make_keynote, make_odp, make_pdf, make_pptx
from tests.factories import START
from tests.speakers.portal.forms import JSON, answer, answered, at, draft, make_account, make_my_talk, opened, texts

pytestmark = pytest.mark.django_db
PPTX = make_pptx(notes=(1, 2), hidden=(3,), author="J. Smith")


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1])


def send(client, talk, content, field="file", name="slides.pptx", do=None, **changes):
    """The whole form, as a browser without scripts sends it."""
    form = opened(client, talk)
    sent = {**form.dict(), **changes, "lists": form.getlist("lists"), "do": do or f"upload:{field}"}
    if content is not None:
        sent[field] = SimpleUploadedFile(name, content)
    return client.post(at("talk", talk), sent, follow=True)


def send_by_script(client, talk, content, field="file", name="slides.pptx", **more):
    sent = {"who": client.session["_auth_user_id"], field: SimpleUploadedFile(name, content), **more}
    return client.post(at("upload", talk), sent, headers=JSON)


def files_in_store():
    storage = storages["private"]
    folders, _ = storage.listdir("slides") if storage.exists("slides") else ([], [])
    return sorted(f"slides/{folder}/{name}" for folder in folders for name in storage.listdir(f"slides/{folder}")[1])


@pytest.mark.parametrize(
    ("content", "name", "sentences"),
    [
        (
            PPTX,
            "slides.pptx",
            ["3 slides.", "2 slides have speaker notes.", "1 slide is hidden.", "Its author is J. Smith."],
        ),
        (
            make_odp(),
            "slides.odp",
            [
                "2 slides.",
                "1 slide has speaker notes.",
                "1 slide is hidden.",
                "1 comment stands in it.",
                "Its author is Ada Vale.",
                "Ben Wick saved it last.",
            ],
        ),
        (
            make_keynote(),
            "slides.key",
            ["We can’t look inside Keynote files. Look for presenter notes, skipped slides and comments yourself."],
        ),
    ],
    ids=["powerpoint", "open document", "keynote"],
)
def test_speaker_is_told_what_the_file_carries_and_what_readers_get(ada, talk, content, name, sentences):
    page = send(ada[0], talk, content, name=name)
    assert page.status_code == 200
    assert texts(page, "[role=status] .note") == ["Your slides are here. Nothing of them is public yet."]
    assert texts(page, ".carries li") == sentences
    assert "Readers get no slides so far." in page.content.decode()
    deck = draft(talk).slides
    assert (deck.filename, deck.file.read(), deck.copy.name) == (name, content, "")


def test_words_are_saved_with_the_file_and_without_it(ada, talk):
    send(ada[0], talk, PPTX, **{answer(talk): "Kept with it"})
    page = send(ada[0], talk, b"MZ", **{answer(talk): "Kept without it", "teaser": "Too"})
    assert page.status_code == 422
    assert texts(page, "#slides .wrong") == [
        "These are not slides that we can read, whatever the file’s name says. "
        "Slides can be a PDF, PowerPoint (.pptx), OpenDocument (.odp) or Keynote file."
    ]
    assert (answered(talk), draft(talk).teaser) == ({"summary": "<p>Kept without it</p>"}, "Too")
    assert "Kept without it" in page.content.decode()
    assert SlideDeck.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "field", "sentence"),
    [(None, "file", "Choose a file first."), (b"", "file", EMPTY), (make_pptx(), "pdf", ONLY_PDF)],
)
def test_what_is_wrong_stands_beside_its_own_field(ada, talk, content, field, sentence):
    send(ada[0], talk, make_odp(), name="a.odp")
    page = send(ada[0], talk, content, field=field, name="slides.pdf")
    assert texts(page, f"#error-{field}") == [sentence]
    assert texts(page, ".wrong") == [sentence]
    assert SlideDeck.objects.count() == 1


def test_file_is_taken_whatever_button_is_pressed(ada, talk):
    page = send(ada[0], talk, PPTX, do="send")
    assert (page.redirect_chain[-1][0], draft(talk).slides.filename) == (at("send", talk), "slides.pptx")


def test_same_file_again_changes_nothing(ada, talk):
    send(ada[0], talk, PPTX)
    revision = draft(talk).latest_revision_id
    assert texts(send(ada[0], talk, PPTX), ".wrong") == [SAME]
    assert (SlideDeck.objects.count(), draft(talk).latest_revision_id) == (1, revision)


def test_file_sent_by_a_script_comes_back_as_a_part_of_the_page(ada, talk):
    told = send_by_script(ada[0], talk, PPTX)
    assert (told.status_code, told.json()["faults"]) == (200, {})
    assert told.json()["words"] == "Your slides are here. Nothing of them is public yet."
    assert "2 slides have speaker notes." in told.json()["html"]
    refused = send_by_script(ada[0], talk, b"<svg/>")
    assert (refused.status_code, list(refused.json()["faults"])) == (422, ["file"])


def test_two_files_at_once_are_both_kept(ada, talk):
    both = {"pdf": SimpleUploadedFile("readers.pdf", make_pdf())}
    told = send_by_script(ada[0], talk, PPTX, **both)
    assert told.status_code == 200
    assert (draft(talk).slides.kind, draft(talk).slides_pdf.filename) == ("pptx", "readers.pdf")


def test_two_gigabytes_are_refused_before_they_are_read(ada, talk):
    response = ada[0].generic(
        "POST", at("upload", talk), b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=2 * 1024**3, headers=JSON
    )
    assert (response.status_code, response.json()["words"]) == (413, doors.TOO_LARGE)


def test_organisers_who_take_it_back_meanwhile_keep_their_draft(ada, talk):
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START)
    before = files_in_store()
    told = send_by_script(ada[0], talk, PPTX)
    assert told.json()["words"] == "The organisers have this now, so the slides stay as they are."
    assert (SlideDeck.objects.count(), draft(talk).slides, files_in_store()) == (0, None, before)


def test_full_disk_is_said_and_nothing_is_left(ada, talk, monkeypatch, caplog):
    """The copy finds room, the file itself doesn't."""
    saves = []
    real = type(storages["private"])._save

    def save(self, name, content):
        saves.append(name)
        if len(saves) == 2:
            real(self, name, ContentFile(b"as much as there was room for"))
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, name, content)

    before = files_in_store()
    monkeypatch.setattr(type(storages["private"]), "_save", save)
    page = send(ada[0], talk, make_pdf(), name="a.pdf", **{answer(talk): "Kept"})
    assert (page.status_code, texts(page, ".wrong")) == (422, [NO_ROOM])
    assert (answered(talk), SlideDeck.objects.count(), files_in_store()) == ({"summary": "<p>Kept</p>"}, 0, before)
    assert "could not be stored" in caplog.text


def test_file_that_takes_too_long_to_read_is_refused(ada, talk, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    assert texts(send(ada[0], talk, PPTX), ".wrong") == [UNREADABLE]


def test_file_of_fifty_megabytes_is_refused_a_byte_above(ada, talk):
    told = send_by_script(ada[0], talk, b"%PDF-" + bytes(LARGEST_BYTES))
    assert told.json()["words"].startswith("This file has 50.0 MB, and 50 MB is the most we can keep.")


# What readers get


def published(talk):
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START)
    return release(contribution=talk.contribution)


def test_readers_get_a_copy_of_a_pdf_without_what_travels_along(ada, talk, client):
    laden = laden_pdf()
    page = send(ada[0], talk, laden, name="a.pdf")
    assert "Readers get a copy of the PDF above." in " ".join(texts(page, "#slides p"))
    given = published(talk)
    public = b"".join(client.get(f"/slides/{given.pk}/"))
    assert (b"canary" in laden, b"canary" in public) == (True, False)
    assert public == b"".join(ada[0].get(at("slides_copy", talk)))
    assert PdfReader(BytesIO(public)).metadata["/Title"] == f"Slides, Data Bites {talk.event.number}"
    assert b"".join(ada[0].get(at("slides", talk))) == laden


def test_file_for_the_night_is_never_public(ada, talk, client):
    send(ada[0], talk, PPTX)
    given = published(talk)
    assert client.get(f"/slides/{given.pk}/").status_code == 404
    assert "Slides" not in texts(client.get(talk.url), ".chips")


def test_pdf_for_readers_is_public_beside_a_presentation(ada, talk, client):
    send(ada[0], talk, PPTX)
    page = send(ada[0], talk, make_pdf(pages=1, author="J. Smith"), field="pdf", name="for readers.pdf")
    assert texts(page, "[role=status] .note") == ["Your PDF for readers is here. It is not public yet."]
    given = published(talk)
    response = client.get(f"/slides/{given.pk}/")
    assert response["Content-Type"] == "application/pdf"
    assert b"J. Smith" not in b"".join(response)
    size = f"{round(given.deck_for_readers.copy_bytes / 1000)} KB"
    assert texts(client.get(talk.url), ".chips li") == [f"Slides PDF, {size}"]


def test_embargoed_until_release_and_gone_with_the_consent(ada, talk, client):
    send(ada[0], talk, make_pdf(), name="a.pdf")
    address = f"/slides/{talk.contribution_id}/"
    assert client.get(address).status_code == 404
    published(talk)
    assert client.get(address).status_code == 200
    ada[0].post(at("talk", talk), {"do": "withdraw:slides", "who": ada[1].user_id})
    assert client.get(address).status_code == 404


def test_each_file_is_taken_away_by_itself(ada, talk):
    send(ada[0], talk, PPTX)
    send(ada[0], talk, make_pdf(), field="pdf", name="b.pdf")
    send(ada[0], talk, None, do="remove-slides:slides_pdf")
    assert (draft(talk).slides.filename, draft(talk).slides_pdf) == ("slides.pptx", None)
    send(ada[0], talk, None, do="remove-slides:slides")
    assert (draft(talk).slides, SlideDeck.objects.count()) == (None, 2)


def test_downloads_are_kept_and_never_shown(ada, talk):
    send(ada[0], talk, PPTX, name="Mine.pptx")
    response = ada[0].get(at("slides", talk))
    assert {name: response[name] for name in ("Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Disposition": 'attachment; filename="Mine.pptx"',
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_address_to_send_it_to_stands_beside_each_upload(ada, talk):
    settings = SiteSettings.objects.get()
    settings.contact_email = "hello@bites.example.org"
    settings.save()
    page = send(ada[0], talk, PPTX)
    number = talk.event.number
    assert texts(page, "#else-file, #else-pdf") == ["Can’t upload here? Send it to hello@bites.example.org ."] * 2
    words = f"For%20the%20talk%20%E2%80%9CTides%E2%80%9D%20%28Data%20Bites%20{number}%29"
    subject = f"mailto:hello@bites.example.org?subject={words}"
    assert page.content.decode().count(subject) == 2
