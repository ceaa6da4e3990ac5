"""Changing a mail's words and time, writing one, and the hints that one waits, in the admin."""

import json

import pytest
from django.core import mail as django_mail
from django.urls import reverse

from events.forms.fields import NOT_A_TIME
from events.models import Announcement
from tests.admin import said, sign_in, texts
from tests.factories import START, make_event, make_talk
from tests.mails import DAY, HOUR, agree, mail_url, make_evening, press_approve, send, subscribe, waiting

pytestmark = pytest.mark.django_db
SOON = START - 20 * DAY
NOT_YOURS = "Only a message of your own that hasn’t gone can be thrown away."
TOO_MUCH = "Ensure this value is less than or equal to 20160."
NOT_WHOLE = "Enter a whole number."


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(SOON, tick=False)
    return time_machine


@pytest.fixture
def organiser(client):
    return sign_in(client, "organiser")


# Words and time


def change(client, event, name, **data):
    form = {"subject": "", "opening": "", "timing": "approval", "days": "", "clock": "", "minutes": "", **data}
    return client.post(mail_url(event, name, "words"), form, follow=True)


def test_words_and_time_can_be_changed_and_need_approval_again(client, organiser):
    subscribe()
    event = make_evening()
    agree(event, "today", at=SOON)
    response = change(client, event, "today", opening="Doors at 5.", timing="day", days="-1", clock="5pm")
    assert said(response) == ["Saved. Look at the mail, then approve it."]
    mail = Announcement.objects.get()
    assert (mail.state, mail.approved_by, mail.due_at(event)) == ("planned", None, START - DAY - HOUR)
    assert "Doors at 5." in response.context["text"]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"timing": "day"}, {"days": ["Say how many days before or after."], "clock": ["Say at what time."]}),
        ({"timing": "start"}, {"minutes": ["Say how many minutes before or after the start."]}),
        (
            {"timing": "start", "minutes": "99999999999999999999"},
            {"minutes": [TOO_MUCH]},
        ),
        (
            {"timing": "day", "days": "soon", "clock": "noonish"},
            {"days": ["Enter a whole number."], "clock": [NOT_A_TIME]},
        ),
        ({"opening": "x" * 401}, {"opening": ["Ensure this value has at most 400 characters (it has 401)."]}),
    ],
)
def test_wrong_time_is_told_beside_its_field(client, organiser, data, errors):
    event = make_evening()
    response = change(client, event, "today", **data)
    assert {name: list(found) for name, found in response.context["form"].errors.items()} == errors
    assert Announcement.objects.count() == 0


def test_what_belongs_to_another_kind_of_time_is_dropped(client, organiser):
    event = make_evening()
    change(client, event, "today", timing="approval", days="x", clock="y", minutes="z")
    mail = Announcement.objects.get()
    assert (mail.timing, mail.days, mail.clock, mail.minutes) == ("approval", None, None, None)


def test_mail_that_went_can_not_be_changed(client, organiser):
    subscribe()
    event = make_evening()
    send(event, "announced", at=SOON - DAY)
    response = change(client, event, "announced", opening="Late words.")
    assert response.context["form"].non_field_errors() == ["This mail has gone. It can’t be changed any more."]


# A message of their own

BLOCK = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
CONTENT = json.dumps({"entityMap": {}, "blocks": [{**BLOCK, "text": "Bring a pen."}]})


def write(client, event, **data):
    form = {"subject": "Pens", "text": CONTENT, "heading": "evenings", "timing": "approval", **data}
    return client.post(f"{mail_url(event)}write/", form, follow=True)


def test_message_is_written_looked_at_and_sent(client, organiser, django_capture_on_commit_callbacks):
    person = subscribe("write_ups")
    event = make_evening()
    response = write(client, event, heading="write_ups")
    assert response.redirect_chain[-1][0] == mail_url(event, "message")
    assert texts(response, ".mail__subject") == ["Data Bites 61: Pens"]
    assert response.context["text"].startswith("Bring a pen.\n")
    with django_capture_on_commit_callbacks(execute=True):
        press_approve(client, event, "message")
    assert waiting() == [person.address]
    write(client, event)
    assert list(Announcement.objects.order_by("pk").values_list("kind", "occurrence")) == [
        ("message", 1),
        ("message", 2),
    ]


def test_message_without_words_is_not_planned(client, organiser):
    event = make_evening()
    response = write(client, event, subject="", text="null")
    assert {name: list(found) for name, found in response.context["form"].errors.items()} == {
        "subject": ["This field is required."],
        "text": ["This field is required."],
    }
    assert Announcement.objects.count() == 0


def test_message_can_be_thrown_away_and_other_mails_can_not(client, organiser):
    event = make_evening()
    write(client, event)
    assert client.get(mail_url(event, "message", "throw-away")).status_code == 200
    response = client.post(mail_url(event, "message", "throw-away"), follow=True)
    assert (said(response), Announcement.objects.count()) == (["Your message is thrown away."], 0)
    refused = client.post(mail_url(event, "today", "throw-away"), follow=True)
    assert (
        said(refused) == ["Only a message of your own that hasn’t gone can be thrown away."]
        or refused.status_code == 404
    )


# Hints


def test_board_and_front_page_say_which_mail_waits(client, organiser):
    event = make_evening()
    board = reverse("series:evenings", args=[event.series_id])
    assert not [line for line in texts(client.get(board), ".evening-progress li") if "Mail" in line]
    subscribe()
    for page in (board, reverse("wagtailadmin_home")):
        lines = [line for line in texts(client.get(page), ".evening-progress li") if "Mail" in line]
        assert lines == ["Mail to approve: The evening is announced"]
    send(event, "announced", at=SOON - DAY)
    assert not [line for line in texts(client.get(board), ".evening-progress li") if "Mail" in line]


def test_publishing_says_which_mail_waits(client, organiser):
    subscribe()
    event = make_evening()
    response = client.get(reverse("series:publish_programme", args=[event.pk]))
    assert "A mail about this evening waits for your approval: The evening is announced" in texts(
        response, ".plain-form p"
    )


def test_moderator_sees_no_hint(client):
    sign_in(client, "moderator")
    subscribe()
    event = make_evening()
    board = reverse("series:evenings", args=[event.series_id])
    assert not [line for line in texts(client.get(board), ".evening-progress li") if "Mail" in line]


@pytest.mark.parametrize("number", [1, 3])
def test_hints_cost_the_same_whatever_the_number_of_evenings(client, organiser, number, django_assert_num_queries):
    from django.utils import timezone

    from events.due_mails import mails_to_approve
    from events.progress import evenings_with_progress

    subscribe()
    events = [make_talk(event=make_event(starts_at=START + place * DAY)).event for place in range(number)]
    found = list(evenings_with_progress(events[0].series))
    with django_assert_num_queries(4):
        hints = mails_to_approve(found, at=timezone.now())
    assert hints == {event.pk: ["The evening is announced"] for event in events}


def test_editor_and_menu_lead_to_the_mails(client, organiser):
    event = make_evening()
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    assert mail_url(event) in editor
    assert mail_url(event) in client.get(reverse("series:evenings", args=[event.series_id])).content.decode()
    assert django_mail.outbox == []
