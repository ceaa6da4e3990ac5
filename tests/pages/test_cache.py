"""Whole pages are kept for a minute, never past a change, never anybody's own."""

import datetime as dt
import gzip

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from wagtail.models import Site

from events.models import AudienceQuestion
from pages.cache import bump, changes_at, remember
from pages.clock import now
from pages.models import HomePage, SiteSettings, StandardPage
from tests.factories import START, give, make_event, make_talk, make_user, publish
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    bump()


@pytest.fixture
@remembered
def talk():
    return make_talk(title="A talk about tides")


def test_second_reader_costs_no_query(client, talk, django_assert_num_queries):
    first = client.get(talk.url)
    with django_assert_num_queries(0):
        again = Client().get(talk.url)
    assert (again.status_code, again.content) == (200, first.content)


# The form on each page says in which second it was made.
@time_machine.travel(START, tick=False)
def test_kept_page_is_compressed_once_and_the_same(client, talk):
    plain = client.get(talk.url).content
    for _ in range(2):
        packed = client.get(talk.url, headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain
        assert int(packed["Content-Length"]) == len(packed.content)


def test_publishing_is_seen_at_once(client, talk, django_capture_on_commit_callbacks):
    client.get(talk.url)
    with django_capture_on_commit_callbacks(execute=True):
        publish(talk, title="A talk about weather")
    assert b"A talk about weather" in client.get(talk.url).content


def test_release_is_seen_at_once(client, talk, django_capture_on_commit_callbacks):
    assert b"High water" not in client.get(talk.url).content
    with django_capture_on_commit_callbacks(execute=True):
        give(talk, {"summary": "High water at noon."})
    assert b"High water" in client.get(talk.url).content


def test_page_is_gone_after_a_minute(client, talk, settings):
    # Redis counts by a clock of its own, which no test can turn.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with time_machine.travel(START, tick=False) as clock:
        client.get(talk.url)
        type(talk).objects.filter(pk=talk.pk).update(title="Changed beneath")
        clock.shift(61)
        assert b"Changed beneath" in client.get(talk.url).content


def test_signed_in_people_pass_the_cache_by_both_ways(client, talk, django_assert_max_num_queries):
    client.force_login(make_user("organiser"))
    client.get(talk.url)
    type(talk).objects.filter(pk=talk.pk).update(title="Changed beneath")
    assert b"Changed beneath" in Client().get(talk.url).content
    type(talk).objects.filter(pk=talk.pk).update(title="Changed again")
    assert b"Changed again" in client.get(talk.url).content


def test_nothing_but_whole_pages_is_kept(client):
    assert client.get("/data-bites/404/").status_code == 404
    make_event(number=404)
    assert client.get("/data-bites/404/").status_code == 200


def test_readers_get_no_cookie(client, talk):
    for address in ("/", talk.url, talk.event.url, talk.event.series.url):
        response = client.get(address)
        assert (response.status_code, dict(response.cookies), response.get("Vary", "")) == (200, {}, "Accept-Encoding")


def test_query_strings_are_pages_of_their_own(client, talk):
    series = talk.event.series
    assert client.get(series.url).status_code == 200
    assert client.get(series.url + "?year=1999").content != client.get(series.url).content


def test_page_tells_one_time_however_long_it_takes():
    request = RequestFactory().get("/")
    with time_machine.travel(START, tick=False) as clock:
        first = now(request)
        clock.shift(5)
        assert (now(request), now(RequestFactory().get("/")) - first) == (first, dt.timedelta(seconds=5))


def test_soonest_change_counts():
    request = RequestFactory().get("/")
    for moment in (START, None, START - dt.timedelta(days=1), START + dt.timedelta(days=1)):
        changes_at(request, moment)
    assert request.changes_at == START - dt.timedelta(days=1)


def test_preview_is_never_kept(client, talk):
    client.get(talk.url)
    draft = talk.get_latest_revision_as_object()
    draft.title = "A talk nobody has seen yet"
    assert b"nobody has seen yet" in draft.make_preview_request().content
    assert b"nobody has seen yet" not in Client().get(talk.url).content


def test_new_page_of_text_is_in_every_foot_at_once(client, talk, django_capture_on_commit_callbacks):
    client.get(talk.url)
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Where we began", live=False))
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    assert b"Where we began" in client.get(talk.url).content


def test_settings_are_seen_at_once(client, talk, django_capture_on_commit_callbacks):
    client.get(talk.url)
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.footer_text = "Made by a few of us."
    with django_capture_on_commit_callbacks(execute=True):
        settings.save()
    assert b"Made by a few of us." in client.get(talk.url).content


def test_answered_question_from_the_audience_is_seen_at_once(client, talk, django_capture_on_commit_callbacks):
    client.get(talk.url)
    with django_capture_on_commit_callbacks(execute=True):
        AudienceQuestion.objects.create(
            event=talk.event, talk=talk, as_asked="?", text="Why mud?", state="on_the_night"
        )
    assert b"Why mud?" in client.get(talk.url).content


def test_what_costs_much_is_made_once_until_something_public_changes():
    made = []

    def count():
        made.append(len(made))
        return made[-1:]

    assert [remember("count", count), remember("count", count), remember("another", count)] == [[0], [0], [1]]
    bump()
    assert remember("count", count) == [2]
