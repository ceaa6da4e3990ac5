"""What an evening's page tells search engines, parsed from the page."""

import datetime as dt
import re

import pytest
import time_machine

from events.models import Chapter, Recording
from tests.archive.structured import EVENING, SITE, lacks, make_evening, told
from tests.factories import START, make_event, make_venue, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
ADA = {
    "@type": "Person",
    "name": "Ada Vale",
    "url": f"{SITE}/speakers/ada-vale/",
    "jobTitle": "Chief",
    "worksFor": {"@type": "Organization", "name": "Board of Tides"},
}
PLACES = [
    {
        "@type": "Place",
        "name": "The Old Sorting Office",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 Quay Street, London E1",
            "addressLocality": "London",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 51.5, "longitude": -0.1},
    },
    {"@type": "VirtualLocation", "url": "https://stream.example.org/60"},
]


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE
    with time_machine.travel(START + dt.timedelta(days=20), tick=True):
        yield


@pytest.fixture
def evening():
    return make_evening()


def test_evening_is_an_event_with_its_talks(client, evening):
    with time_machine.travel(START - dt.timedelta(days=3)):
        event = told(client, EVENING)["Event"]
        card = re.search(r'property="og:image" content="([^"]+)"', client.get(EVENING).text)
    assert lacks(event) == set()
    places = event.pop("location")
    (talk,) = event.pop("subEvent")
    assert event == {
        "@type": "Event",
        "@id": f"{SITE}/data-bites/60/#evening",
        "name": "Data Bites 60: Tides and maps",
        "description": "What water does to maps.",
        "url": f"{SITE}/data-bites/60/",
        "startDate": "2025-11-26T18:00:00+00:00",
        "endDate": "2025-11-26T19:09:00+00:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "organizer": {"@type": "Organization", "name": "The Hall", "url": f"{SITE}/hosts/the-hall/"},
        "performer": [ADA],
        "image": [card and card[1]],
        "superEvent": {"@type": "EventSeries", "name": "Data Bites", "url": f"{SITE}/data-bites/"},
    }
    assert places == PLACES
    assert (talk["name"], talk["startDate"], talk["endDate"], talk["performer"], talk["location"]) == (
        "Tides",
        "2025-11-26T18:05:00+00:00",
        "2025-11-26T18:21:00+00:00",
        [ADA],
        places,
    )


def test_summer_evening_has_its_offset(client):
    make_event(number=60, starts_at=dt.datetime(2026, 7, 1, 17, 0, tzinfo=dt.UTC))
    assert told(client, EVENING)["Event"]["startDate"] == "2026-07-01T18:00:00+01:00"


@pytest.mark.parametrize(
    ("places", "mode"),
    [
        ({"venue": True}, "OfflineEventAttendanceMode"),
        ({"online_url": "https://stream.example.org/"}, "OnlineEventAttendanceMode"),
        ({}, None),
    ],
)
def test_way_to_attend_is_what_is_known(client, places, mode):
    fields = {name: make_venue() if value is True else value for name, value in places.items()}
    make_event(number=60, **fields)
    event = told(client, EVENING)["Event"]
    assert event.get("eventAttendanceMode") == (f"https://schema.org/{mode}" if mode else None)
    assert ("location" in event) == bool(places)


@pytest.mark.parametrize(("status", "kind"), [("cancelled", "EventCancelled"), ("postponed", "EventPostponed")])
def test_evening_that_was_called_off_keeps_its_day_and_says_so(client, status, kind):
    event = make_event(number=60)
    publish(event, status=status)
    found = told(client, EVENING)["Event"]
    assert (found["eventStatus"], found["startDate"], found.get("previousStartDate")) == (
        f"https://schema.org/{kind}",
        "2025-11-26T18:00:00+00:00",
        None,
    )


def test_evening_on_another_day_says_which_it_was(client):
    later = START + dt.timedelta(days=90)
    event = make_event(number=60)
    draft = type(event).objects.get(pk=event.pk)
    draft.starts_at = START + dt.timedelta(days=40)
    draft.save_revision()  # never published, so never anybody's day
    publish(event, starts_at=later)
    found = told(client, EVENING)["Event"]
    assert (found["eventStatus"], found["startDate"], found["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2026-02-24T18:00:00+00:00",
        "2025-11-26T18:00:00+00:00",
    )


def test_recording_is_a_video_with_a_clip_for_each_chapter(client, evening):
    publish(evening, written_up_on=dt.date(2025, 12, 1))
    Recording.objects.create(
        event=evening,
        url="https://www.youtube.com/watch?v=abcdefghijk",
        duration_seconds=4000,
        offset_seconds=-20,
    )
    for seconds, label in ((320, "Tides"), (5, "Welcome"), (900, "Questions"), (900, "Again")):
        Chapter.objects.create(event=evening, seconds=seconds, label=label)
    found = told(client, EVENING)
    video = found["VideoObject"]
    assert lacks(video) == set()
    parts = video.pop("hasPart")
    assert video == {
        "@type": "VideoObject",
        "@id": f"{SITE}/data-bites/60/#video",
        "name": "Data Bites 60: Tides and maps",
        "description": "What water does to maps.",
        "thumbnailUrl": found["Event"]["image"],
        "uploadDate": "2025-12-01T00:00:00+00:00",
        "duration": "PT4000S",
        "embedUrl": "https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0",
        "url": "https://www.youtube.com/watch?v=abcdefghijk",
    }
    assert [(part["name"], part["startOffset"], part["endOffset"]) for part in parts] == [
        ("Welcome", 0, 300),
        ("Tides", 300, 880),
        ("Questions", 880, 4000),
    ]
    assert [lacks(part) for part in parts] == [set()] * 3
    assert parts[1]["url"] == f"{SITE}/data-bites/60/?t=320"


@pytest.mark.parametrize(
    ("days", "uploaded"),
    [
        ([2, 5], "2025-12-01T18:00:00+00:00"),  # cut again: another recording
        ([5, 2], "2025-11-28T18:00:00+00:00"),
        ([20, -3], None),  # a stream's address, known beforehand
    ],
)
def test_video_went_up_when_it_was_first_published(client, evening, days, uploaded):
    for day, key in zip(days, ("firstcut000", "abcdefghijk"), strict=True):
        with time_machine.travel(START + dt.timedelta(days=day), tick=False):
            publish(evening, recordings=[Recording(url=f"https://youtu.be/{key}")])
    publish(evening, written_up_on=dt.date(2025, 12, 10))
    found = told(client, EVENING)
    assert found["VideoObject"]["uploadDate"] == (uploaded or found["Event"]["endDate"])


@pytest.mark.parametrize("state", ["withheld", "not_recorded"])
def test_recording_that_is_not_public_is_no_video(client, evening, state):
    Recording.objects.create(event=evening, url="https://www.youtube.com/watch?v=canarycanar", state=state)
    assert set(told(client, EVENING)) == {"Event", "BreadcrumbList"}
    assert "canarycanar" not in client.get(EVENING).content.decode()


def test_no_word_ends_the_block(client, evening):
    publish(evening, title="</script><script>alert(1)</script><!--", standfirst="A & B")
    event = told(client, EVENING)["Event"]
    assert (event["name"], event["description"]) == (
        "Data Bites 60: </script><script>alert(1)</script><!--",
        "A & B",
    )
    assert "<script>alert" not in client.get(EVENING).content.decode()
