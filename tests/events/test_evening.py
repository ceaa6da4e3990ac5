"""An evening: how it is made, when it is over, what number it has, which at its host."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Page, Revision

from events.actions import NumberTaken, TalkHasWords, add_slot, plan_evening, refuse_deletion, renumber_evening
from events.enums import Stage
from events.models import EventPage, TalkPage
from speakers.models import Answer, Contribution
from tests.factories import (
    QUESTIONS,
    START,
    give,
    make_event,
    make_host,
    make_series,
    make_talk,
    publish,
    write_answers,
)

pytestmark = pytest.mark.django_db


def test_plan_evening_makes_slots_and_empty_answers_for_each_question():
    event = plan_evening(series=make_series(), number=61, starts_at=START)
    talks = list(TalkPage.objects.child_of(event))
    assert [talk.event_id for talk in talks] == [event.pk] * 4
    assert [talk.live for talk in talks] == [False] * 4
    answers = Answer.objects.filter(contribution=talks[0].contribution)
    assert [(a.question.slug, a.wording, a.text, a.missing) for a in answers] == [
        (slug, text, "", "to_come") for slug, text in QUESTIONS.items()
    ]
    assert Contribution.objects.count() == 4
    assert Page.find_problems() == ([], [], [], [], [])


def test_plan_evening_number_is_the_slug():
    assert plan_evening(series=make_series(), number=61, starts_at=START).slug == "61"


def test_plan_evening_refuses_a_number_that_a_draft_has():
    series = make_series()
    plan_evening(series=series, number=61, starts_at=START)
    with pytest.raises(NumberTaken) as refusal:
        plan_evening(series=series, number=61, starts_at=START + dt.timedelta(days=30))
    assert str(refusal.value) == "Data Bites 61 is already there. Choose another number."
    assert EventPage.objects.count() == 1


def test_number_is_unique_in_the_database_too():
    series = make_series()
    make_event(series=series, number=61)
    other = make_event(series=series, number=62)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=other.pk).update(number=61)


def test_two_series_may_have_the_same_number():
    make_event(series=make_series(), number=1)
    assert make_event(series=make_series(slug="elsewhere", title="Elsewhere"), number=1).url == "/elsewhere/1/"


def test_evening_that_ends_before_it_starts_is_refused_in_words():
    event = make_event(live=False)
    event.ends_at = event.starts_at
    with pytest.raises(ValidationError) as refusal:
        event.full_clean()
    assert refusal.value.message_dict == {"ends_at": ["It can’t end before it starts."]}


def test_end_is_worked_out_from_the_slots():
    series = make_series()  # five minutes of welcome, sixteen a slot
    assert make_event(series=series, slots=4).over_at == START + dt.timedelta(minutes=5 + 4 * 16)


def test_end_follows_a_further_slot(django_capture_on_commit_callbacks):
    event = make_event(slots=4)
    with django_capture_on_commit_callbacks(execute=True):
        publish(add_slot(event=event), title="A fifth talk")
    event.refresh_from_db()
    assert event.over_at == START + dt.timedelta(minutes=5 + 5 * 16)


def test_end_follows_the_series_minutes(django_capture_on_commit_callbacks):
    series = make_series()
    event = make_event(series=series, slots=4)
    with django_capture_on_commit_callbacks(execute=True):
        publish(series, talk_minutes=10)
    event.refresh_from_db()
    assert event.over_at == START + dt.timedelta(minutes=5 + 4 * 18)


def test_slot_has_its_clock_time_from_the_series_minutes_over_the_change_of_clocks():
    # The clocks of London go back at 2am on 25 October 2026: two talks have the same reading, an hour apart.
    event = make_event(starts_at=dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), slots=3)
    talk = TalkPage.objects.child_of(event).first()
    times = [talk.starts_at(position) for position in range(3)]
    assert [t.isoformat() for t in times] == [
        "2026-10-25T01:35:00+01:00",
        "2026-10-25T01:51:00+01:00",
        "2026-10-25T01:07:00+00:00",
    ]


def test_host_count_is_right_with_only_one_evening_in():
    first, second = make_host("First"), make_host("Second")
    series = make_series(spells=[(first, 1, 49), (second, 50, None)])
    count = make_event(series=series, number=60, host=second).host_count()
    assert (count.overall, count.here, count.host, count.earlier) == (60, 11, second, ((49, first),))


def test_host_count_adds_the_spells_of_a_host_that_came_back():
    one, two = make_host("One"), make_host("Two")
    series = make_series(spells=[(one, 1, 10), (two, 11, 15), (one, 16, None)])
    count = make_event(series=series, number=17, host=one).host_count()
    assert (count.here, count.earlier) == (12, ((5, two),))


def test_host_count_is_none_where_no_spell_holds_the_number():
    assert make_event(series=make_series(), number=3).host_count() is None


@pytest.mark.parametrize(
    ("changes", "at", "stage"),
    [
        ({"live": False}, START - dt.timedelta(days=9), Stage.PLANNED),
        ({}, START - dt.timedelta(days=9), Stage.ANNOUNCED),
        ({}, START - dt.timedelta(hours=2), Stage.TODAY),
        ({}, START + dt.timedelta(minutes=30), Stage.TODAY),
        ({}, START + dt.timedelta(hours=3), Stage.HELD),
        ({"written_up_on": dt.date(2025, 12, 3)}, START + dt.timedelta(days=9), Stage.WRITTEN_UP),
        ({"status": "cancelled"}, START - dt.timedelta(days=9), Stage.CANCELLED),
        ({"status": "postponed"}, START + dt.timedelta(days=9), Stage.CANCELLED),
    ],
)
def test_stage_follows_the_clock(changes, at, stage):
    event = make_event(slots=4, **changes)
    assert event.stage(at=at) == stage


def test_next_evening_stays_next_until_its_last_minute():
    event = make_event(slots=4)
    end = event.over_at
    assert list(EventPage.objects.next_to_come(at=end - dt.timedelta(seconds=1))) == [event]
    assert list(EventPage.objects.next_to_come(at=end)) == []
    assert list(EventPage.objects.held(at=end)) == [event]


def test_cancelled_evening_is_upcoming_but_never_next_nor_held():
    event = make_event(slots=4, status="cancelled")
    before = START - dt.timedelta(days=1)
    assert list(EventPage.objects.upcoming(at=before)) == [event]
    assert list(EventPage.objects.next_to_come(at=before)) == []
    assert list(EventPage.objects.held(at=event.over_at)) == []


def test_year_is_the_year_on_the_wall_of_the_room():
    series = make_series(time_zone="America/New_York")
    event = make_event(series=series, starts_at=dt.datetime(2026, 1, 1, 2, 0, tzinfo=dt.UTC))
    assert list(EventPage.objects.in_year(2025, zone=series.zone)) == [event]
    assert list(EventPage.objects.in_year(2026, zone=series.zone)) == []


def test_talk_with_words_cannot_be_deleted():
    talk = make_talk(live=False)
    refuse_deletion(talks=[talk])
    write_answers(talk.contribution, {"summary": "Half a sentence"})
    with pytest.raises(TalkHasWords):
        refuse_deletion(talks=[TalkPage.objects.get(pk=talk.pk)])


def test_talk_slug_follows_the_title_until_it_is_public_and_stays_from_then_on():
    talk = make_talk(title="A first title", live=False)
    assert talk.slug == "a-first-title"
    assert publish(talk, title="A better title").slug == "a-better-title"
    assert publish(talk, title="A third title").slug == "a-better-title"


def test_talk_slug_is_another_one_where_its_evening_has_it():
    event = make_event()
    assert [make_talk(event=event, title="Maps").slug for _ in range(3)] == ["maps", "maps-2", "maps-3"]


def test_talk_whose_title_has_no_letters_gets_a_slug():
    assert make_talk(title="🎉 ？！").slug == "talk"


def test_moved_talk_belongs_to_its_new_evening(django_capture_on_commit_callbacks):
    series = make_series()
    old, new = make_event(series=series, number=1), make_event(series=series, number=2)
    talk = make_talk(event=old, title="On the move")
    with django_capture_on_commit_callbacks(execute=True):
        talk.move(new, pos="last-child")
    assert TalkPage.objects.get(pk=talk.pk).event_id == new.pk


def test_publishing_an_old_draft_does_not_bring_back_the_evening_it_left():
    series = make_series()
    old, new = make_event(series=series, number=1), make_event(series=series, number=2)
    talk = make_talk(event=old, title="On the move")
    draft = talk.save_revision()
    talk.move(new, pos="last-child")
    Revision.objects.get(pk=draft.pk).publish()
    talk = TalkPage.objects.get(pk=talk.pk)
    assert (talk.event_id, talk.contribution_id) == (new.pk, talk.contribution_id)
    assert talk.contribution_id is not None


def test_renumbered_evening_keeps_its_talks_and_its_old_drafts_cannot_undo_it():
    event = make_event(number=8)
    talk = make_talk(event=event, title="Maps")
    old_draft = event.latest_revision_id
    renumber_evening(event=event, number=9)
    Revision.objects.get(pk=old_draft).publish()
    event = EventPage.objects.get(pk=event.pk)
    assert (event.number, event.slug, event.url) == (9, "9", "/data-bites/9/")
    assert TalkPage.objects.get(pk=talk.pk).url == "/data-bites/9/maps/"


def test_renumbering_to_a_number_that_is_taken_is_refused():
    series = make_series()
    make_event(series=series, number=8)
    other = make_event(series=series, number=9)
    with pytest.raises(NumberTaken):
        renumber_evening(event=other, number=8)


def test_released_words_stand_in_the_search_text_and_no_draft_does():
    talk = make_talk()
    give(talk, {"summary": "Released words"})
    write_answers(talk.contribution, {"summary": "Halfwritten words"})
    assert TalkPage.objects.get(pk=talk.pk).released_words().split() == ["Released", "words"]
