"""The screen of an evening's recording: chapters to take along, transcripts put in, replaced, taken out and deleted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.models import Cue, Transcript
from events.models import EventPage, Recording
from tests.admin import edit, row_errors, rows, said, sign_in, texts
from tests.factories import make_event, publish

from .transcribing import VTT, WATCH, make_evening, transcribe

NOTHING = "Nothing was kept. Choose the file again once it is right."
pytestmark = pytest.mark.django_db


def screen(event, name="screen", *args):
    return reverse(f"evening_recording:{name}", args=[event.pk, *args])


def upload(client, event, content=VTT, *, name="sixty.vtt", **fields):
    data = content if isinstance(content, bytes) else content.encode()
    posted = {"language": "en", "made_for": "evening", **fields, "file": SimpleUploadedFile(name, data)}
    return client.post(screen(event), posted, follow=True)


@pytest.fixture
def organiser(client):
    return sign_in(client)


@pytest.mark.usefixtures("organiser")
def test_chapters_stand_ready_to_be_copied(client):
    event = make_evening(recordings=[Recording(url=WATCH, offset_seconds=40), Recording(kind="audio", url=WATCH)])
    response = client.get(screen(event))
    assert texts(response, ".chapter-text h4") == [
        "For YouTube’s description",
        "As WebVTT, for the video",
        "For SoundCloud’s description",
        "As WebVTT, for the audio",
    ]
    assert texts(response, ".chapter-text textarea")[0] == (
        "0:00 Before the evening 0:40 Welcome 0:50 Tides 1:00 Why not? 1:10 Mud"
    )
    downloaded = client.get(screen(event, "chapters", "video"))
    assert downloaded["Content-Disposition"] == 'attachment; filename="data-bites-60-video.vtt"'
    assert downloaded.content.decode().startswith("WEBVTT\n\n1\n00:00:40.000 --> 00:00:50.000\nWelcome\n")


@pytest.mark.usefixtures("organiser")
def test_what_youtube_would_refuse_is_said_beside_the_text(client):
    event = make_evening()
    draft = event.get_latest_revision_as_object()
    draft.chapters = list(draft.chapters.all())[:2]
    draft.save_revision()
    response = client.get(screen(EventPage.objects.get(pk=event.pk)))
    assert texts(response, ".chapter-text li") == ["YouTube wants at least 3 chapters. There are only 2."]


@pytest.mark.usefixtures("organiser")
def test_evening_without_anything_says_so(client):
    response = client.get(screen(make_event()))
    assert texts(response, ".recording-screen p")[1:3] == [
        "There is no chapter so far.",
        "There is none so far. Readers see one beside the recording, once the evening is over and public.",
    ]


def test_transcript_is_put_in_on_the_evenings_clock(client, organiser):
    event = make_evening(recordings=[Recording(url=WATCH, offset_seconds=10)])
    response = upload(client, event, made_for="video")
    assert said(response) == [
        "“sixty.vtt” is kept, 4 lines of it.",
        "Have a look at these:Line 1: One line before the evening’s first second was left out.",
    ]
    transcript = Transcript.objects.get()
    assert (transcript.event_id, transcript.language, transcript.by, transcript.source) == (
        event.pk,
        "en",
        organiser,
        VTT,
    )
    assert [(cue.starts_ms, cue.ends_ms, cue.voice, cue.text) for cue in transcript.cues.all()] == [
        (2000, 5000, "Ada Vale", "The tide comes twice a day,"),
        (5000, 8000, "Ada Vale", "and nobody measures it."),
        (10000, 12000, "Bo Reed", "Why not & who?"),
        (20000, 23000, "Cy Moss", "Mud is data too."),
    ]
    history = client.get(reverse("wagtailadmin_pages:history", args=[event.pk])).content.decode()
    assert "The transcript “sixty.vtt” was put in" in history


@pytest.mark.usefixtures("organiser")
def test_broken_file_is_refused_line_by_line_and_nothing_is_changed(client):
    event = make_evening()
    transcribe(event)
    response = upload(
        client, event, "WEBVTT\n\n00:02.000 --> 00:01.000\nHi\n\n00:61.000 --> 00:62.000\nHo\n", language="cy"
    )
    assert response.status_code == 422
    assert texts(response, ".faults li") == [
        "Line 3: It ends before it begins, or at the same moment.",
        "Line 6: Minutes and seconds go to 59.",
    ]
    assert texts(response, ".error-message, .w-field__errors p") == [
        "This file was not kept. What is wrong stands above, line by line."
    ]
    assert (response.context["form"]["language"].value(), Transcript.objects.get().language) == ("cy", "en")
    assert Cue.objects.count() == 5


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"", [NOTHING, "The file is empty."]),
        (
            b"\x89PNG\r\n\x1a\n" * 9,
            [
                f"{NOTHING} Line 1: A letter here isn’t UTF-8. Save the file as UTF-8.",
                "This file was not kept. What is wrong stands above, line by line.",
            ],
        ),
        (
            b"WEBVTT\n" + b" " * 5 * 1024 * 1024,
            [
                NOTHING,
                "The file is larger than 5 MB, which is the most we can keep.",
            ],
        ),
    ],
    ids=["empty", "picture", "large"],
)
def test_file_that_is_none_is_refused(client, content, sentences):
    response = upload(client, make_evening(), content)
    assert texts(response, "[role=alert], .w-field__errors p, .error-message") == sentences


@pytest.mark.usefixtures("organiser")
def test_file_is_known_by_what_is_in_it(client):
    upload(client, make_evening(), "1\n00:00:01,000 --> 00:00:02,000\nHi\n", name="../../x/captions.exe")
    assert (Transcript.objects.get().filename, Cue.objects.get().text) == ("captions.exe", "Hi")


@pytest.mark.usefixtures("organiser")
def test_everything_before_the_first_second_is_refused(client):
    event = make_evening(recordings=[Recording(url=WATCH, offset_seconds=600)])
    response = upload(client, event, made_for="video")
    assert texts(response, ".faults li") == [
        "Line 1: Everything in it is said before the evening’s first second. See the offset."
    ]
    assert Transcript.objects.count() == 0


@pytest.mark.usefixtures("organiser")
def test_original_comes_back_as_it_was(client):
    event = make_evening()
    transcribe(event, VTT.replace("\n", "\r\n"), filename='a "b".vtt')
    response = client.get(screen(event, "original", "en"))
    assert response.content.decode() == VTT.replace("\n", "\r\n")
    assert response["Content-Disposition"] == 'attachment; filename="a b.vtt"'
    assert client.get(screen(event, "original", "cy")).status_code == 404


@pytest.mark.usefixtures("organiser")
def test_transcript_is_deleted_after_a_question(client):
    event = make_evening()
    transcribe(event)
    address = screen(event, "delete_transcript", "en")
    assert client.get(address).status_code == 200
    assert Transcript.objects.count() == 1
    assert said(client.post(address, follow=True)) == ["“sixty.vtt” is deleted."]
    assert (Transcript.objects.count(), Cue.objects.count()) == (0, 0)
    history = client.get(reverse("wagtailadmin_pages:history", args=[event.pk])).content.decode()
    assert "The transcript “sixty.vtt” was deleted" in history


@pytest.mark.usefixtures("organiser")
def test_second_recording_of_a_kind_is_refused_in_the_editor(client):
    event = make_event(number=60)
    video = {"kind": "video", "state": "published", "url": WATCH, "offset_seconds": "0:00"}
    sound = {**video, "kind": "audio"}
    response = edit(client, event, "publish", **rows("recordings", video, sound, video))
    assert row_errors(response, "recordings") == [
        {},
        {},
        {"kind": ["There is one of this kind already. An evening has one video and one sound recording."]},
    ]
    assert Recording.objects.count() == 0


@pytest.mark.usefixtures("organiser")
def test_evening_that_is_over_has_a_button_to_it(client):
    event = publish(make_event(number=60))
    listed = client.get(reverse("series:evenings", args=[event.series_id])).content.decode()
    assert screen(event) in listed
