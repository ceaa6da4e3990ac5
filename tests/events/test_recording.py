"""A recording in a page: played from its platform after a press, as a file, or by a link; and what isn't there."""

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template

from events.models import AudienceQuestion, Chapter, EventPage, Recording
from pages.models import MediaFile
from tests.factories import make_event, make_talk, publish
from tests.reading import lines, whole
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
KEY = "aB3-_fGh1jK"
WATCH = f"https://www.youtube.com/watch?v={KEY}"
EMBED = f"https://www.youtube-nocookie.com/embed/{KEY}?autoplay=1&rel=0"
SOUND = "https://soundcloud.com/an-evening/sixty"


@pytest.fixture
@remembered
def event():
    return make_event(number=60, title="Finding out")


def record(event, *recordings, chapters=()):
    rows = [Chapter(seconds=seconds, label=label, **about) for seconds, label, about in chapters]
    return publish(event, recordings=[Recording(**fields) for fields in recordings], chapters=rows)


def shown(event, talk=None):
    template = Template("{% load recording_tags %}{% recording event talk %}")
    return whole(template.render(Context({"event": EventPage.objects.get(pk=event.pk), "talk": talk})))


def test_video_plays_after_a_press_and_leads_to_its_platform_without_a_script(event):
    record(event, {"url": WATCH, "duration_seconds": 4349, "captions": True})
    place = shown(event).select_one("#recording")
    link = place.select_one("a.button")
    assert place["data-title"] == "Recording of Finding out"
    told = {name: value for name, value in link.attrs.items() if name.startswith("data-")}
    assert (link["href"], told) == (WATCH, {"data-embed": EMBED, "data-kind": "video", "data-offset": "0"})
    assert lines(place, "a.button, p") == [
        "▶ Play the recording",
        "1 hour 12 minutes, with captions, on YouTube. Nothing is loaded from there before you press.",
    ]


def test_page_loads_nothing_of_a_platform(event):
    record(event, {"url": WATCH}, {"kind": "audio", "url": SOUND}, chapters=[(0, "Welcome", {})])
    page = shown(event)
    assert page.select("iframe, img, script, link, video, audio, [src]") == []


def test_evening_begins_at_the_offset_and_chapters_follow_it(event):
    record(
        event,
        {"url": f"https://youtu.be/{KEY}", "offset_seconds": 40},
        chapters=[(553, "Tides", {}), (0, "Welcome", {})],
    )
    page = shown(event)
    assert page.select_one("a.button")["href"] == f"{WATCH}&t=40s"
    assert lines(page, ".chapter") == ["0:00 Welcome", "9:13 Tides"]
    assert [(a["href"], a["data-embed"], a["data-at"], a["data-offset"]) for a in page.select("a.chapter")] == [
        (f"{WATCH}&t=40s", f"{EMBED}&start=40", "0", "40"),
        (f"{WATCH}&t=593s", f"{EMBED}&start=593", "553", "40"),
    ]


def test_offset_before_the_beginning_is_the_beginning(event):
    record(event, {"url": WATCH, "offset_seconds": -90}, chapters=[(60, "Welcome", {})])
    assert [a["href"] for a in shown(event).select("a")] == [WATCH, WATCH]


def test_second_in_the_address_is_where_the_evening_begins(event):
    record(event, {"url": f"{WATCH}&t=75"})
    assert shown(event).select_one("a.button")["href"] == f"{WATCH}&t=75s"


def test_sound_beside_the_video_can_be_listened_to_instead(event):
    record(event, {"url": WATCH}, {"kind": "audio", "url": SOUND})
    link = shown(event).select(".facade p a")[0]
    assert (link.get_text(), link["href"], link["data-kind"]) == ("Listen instead", SOUND, "audio")


def test_sound_alone_is_played(event):
    record(event, {"kind": "audio", "url": SOUND, "duration_seconds": 45})
    assert lines(shown(event), "a, p") == [
        "▶ Play the recording",
        "45 seconds, on SoundCloud. Nothing is loaded from there before you press.",
    ]


@pytest.mark.parametrize(
    ("kind", "press"), [("video", "▶ Watch the recording"), ("audio", "▶ Listen to the recording")]
)
def test_recording_elsewhere_is_a_plain_link_and_its_chapters_are_text(event, kind, press):
    address = "https://www.video.example/w/60"
    record(event, {"kind": kind, "url": address, "duration_seconds": 3600}, chapters=[(553, "Tides", {})])
    page = shown(event)
    assert [dict(a.attrs) for a in page.select("a")] == [{"class": ["button", "button--loud"], "href": address}]
    assert lines(page, "a, p, .chapter") == [press, "1 hour, at video.example.", "9:13 Tides"]


def test_address_that_may_not_be_linked_is_not_there(event):
    event = record(event, {"url": WATCH})
    event.recordings.update(url="javascript:alert(1)")
    assert shown(event).get_text().strip() == ""


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_file_of_ours_plays_in_the_page_and_chapters_name_its_seconds(event, kind):
    media = MediaFile.objects.create(title="Sixty", type=kind, file=ContentFile(b"sound", name="sixty.bin"))
    record(event, {"file": media, "kind": kind, "offset_seconds": 5}, chapters=[(10, "Tides", {})])
    page = shown(event)
    (player,) = page.select(kind)
    assert (player["src"], player["preload"], "controls" in player.attrs) == (f"{media.url}#t=5", "none", True)
    assert (player["aria-label"], player["data-offset"]) == ("Recording of Finding out", "5")
    (chapter,) = page.select("a.chapter")
    assert (chapter["href"], chapter["data-at"]) == (f"{media.url}#t=15", "10")


def test_another_recording_is_a_link(event):
    record(event, {"url": WATCH}, {"url": "https://vimeo.com/123456789", "duration_seconds": 60})
    assert lines(shown(event), "p.fine") == ["Another recording: 1 minute, on Vimeo."]


@pytest.mark.parametrize(
    ("recordings", "said"),
    [
        ([], []),
        (
            [{"state": "not_recorded", "reason": "The camera was ill."}],
            ["This evening was not recorded. The camera was ill."],
        ),
        ([{"state": "not_recorded"}], ["This evening was not recorded."]),
        (
            [{"state": "withheld", "url": WATCH, "reason": "A speaker asked us."}],
            ["This evening has a recording that is not public. A speaker asked us."],
        ),
        (
            [
                {"state": "withheld", "url": WATCH},
                {"kind": "audio", "state": "not_recorded", "reason": "No microphone."},
            ],
            ["The video of this evening is not public.", "There is no sound recording of this evening. No microphone."],
        ),
    ],
)
def test_what_is_not_there_has_its_words(event, recordings, said):
    record(event, *recordings, chapters=[(0, "canary", {})])
    page = shown(event)
    assert lines(page, "p") == said
    assert page.select("a") == []
    assert "canary" not in page.get_text()


def test_withheld_video_beside_public_sound_says_so(event):
    record(event, {"state": "withheld", "url": WATCH, "reason": "A speaker asked us."}, {"kind": "audio", "url": SOUND})
    page = shown(event)
    assert lines(page, ".note") == ["The video of this evening is not public. A speaker asked us."]
    assert [a["href"] for a in page.select("a")] == [SOUND]


def test_talk_plays_from_its_own_second_with_its_questions(event):
    tides, mud = make_talk(event=event, title="Tides"), make_talk(event=event, title="Mud")
    asked = AudienceQuestion.objects.create(event=event, talk=tides, as_asked="Why?", text="Why?")
    record(
        event,
        {"url": WATCH, "captions": True},
        chapters=[
            (0, "Welcome", {}),
            (553, "Tides", {"talk": tides}),
            (900, "Why?", {"question": asked}),
            (1500, "Mud", {"talk": mud}),
            (2500, "Good night", {}),
        ],
    )
    page = shown(event, tides)
    assert lines(page, "a.button, .facade p, .chapter") == [
        "▶ Play this talk",
        "From 9:13 of the evening, with captions, on YouTube. Nothing is loaded from there before you press.",
        "9:13 Tides",
        "15:00 Why?",
    ]
    assert page.select_one("a.button")["href"] == f"{WATCH}&t=553s"
    assert lines(page, ".chapter--question") == ["15:00 Why?"]
    assert lines(shown(event, mud), "a.button, .chapter") == ["▶ Play this talk"]


def test_talk_without_a_chapter_offers_the_whole_evening(event):
    talk = make_talk(event=event)
    record(event, {"url": WATCH}, chapters=[(0, "Welcome", {})])
    page = shown(event, talk)
    assert lines(page, "a, .chapter") == ["▶ Play the whole evening"]
    assert page.select_one("a")["href"] == WATCH


def test_label_of_a_chapter_is_text(event):
    record(event, {"url": WATCH}, chapters=[(0, "<script>alert(1)</script>", {})])
    assert lines(shown(event), ".chapter") == ["0:00 <script>alert(1)</script>"]


def test_draft_of_a_recording_is_shown_in_a_preview(event):
    draft = event.get_latest_revision_as_object()
    draft.recordings = [Recording(url=WATCH)]
    template = Template("{% load recording_tags %}{% recording event %}")
    assert whole(template.render(Context({"event": draft}))).select_one("a.button")["href"] == WATCH


@pytest.mark.parametrize("count", [1, 3])
def test_recording_costs_the_same_for_one_chapter_and_for_three(event, django_assert_num_queries, count):
    talks = [make_talk(event=event) for _ in range(count)]
    record(event, {"url": WATCH}, chapters=[(place, "Tides", {"talk": talk}) for place, talk in enumerate(talks)])
    fresh = EventPage.objects.get(pk=event.pk)
    template = Template("{% load recording_tags %}{% recording event %}")
    with django_assert_num_queries(2):
        template.render(Context({"event": fresh}))


def test_evening_page_shows_its_recording(client, event):
    record(event, {"url": WATCH})
    page = whole(client.get("/data-bites/60/").content)
    assert page.select_one("#recording a.button")["data-embed"] == EMBED
    assert [script["src"] for script in page.select("script[src]")] == ["/static/js/site.js"]
