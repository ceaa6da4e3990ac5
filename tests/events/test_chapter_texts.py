"""Chapters as texts to paste and as WebVTT: on the recording's own clock, and what a platform would refuse."""

import pytest
import webvtt

from events.chapter_texts import as_webvtt, for_soundcloud, for_youtube
from events.clips import clips_of, published, published_video
from events.models import Chapter, EventPage, Recording
from tests.factories import make_event, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
WATCH = "https://www.youtube.com/watch?v=aB3-_fGh1jK"
USUAL = [(0, "Welcome"), (553, "Tides"), (4000, "Mud & <sand>")]


def evening(chapters=USUAL, **recording):
    event = make_event(number=60)
    rows = [Chapter(seconds=seconds, label=label) for seconds, label in chapters]
    return publish(event, chapters=rows, recordings=[Recording(**{"url": WATCH, **recording})])


def clips(chapters=USUAL, **recording):
    event = evening(chapters, **recording)
    return clips_of(event.recordings.get(), event)


def test_text_for_youtube_is_a_line_for_each_chapter():
    assert for_youtube(clips()).text == "0:00 Welcome\n9:13 Tides\n1:06:40 Mud & ‹sand›\n"
    assert for_youtube(clips_of(Recording(), EventPage.objects.get(number=60))).faults == ()


def test_recording_that_begins_before_the_evening_has_a_line_for_it():
    assert for_youtube(clips(offset_seconds=40)).text == (
        "0:00 Before the evening\n0:40 Welcome\n9:53 Tides\n1:07:20 Mud & ‹sand›\n"
    )


def test_recording_that_begins_later_begins_within_a_chapter():
    assert for_soundcloud(clips(kind="audio", offset_seconds=-90)).text == (
        "0:00 Welcome\n7:43 Tides\n1:05:10 Mud & ‹sand›\n"
    )
    assert [clip.starts for clip in clips_of(Recording(offset_seconds=-600), EventPage.objects.get(number=60))] == [
        0,
        3400,
    ]


@pytest.mark.parametrize(
    ("chapters", "faults"),
    [
        ([], []),
        (
            [(5, "Welcome"), (20, "Tides"), (40, "Mud")],
            [
                "The first chapter must stand at 0:00. Yours, “Welcome”, is at 0:05: "
                "add a chapter at the evening’s first second."
            ],
        ),
        ([(0, "Welcome")], ["YouTube wants at least 3 chapters. There is only one."]),
        ([(0, "Welcome"), (20, "Tides")], ["YouTube wants at least 3 chapters. There are only 2."]),
        (
            [(0, "Welcome"), (9, "Tides"), (19, "Mud")],
            [
                "“Welcome” at 0:00 and “Tides” at 0:09 are less than 10 seconds apart: "
                "YouTube then shows no chapters at all."
            ],
        ),
    ],
)
def test_what_youtube_would_refuse_is_said(chapters, faults):
    assert list(for_youtube(clips(chapters)).faults) == faults


def test_webvtt_names_the_end_of_each_and_is_read_by_another_program():
    read = webvtt.from_string(as_webvtt(clips(duration_seconds=4321)), strict=True).captions
    assert [(c.start, c.end, c.raw_text) for c in read] == [
        ("00:00:00.000", "00:09:13.000", "Welcome"),
        ("00:09:13.000", "01:06:40.000", "Tides"),
        ("01:06:40.000", "01:12:01.000", "Mud &amp; &lt;sand&gt;"),
    ]


def test_chapters_behind_the_end_of_a_short_cut_are_not_there():
    assert [(clip.label, clip.ends) for clip in clips(duration_seconds=600)] == [("Welcome", 553), ("Tides", 600)]


def test_published_video_is_told_with_the_second_of_each_chapter():
    event = evening(offset_seconds=40)
    found = published_video(event)
    assert [(clip.starts, clip.ends, clip.label, clip.url) for clip in found.clips] == [
        (40, 593, "Welcome", f"{WATCH}&t=40s"),
        (593, 4040, "Tides", f"{WATCH}&t=593s"),
        (4040, None, "Mud & <sand>", f"{WATCH}&t=4040s"),
    ]
    assert published(event, "audio") is None


def test_chapters_have_an_address_while_their_recording_is_public(client):
    event = evening(offset_seconds=40)
    response = client.get("/data-bites/60/chapters/video.vtt")
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode().startswith("WEBVTT\n\n1\n00:00:40.000 --> 00:09:53.000\nWelcome\n")
    assert client.get("/data-bites/60/chapters/audio.vtt").status_code == 404
    event.recordings.update(state="withheld")
    publish(EventPage.objects.get(pk=event.pk))
    assert client.get("/data-bites/60/chapters/video.vtt").status_code == 404
