"""An evening's mails as an organiser works with them in the admin."""

import pytest
from wagtail.test.utils import WagtailTestUtils

from events.models import Announcement, EventPage
from mailing.models import OutgoingMail
from tests.admin import said, sign_in, texts
from tests.factories import START, make_event, publish
from tests.mails import DAY, MINUTE, agree, letter, mail_url, make_evening, press_approve, send, subscribe, waiting

pytestmark = pytest.mark.django_db
SOON = START - 20 * DAY
SUBSCRIBE = "http://127.0.0.1:8000/subscribe/"
LIST_QUERIES = 18
READS_DIFFERENTLY = "This mail reads differently since you looked at it. Look at it again, then approve it."


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(SOON, tick=False)
    return time_machine


@pytest.fixture
def organiser(client):
    return sign_in(client, "organiser")


def rows(response):
    return [" ".join(row.split()) for row in texts(response, ".mails__table tbody tr")]


# The list


def test_list_has_the_usual_mails_in_order_of_time(client, organiser):
    subscribe(), subscribe("write_ups")
    response = client.get(mail_url(make_evening()))
    assert rows(response) == [
        "The evening is announced As soon as it is approved To approve",
        "The programme is complete As soon as it is approved To approve",
        "A week before Wednesday 19 November 2025, 10am To approve",
        "On the day Wednesday 26 November 2025, 9am To approve",
        "Recording and write-up As soon as it is approved Not yet The evening is not over before "
        "Wednesday 26 November 2025, 7.09pm.",
    ]
    assert "one person wants to hear about new evenings" in texts(response, ".mails > p")[0]


def test_list_counts_what_became_of_a_mail(client, organiser):
    for _ in range(4):
        subscribe()
    event = make_evening()
    agree(event, "announced", at=SOON)
    states = ["sent", "bounced", "unknown"]
    for row, state in zip(OutgoingMail.objects.order_by("pk"), states, strict=False):
        OutgoingMail.objects.filter(pk=row.pk).update(state=state, ended_at=SOON + 6 * MINUTE)
    (line,) = [row for row in rows(client.get(mail_url(event))) if row.startswith("The evening is announced")]
    assert line.endswith("Going out 1 waiting 1 sent 1 bounced 1 unknown")


def test_list_of_an_old_evening_says_that_nothing_is_planned(client, organiser):
    response = client.get(mail_url(make_event(starts_at=START - 400 * DAY)))
    assert "No mail about this evening is planned" in texts(response, ".mails > p")[1]


def test_list_says_what_is_no_longer_so(client, organiser):
    subscribe()
    event = make_evening()
    send(event, "announced", at=SOON - DAY)
    publish(event, booking_url="https://new.example/")
    response = client.get(mail_url(event))
    assert texts(response, ".form-trouble li") == [
        "Link to book a place: https://new.example/, instead of https://book.example/61"
    ]
    assert any(row.startswith("Something has changed") for row in rows(response))


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_whatever_the_number_of_mails(client, organiser, number, django_assert_num_queries):
    subscribe()
    event = make_evening()
    for name in ("announced", "a-week-before", "today")[:number]:
        agree(event, name, at=SOON)
    client.get(mail_url(event))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(mail_url(event))


# One mail


def test_mail_is_shown_as_it_goes(client, organiser):
    subscribe()
    event = make_evening()
    response = client.get(mail_url(event, "announced"))
    words = response.context["text"]
    assert texts(response, ".mail__subject") == ["Data Bites 61, Wednesday 26 November"]
    assert "one person who wants to hear about new evenings" in texts(response, ".mail__facts dd")[2]
    frame = client.get(mail_url(event, "announced", "html"))
    agree(event, "announced", at=SOON)
    row = OutgoingMail.objects.select_related("message").get()
    place = {"%%preferences_url%%": SUBSCRIBE, "%%unsubscribe_url%%": SUBSCRIBE}
    text, html = row.message.text, row.message.html
    for blank, link in place.items():
        text, html = text.replace(blank, link), html.replace(blank, link)
    assert (words, frame.content.decode()) == (text, html)


def test_frame_may_load_nothing_and_run_nothing(client, organiser):
    response = client.get(mail_url(make_evening(), "announced", "html"))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert ("sandbox" in policy, "script-src" in policy, "frame-ancestors 'self'" in policy) == (True, False, True)
    page = WagtailTestUtils.get_soup(client.get(mail_url(EventPage.objects.get(), "announced")).content)
    assert [list(frame["sandbox"]) for frame in page.select("iframe")] == [[]]


def test_approving_says_when_it_would_leave(client, organiser):
    subscribe()
    seen = client.get(mail_url(make_evening(), "announced"))
    (approve,) = WagtailTestUtils.get_soup(seen.content).select("a[href*=approve]")
    assert texts(client.get(approve["href"]), ".plain-form > p")[1] == (
        "It leaves five minutes after you approve it. Until then you can call it back from everybody."
    )


def test_approving_sends_and_offers_to_call_back(client, organiser, django_capture_on_commit_callbacks):
    person = subscribe()
    event = make_evening()
    with django_capture_on_commit_callbacks(execute=True):
        response = press_approve(client, event, "announced")
    assert said(response) == [
        "It is on its way, and leaves in five minutes. Until then you can call it back from everybody."
    ]
    assert waiting() == [person.address]
    assert texts(response, ".mail__recall strong") == ["It leaves at 6.05pm."]
    back = client.post(mail_url(event, "announced", "call-back"), follow=True)
    assert said(back) == ["Called back: nobody gets it."]
    assert (texts(back, ".mail__facts dt")[1], texts(back, ".mail__facts dd")[1]) == (
        "Called back on",
        "Thursday 6 November 2025, 6pm",
    )
    assert waiting() == []
    assert Announcement.objects.get().approved_by == organiser


def test_approving_for_later_says_when(client, organiser):
    subscribe()
    event = make_evening()
    response = press_approve(client, event, "today")
    assert said(response) == ["Approved. It goes by itself when its time comes, and moves with the evening."]
    assert (waiting(), Announcement.objects.get().state) == ([], "approved")
    assert said(client.post(mail_url(event, "today", "not-yet"), follow=True)) == [
        "It doesn’t go before somebody approves it again."
    ]


def test_approving_what_nobody_saw_is_refused(client, organiser):
    subscribe()
    event = make_evening()
    asked = client.get(mail_url(event, "announced", "approve"), follow=True)
    assert said(asked) == ["Look at the mail as it is now, then approve it."]
    for data in ({}, {"seen": "x"}):
        answer = client.post(mail_url(event, "announced", "approve"), data, follow=True)
        assert said(answer) == [
            "This mail reads differently since you looked at it. Look at it again, then approve it."
        ]
    assert waiting() == []


def test_mail_that_nobody_would_get_has_no_button(client, organiser):
    response = client.get(mail_url(make_evening(), "announced"))
    assert texts(response, ".mail__verbs a, .mail__verbs button") == ["Send a test to me", "Words and time"]
    who = "Nobody would get this yet: nobody wants to hear about new evenings"
    assert who in texts(response, ".mail__facts dd")


def test_late_mail_says_so_before_it_goes(client, clock):
    subscribe()
    event = make_evening()
    clock.move_to(START - 2 * DAY, tick=False)
    sign_in(client, "organiser")
    response = client.get(mail_url(event, "a-week-before"))
    assert texts(response, ".mail__facts dd")[:2] == [
        "To approve Its moment has passed. It can still go.",
        "Wednesday 19 November 2025, 10am : it would go now",
    ]
    asked = client.get(mail_url(event, "a-week-before", "approve"), {"seen": response.context["digest"]})
    assert "has passed, so it goes at once" in " ".join(texts(asked, ".plain-form p"))


def test_words_that_changed_after_the_approval_are_pointed_out(client, organiser):
    subscribe()
    event = make_evening()
    agree(event, "today", at=SOON)
    assert texts(client.get(mail_url(event, "today")), ".form-trouble") == []
    publish(event, online_url="https://new.example/")
    (words,) = texts(client.get(mail_url(event, "today")), ".form-trouble")
    assert words == "The evening has changed since this was approved. It goes with the words below."


def test_test_goes_to_oneself_alone_and_once_a_minute(client, organiser):
    subscribe()
    event = make_evening()
    for _ in range(2):
        response = client.post(mail_url(event, "announced", "test"), follow=True)
    assert said(response) == [f"A test is on its way to {organiser.email}."]
    row = OutgoingMail.objects.select_related("message").get()
    assert (row.recipient, row.heading, row.message.text) == (
        organiser.email,
        "",
        letter(event, "announced", at=SOON).text,
    )
    assert Announcement.objects.count() == 0


def test_test_of_a_mail_that_went_is_refused(client, organiser):
    subscribe()
    event = make_evening()
    send(event, "announced", at=SOON - DAY)
    assert said(client.post(mail_url(event, "announced", "test"), follow=True)) == ["This mail has gone."]


def test_mail_that_does_not_exist_is_404(client, organiser):
    event = make_evening()
    for name in ("changed", "nonsense", "announced-2", "message"):
        assert client.get(mail_url(event, name)).status_code == 404
