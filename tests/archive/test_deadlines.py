"""The calendar of what closes: a whole day each, moved and crossed out as the record says, and quiet otherwise."""

import datetime as dt

import pytest
import time_machine

from archive import deadlines
from archive.models import AskEntry
from pages.cache import bump
from pages.scheduler import JOBS
from speakers.actions import withdraw_consent
from speakers.models import Contribution
from tests.archive.test_ask_pages import AFTER, make_ask
from tests.events.calendars import in_feed, summaries
from tests.factories import give, make_event, make_series, make_speaker, make_talk
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
FEED = "/asks/deadlines.ics"


@pytest.fixture(autouse=True)
def _after(settings):
    settings.SITE_URL = "https://bites.example.org"
    with time_machine.travel(AFTER, tick=True):
        yield


def change(talk, **fields):
    """What its speakers ask is released anew."""
    draft = Contribution.objects.get(pk=talk.contribution_id).get_latest_revision_as_object()
    (ask,) = draft.asks.all()
    for name, value in fields.items():
        setattr(ask, name, value)
    draft.asks = [ask]
    draft.save_revision(clean=False)
    talk.contribution.refresh_from_db()
    give(talk)


def test_each_ask_that_closes_has_its_last_day(client):
    talk = make_talk(event=make_event(number=60), title="Tides", speakers=[make_speaker("Ada Vale")])
    make_ask("Tell us; what, you need.", days=3, talk=talk, url="https://ask.example.org/?a=1")
    make_ask("This month.", days=1, number=2, closes_precision="month", email="ask@example.org")
    make_ask("No end.", number=3)
    deadlines.refresh()
    first, second = in_feed(client, FEED)
    assert [str(first[name]) for name in ("SUMMARY", "STATUS", "TRANSP", "URL", "SEQUENCE")] == [
        "Closes: Tell us; what, you need.",
        "CONFIRMED",
        "TRANSPARENT",
        "https://ask.example.org/?a=1",
        "0",
    ]
    assert (first["DTSTART"].to_ical(), first["DTEND"].to_ical()) == (b"20251209", b"20251210")
    assert first["DTSTART"].params["VALUE"] == "DATE"
    assert str(first["DESCRIPTION"]).splitlines() == [
        "Tell us; what, you need.",
        "",
        "How to take part: https://ask.example.org/?a=1",
        "Asked by Ada Vale in “Tides”, Data Bites 60:",
        "https://bites.example.org/data-bites/60/tides/",
    ]
    assert (second["DTSTART"].to_ical(), str(second["URL"])) == (
        b"20251231",
        "https://bites.example.org/data-bites/2/talk-2/",
    )


def test_new_date_moves_the_same_entry(client):
    talk = make_ask("Tell us.", days=3)
    deadlines.refresh()
    (before,) = in_feed(client, FEED)
    change(talk, closes_on=AFTER.date() + dt.timedelta(days=9))
    assert deadlines.refresh() == 1
    (after,) = in_feed(client, FEED)
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 1)
    assert after["DTSTART"].to_ical() == b"20251215"


@pytest.mark.parametrize("how", ["consent", "unpublished", "no end", "deleted"])
def test_what_is_taken_back_stays_cancelled_and_without_its_words(client, how):
    talk = make_ask("canary", days=3)
    deadlines.refresh()
    assert b"canary" in client.get(FEED).content
    if how == "consent":
        withdraw_consent(
            contribution=talk.contribution, speaker=talk.talk_speakers.get().speaker, what="answers", at=AFTER
        )
    elif how == "unpublished":
        talk.event.unpublish()
    elif how == "no end":
        change(talk, closes_on=None)
    else:
        type(talk).objects.get(pk=talk.pk).delete()
    bump()
    assert (deadlines.refresh(), deadlines.refresh()) == (1, 0)
    (entry,) = in_feed(client, FEED)
    assert [str(entry[name]) for name in ("SUMMARY", "STATUS", "SEQUENCE")] == [
        "Cancelled: asked at Data Bites 1",
        "CANCELLED",
        "1",
    ]
    assert b"canary" not in client.get(FEED).content


def test_what_is_asked_again_is_the_same_entry(client):
    talk = make_ask("Tell us.", days=3)
    deadlines.refresh()
    change(talk, closes_on=None)
    deadlines.refresh()
    change(talk, closes_on=AFTER.date())
    deadlines.refresh()
    (entry,) = in_feed(client, FEED)
    assert (str(entry["STATUS"]), entry["SEQUENCE"], AskEntry.objects.count()) == ("CONFIRMED", 2, 1)


def test_nothing_new_is_304_and_writes_nothing(client, time_machine, django_assert_num_queries):
    make_ask("Tell us.", days=3)
    deadlines.refresh()
    first = client.get(FEED)
    time_machine.move_to(AFTER + dt.timedelta(days=400))
    bump()
    assert deadlines.refresh() == 0
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get(FEED, headers=asked).status_code == 304
    assert summaries(client, FEED) == ["Closes: Tell us."]


def test_worker_looks_again_only_after_a_change(django_assert_num_queries):
    assert deadlines.each_minute in JOBS
    make_ask("Tell us.", days=3)
    bump()
    deadlines.each_minute()
    assert AskEntry.objects.count() == 1
    deadlines.each_minute()
    with django_assert_num_queries(0):
        deadlines.each_minute()


@pytest.mark.parametrize("count", [1, 3])
def test_refreshing_costs_the_same_reads_for_one_and_for_three(django_assert_num_queries, count):
    for number in range(1, count + 1):
        make_ask(f"{number}", days=number, number=number)
    deadlines.refresh()
    bump()
    with django_assert_num_queries(8):
        assert deadlines.refresh() == 0


def test_empty_calendar_is_a_calendar(client):
    make_series()
    assert in_feed(client, FEED) == []


def test_page_says_how_to_subscribe_and_the_asks_lead_there(client):
    make_ask("Tell us.", days=3)
    assert "/asks/deadlines/" in [a["href"] for a in read(client, "/asks/").select(".fine a")]
    link = whole(client.get("/asks/").content).select_one('link[type="text/calendar"]')
    assert (link["href"], client.get(link["href"])["Content-Type"]) == (FEED, "text/calendar; charset=utf-8")
    page = read(client, "/asks/deadlines/")
    assert lines(page, "h1") == ["Data Bites: last days to take part in your calendar"]
    assert page.select_one("input")["value"] == f"https://bites.example.org{FEED}"


@pytest.mark.parametrize("address", ["/asks/deadlines/", FEED])
def test_calendar_can_only_be_read(client, address):
    make_series()
    assert [getattr(client, method)(address).status_code for method in ("head", "post", "put")] == [200, 405, 405]
