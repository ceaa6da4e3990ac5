"""Publishing an evening at once: its programme, and its write-up with what the organisers hold."""

import datetime as dt

import pytest
from django.utils import timezone

from events.actions import NotInOrder, publish_programme, publish_writeup
from events.models import EventPage, TalkPage
from speakers.actions import hand_over
from speakers.models import Contribution
from tests.admin import action, live, said, sign_in, texts
from tests.factories import START, give, make_event, make_speaker, make_talk, publish, write_answers

pytestmark = pytest.mark.django_db

SOON = dt.timedelta(days=9)


# The programme


def test_programme_goes_out_at_once_without_what_is_to_be_announced(client):
    sign_in(client)
    event = make_event(live=False, slots=1, starts_at=timezone.now() + SOON)
    first, second = make_talk(event=event, title="Maps", live=False), make_talk(event=event, title="Codes", live=False)
    unknown = TalkPage.objects.child_of(event).first()
    response = client.post(action("publish_programme", event), follow=True)
    assert live(event, first, second, unknown) == [True, True, True, False]
    assert said(response) == [f"The programme is public: “{event.title}”, “Maps”, “Codes”."]
    assert TalkPage.objects.get(pk=first.pk).url.endswith("/maps/")


def test_programme_asks_first_and_lists_what_becomes_public(client):
    sign_in(client)
    event = make_event(live=False, slots=1, starts_at=timezone.now() + SOON)
    make_talk(event=event, title="Maps", live=False)
    changed = make_talk(event=event, title="Codes")
    changed.get_latest_revision_as_object().save_revision()
    make_talk(event=event, title="Public already")
    make_talk(event=event, title="Gone", live=False, state="withdrawn")
    programme = client.get(action("publish_programme", event)).context["programme"]
    assert [page.title for page in programme.due] == [event.title, "Maps", "Codes"]
    assert programme.to_be_announced == 1
    assert live(event) == [False]


@pytest.mark.parametrize(("status", "told"), [("tentative", True), ("confirmed", False)])
def test_programme_of_a_tentative_evening_says_what_readers_are_told(client, status, told):
    sign_in(client)
    event = make_event(live=False, status=status, starts_at=timezone.now() + SOON)
    words = client.get(action("publish_programme", event)).content.decode()
    assert ("Readers are told that the date is not certain yet" in words) is told


def test_programme_publishes_no_answer(client):
    sign_in(client)
    event = make_event(live=False)
    talk = make_talk(event=event, live=False)
    write_answers(talk.contribution, {"summary": "Half a sentence"})
    client.post(action("publish_programme", event))
    assert list(Contribution.objects.released()) == []


def test_programme_overtakes_a_schedule(client):
    sign_in(client)
    event = make_event(live=False)
    publish(event, go_live_at=timezone.now() + SOON)
    assert live(event) == [False]
    client.post(action("publish_programme", event))
    assert live(event) == [True]
    assert EventPage.objects.get(pk=event.pk).scheduled_revision is None


def test_programme_that_is_public_says_so(client):
    sign_in(client)
    event = make_event()
    response = client.post(action("publish_programme", event), follow=True)
    assert said(response) == ["Everything with a title was public already."]


def test_programme_with_a_fault_publishes_nothing_and_says_which():
    event = make_event(live=False)
    talk = make_talk(event=event, title="Maps", live=False)
    EventPage.objects.filter(pk=event.pk).update(ends_at=START)
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    draft.ends_at = draft.starts_at
    draft.save_revision(clean=False)
    with pytest.raises(NotInOrder) as refusal:
        publish_programme(event=event)
    assert str(refusal.value) == f"“{event.title}”: It can’t end before it starts."
    assert live(event, talk) == [False, False]


def test_programme_with_a_locked_talk_publishes_nothing(client):
    sign_in(client)
    event = make_event(live=False)
    talk = make_talk(event=event, title="Maps", live=False)
    TalkPage.objects.filter(pk=talk.pk).update(locked=True, locked_at=timezone.now())
    response = client.post(action("publish_programme", event), follow=True)
    assert said(response)[0] == "“Maps” is locked. Unlock it first."
    assert live(event, talk) == [False, False]


# The write-up


def test_write_up_goes_out_with_what_the_organisers_hold(client):
    sign_in(client)
    event = make_event(live=False)
    ready = make_talk(event=event, title="Ready", live=False, speakers=[make_speaker()])
    write_answers(ready.contribution, {"summary": "Released words"})
    theirs = make_talk(event=event, title="Theirs", live=False)
    write_answers(theirs.contribution, {"summary": "Half a sentence"})
    hand_over(contribution=theirs.contribution, to="speakers", at=timezone.now())
    empty = make_talk(event=event, title="Empty", live=False)
    response = client.post(action("publish_writeup", event), follow=True)
    assert said(response) == [
        "Not released: what was given to “Theirs”. The speakers have it. Take it back, or wait for them.",
        "Not released: what was given to “Empty”. Nothing is written yet.",
        f"The write-up of “{event.title}” is public.",
    ]
    assert live(event, ready, theirs, empty) == [True] * 4
    assert list(Contribution.objects.released()) == [ready.contribution]
    event.refresh_from_db()
    assert event.written_up_on == timezone.localdate()
    assert TalkPage.objects.get(pk=ready.pk).state == "given"


def test_write_up_keeps_the_day_on_which_it_was_first_published(client):
    event = make_event(written_up_on=dt.date(2025, 12, 3))
    publish_writeup(event=event, at=timezone.now())
    event.refresh_from_db()
    assert event.written_up_on == dt.date(2025, 12, 3)
    sign_in(client)
    page = client.get(action("publish_writeup", event)).content.decode()
    assert "written up since Wednesday 3 December 2025. Nothing is left to publish." in page
    assert 'type="submit" class="button"' not in page


def test_write_up_of_an_evening_that_is_not_over_is_refused(client):
    sign_in(client)
    event = make_event(starts_at=timezone.now() + SOON)
    response = client.post(action("publish_writeup", event), follow=True)
    assert said(response) == ["This evening isn’t over yet. Publish its programme for now."]
    event.refresh_from_db()
    assert event.written_up_on is None


def test_write_up_lists_what_is_ready_and_what_is_not_before_anything_happens(client):
    sign_in(client)
    event = make_event()
    given = make_talk(event=event, title="Given")
    give(given)
    ready = make_talk(event=event, title="Ready")
    write_answers(ready.contribution, {"summary": "Words"})
    make_talk(event=event, title="Empty")
    rows = client.get(action("publish_writeup", event)).context["given"]
    assert [(row.talk.title, row.ready, row.words) for row in rows] == [
        ("Given", False, "Released already."),
        ("Ready", True, "It will be released."),
        ("Empty", False, "Nothing is written yet."),
    ]
    assert list(Contribution.objects.released()) == [given.contribution]


def test_write_up_says_what_is_missing_from_what_it_releases(client):
    sign_in(client)
    event = make_event(starts_at=timezone.now() - dt.timedelta(days=2))
    talk = make_talk(event=event, speakers=[make_speaker("Ada Vale")])
    draft = talk.contribution.get_latest_revision_as_object()
    draft.teaser = "Words"
    draft.save_revision()
    assert texts(client.get(action("publish_writeup", event)), ".missing li")[-2:] == [
        "No slides, neither a file nor a link.",
        "No consent of Ada Vale to publishing the answers is on record.",
    ]


@pytest.mark.parametrize("name", ["publish_programme", "publish_writeup"])
def test_page_that_publishes_a_new_day_says_that_day(client, name):
    sign_in(client)
    event = make_event(starts_at=dt.datetime(2025, 2, 5, 18, tzinfo=dt.UTC))
    draft = event.get_latest_revision_as_object()
    draft.title, draft.starts_at = "A special", dt.datetime(2025, 2, 12, 18, tzinfo=dt.UTC)
    draft.save_revision()
    assert texts(client.get(action(name, event)), ".plain-form > p")[0] == "A special , Wednesday 12 February 2025, 6pm"
