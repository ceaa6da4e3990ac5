"""What was said at an evening: read by talk, played from a line, taken away, and gone when it may not be public."""

import pytest
import webvtt
from django.core.files.base import ContentFile
from django.utils import timezone

from archive.captions import read_captions
from archive.transcripts import LONGEST_PART, public_transcripts
from events.models import Recording, TalkPage
from pages.cache import bump
from pages.models import MediaFile
from speakers.actions import give_consent, withdraw_consent
from tests.factories import START, give, make_event, make_talk, publish
from tests.reading import lines, read, whole

from .transcribing import VTT, WATCH, make_evening, transcribe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
PLACE = "/data-bites/60/transcript/"


def test_transcript_stands_by_talk_and_question(client):
    transcribe(make_evening())
    assert lines(read(client, PLACE), "h1, .toc a, .said") == [
        "Welcome",
        "0:00 Welcome",
        "0:10 Tides",
        "0:30 Mud",
        "0:01 Chair: Good evening.",
    ]
    assert lines(read(client, f"{PLACE}tides/"), "h1, h2:not(.kicker), .said") == [
        "Tides",
        "0:12 Ada Vale: The tide comes twice a day, and nobody measures it.",
        "Why not?",
        "0:20 Bo Reed: Why not & who?",
    ]
    assert [a["href"] for a in read(client, f"{PLACE}tides/").select(".pager a, h1 a")] == [
        "/data-bites/60/tides/",
        PLACE,
        f"{PLACE}mud/",
    ]


def test_each_line_plays_from_its_second_on_the_recordings_own_clock(client):
    transcribe(make_evening(recordings=[Recording(url=WATCH, offset_seconds=40)]))
    page = read(client, f"{PLACE}tides/")
    said = page.select(".said")
    assert [(p["id"], p.a["data-at"], p.a["href"], p.a["data-embed"].rpartition("&")[2]) for p in said] == [
        ("s12", "12", f"{WATCH}&t=52s", "start=52"),
        ("s20", "20", f"{WATCH}&t=60s", "start=60"),
    ]
    assert lines(page, "#recording .button") == ["▶ Play from 0:10"]
    assert page.select_one("#recording .button")["href"] == f"{WATCH}&t=50s"


def test_line_leads_to_itself_where_no_recording_can_be_addressed(client):
    transcribe(make_evening(recordings=[Recording(url="https://video.example/w/60")]))
    assert [p.a.attrs for p in read(client, f"{PLACE}mud/").select(".said")] == [{"class": ["num"], "href": "#s30"}]


def test_evening_and_talk_lead_to_it(client):
    event = make_evening()
    assert lines(read(client, "/data-bites/60/"), ".more") == []
    transcribe(event)
    bump()
    assert [a["href"] for a in read(client, "/data-bites/60/").select(".more a")] == [PLACE]
    assert [a["href"] for a in read(client, "/data-bites/60/tides/").select(".more a")] == [f"{PLACE}tides/"]


def test_talk_without_a_part_of_its_own_leads_to_the_whole(client):
    transcribe(make_evening(chapters=False))
    assert client.get(f"{PLACE}tides/")["Location"] == PLACE
    assert lines(read(client, PLACE), "h1, .said")[0] == "The evening"
    assert len(read(client, PLACE).select(".said")) == 4
    assert client.get(f"{PLACE}nothing/").status_code == 404


def test_markup_in_a_transcript_is_text(client):
    words = "<v &lt;i&gt;>&lt;script&gt;alert(1)&lt;/script&gt;"
    transcribe(make_evening(), f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n")
    assert lines(read(client, PLACE), ".said") == ["0:01 <i>: <script>alert(1)</script>"]


def test_long_talk_goes_on_in_another_part(client):
    blocks = [f"{n // 60:02}:{n % 60:02}.000 --> {n // 60:02}:{n % 60:02}.900\n<v V{n}>Line" for n in range(40, 440)]
    transcribe(make_evening(), "WEBVTT\n\n" + "\n\n".join(blocks) + "\n")
    page = read(client, PLACE)
    assert len(page.select(".said")) == LONGEST_PART
    assert [a["href"] for a in page.select(".toc a")] == [PLACE, *(f"{PLACE}mud-{n}/" for n in (2, 3, 4))]
    assert lines(page, ".toc a")[1] == "2:40 Mud, from 2:40"


def test_several_languages_stand_beside_each_other(client):
    event = make_evening()
    transcribe(event, VTT.replace("Good evening", "Noswaith dda"), language="cy")
    transcribe(event)
    assert lines(read(client, PLACE), ".said") == ["0:01 Chair: Good evening."]
    welsh = read(client, f"{PLACE}?language=cy")
    assert lines(welsh, ".said") == ["0:01 Chair: Noswaith dda."]
    assert welsh.select_one("[data-follow]")["lang"] == "cy"
    assert {a["href"].partition("?")[2] for a in welsh.select(".toc a")} == {"language=cy"}


def test_replaced_transcript_is_the_only_one(client):
    event = make_evening()
    transcribe(event)
    transcribe(event, VTT.replace("Good evening", "Welcome all"))
    assert lines(read(client, PLACE), ".said") == ["0:01 Chair: Welcome all."]
    assert event.transcripts.count() == 1


# To take away


def test_it_is_taken_away_as_text(client):
    transcribe(make_evening())
    response = client.get(f"{PLACE}en.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Finding out",
        "Data Bites 60, Wednesday 26 November 2025, 6pm",
        "",
        "[0:00] Welcome",
        "",
        "0:01  Chair: Good evening.",
        "",
        "[0:10] Tides",
        "",
        "0:12  Ada Vale: The tide comes twice a day, and nobody measures it.",
        "",
        "Question: Why not?",
        "",
        "0:20  Bo Reed: Why not & who?",
        "",
        "[0:30] Mud",
        "",
        "0:30  Cy Moss: Mud is data too.",
    ]


def test_captions_are_cut_for_each_recording(client):
    video, sound = Recording(url=WATCH, offset_seconds=40), Recording(kind="audio", url=WATCH, offset_seconds=-14)
    event = make_evening(recordings=[video, sound])
    transcribe(event, made_for=event.recordings.get(kind="audio"))  # its times are 14 seconds early
    film, tape = (client.get(f"/data-bites/60/captions/{kind}-en.vtt").content.decode() for kind in ("video", "audio"))
    read_video = webvtt.from_string(film, strict=True).captions
    assert [(c.start, c.voice, c.text) for c in read_video[:2]] == [
        ("00:00:55.000", "Chair", "Good evening."),
        ("00:01:06.000", "Ada Vale", "The tide comes twice a day,"),
    ]
    # On the sound's own clock they are where they were in the file.
    assert read_captions(tape.encode()).said == read_captions(VTT.encode()).said
    assert client.get("/data-bites/60/captions/audio-cy.vtt").status_code == 404


def test_file_of_ours_plays_with_captions_and_chapters(client):
    media = MediaFile.objects.create(title="Sixty", type="audio", file=ContentFile(b"x", name="sixty.mp3"))
    event = make_evening(recordings=[Recording(kind="audio", file=media, offset_seconds=5)])
    transcribe(event)
    page = read(client, f"{PLACE}tides/")
    assert [(t["kind"], t["src"], t["srclang"], t["label"]) for t in page.select("audio track")] == [
        ("captions", "/data-bites/60/captions/audio-en.vtt", "en", "English"),
        ("chapters", "/data-bites/60/chapters/audio.vtt", "en", "Chapters"),
    ]
    assert [(p.a["href"], p.a["data-at"]) for p in page.select(".said")] == [
        (f"{media.url}#t=17", "12"),
        (f"{media.url}#t=25", "20"),
    ]


# Who may read it

ADDRESSES = (PLACE, f"{PLACE}tides/", f"{PLACE}en.txt", "/data-bites/60/captions/video-en.vtt")


def statuses(client):
    return [client.get(address).status_code for address in ADDRESSES]


@pytest.fixture
def event():
    event = make_evening()
    transcribe(event)
    return event


def test_transcript_is_gone_with_its_evening(client, event):
    assert statuses(client) == [200] * 4
    event.unpublish()
    bump()
    assert statuses(client) == [404] * 4


def test_transcript_is_gone_when_the_recording_is_withheld(client, event):
    assert statuses(client) == [200] * 4
    publish(event, recordings=[Recording(url=WATCH, state="withheld", reason="A speaker asked us.")])
    bump()
    assert statuses(client) == [404] * 4
    page = read(client, "/data-bites/60/")
    assert lines(page, ".note--over") == ["This evening has a recording that is not public. A speaker asked us."]
    assert lines(page, ".more") == []


def test_transcript_stays_where_the_sound_may_still_be_heard(client, event):
    rows = [Recording(url=WATCH, state="withheld"), Recording(kind="audio", url="https://soundcloud.com/an/evening")]
    publish(event, recordings=rows)
    assert client.get(PLACE).status_code == 200


def test_transcript_of_an_evening_that_was_not_recorded_can_be_read(client, event):
    publish(event, recordings=[Recording(state="not_recorded")])
    assert lines(read(client, PLACE), ".note--over, .said") == [
        "This evening was not recorded.",
        "0:01 Chair: Good evening.",
    ]


def test_transcript_is_gone_at_once_with_a_speakers_consent(client, event, django_capture_on_commit_callbacks):
    talk = TalkPage.objects.get(slug="tides")
    consent = {"contribution": talk.contribution, "speaker": talk.talk_speakers.get().speaker, "what": "record"}
    give_consent(**consent, wording="Yes.", at=START)
    assert statuses(client) == [200] * 4
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(**consent, at=timezone.now())
    assert statuses(client) == [404] * 4
    with django_capture_on_commit_callbacks(execute=True):
        give_consent(**consent, wording="Yes, after all.", at=timezone.now())
    assert statuses(client) == [200] * 4


def test_transcript_of_an_evening_to_come_is_not_there(client):
    event = make_event(number=60, starts_at=timezone.now() + timezone.timedelta(days=3))
    transcribe(event)
    assert (client.get(PLACE).status_code, public_transcripts(at=timezone.now()).count()) == (404, 0)


def test_talk_called_transcript_has_an_address_of_its_own(client):
    talk = make_talk(event=make_event(number=60), title="Transcript")
    give(talk)
    assert talk.slug == "transcript-2"


@pytest.mark.parametrize("count", [1, 3])
def test_transcript_costs_the_same_for_one_line_and_for_three(client, django_assert_num_queries, count):
    blocks = [f"00:{10 + n}.000 --> 00:{10 + n}.900\n<v V{n}>Line" for n in range(count)]
    transcribe(make_evening(), "WEBVTT\n\n" + "\n\n".join(blocks) + "\n")
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(11):
        assert len(read(client, PLACE).select(".said")) == count


# A moment of the evening


@pytest.mark.parametrize(
    ("asked", "press", "href"),
    [
        ("t=553", "▶ Play from 9:13", f"{WATCH}&t=593s"),
        ("t=9:13", "▶ Play from 9:13", f"{WATCH}&t=593s"),
        ("t=9m13s", "▶ Play from 9:13", f"{WATCH}&t=593s"),
        ("t=0", "▶ Play the recording", f"{WATCH}&t=40s"),
        ("t=-5", "▶ Play the recording", f"{WATCH}&t=40s"),
        ("t=<b>", "▶ Play the recording", f"{WATCH}&t=40s"),
        ("t=99999999999999999999", "▶ Play the recording", f"{WATCH}&t=40s"),
        ("", "▶ Play the recording", f"{WATCH}&t=40s"),
    ],
)
def test_address_of_an_evening_names_a_moment(client, asked, press, href):
    make_evening(recordings=[Recording(url=WATCH, offset_seconds=40)])
    page = whole(client.get(f"/data-bites/60/?{asked}").content)
    (button,) = page.select("#recording .button")
    assert (" ".join(button.get_text().split()), button["href"]) == (press, href)
    assert page.select_one("link[rel=canonical]")["href"].endswith("/data-bites/60/")


def test_moment_of_an_evening_elsewhere_is_its_beginning(client):
    make_evening(recordings=[Recording(url="https://video.example/w/60")])
    assert lines(read(client, "/data-bites/60/?t=553"), "#recording .button") == ["▶ Watch the recording"]


def test_search_engines_are_told_of_it_while_it_is_public(client, event):
    assert client.get("/sitemap.xml").content.decode().count("/60/transcript/</loc>") == 1
    publish(event, recordings=[Recording(url=WATCH, state="withheld")])
    bump()
    assert client.get("/sitemap.xml").content.decode().count("/60/transcript/</loc>") == 0
