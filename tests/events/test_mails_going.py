"""A mail about an evening from its approval to the outbox: once to everybody who is to have it, and to nobody else."""

import threading

import pytest
from django.db import connection

from events import sending
from events.announcing import (
    CannotGo,
    WordsChanged,
    approve,
    call_back,
    plan_again,
    withdraw_approval,
)
from events.models import Announcement
from events.recipients import fill, fill_batch
from events.sending import look_after_mails
from mailing.actions import suppress
from mailing.enums import SuppressionReason
from mailing.models import Message, OutgoingMail
from pages.scheduler import JOBS
from tests.factories import START, make_user, publish
from tests.mails import DAY, HOUR, MINUTE, WEEK, agree, letter, make_evening, send, state, subscribe, waiting

pytestmark = pytest.mark.django_db
SOON = START - 20 * DAY


def test_mail_goes_to_who_hears_of_it_and_leaves_in_five_minutes():
    event = make_evening()
    ada, bo = subscribe(), subscribe("evenings", "write_ups")
    subscribe("write_ups")
    mail = agree(event, "announced", at=SOON)
    look_after_mails(at=SOON)
    assert waiting() == sorted([ada.address, bo.address])
    assert set(OutgoingMail.objects.values_list("due_at", "heading", "urgency")) == {
        (SOON + 5 * MINUTE, "evenings", 20)
    }
    mail.refresh_from_db()
    assert (mail.state, mail.recipients, mail.filled_at is not None) == ("going", 2, True)


def test_mail_goes_as_it_was_shown_byte_for_byte():
    event = make_evening()
    subscribe()
    seen = letter(event, "announced", at=SOON)
    agree(event, "announced", at=SOON)
    message = Message.objects.get()
    assert (message.subject, message.text, message.html) == (seen.subject, seen.text, seen.html)


def test_nothing_goes_that_nobody_approved():
    event = make_evening()
    subscribe()
    for at in (SOON, START - WEEK, START - 9 * HOUR, START):
        look_after_mails(at=at)
    assert (waiting(), Announcement.objects.count()) == ([], 0)
    assert event.announcements.count() == 0


def test_approving_twice_sends_once():
    event = make_evening()
    subscribe()
    seen, by = letter(event, "announced", at=SOON).digest, make_user("organiser")
    for _ in range(2):
        approve(event=event, name="announced", seen=seen, at=SOON, by=by)
        look_after_mails(at=SOON)
    assert (len(waiting()), Announcement.objects.count()) == (1, 1)


def test_words_that_changed_since_they_were_seen_are_not_approved():
    event = make_evening()
    subscribe()
    seen = letter(event, "announced", at=SOON).digest
    publish(event, standfirst="Another sentence.")
    with pytest.raises(WordsChanged):
        approve(event=event, name="announced", seen=seen, at=SOON, by=make_user("organiser"))
    assert waiting() == []


def test_mail_that_nobody_would_get_is_not_approved_to_go_at_once():
    event = make_evening()
    with pytest.raises(CannotGo, match="Nobody would get this mail yet"):
        agree(event, "announced", at=SOON)


def test_mail_on_a_clock_goes_at_its_moment_and_not_before():
    event = make_evening()
    subscribe()
    mail = agree(event, "a-week-before", at=SOON)
    due = START.replace(hour=10) - WEEK
    look_after_mails(at=due - MINUTE)
    assert (state(mail), waiting()) == (("approved", ""), [])
    look_after_mails(at=due)
    assert (state(mail)[0], len(waiting())) == ("going", 1)


def test_mail_of_which_nobody_is_left_lapses():
    event = make_evening()
    mail = agree(event, "a-week-before", at=SOON)
    look_after_mails(at=START - WEEK)
    assert state(mail) == ("lapsed", "Nobody would have got it.")


def test_two_workers_and_a_kill_in_the_middle_leave_nobody_out_and_nobody_twice(monkeypatch):
    monkeypatch.setattr("events.recipients.BATCH", 2)
    event = make_evening()
    people = sorted(subscribe().address for _ in range(5))
    mail = agree(event, "a-week-before", at=SOON)
    due = START - WEEK
    monkeypatch.setattr("events.sending.fill", lambda *args, **kwargs: None)  # the worker dies after freezing
    look_after_mails(at=due)
    assert (state(mail)[0], waiting()) == ("going", [])
    assert fill_batch(mail.pk) is True
    assert len(waiting()) == 2
    for _ in range(2):
        fill(mail.pk)
    assert waiting() == people
    mail.refresh_from_db()
    assert mail.recipients == 5


def test_who_joins_while_the_outbox_is_filled_gets_nothing(monkeypatch):
    event = make_evening()
    subscribe(address="early@example.org")
    monkeypatch.setattr("events.sending.fill", lambda *args, **kwargs: None)
    mail = agree(event, "announced", at=SOON)
    subscribe(address="late@example.org", at=SOON + MINUTE)
    fill(mail.pk)
    assert waiting() == ["early@example.org"]


@pytest.mark.parametrize(("hours", "gets_it"), [(1, False), (23, False), (25, True)])
@pytest.mark.parametrize("name", ["a-week-before", "today"])
def test_reminder_goes_to_nobody_who_joined_less_than_a_day_before(name, hours, gets_it):
    event = make_evening()
    mail = agree(event, name, at=SOON)
    due = mail.due_at(event)
    subscribe(at=due - hours * HOUR, address="new@example.org")
    subscribe(address="old@example.org")
    look_after_mails(at=due)
    assert waiting() == (["new@example.org", "old@example.org"] if gets_it else ["old@example.org"])


def test_news_goes_to_who_joined_an_hour_ago():
    event = make_evening()
    subscribe(at=SOON - HOUR, address="new@example.org")
    agree(event, "announced", at=SOON)
    assert waiting() == ["new@example.org"]


def test_who_left_or_is_suppressed_gets_nothing():
    event = make_evening()
    stays, goes, complained = subscribe(), subscribe(), subscribe()
    goes.consents.update(withdrawn_at=SOON - HOUR)
    suppress(address=complained.address, reason=SuppressionReason.COMPLAINED)
    agree(event, "announced", at=SOON)
    assert waiting() == [stays.address]


# Calling back


def test_mail_called_back_within_five_minutes_reaches_nobody():
    event = make_evening()
    subscribe(), subscribe()
    mail = agree(event, "announced", at=SOON)
    look_after_mails(at=SOON)
    called = call_back(event=event, name="announced", at=SOON + 4 * MINUTE)
    assert (called.state, called.called_back, called.recipients, waiting()) == ("recalled", 2, 2, [])
    look_after_mails(at=SOON + 6 * MINUTE)
    assert (state(mail)[0], waiting()) == ("recalled", [])


def test_mail_called_back_while_it_leaves_stops_for_those_who_still_wait():
    event = make_evening()
    for _ in range(3):
        subscribe()
    agree(event, "announced", at=SOON)
    first = OutgoingMail.objects.order_by("pk").first()
    OutgoingMail.objects.filter(pk=first.pk).update(state="sent", ended_at=SOON + 5 * MINUTE)
    called = call_back(event=event, name="announced", at=SOON + 6 * MINUTE)
    assert (called.called_back, called.recipients) == (2, 3)
    with pytest.raises(CannotGo, match="Some people got this mail"):
        plan_again(event=event, name="announced", at=SOON + HOUR)


def test_mail_called_back_in_the_middle_of_filling_fills_no_further(monkeypatch):
    monkeypatch.setattr("events.recipients.BATCH", 1)
    event = make_evening()
    subscribe(), subscribe()
    monkeypatch.setattr("events.sending.fill", lambda *args, **kwargs: None)
    mail = agree(event, "announced", at=SOON)
    fill_batch(mail.pk)
    call_back(event=event, name="announced", at=SOON + MINUTE)
    fill(mail.pk)
    assert (OutgoingMail.objects.count(), waiting()) == (1, [])


def test_mail_that_nobody_got_can_be_planned_and_sent_again():
    event = make_evening()
    person = subscribe()
    agree(event, "announced", at=SOON)
    call_back(event=event, name="announced", at=SOON + MINUTE)
    mail = plan_again(event=event, name="announced", at=SOON + 2 * MINUTE)
    assert (mail.state, mail.approved_at) == ("planned", None)
    agree(event, "announced", at=SOON + HOUR)
    assert waiting() == [person.address]


def test_sent_mail_can_not_be_called_back_or_approved_again():
    event = make_evening()
    subscribe()
    send(event, "announced", at=SOON)
    with pytest.raises(CannotGo, match="Nothing of this mail waits any more"):
        call_back(event=event, name="announced", at=SOON + DAY)
    agree(event, "announced", at=SOON + DAY)
    assert waiting() == []


def test_approval_taken_back_stops_the_clock():
    event = make_evening()
    subscribe()
    mail = agree(event, "today", at=SOON)
    withdraw_approval(event=event, name="today", at=SOON + HOUR)
    look_after_mails(at=START - 9 * HOUR)
    assert (state(mail), waiting()) == (("planned", ""), [])
    with pytest.raises(CannotGo):
        withdraw_approval(event=event, name="today", at=SOON + 2 * HOUR)


def test_clock_is_cheap_where_nothing_is_due(django_assert_num_queries):
    make_evening()
    with django_assert_num_queries(1):
        look_after_mails(at=START)


def test_one_mail_that_fails_does_not_stop_the_next(monkeypatch):
    event = make_evening()
    subscribe()
    agree(event, "a-week-before", at=SOON)
    other = agree(event, "today", at=SOON)
    original = sending.letter_of

    def fails(mails, mail, *, leaves_at):
        if mail.kind == "a-week-before":
            raise RuntimeError("broken")
        return original(mails, mail, leaves_at=leaves_at)

    monkeypatch.setattr(sending, "letter_of", fails)
    look_after_mails(at=START - 9 * HOUR)
    assert state(other)[0] == "going"


def test_copy_that_was_refused_is_not_tried_again_once_its_words_are_untrue():
    event = make_evening()
    for _ in range(3):
        subscribe()
    mail = agree(event, "announced", at=SOON)
    keys = list(OutgoingMail.objects.order_by("pk").values_list("pk", flat=True))
    for key, what in zip(keys, ("sent", "set_aside", "unknown"), strict=True):
        OutgoingMail.objects.filter(pk=key).update(state=what, ended_at=SOON + HOUR)
    look_after_mails(at=SOON + HOUR)
    assert state(mail) == ("sent", "")
    look_after_mails(at=SOON + DAY)
    assert set(OutgoingMail.objects.values_list("called_back", flat=True)) == {""}
    publish(event, starts_at=START + DAY)
    look_after_mails(at=SOON + 2 * DAY)
    why = "The evening changed while it was going out."
    assert [OutgoingMail.objects.get(pk=key).called_back for key in keys] == ["", why, why]
    mail.refresh_from_db()
    assert (mail.state, mail.recipients, mail.called_back, mail.went(at=SOON + 2 * DAY)) == ("sent", 3, 0, True)


def test_clock_is_wound_up():
    assert sending.each_minute in JOBS


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_put_each_recipient_in_once(monkeypatch):
    monkeypatch.setattr("events.recipients.BATCH", 2)
    event = make_evening()
    people = sorted(subscribe().address for _ in range(9))
    monkeypatch.setattr("events.sending.fill", lambda *args, **kwargs: None)
    mail = agree(event, "announced", at=SOON)

    def work() -> None:
        fill(mail.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    mail.refresh_from_db()
    assert (waiting(), mail.recipients) == (people, 9)
