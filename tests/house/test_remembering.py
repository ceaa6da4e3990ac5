"""What is put back is what was made, on each database; and only where the database is as it was then."""

import pytest
from wagtail.models import Page

from events.models import EventPage, Host, TalkPage
from tests.factories import START, give, make_event, make_host, make_speaker, make_talk
from tests.remembering import everything, remembered

pytestmark = pytest.mark.django_db
calls = []
seen = {}


@remembered
def evening():
    calls.append("evening")
    event = make_event(number=7, host=make_host("Quay"), starts_at=START)
    talk = make_talk(event=event, title="Tides", speakers=[make_speaker("Ada Vale")])
    give(talk, {"summary": "Water."})
    return [event, talk]


@remembered
def without_hosts():
    calls.append("without hosts")
    Host.objects.all().delete()


@pytest.mark.parametrize("time", [1, 2])
def test_same_rows_are_there_whenever_asked(time):
    calls[:] = []
    made = evening()
    assert calls == (["evening"] if "rows" not in seen else [])
    assert [type(page) for page in made] == [EventPage, TalkPage]
    assert made[1].contribution.answers.get(question__slug="summary").text == "<p>Water.</p>"
    assert Page.find_problems() == ([], [], [], [], [])
    rows = everything()
    assert seen.setdefault("rows", rows) == rows


def test_rows_of_an_earlier_test_are_gone():
    assert EventPage.objects.count() == 0


@pytest.mark.parametrize("time", [1, 2])
def test_calls_lead_on_from_each_other_and_take_away_too(time):
    make_host("Quay")
    make_host("Mill")
    without_hosts()
    assert Host.objects.count() == 0
    make_host("Weir")
    assert [host.name for host in Host.objects.all()] == ["Weir"]


def test_other_arguments_and_another_state_make_other_rows():
    one, two, three = make_host("Quay"), make_host("Quay"), make_host("Mill")
    assert [host.pk for host in Host.objects.order_by("pk")] == [one.pk, two.pk, three.pk]


def test_what_a_test_wrote_itself_stays_and_all_is_made_anew_from_there():
    evening()
    calls[:] = []
    EventPage.objects.get().delete()
    Host.objects.update(name="Weir")
    event, talk = evening()
    assert (calls, event.number, talk.title) == (["evening"], 7, "Tides")
    assert sorted(host.name for host in Host.objects.all()) == ["Quay", "Weir"]


@pytest.mark.parametrize("time", [1, 2])
def test_what_waits_for_the_commit_is_done_too(time, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as done:
        event = make_event(number=7)
    assert len(done) > 1
    assert event.calendar_entry.sequence == 0


def test_what_was_given_is_as_it_is_now():
    event = make_event(number=7)
    make_talk(event=event, title="Tides")
    assert event.numchild == 1
