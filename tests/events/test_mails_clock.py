"""A mail about an evening moves with it, stops when it is called off, and never says a day that isn't true."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from events.announcing import CannotGo, change_plan, plan_again, write_message
from events.models import EventPage, TalkPage
from events.sending import look_after_mails
from mailing.models import OutgoingMail
from tests.factories import START, make_event, make_series, publish
from tests.mails import DAY, HOUR, MINUTE, agree, letter, mails_of, make_evening, send, state, subscribe, waiting
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
SOON = START - 20 * DAY
MORNING = START.replace(hour=9)


@pytest.fixture
@remembered
def event():
    subscribe()
    return make_evening()


def due(event, name, *, at=SOON):
    return mails_of(event, at=at).find(name).due_at


def names(event, *, at):
    return [plan.mail.name for plan in mails_of(event, at=at).plans()]


# The clock


def test_week_before_and_today_are_on_the_series_clock():
    winter = make_event(starts_at=dt.datetime(2026, 3, 25, 18, tzinfo=dt.UTC))
    summer = make_event(starts_at=dt.datetime(2026, 4, 1, 17, tzinfo=dt.UTC))
    assert due(winter, "today") == dt.datetime(2026, 3, 25, 9, tzinfo=dt.UTC)
    assert due(summer, "today") == dt.datetime(2026, 4, 1, 8, tzinfo=dt.UTC)
    # The clocks go forward on 29 March: a week before 1 April it is still winter.
    assert due(summer, "a-week-before") == dt.datetime(2026, 3, 25, 10, tzinfo=dt.UTC)


def test_series_in_new_york_has_its_own_mornings():
    new_york = ZoneInfo("America/New_York")
    series = make_series(time_zone="America/New_York")
    event = make_event(series=series, starts_at=dt.datetime(2025, 11, 26, 19, tzinfo=new_york))
    assert due(event, "today") == dt.datetime(2025, 11, 26, 14, tzinfo=dt.UTC)
    # In London it is the evening's own day by then; in New York it is still the eve.
    eve = dt.datetime(2025, 11, 26, 3, tzinfo=dt.UTC)
    assert letter(event, "a-week-before", at=eve).subject.endswith("is tomorrow, 7pm")


def test_clock_time_that_is_left_out_in_spring_comes_an_hour_later():
    event = make_event(starts_at=dt.datetime(2026, 3, 29, 17, tzinfo=dt.UTC))
    mail = change_plan(event=event, name="today", at=SOON, timing="day", days=0, clock=dt.time(1, 30), minutes=None)
    assert mail.due_at(event) == dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)


def test_mail_can_go_so_long_before_the_start(event):
    mail = change_plan(event=event, name="today", at=SOON, timing="start", days=None, clock=None, minutes=-120)
    assert mail.due_at(event) == START - 2 * HOUR


def test_approved_mail_moves_with_its_evening(event):
    mail = agree(event, "today", at=SOON)
    publish(event, starts_at=START + 5 * DAY)
    look_after_mails(at=MORNING)
    assert (state(mail)[0], waiting()) == ("approved", [])
    look_after_mails(at=MORNING + 5 * DAY)
    assert (state(mail)[0], len(waiting())) == ("going", 1)


def test_mail_whose_moment_passes_because_the_evening_moved_asks_again(event):
    mail = agree(event, "a-week-before", at=SOON)
    publish(event, starts_at=SOON + 3 * DAY)
    look_after_mails(at=SOON + HOUR)
    said = "The evening moved, and the moment for this mail has passed. You can still send it."
    assert (state(mail), waiting()) == (("planned", said), [])


def test_mail_that_is_late_because_the_worker_slept_still_goes(event):
    mail = agree(event, "a-week-before", at=SOON)
    look_after_mails(at=START - 2 * DAY)
    assert state(mail)[0] == "going"
    assert OutgoingMail.objects.get().message.subject == "Data Bites 61 is on Wednesday 26 November, 6pm"


def test_mail_approved_late_is_offered_and_goes_at_once(event):
    at = START - 2 * DAY
    plan = mails_of(event, at=at).find("a-week-before")
    assert (plan.is_late, plan.goes_at_once, plan.can_be_approved) == (True, True, True)
    agree(event, "a-week-before", at=at)
    assert len(waiting()) == 1


def test_week_before_lapses_on_the_day_itself(event):
    plan = mails_of(event, at=MORNING).find("a-week-before")
    assert plan.over == "The evening is on this day. There is a mail for the day itself."
    with pytest.raises(CannotGo, match="for the day itself"):
        agree(event, "a-week-before", at=MORNING)


def test_today_lapses_once_the_evening_has_begun(event):
    with pytest.raises(CannotGo, match="The evening has begun"):
        agree(event, "today", at=START)
    mail = agree(event, "today", at=SOON)
    look_after_mails(at=START + MINUTE)
    assert (state(mail), waiting()) == (("lapsed", "The evening has begun."), [])


# Called off, unpublished, deleted


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_calling_off_stops_what_was_approved(event, status):
    mails = [agree(event, name, at=SOON) for name in ("a-week-before", "today")]
    publish(event, status=status)
    look_after_mails(at=SOON + HOUR)
    assert [state(mail) for mail in mails] == [("stopped", "The evening was called off.")] * 2
    look_after_mails(at=MORNING)
    assert waiting() == []


def test_unpublishing_stops_what_was_approved_and_what_waits(event):
    approved, going = agree(event, "today", at=SOON), agree(event, "announced", at=SOON)
    EventPage.objects.get(pk=event.pk).unpublish()
    look_after_mails(at=SOON + MINUTE)
    reason = ("stopped", "Readers can no longer see this evening.")
    assert ([state(approved), state(going)], waiting()) == ([reason, reason], [])


def test_deleting_the_evening_calls_back_what_waits(event):
    going = agree(event, "announced", at=SOON)
    TalkPage.objects.filter(event=event).update(contribution=None)
    EventPage.objects.get(pk=event.pk).delete()
    look_after_mails(at=SOON + MINUTE)
    assert (state(going), waiting()) == (("stopped", "The evening was deleted."), [])


def test_calling_off_stops_what_waits_without_the_clock(event, time_machine, django_capture_on_commit_callbacks):
    time_machine.move_to(SOON, tick=False)
    going = agree(event, "announced", at=SOON)
    with django_capture_on_commit_callbacks(execute=True):
        publish(event, status="cancelled")
    assert (state(going), waiting()) == (("stopped", "The evening was called off."), [])


def test_change_while_a_mail_goes_out_stops_it(event):
    going = agree(event, "announced", at=SOON)
    publish(event, starts_at=START + DAY)
    look_after_mails(at=SOON + MINUTE)
    assert (state(going), waiting()) == (("stopped", "The evening changed while it was going out."), [])
    assert plan_again(event=event, name="announced", at=SOON + HOUR).state == "planned"


def test_words_of_today_do_not_leave_after_the_start(event):
    going = agree(event, "today", at=MORNING)
    assert len(waiting()) == 1
    look_after_mails(at=START - 2 * MINUTE)
    assert state(going)[0] == "going"
    look_after_mails(at=START - MINUTE)
    why = "It would have come too late: its words were no longer true."
    assert (state(going), waiting()) == (("stopped", why), [])


def test_words_of_tomorrow_do_not_leave_after_midnight(event):
    going = agree(event, "a-week-before", at=START - DAY)
    assert letter(event, "a-week-before", at=START - DAY).subject == "Data Bites 61 is tomorrow, 6pm"
    look_after_mails(at=START.replace(hour=0, minute=0))
    assert (state(going)[0], waiting()) == ("stopped", [])


def test_words_are_made_for_the_moment_they_leave(event):
    """Approved three minutes before midnight, it leaves on the day itself."""
    at = START.replace(hour=23, minute=57) - DAY
    assert letter(event, "today", at=at).subject == "Data Bites 61 is today, 6pm"


def test_sent_mail_ends_as_sent(event):
    mail = send(event, "announced", at=SOON)
    assert (state(mail), mail.recipients) == (("sent", ""), 1)


# A message of the organisers' own


def message(event, **fields):
    return write_message(event=event, at=SOON, subject="Bring a pen", text="<p>We draw.</p>", **fields)


def test_message_on_the_clock_asks_again_where_the_evening_moved(event):
    mail = message(event, timing="day", days=-1, clock=dt.time(12))
    agree(event, mail.name, at=SOON)
    publish(event, starts_at=START + DAY)
    look_after_mails(at=SOON + HOUR)
    assert state(mail) == ("planned", "The evening moved after you approved your message. Read it again.")


def test_message_stops_where_the_evening_is_called_off_and_one_written_after_goes(event):
    mail = message(event, timing="day", days=-1, clock=dt.time(12))
    agree(event, mail.name, at=SOON)
    publish(event, status="postponed")
    look_after_mails(at=SOON + HOUR)
    assert state(mail)[0] == "planned"
    agree(event, mail.name, at=SOON + 2 * HOUR)
    look_after_mails(at=START - DAY)
    assert len(waiting()) == 1
