"""What a page asks of the database doesn't grow with what stands on it: one thing or three, the same number."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image

from events.models import AudienceQuestion, Chapter, EventCorrection, Recording, RelatedTalk, TalkCorrection
from pages.cache import bump
from pages.models import Picture
from speakers.models import Ask, OrganisationName, Promise, TalkLink
from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
AFTER = START + dt.timedelta(days=20)
MONTH = dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _after():
    # The clock runs on: a generation of kept pages is a moment, and a frozen one would be the same twice.
    with time_machine.travel(AFTER, tick=True):
        yield


def make_photo():
    data = BytesIO()
    Image.new("RGB", (160, 160), "#0f5132").save(data, "PNG")
    return Picture.objects.create(title="A portrait", file=ContentFile(data.getvalue(), "portrait.png"))


def make_person(name):
    organisation = make_organisation(f"Office of {name}")
    OrganisationName.objects.create(organisation=organisation, name=f"Old office of {name}")
    return make_speaker(name, photo=make_photo()), organisation


def add_talk(event, number, *, people=1):
    """A talk with everything that a page can show of one."""
    talk = make_talk(event=event, title=f"Talk {number}")
    draft = talk.get_latest_revision_as_object()
    for place in range(people):
        speaker, organisation = make_person(f"Speaker {number} {place}")
        draft.talk_speakers.add(
            draft.talk_speakers.model(speaker=speaker, organisation=organisation, role="Chief", sort_order=place)
        )
        make_talk(event=make_event(starts_at=START - MONTH), title="Elsewhere", speakers=[speaker])
    draft.topics = [make_topic(name=f"Topic {number}")]
    other = make_talk(event=make_event(starts_at=START - 2 * MONTH), title="Related")
    draft.related_talks = [RelatedTalk(related=other)]
    draft.corrections = [TalkCorrection(made_on=START.date(), text="Not so.")]
    draft.save_revision().publish()
    given = talk.contribution.get_latest_revision_as_object()
    given.links.add(TalkLink(label="A link", url="https://example.org"))
    given.asks.add(Ask(text="Tell us", closes_on=AFTER.date()))
    given.promises.add(Promise(text="More of it"))
    given.save_revision()
    give(talk, {"summary": "Words.", "change": "More words."})
    for word in ("Why?", "How?"):
        AudienceQuestion.objects.create(
            event=event, talk=talk, as_asked="?", text=word, state="on_the_night", answered_by=make_speaker()
        )
    Chapter.objects.create(event=event, talk=talk, seconds=60 * number, label=talk.title)
    return talk


def make_full_evening(talks, *, people=1):
    series = make_series(spells=[(make_host("Quay"), 1, 49), (make_host("Harbour"), 50, None)])
    event = make_event(series=series, number=60, venue=make_venue(), chair=make_speaker(), host=make_host())
    Recording.objects.create(event=event, url="https://www.youtube.com/watch?v=abcdefghijk")
    EventCorrection.objects.create(event=event, made_on=START.date(), text="Not so.")
    make_event(series=series, number=59, starts_at=START - dt.timedelta(days=1))
    make_event(series=series, number=61, starts_at=AFTER + MONTH, venue=make_venue())
    return [add_talk(event, number + 1, people=people) for number in range(talks)]


def count(client, address, number, django_assert_num_queries):
    """The page is made twice, so that photos are drawn and what processes remember is remembered."""
    assert client.get(address).status_code == 200
    bump()
    with django_assert_num_queries(number):
        client.get(address)


@pytest.mark.parametrize("talks", [1, 3])
def test_evening_asks_the_same_for_one_talk_and_for_three(client, talks, django_assert_num_queries):
    make_full_evening(talks)
    count(client, "/data-bites/60/", 38, django_assert_num_queries)


@pytest.mark.parametrize("people", [1, 3])
def test_talk_asks_the_same_for_one_speaker_and_for_three(client, people, django_assert_num_queries):
    (talk,) = make_full_evening(1, people=people)
    count(client, talk.url, 34, django_assert_num_queries)


@pytest.mark.parametrize("talks", [1, 3])
def test_evening_to_come_asks_the_same_for_one_talk_and_for_three(client, talks, django_assert_num_queries):
    event = make_event(number=7, starts_at=AFTER + MONTH)
    for number in range(talks):
        add_talk(event, number)
    count(client, "/data-bites/7/", 20, django_assert_num_queries)


@pytest.mark.parametrize("evenings", [1, 3])
def test_series_asks_the_same_for_one_evening_and_for_three(client, evenings, django_assert_num_queries):
    series = make_series()
    for number in range(1, evenings + 1):
        make_event(series=series, number=number, host=make_host(), starts_at=START - number * MONTH)
        make_event(series=series, number=10 + number, host=make_host(), starts_at=AFTER + number * MONTH)
    count(client, "/data-bites/", 16, django_assert_num_queries)


@pytest.mark.parametrize("evenings", [1, 3])
def test_front_page_asks_the_same_for_one_evening_and_for_three(client, evenings, django_assert_num_queries):
    series = make_series()
    coming = make_event(series=series, number=70, starts_at=AFTER + MONTH)
    for number in range(1, evenings + 1):
        event = make_event(series=series, number=number, starts_at=START - number * MONTH)
        speaker, organisation = make_person(f"Speaker {number}")
        give(make_talk(event=event, speakers=[speaker], organisation=organisation), {"change": "Names."})
        make_talk(event=event, speakers=[speaker], organisation=organisation)
        speaker, organisation = make_person(f"Coming {number}")
        make_talk(event=coming, speakers=[speaker], organisation=organisation)
    count(client, "/", 21, django_assert_num_queries)
