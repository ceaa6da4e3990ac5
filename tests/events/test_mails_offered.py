"""Which mails an evening offers, and which change of what a mail told is worth another one."""

import datetime as dt

import pytest

from events.actions import withdraw_talk
from events.announcing import CannotGo, change_plan
from events.models import TalkPage
from events.sending import look_after_mails
from mailing.models import OutgoingMail
from tests.factories import START, make_event, make_talk, make_venue, publish
from tests.mails import DAY, HOUR, WEEK, agree, mails_of, make_evening, send, state, subscribe
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
SOON = START - 20 * DAY
MORNING = START.replace(hour=9)


@pytest.fixture
@remembered
def event():
    subscribe()
    return make_evening()


def names(event, *, at):
    return [plan.mail.name for plan in mails_of(event, at=at).plans()]


# What is there to approve


def test_evening_has_its_usual_mails_before_anybody_touches_them(event):
    assert names(event, at=SOON) == ["announced", "programme", "a-week-before", "today", "write-up"]
    assert event.announcements.count() == 0


def test_draft_evening_can_not_be_mailed_about():
    plan = mails_of(make_event(live=False), at=SOON).find("announced")
    assert plan.not_yet == "Readers can’t see this evening. Publish its programme first."


def test_programme_waits_for_its_last_talk(event):
    make_talk(event=event, live=False)
    plan = mails_of(event, at=SOON).find("programme")
    assert plan.not_yet == "One talk is still to be announced."
    with pytest.raises(CannotGo, match="still to be announced"):
        agree(event, "programme", at=SOON)


def test_programme_that_was_told_already_is_not_offered(event):
    send(event, "announced", at=SOON)
    assert names(event, at=SOON + DAY) == ["announced", "a-week-before", "today", "write-up"]


def test_announcement_is_not_offered_after_the_programme(event):
    send(event, "programme", at=SOON)
    assert mails_of(event, at=SOON + DAY).find("announced").over == "A later mail has told of this evening already."


def test_reminder_is_due_again_where_the_evening_moved_after_it_went(event):
    send(event, "a-week-before", at=SOON)
    at = START - 6 * DAY
    assert "a-week-before-2" not in names(event, at=at)
    publish(event, starts_at=START + 30 * DAY)
    plan = mails_of(event, at=at).find("a-week-before-2")
    assert plan.due_at == MORNING + 23 * DAY + HOUR


def test_write_up_is_offered_when_it_is_there_and_for_90_days(event):
    after = START + DAY
    assert mails_of(event, at=after).find("write-up").not_yet == "There is no recording and no write-up yet."
    publish(event, written_up_on=after.date())
    assert mails_of(event, at=after).find("write-up").can_be_approved is True
    assert names(event, at=after + 89 * DAY) == ["write-up"]
    assert names(event, at=after + 92 * DAY) == []


def test_nobody_is_asked_to_announce_a_date_that_is_not_certain(event):
    assert [plan.mail.name for plan in mails_of(event, at=SOON).wanting_approval()] == ["announced"]
    publish(event, status="tentative")
    assert [plan.mail.name for plan in mails_of(event, at=SOON).wanting_approval()] == []


# What has changed


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"starts_at": START + 2 * DAY},
            "Date and time: Friday 28 November 2025, 6pm, instead of Wednesday 26 November 2025, 6pm",
        ),
        (
            {"online_url": "https://new.example/"},
            "Link to watch online: https://new.example/, instead of https://watch.example/61",
        ),
        ({"booking_url": ""}, "Link to book a place: none any more, instead of https://book.example/61"),
    ],
)
def test_change_of_what_was_told_is_offered_in_words(event, changes, told):
    send(event, "announced", at=SOON)
    publish(event, **changes)
    at = SOON + DAY
    assert [change.sentence for change in mails_of(event, at=at).changes()] == [told]
    agree(event, "changed", at=at)
    assert f"- {told}" in " ".join(OutgoingMail.objects.get(state="queued").message.text.split())


def test_another_place_is_told_old_and_new(event):
    send(event, "announced", at=SOON)
    publish(event, venue=make_venue(name="Kestrel Hall", place="Leeds"))
    (change,) = mails_of(event, at=SOON + DAY).changes()
    assert change.sentence == "Place: Kestrel Hall, Leeds, instead of The Old Sorting Office, London"


def test_talk_withdrawn_after_it_was_told_is_a_change(event):
    send(event, "announced", at=SOON)
    withdraw_talk(talk=TalkPage.objects.get(event=event))
    (change,) = mails_of(event, at=SOON + DAY).changes()
    assert change.sentence == "No longer in the programme: “Tides 1”"


@pytest.mark.parametrize(
    "changes", [{"standfirst": "Other words."}, {"title": "Tides"}, {"ends_at": START + 3 * HOUR}, {}]
)
def test_no_false_alarm(event, changes):
    send(event, "announced", at=SOON)
    publish(event, **changes)
    make_talk(event=event, title="One more talk")
    assert "changed" not in names(event, at=SOON + DAY)


def test_what_was_not_known_and_is_now_is_no_change():
    subscribe()
    event = make_evening(online_url="", booking_url="", venue=None)
    send(event, "announced", at=SOON)
    publish(event, online_url="https://watch.example/", booking_url="https://book.example/", venue=make_venue())
    assert "changed" not in names(event, at=SOON + DAY)


def test_change_before_anybody_was_told_is_no_change(event):
    publish(event, starts_at=START + DAY)
    assert "changed" not in names(event, at=SOON)


def test_change_that_was_taken_back_lapses(event):
    send(event, "announced", at=SOON)
    publish(event, starts_at=START + DAY)
    mail = change_plan(
        event=event,
        name="changed",
        at=SOON + DAY,
        opening="Sorry.",
        timing="day",
        days=-3,
        clock=dt.time(9),
        minutes=None,
    )
    agree(event, mail.name, at=SOON + DAY)
    publish(event, starts_at=START)
    look_after_mails(at=SOON + 2 * DAY)
    assert state(mail) == ("lapsed", "Nothing that a mail has told is different now.")


def test_two_changes_are_two_mails(event):
    send(event, "announced", at=SOON)
    publish(event, starts_at=START + DAY)
    assert send(event, "changed", at=SOON + DAY).name == "changed"
    assert names(event, at=SOON + 2 * DAY).count("changed-2") == 0
    publish(event, starts_at=START + 2 * DAY)
    assert send(event, "changed-2", at=SOON + 2 * DAY).name == "changed-2"


def test_called_off_is_offered_to_who_was_told(event):
    send(event, "announced", at=SOON)
    publish(event, status="cancelled")
    at = SOON + DAY
    assert names(event, at=at) == ["announced", "called-off"]
    agree(event, "called-off", at=at)
    assert (
        OutgoingMail.objects.get(state="queued").message.subject == "Data Bites 61, Wednesday 26 November, is cancelled"
    )


def test_called_off_is_not_offered_where_nobody_was_told(event):
    publish(event, status="cancelled")
    assert names(event, at=SOON) == []


def test_new_date_after_postponing_is_a_change(event):
    send(event, "announced", at=SOON)
    publish(event, status="postponed")
    send(event, "called-off", at=SOON + DAY)
    publish(event, status="confirmed", starts_at=START + WEEK)
    assert [change.sentence for change in mails_of(event, at=SOON + 2 * DAY).changes()] == [
        "It takes place after all: Wednesday 3 December 2025, 6pm",
        "Date and time: Wednesday 3 December 2025, 6pm, instead of Wednesday 26 November 2025, 6pm",
    ]
