"""Programs that ask again and again: 304 until something is new, few queries, compressed bodies."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache

from events.models import EventCorrection
from pages.cache import bump
from speakers.actions import withdraw_consent
from speakers.models import Ask, PromiseReply
from tests.archive.followed import AFTER, YEAR, evening, get
from tests.factories import START, make_series, make_speaker, make_talk, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture(autouse=True)
def _after(settings):
    settings.SITE_URL = "https://bites.example.org"
    with time_machine.travel(AFTER, tick=True):
        yield


@pytest.mark.parametrize("kind", ["evenings", "write-ups"])
def test_empty_feed_is_a_feed_and_the_same_tomorrow(client, kind, time_machine):
    make_series()
    first, feed = get(client, f"/feeds/{kind}/")
    assert (feed.bozo, feed.entries, feed.feed.updated) == (False, [], "1970-01-01T00:00:00+00:00")
    time_machine.move_to(AFTER + dt.timedelta(days=1))
    assert get(client, f"/feeds/{kind}/", **{"If-None-Match": first["ETag"]})[0].status_code == 304


@pytest.mark.parametrize("kind", ["evenings", "write-ups"])
def test_nothing_new_is_304_until_something_is(client, kind, time_machine):
    talk = evening()
    first, feed = get(client, f"/feeds/{kind}/")
    time_machine.move_to(AFTER + dt.timedelta(days=30))
    cache.clear()
    bump()
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again, _ = get(client, f"/feeds/{kind}/", **asked)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    publish(talk, title="Tides and mud")
    bump()
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        changed, new = get(client, f"/feeds/{kind}/", **asked)
        assert (changed.status_code, [entry.id for entry in new.entries]) == (200, [e.id for e in feed.entries])
        assert new.entries[0].updated_parsed > feed.entries[0].updated_parsed


def test_words_that_are_taken_back_are_news(client):
    talk = evening()
    first, _ = get(client, "/feeds/write-ups/")
    speaker = talk.talk_speakers.get().speaker
    withdraw_consent(contribution=talk.contribution, speaker=speaker, what="answers", at=AFTER + dt.timedelta(days=1))
    bump()
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        response, _ = get(client, "/feeds/write-ups/", **asked)
        assert (response.status_code, b"We count waves." in response.content) == (200, False)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/feeds/evenings/", 9),
        ("/feeds/write-ups/", 21),
        ("/topics/census/feeds/evenings/", 12),
        ("/topics/census/feeds/write-ups/", 24),
    ],
)
def test_feeds_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, count, address, number):
    for place in range(count):
        talk = evening(60 + place, starts_at=START - place * YEAR)
        EventCorrection.objects.create(event=talk.event, made_on=AFTER.date(), text="Not so.")
        make_talk(event=talk.event, speakers=[make_speaker(), make_speaker()])
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/asks/feed/", "/what-happened-next/feed/", "/corrections/feed/"])
def test_feed_of_one_page_is_kept_until_something_public_changes(client, django_assert_num_queries, address):
    talk = evening()
    first, _ = get(client, address)
    with django_assert_num_queries(0):
        again, _ = get(client, f"{address}?from=somewhere")
    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    Ask.objects.create(contribution=talk.contribution, text="News")
    PromiseReply.objects.create(
        contribution=talk.contribution,
        said="News",
        outcome="done",
        replied_on=AFTER.date(),
        at=AFTER,
        published_at=AFTER,
    )
    EventCorrection.objects.create(event=talk.event, made_on=AFTER.date(), text="News")
    bump()
    _, feed = get(client, address, **{"If-None-Match": first["ETag"]})
    assert len(feed.entries) == 1


def test_body_goes_compressed_to_whoever_takes_it(client):
    evening()
    plain = client.get("/feeds/write-ups/")
    zipped = client.get("/feeds/write-ups/", headers={"Accept-Encoding": "gzip"})
    assert (zipped["Content-Encoding"], zipped["ETag"], zipped["Vary"]) == ("gzip", plain["ETag"], "Accept-Encoding")
    assert len(zipped.content) < len(plain.content)
    assert not plain.cookies


@pytest.mark.parametrize("address", ["/feeds/", "/feeds/evenings/", "/feeds/write-ups/"])
def test_feeds_can_only_be_read(client, address):
    make_series()
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]


def test_control_characters_make_no_broken_feed(client):
    evening(title="Ti\x0bdes", standfirst="A\x07 bell")
    assert get(client, "/feeds/evenings/")[1].bozo is False
