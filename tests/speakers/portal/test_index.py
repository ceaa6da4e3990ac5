"""My talks: mine alone, in the order in which they come, with what is to do and by when."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from speakers.actions import merge_speakers
from tests.admin import sign_in
from tests.factories import make_event, make_series, make_speaker, make_talk, publish
from tests.speakers.portal.forms import make_account, make_my_talk, texts

pytestmark = pytest.mark.django_db
QUERIES = 18


def coming(days, number):
    return make_event(number=number, starts_at=timezone.now() + dt.timedelta(days=days))


def test_my_talks_stand_in_order_and_nobody_elses(client):
    mine, me = make_account("Ada Vale")
    make_my_talk(me, event=coming(-400, 1), title="Long ago")
    make_my_talk(me, event=coming(60, 3), title="Later")
    make_my_talk(me, event=coming(20, 2), title="Soon")
    make_my_talk(make_speaker("Ben Wick"), event=coming(20, 4), title="Ben’s")
    assert texts(mine.get("/portal/"), ".mine h2") == ["Soon", "Later", "Long ago"]


def test_talk_of_a_row_that_was_merged_is_mine():
    mine, me = make_account("Ada Vale")
    old = make_speaker("A. Vale")
    talk = make_my_talk(old, event=coming(20, 2), title="Soon")
    merge_speakers(kept=me, merged=old)
    assert texts(mine.get("/portal/"), ".mine h2") == ["Soon"]
    assert mine.get(f"/portal/{talk.pk}/").status_code == 200


def test_what_is_to_do_and_by_when():
    mine, me = make_account("Ada Vale")
    series = make_series(answers_wanted_days=7)
    event = make_event(series=series, number=2, starts_at=timezone.now() + dt.timedelta(days=20))
    make_my_talk(me, event=event)
    page = mine.get("/portal/")
    assert texts(page, ".mine li") == [
        "Give your talk a title",
        "Answer six questions",
        "Give your slides, as a file or a link",
        "Say what may be recorded and published",
        "Send it to the organisers",
    ]
    wanted = (event.local_start - dt.timedelta(days=7)).strftime("%A %-d %B %Y")
    assert f"Please finish by {wanted} ." in texts(page, ".mine p")


def test_talk_without_a_title_goes_by_the_one_its_speaker_proposes():
    mine, me = make_account("Ada Vale")
    talk = make_my_talk(me, event=coming(20, 2), live=False)
    talk.title = talk.draft_title = "To be announced"
    talk.save()
    assert texts(mine.get("/portal/"), ".mine h2") == ["Your talk"]
    given = talk.contribution.get_latest_revision_as_object()
    given.proposed_title = "Tides, mapped"
    given.save_revision()
    assert texts(mine.get("/portal/"), ".mine h2") == ["Tides, mapped"]


def test_nobody_without_a_talk_is_left_without_words(client):
    mine, _ = make_account("Ada Vale")
    assert texts(mine.get("/portal/"), ".lede")[0].startswith("You are down for no talk at the moment.")
    sign_in(client)
    page = client.get("/portal/")
    assert texts(page, ".lede")[0].startswith("This part of the site is for speakers")
    assert texts(page, ".button") == ["Go to the admin"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_talks(count):
    mine, me = make_account("Ada Vale")
    for number in range(1, count + 1):
        publish(make_my_talk(me, event=coming(20 + number, number)))
        make_talk(event=coming(-number, 10 + number), speakers=[me])
    mine.get("/portal/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        mine.get("/portal/")
    assert len(queries) == QUERIES
