"""Mails on their way to a real server that answers as servers do: each ends where it should, and none goes twice."""

import datetime as dt
import logging

import pytest
from django.utils import timezone

from mailing import delivery, smtp
from mailing.delivery import Worker, send_due
from mailing.enums import Urgency
from mailing.faults import Away
from mailing.models import Delivery, OutgoingMail, Suppression
from mailing.smtp import Letter
from mailing.transport import current
from tests.mailing.conftest import fates, make_message, put_in, smtp_to
from tests.mailing.sink import CUT, CUT_AFTER, CUT_IN_BODY, HANG, Sink, running

pytestmark = pytest.mark.django_db


def send(**length):
    return send_due(at=timezone.now() + dt.timedelta(**length))


def test_mail_arrives_whole_and_once(sink):
    mail = put_in(1)
    assert (send(), send()) == (1, 0)
    (got,) = sink.mails
    assert sink.recipients == ["reader-1@example.org"]
    assert (got["To"], got["Subject"], got["Message-ID"]) == (
        "reader-1@example.org",
        "Your code",
        f"<{mail.uid}@127.0.0.1>",
    )
    assert got.get_body(("plain",)).get_content() == "Hello Ada,\n\nyour code is 7HX1.\n"
    mail.refresh_from_db()
    assert (mail.state, mail.filling, mail.leased_by, mail.leased_until) == ("sent", {}, "", None)


def test_many_mails_go_over_one_connection(sink):
    for number in range(1, 6):
        put_in(number)
    assert send() == 5
    assert (sink.connections, len(set(sink.ids))) == (1, 5)


def test_connection_is_renewed_after_its_share(sink, monkeypatch):
    monkeypatch.setattr(smtp, "MAILS_A_CONNECTION", 2)
    for number in range(1, 6):
        put_in(number)
    assert send() == 5
    assert sink.connections == 3


def test_urgent_mail_overtakes_news(sink):
    put_in(1, urgency=Urgency.NEWS)
    put_in(2, urgency=Urgency.PERSONAL)
    put_in(3, urgency=Urgency.WAITING)
    send()
    assert sink.recipients == [f"reader-{number}@example.org" for number in (3, 2, 1)]


def test_code_overtakes_news_that_are_being_sent(sink, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH_SECONDS", 0.1)
    sink.seconds = 0.03
    for number in range(1, 21):
        put_in(number, urgency=Urgency.NEWS)
    worker = Worker()
    worker.turn(at=timezone.now())
    gone = len(sink.received)
    assert 0 < gone < 20
    put_in(99, urgency=Urgency.WAITING)
    worker.turn(at=timezone.now())
    worker.close()
    assert sink.recipients[gone] == "reader-99@example.org"


@pytest.mark.parametrize(
    ("command", "answer", "state", "outcome"),
    [
        ("RCPT", "550 5.7.1 we do not like reader-1@example.org", "set_aside", "550 5.7.1 we do not like (address)"),
        ("RCPT", "451 4.7.1 Greylisted", "queued", "451 4.7.1 Greylisted"),
        ("RCPT", "452 4.2.2 Mailbox full", "queued", "452 4.2.2 Mailbox full"),
        ("MAIL", "552 5.3.4 Too large", "set_aside", "552 5.3.4 Too large"),
        ("END", "552 5.3.4 Too large", "set_aside", "552 5.3.4 Too large"),
        ("END", "554 5.6.0 Spam", "set_aside", "554 5.6.0 Spam"),
        ("END", "451 4.3.0 Try again", "queued", "451 4.3.0 Try again"),
    ],
)
def test_answer_to_one_mail_stops_no_other(sink, command, answer, state, outcome):
    first, second = put_in(1), put_in(2)
    sink.tell(command, answer)
    assert send() == 1
    assert fates(first, second) == [state, "sent"]
    first.refresh_from_db()
    assert first.outcome == outcome
    assert sink.recipients == ["reader-2@example.org"]
    assert send(minutes=1) == (1 if state == "queued" else 0)


def test_mail_put_off_is_tried_less_and_less_often_and_given_up_after_two_days(sink):
    mail = put_in(1)
    at, first = timezone.now(), timezone.now()
    waits = []
    while fates(mail) == ["queued"]:
        sink.tell("RCPT", "451 Later")
        send_due(at=at)
        mail.refresh_from_db()
        waits.append((mail.due_at - at).total_seconds())
        at = max(mail.due_at, at)
    assert mail.state == "set_aside"
    assert mail.outcome == "Given up after 20 tries: 451 Later"
    assert 24 <= waits[0] <= 37
    assert dt.timedelta(hours=36) < at - first < dt.timedelta(hours=60)


@pytest.mark.parametrize(("command", "answer"), [("MAIL", "421 Closing"), ("RCPT", CUT), ("DATA", CUT)])
def test_server_that_goes_away_costs_nothing(sink, command, answer):
    first, second = put_in(1), put_in(2)
    sink.tell(command, answer)
    assert send() == 0
    assert fates(first, second) == ["queued", "queued"]
    # The one in hand is not to be the first again: it may be what the server chokes on.
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts, second.leased_by) == (1, 0, "")
    assert send(minutes=1) == 2
    assert sorted(sink.recipients) == ["reader-1@example.org", "reader-2@example.org"]


def test_cut_in_the_middle_of_a_body_is_a_server_that_is_away(sink):
    transport = current()
    transport.open()
    sink.tell("DATA", CUT_IN_BODY)
    # More than the system keeps in its buffers, so that the cut is noticed before the end.
    with pytest.raises(Away):
        transport.hand_over(Letter("reader@example.org", b"a line\r\n" * 2_000_000))
    transport.close()


def test_connection_that_the_server_closed_between_mails_is_made_again(sink):
    put_in(1)
    put_in(2)
    sink.tell("MAIL", "", "421 Enough for one connection")
    assert send() == 2
    assert sink.connections == 2
    assert list(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0]


@pytest.mark.parametrize("action", [CUT, HANG])
def test_cut_or_hang_before_the_last_answer_is_unknown_and_never_sent_again(sink, monkeypatch, action):
    monkeypatch.setattr(smtp, "SECONDS_FOR_THE_LAST_ANSWER", 0.2)
    first, second = put_in(1), put_in(2)
    sink.tell("END", action)
    send()
    assert fates(first, second) == ["unknown", "queued"]
    for _ in range(3):
        send(hours=1)
    assert fates(first, second) == ["unknown", "sent"]
    assert sink.ids.count(f"<{first.uid}@127.0.0.1>") <= 1


def test_cut_after_the_last_answer_is_sent(sink):
    first, second = put_in(1), put_in(2)
    sink.tell("END", CUT_AFTER)
    assert send() == 2
    assert fates(first, second) == ["sent", "sent"]
    assert (sink.connections, len(sink.ids)) == (2, 2)


def test_hang_at_the_start_is_a_server_that_is_away(sink):
    mail = put_in(1)
    sink.tell("MAIL", HANG)
    assert send() == 0
    assert fates(mail) == ["queued"]
    assert Delivery.now().away_since is not None


def test_sender_that_the_server_does_not_take_sets_nothing_aside(sink):
    mails = [put_in(number) for number in (1, 2)]
    sink.tell("MAIL", "550 5.7.1 Not from you")
    assert send() == 0
    assert fates(*mails) == ["queued", "queued"]
    assert Delivery.now().away_why == "The server does not take mail from us: 550 5.7.1 Not from you"


def test_mailbox_that_does_not_exist_gets_no_news_any_more(sink):
    put_in(1, to="gone@example.org")
    news = put_in(2, to="gone@example.org", urgency=Urgency.NEWS)
    sink.tell("RCPT", "550 5.1.1 No such user")
    send()
    assert Suppression.objects.of("gone@example.org").get().reason == "bounced"
    assert fates(news) == ["cancelled"]


def test_row_that_can_not_be_written_stops_no_other(sink):
    poison = put_in(1, message=make_message(text="Hello %%nobody%%\n"))
    fine = put_in(2)
    assert send() == 1
    assert fates(poison, fine) == ["set_aside", "sent"]
    poison.refresh_from_db()
    assert poison.outcome == "Nothing was given for “nobody”."


def test_news_without_a_way_to_unsubscribe_are_not_sent(sink):
    mail = put_in(1, urgency=Urgency.NEWS, filling={"unsubscribe_url": "javascript:alert(1)"})
    assert send() == 0
    assert fates(mail) == ["set_aside"]


def test_server_away_for_an_hour_gets_the_confirmations_first_when_it_is_back(settings):
    sink = Sink(pipelining=True)
    with running(sink):
        settings.MAILERS = smtp_to(sink.port)
    for number in range(1, 4):
        put_in(number, urgency=Urgency.NEWS)
    at, worker = timezone.now(), Worker()
    for minute in range(60):
        if minute == 30:
            put_in(4, urgency=Urgency.WAITING)
            put_in(5, urgency=Urgency.WAITING)
        assert worker.turn(at=at + dt.timedelta(minutes=minute)) is False
    assert dt.timedelta(0) <= Delivery.now().away_since - at < dt.timedelta(seconds=5)
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("queued", 0)}
    with running(sink, port=sink.port):
        # It is tried at least once a minute, give or take the jitter.
        assert worker.turn(at=at + dt.timedelta(minutes=61, seconds=15)) is True
        worker.close()
    assert sink.recipients == [f"reader-{number}@example.org" for number in (4, 5, 1, 2, 3)]
    assert Delivery.now().away_since is None


def test_worker_told_to_stop_finishes_the_mail_in_hand_and_gives_the_rest_back(sink):
    mails = [put_in(number) for number in range(1, 4)]
    worker = Worker(stopping=lambda: len(sink.received) >= 1)
    worker.turn(at=timezone.now())
    worker.close()
    assert fates(*mails) == ["sent", "queued", "queued"]
    assert set(OutgoingMail.objects.filter(state="queued").values_list("leased_by", "leased_until")) == {("", None)}


def test_nothing_that_is_logged_or_kept_has_an_address(sink, caplog):
    caplog.set_level(logging.DEBUG, logger="mailing")
    put_in(1, message=make_message(text="%%nobody%%"))
    put_in(2)
    put_in(3)
    sink.tell("RCPT", "550 No reader-2@example.org <reader-2@example.org> here", CUT)
    send()
    assert sorted(fates()) == ["queued", "set_aside", "set_aside"]
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("mailing")]
    assert len(logged) == 2
    assert "@example.org" not in "".join([*logged, *OutgoingMail.objects.values_list("outcome", flat=True)])
