"""What organisers do beside a contribution's editor: hand it over, note, record consents, keep slides."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from speakers.actions import hand_over, keep_slides
from speakers.enums import Baton, ConsentTo
from speakers.models import Contribution, Handover, PrivateNote, SlideDeck, TalkConsent
from speakers.slides import NotSlides, check_slides, name_of_slides, size_in_words
from tests.factories import START, give, make_speaker, make_talk
from tests.remembering import remembered
from tests.speakers.editor import at, draft_of, messages_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer << /Root 1 0 R >>\nstartxref\n45\n%%EOF\n"


@pytest.fixture
@remembered
def contribution():
    return make_talk(speakers=[make_speaker("Ada Vale")]).contribution


def upload(client, contribution, content, name="slides.pdf", kind="application/pdf"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(at("upload_slides", contribution.pk), {"file": file}, follow=True)


def desk(client, contribution):
    page = BeautifulSoup(client.get(at("edit", contribution.pk)).content, "html.parser")
    return page.select_one(".desk")


def lines(element, selector):
    return [" ".join(line.get_text(" ", strip=True).split()) for line in element.select(selector)]


# The baton


def test_hand_to_the_speakers_and_take_back(organiser, contribution):
    response = organiser.post(at("hand_over", contribution.pk), {"note": "Six questions, a week."}, follow=True)
    assert messages_of(response)[0] == "The speakers have it now. You can read it, and take it back at any time."
    assert contribution.held_by == Baton.SPEAKERS
    organiser.post(at("take_back", contribution.pk))
    assert contribution.held_by == Baton.ORGANISERS
    assert [(h.to, h.note, h.by.has_perm("speakers.change_contribution")) for h in Handover.objects.all()] == [
        ("organisers", "", True),
        ("speakers", "Six questions, a week.", True),
    ]


def test_talk_without_speakers_cannot_be_handed_to_them(organiser):
    contribution = make_talk().contribution
    response = organiser.post(at("hand_over", contribution.pk), follow=True)
    assert messages_of(response) == ["Nobody speaks in this talk yet. Add a speaker to the talk, then hand it over."]
    assert contribution.held_by == Baton.ORGANISERS


def test_top_of_the_editor_says_where_it_stands(organiser, contribution):
    assert lines(desk(organiser, contribution), ".desk__line") == [
        "Nothing yet 0 of 6 answers. Readers don’t see it.",
        "With the organisers. It was never handed to the speakers.",
    ]
    give(contribution.talk, {"summary": "Words."})
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START, note="Over to you.")
    top = desk(organiser, contribution)
    assert lines(top, ".desk__line") == [
        "Released 1 of 6 answers. Readers see it.",
        "With the speakers since Wednesday 26 November 2025, 6pm. Over to you.",
    ]
    assert lines(top, ".desk__actions button") == ["Take it back"]


def test_top_of_the_editor_says_that_a_released_one_is_not_seen(organiser):
    talk = make_talk(speakers=[make_speaker()])
    given = give(talk)
    type(talk).objects.filter(pk=talk.pk).update(live=False)
    assert lines(desk(organiser, given), ".desk__line")[0] == (
        "Released 1 of 6 answers. "
        "Readers don’t see it: its talk or evening isn’t public, or a speaker took back their consent."
    )


def test_history_of_handovers_is_in_view(organiser, contribution):
    organiser.post(at("hand_over", contribution.pk), {"note": "Six questions."})
    organiser.post(at("take_back", contribution.pk))
    top = desk(organiser, contribution)
    entries = lines(top, ".desk__more details:first-child li")
    assert [entry.split(" ")[:3] for entry in entries] == [["With", "the", "organisers"], ["With", "the", "speakers"]]
    assert entries[1].endswith("Six questions.")


def test_handovers_stand_in_wagtails_history_too(organiser, contribution):
    organiser.post(at("hand_over", contribution.pk))
    page = BeautifulSoup(organiser.get(at("history", contribution.pk)).content, "html.parser")
    assert lines(page, "main tbody tr td:first-child")[0].startswith("Handed to the speakers")


# Private notes


def test_note_is_kept_and_listed_and_no_revision_holds_it(organiser, contribution):
    organiser.post(at("add_note", contribution.pk), {"text": "Prefers to speak last."})
    assert [(note.text, note.contribution) for note in PrivateNote.objects.all()] == [
        ("Prefers to speak last.", contribution)
    ]
    assert lines(desk(organiser, contribution), "#notes li")[0].startswith("Prefers to speak last.")
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None


def test_empty_note_is_refused_in_words(organiser, contribution):
    response = organiser.post(at("add_note", contribution.pk), {"text": "  "}, follow=True)
    assert messages_of(response) == ["Write a note first."]
    assert PrivateNote.objects.count() == 0


def test_moderator_sees_no_private_note(signed_in, contribution):
    PrivateNote.objects.create(contribution=contribution, text="Prefers to speak last.", at=START)
    response = signed_in("moderator").get(at("inspect", contribution.pk))
    assert response.status_code == 200
    assert "Prefers" not in response.content.decode()


# Consents


def consent(speaker, **fields):
    return {"speaker": speaker.pk, "what": "answers", "decision": "give", "wording": "By e-mail: yes.", **fields}


def test_consent_is_recorded_on_a_speakers_behalf(organiser, contribution):
    (ada,) = contribution.speakers()
    response = organiser.post(at("record_consent", contribution.pk), consent(ada), follow=True)
    assert messages_of(response) == ["Their consent is on record."]
    row = TalkConsent.objects.get()
    assert (row.speaker, row.what, row.wording, row.withdrawn_at) == (ada, "answers", "By e-mail: yes.", None)
    assert lines(desk(organiser, contribution), "#consents li strong") == ["Ada Vale: Publishing the answers"]


def test_consent_that_is_taken_back_takes_effect_at_once(organiser, contribution):
    given = give(contribution.talk)
    (ada,) = contribution.speakers()
    organiser.post(at("record_consent", given.pk), consent(ada))
    response = organiser.post(at("record_consent", given.pk), consent(ada, decision="withdraw"), follow=True)
    assert messages_of(response)[-1] == "It is on record. Readers no longer see what was given to this talk."
    assert Contribution.objects.released().count() == 0
    assert TalkConsent.objects.get().withdrawn_at is not None


def test_consent_without_its_words_is_refused(organiser, contribution):
    (ada,) = contribution.speakers()
    response = organiser.post(at("record_consent", contribution.pk), consent(ada, wording=" "), follow=True)
    assert messages_of(response) == ["Say in which words they agreed, and how they told you."]
    assert TalkConsent.objects.count() == 0


def test_consent_of_somebody_who_does_not_speak_here_is_refused(organiser, contribution):
    organiser.post(at("record_consent", contribution.pk), consent(make_speaker("Ben Wick")))
    assert TalkConsent.objects.count() == 0


def test_consent_may_be_taken_back_by_somebody_who_has_left_the_talk(organiser, contribution):
    ben = make_speaker("Ben Wick")
    TalkConsent.objects.create(
        contribution=contribution, speaker=ben, what=ConsentTo.ANSWERS, wording="Yes.", given_at=START
    )
    organiser.post(at("record_consent", contribution.pk), consent(ben, decision="withdraw"))
    assert TalkConsent.objects.get().withdrawn_at is not None


# Slides


def test_pdf_is_kept_in_a_draft_and_in_private_storage(organiser, contribution):
    response = upload(organiser, contribution, PDF, name="C:\\talks\\Steph's slides.PDF")
    assert messages_of(response) == ["The slides are in the draft. Readers see them when you release it."]
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
        (b"", "slides.pdf", "This file is empty. Save your slides as a PDF again."),
        (
            b"MZ this is a program",
            "slides.pdf",
            "This is not a PDF, whatever its name says. Save your slides as a PDF and upload that.",
        ),
        (
            b"PK\x03\x04" + b"0" * 2000,
            "slides.pptx",
            "This is not a PDF, whatever its name says. Save your slides as a PDF and upload that.",
        ),
        (PDF[:40], "slides.pdf", "This PDF is cut short: its end is missing. Save it again and upload it anew."),
    ],
)
def test_file_that_is_no_pdf_is_refused_in_words(organiser, contribution, content, name, sentence):
    assert messages_of(upload(organiser, contribution, content, name=name)) == [sentence]
    assert SlideDeck.objects.count() == 0
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None


def test_file_is_known_by_what_is_in_it_and_not_by_its_name(organiser, contribution):
    upload(organiser, contribution, PDF, name="slides.docx", kind="application/octet-stream")
    assert SlideDeck.objects.get().filename == "slides.docx.pdf"


def test_file_above_fifty_megabytes_is_refused_in_words():
    with pytest.raises(NotSlides) as refusal:
        check_slides(BytesIO(PDF), size_bytes=50 * 1024 * 1024 + 1)
    assert str(refusal.value).startswith("This file has 50.0 MB, and 50 MB is the most we can keep.")
    check_slides(BytesIO(PDF.ljust(200)), size_bytes=200)


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
    assert lines(page, ".slides p") == ["second.pdf , 1 KB. Download"]
    assert SlideDeck.objects.count() == 2


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
