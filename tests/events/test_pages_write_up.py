"""An evening's page once it was held: what was said, and by whom."""

import datetime as dt

import pytest
import time_machine

from events.models import AudienceQuestion, EventCorrection, EventPage, RelatedTalk, TalkCorrection, TalkSpeaker
from speakers.models import OrganisationName
from tests.factories import (
    START,
    give,
    make_event,
    make_organisation,
    make_speaker,
    make_talk,
    make_topic,
    make_venue,
    publish,
)
from tests.reading import facts, lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
AFTER = START + dt.timedelta(days=20)
EVENING = "/data-bites/7/"


@pytest.fixture
def after():
    with time_machine.travel(AFTER, tick=False):
        yield


# After


@pytest.fixture
def written_up(after):
    """An evening with a write-up, and the talk most of it is about."""
    event = make_event(
        number=7,
        title="Finding out",
        introduction="<p>It was about finding things.</p>",
        sign_off="<p>See you in May.</p>",
        byline="Cy Chair",
        written_up_on=dt.date(2025, 12, 3),
        original_url="https://www.example.org/old",
        related_title="Five things we learned",
        related_url="https://example.org/five",
        venue=make_venue(address="4 Tanner’s Row", finding_it="The door with the bird."),
        booking_url="https://booking.example.org",
    )
    ada = make_speaker("Ada Vale")
    make_talk(
        event=event, title="Tides", speakers=[ada], role="Chief", organisation=make_organisation("Board of Tides")
    )
    return EventPage.objects.get(pk=event.pk)


def test_write_up_reads_from_introduction_to_sign_off(client, written_up):
    talk = written_up.talks.get()
    publish(talk, account="<p>Ada spoke of water.</p>", teaser="Water comes, water goes.")
    EventCorrection.objects.create(event=written_up, made_on=dt.date(2025, 12, 9), text="It was 16, not 61.")
    page = read(client, EVENING)
    assert lines(page, "article .opening") == ["It was about finding things."]
    assert lines(page, ".talk .kicker") == ["Talk 1 of 1"]
    assert lines(page, ".talk h2") == ["Tides"]
    assert lines(page, ".talk .people div") == ["Ada Vale Chief, Board of Tides"]
    assert lines(page, ".talk .body > .prose") == ["Water comes, water goes.", "Ada spoke of water."]
    assert lines(page, "footer p") == [
        "See you in May.",
        "Read on: Five things we learned",
        "Written up by Cy Chair, 3 December 2025. First published at example.org.",
        "Corrected on 9 December 2025: It was 16, not 61.",
    ]


def test_evening_that_is_over_no_longer_says_how_to_get_there(client, written_up):
    page = read(client, EVENING)
    assert facts(page) == {"When": "Wednesday 26 November 2025", "Where": "The Old Sorting Office, London"}
    assert page.select(".button") == []


def test_answers_stand_under_their_questions_each_with_its_address(client, written_up):
    talk = written_up.talks.get()
    give(talk, {"summary": "We count water.", "hurdles": "Mud."})
    page = read(client, EVENING)
    assert [
        (s.h3.contents[0].strip(), " ".join(s.div.get_text().split())) for s in page.select(".answers section")
    ] == [
        ("Can you summarise your project in a few sentences?", "We count water."),
        ("What are the main hurdles?", "Mud."),
    ]
    assert [a["href"] for a in page.select(".answers .self")] == [
        "/data-bites/7/tides/#summary",
        "/data-bites/7/tides/#hurdles",
    ]
    assert lines(page, ".answers > p") == ["Four more answers are still to come."]


def test_audience_is_heard_in_its_published_words(client, written_up):
    talk = written_up.talks.get()
    rows = [
        {
            "talk": talk,
            "text": "Why mud?",
            "answer": "<p>Why not.</p>",
            "state": "in_writing",
            "answered_by": make_speaker("Bo"),
        },
        {"talk": talk, "text": "And sand?", "state": "on_the_night"},
        {
            "talk": talk,
            "text": "How much?",
            "answer": "<p>A bit.</p>",
            "state": "partly",
            "pointer_url": "https://www.example.org/mud",
        },
        {"text": "Where is the bar?", "answer": "<p>Upstairs.</p>", "state": "reported"},
        {"talk": talk, "text": "Still open?", "state": "waiting"},
    ]
    for order, fields in enumerate(rows):
        AudienceQuestion.objects.create(event=written_up, as_asked="asked in other words", order=order, **fields)
    page = read(client, EVENING)
    assert [lines(asked, ".answers > div") for asked in page.select(".asked")] == [
        [
            "Why mud? Why not. Bo answered this in writing.",
            "And sand? Answered on the night.",
            "How much? A bit. There is more at example.org.",
        ],
        ["Where is the bar? Upstairs. This is our account of the answer."],
    ]


def test_people_are_told_with_what_else_they_spoke_at(client, written_up):
    ada = written_up.talks.get().talk_speakers.get().speaker
    series = written_up.series
    for number, days, fields in [
        (5, -60, {}),
        (6, -30, {"status": "cancelled"}),
        (8, 40, {}),
        (9, -90, {"live": False}),
    ]:
        event = make_event(series=series, number=number, starts_at=START + dt.timedelta(days=days), **fields)
        make_talk(event=event, title=f"Elsewhere {number}", speakers=[ada])
    page = read(client, EVENING)
    assert lines(page, ".people small") == [
        "Chief, Board of Tides",
        "Also spoke at Data Bites 5 (September 2025)",
        "Speaks again at Data Bites 8 (January 2026)",
    ]
    assert [a["href"] for a in page.select(".people small a")][1:] == [
        "/data-bites/5/elsewhere-5/",
        "/data-bites/8/elsewhere-8/",
    ]


def test_organisation_is_named_as_it_was_on_the_day(client, written_up):
    board = written_up.talks.get().talk_speakers.get().organisation
    OrganisationName.objects.create(organisation=board, name="Tide Office", until=dt.date(2025, 12, 31))
    assert lines(read(client, EVENING), ".people small") == ["Chief, Tide Office"]


def test_two_speakers_of_two_organisations_are_told_each_with_their_own(client, written_up):
    talk = written_up.talks.get()
    TalkSpeaker.objects.create(
        talk=talk, speaker=make_speaker("Bo Dee"), organisation=make_organisation("City"), place="Cardiff", sort_order=2
    )
    page = read(client, EVENING)
    assert lines(page, ".people div") == ["Ada Vale Chief, Board of Tides", "Bo Dee City, from Cardiff"]
    assert [face["data-initials"] for face in page.select(".people .avatar")] == ["AV", "BD"]


def test_merged_speaker_is_the_person_they_were_merged_into(client, written_up):
    row = written_up.talks.get().talk_speakers.get()
    merged = make_speaker("A. Vale", live=False, merged_into=row.speaker)
    TalkSpeaker.objects.filter(pk=row.pk).update(speaker=merged)
    page = read(client, EVENING)
    link = page.select_one(".people a")
    assert (link.get_text(strip=True), link["href"]) == ("Ada Vale", "/speakers/ada-vale/")


def test_topics_and_related_talks_come_from_the_talks(client, written_up):
    talk = written_up.talks.get()
    other = make_talk(event=make_event(number=3, starts_at=START - dt.timedelta(days=99)), title="Mud")
    hidden = make_talk(event=other.event, title="A secret", live=False)
    draft = talk.get_latest_revision_as_object()
    draft.topics = [make_topic(name="Water"), make_topic(name="Maps")]
    draft.related_talks = [
        RelatedTalk(related=other, reason="an earlier stage"),
        RelatedTalk(related=hidden),
        RelatedTalk(words="What we heard of sand", number=2),
        RelatedTalk(words="The first talk about sand", year=2019, url="https://example.org/sand"),
    ]
    draft.corrections = [TalkCorrection(made_on=dt.date(2026, 1, 2), text="Not sand.")]
    draft.save_revision().publish()
    page = read(client, EVENING)
    assert facts(page)["Topics"] == "Maps, Water"
    assert lines(page, ".body ul.prose li") == [
        "Mud, Data Bites 3 (an earlier stage)",
        "What we heard of sand, Data Bites 2",
        "The first talk about sand, 2019",
    ]
    assert [a["href"] for a in page.select(".body ul.prose a")] == ["/data-bites/3/mud/", "https://example.org/sand"]
    assert lines(page, ".body .note") == ["Corrected on 2 January 2026: Not sand."]


def test_evening_without_anything_to_read_says_so(client, after):
    make_event(number=7, slots=4)
    page = read(client, EVENING)
    assert lines(page, ".soft") == ["Nothing has been published about this evening’s talks so far."]
    assert page.select(".rail") == []


def test_rail_leads_to_each_talk(client, written_up):
    make_talk(event=written_up, title="Mud", speakers=[make_speaker("Bo"), make_speaker("Cy")])
    page = read(client, EVENING)
    assert lines(page, ".rail a") == ["Ada Vale Tides", "Bo, Cy Mud"]
    assert [page.select_one(a["href"]).h2.get_text(strip=True) for a in page.select(".rail a")] == ["Tides", "Mud"]


def test_neighbours_are_the_public_evenings_before_and_after(client, written_up):
    for number, days, fields in [(5, -60, {}), (6, -30, {"live": False}), (8, 0, {}), (9, 30, {})]:
        make_event(
            series=written_up.series,
            number=number,
            title=f"Number {number}",
            starts_at=START + dt.timedelta(days=days),
            **fields,
        )
    page = read(client, EVENING)
    assert lines(page, ".pager a") == [
        "The evening before Data Bites 5 Number 5",
        "The evening after Data Bites 8 Number 8",
    ]
    assert [a["href"] for a in page.select(".pager a")] == ["/data-bites/5/", "/data-bites/8/"]
    first, last = (read(client, f"/data-bites/{number}/").select(".pager a") for number in (5, 9))
    assert [(a["rel"], a["href"]) for a in [*first, *last]] == [
        (["next"], "/data-bites/7/"),
        (["prev"], "/data-bites/8/"),
    ]


def test_search_engines_are_told_series_number_and_standfirst(client, written_up):
    publish(written_up, standfirst="Two portals and a census.", starts_at=START)
    head = whole(client.get(EVENING).content).head
    assert lines(head, "title") == ["Finding out, Data Bites 7"]
    assert head.select_one("[name=description]")["content"] == "Two portals and a census."
    assert head.select_one("[property='og:type']")["content"] == "article"


def test_longest_title_and_name_are_there_in_full(client, after):
    title, name = "T" * 255, "N" * 120
    make_talk(event=make_event(number=7, title=title), title=title, speakers=[make_speaker(name)])
    page = read(client, EVENING)
    assert lines(page, "h1") == [title]
    assert lines(page, ".talk h2") == [title]
    assert lines(page, ".people a") == [name]


def test_page_is_described_in_plain_words(client):
    event = publish(make_event(number=60), introduction="<p>Tea &amp; <b>tides</b>, “R&amp;D” and 1 &lt; 2.</p>")
    page = whole(client.get(event.url).content)
    for name in ('meta[name="description"]', 'meta[property="og:description"]'):
        assert page.select_one(name)["content"] == "Tea & tides, “R&D” and 1 < 2."


def test_evening_after_another_has_no_empty_heading(client):
    make_event(number=59, starts_at=START - dt.timedelta(days=30))
    talk = make_talk(event=make_event(number=60))
    give(talk)
    page = whole(client.get(talk.event.url).content)
    assert [heading.get_text() for heading in page.select("h2, h3, h4") if "Before this" in heading.get_text()] == []
