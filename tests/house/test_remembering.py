"""What is put back is what was made, on each database."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from events.models import EventPage, TalkPage
from tests.factories import START, give, make_event, make_host, make_speaker, make_talk
from tests.remembering import everything, remembered

pytestmark = pytest.mark.django_db
calls = []


@remembered
def evening():
    calls.append(1)
    event = make_event(number=7, host=make_host("Quay"), starts_at=START)
    talk = make_talk(event=event, title="Tides", speakers=[make_speaker("Ada Vale")])
    give(talk, {"summary": "Water."})
    return [event, talk]


seen = {}


@pytest.mark.parametrize("time", [1, 2])
def test_same_rows_are_there_whenever_asked(time):
    made = evening()
    assert calls == [1]
    assert [type(page) for page in made] == [EventPage, TalkPage]
    assert made[1].contribution.answers.get(question__slug="summary").text == "<p>Water.</p>"
    assert Page.find_problems() == ([], [], [], [], [])
    rows = everything()
    assert seen.setdefault("rows", rows) == rows


def test_rows_that_do_not_fit_in_are_made_again():
    evening()
    calls.clear()
    EventPage.objects.get().delete()
    make_event(number=1)
    get_user_model().objects.create_user(email="x@example.org")
    event, talk = evening()
    assert (calls, event.number, talk.title) == ([1], 7, "Tides")
    calls[:] = [1]


def test_rows_of_an_earlier_test_are_gone():
    assert EventPage.objects.count() == 0
