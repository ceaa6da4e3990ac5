"""Publishing an evening in the admin: at once, on a schedule, by moderation, not before its leftovers are seen."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from events.actions import NotInOrder, publish_programme, publish_writeup
from events.guard import LEFTOVERS_NOT_SEEN, LeftoversNotSeen
from events.models import EventPage, TalkPage
from pages.scheduler import run_once
from speakers.actions import hand_over
from speakers.models import Contribution
from tests.admin import EDITOR, edit, edit_url, said, sign_in
from tests.factories import START, give, make_event, make_series, make_speaker, make_talk, publish, write_answers

pytestmark = pytest.mark.django_db

SOON = dt.timedelta(days=9)
LEFT = "You can’t API your way out of politics"


def action(name, page):
    return reverse(f"series:{name}", args=[page.pk])


def live(*pages):
    return [Page.objects.get(pk=page.pk).live for page in pages]


def leave(event, *, seen=False):
    """A draft with something that an import could not place."""
    draft = event.get_latest_revision_as_object()
    draft.leftovers, draft.leftovers_seen = LEFT, seen
    draft.save_revision()
    if not event.live:
        EventPage.objects.filter(pk=event.pk).update(leftovers=LEFT, leftovers_seen=seen)
    return EventPage.objects.get(pk=event.pk)


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


def test_write_up_keeps_the_day_on_which_it_was_first_published():
    event = make_event(written_up_on=dt.date(2025, 12, 3))
    publish_writeup(event=event, at=timezone.now())
    event.refresh_from_db()
    assert event.written_up_on == dt.date(2025, 12, 3)


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


# Leftovers


def test_editor_refuses_to_publish_with_leftovers_and_keeps_what_was_typed(client):
    sign_in(client)
    event = leave(make_event(live=False))
    response = edit(client, event, "publish", standfirst="Typed already")
    assert response.context["form"].errors == {"leftovers": [LEFTOVERS_NOT_SEEN]}
    assert response.context["form"]["standfirst"].value() == "Typed already"
    assert live(event) == [False]


@pytest.mark.parametrize("changes", [{"leftovers": ""}, {"leftovers_seen": "on"}])
def test_editor_publishes_when_leftovers_are_emptied_or_seen_to(client, changes):
    sign_in(client)
    event = leave(make_event(live=False))
    edit(client, event, "publish", **changes)
    assert live(event) == [True]


def test_draft_with_leftovers_is_saved(client):
    sign_in(client)
    event = leave(make_event(live=False))
    edit(client, event, standfirst="A sentence")
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert (draft.standfirst, draft.leftovers) == ("A sentence", LEFT)


def test_leftovers_that_came_in_while_the_form_was_open_are_not_emptied(client):
    sign_in(client)
    event = make_event(live=False)
    url = edit_url(event)
    data = querydict_from_html(client.get(url).content.decode(), form_id=EDITOR)
    assert "leftovers" not in data
    leave(event)
    client.post(url, data)
    assert EventPage.objects.get(pk=event.pk).get_latest_revision_as_object().leftovers == LEFT


def test_moderator_sees_no_leftovers_and_is_told_to_ask_an_organiser(client):
    sign_in(client, "moderator")
    event = leave(make_event(live=False))
    response = edit(client, event, "publish")
    assert response.context["form"].non_field_errors() == [
        "An import left something that an organiser must see to first. "
        "Save your draft, and ask an organiser to publish this evening."
    ]
    assert LEFT not in client.get(edit_url(event)).content.decode()
    assert live(event) == [False]


def test_moderator_who_saves_a_draft_keeps_the_leftovers(client):
    sign_in(client, "moderator")
    event = leave(make_event(live=False))
    edit(client, event, standfirst="A sentence")
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert (draft.standfirst, draft.leftovers) == ("A sentence", LEFT)


def test_publishing_the_programme_or_the_write_up_refuses_leftovers(client):
    sign_in(client)
    event = leave(make_event(live=False))
    for name in ("publish_programme", "publish_writeup"):
        assert said(client.post(action(name, event), follow=True)) == [LEFTOVERS_NOT_SEEN]
    assert live(event) == [False]


@pytest.mark.parametrize("by_the_series", [False, True])
def test_bulk_publishing_refuses_leftovers(client, by_the_series):
    sign_in(client)
    event = leave(make_event(live=False, series=make_series()))
    chosen = event.series if by_the_series else event
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={chosen.pk}"
    response = client.post(url, {"include_descendants": "on"}, follow=True)
    assert said(response) == [f"“{event.title}”: {LEFTOVERS_NOT_SEEN} Nothing was changed."]
    assert live(event) == [False]


def test_scheduling_refuses_leftovers(client):
    sign_in(client)
    event = leave(make_event(live=False))
    response = edit(client, event, "publish", go_live_at=f"{timezone.now() + SOON:%Y-%m-%d %H:%M}")
    assert response.context["form"].errors == {"leftovers": [LEFTOVERS_NOT_SEEN]}
    assert EventPage.objects.get(pk=event.pk).scheduled_revision is None


def test_leftovers_stop_a_publish_from_code_too():
    event = leave(make_event(live=False))
    with pytest.raises(LeftoversNotSeen):
        event.latest_revision.publish()
    assert live(event) == [False]


def test_what_was_scheduled_before_leftovers_came_in_still_goes_out():
    with time_machine.travel(START - SOON, tick=False) as clock:
        event = make_event(live=False)
        draft = event.get_latest_revision_as_object()
        draft.go_live_at = START
        draft.save_revision().publish()
        clock.shift(60)
        event = leave(EventPage.objects.get(pk=event.pk))
        clock.move_to(START + dt.timedelta(seconds=1))
        assert run_once() == 0
        assert live(event) == [True]
        assert EventPage.objects.get(pk=event.pk).get_latest_revision_as_object().leftovers == LEFT


def test_import_warnings_are_shown_to_organisers(client):
    sign_in(client)
    event = make_event()
    event.import_runs.create(
        at=timezone.now(),
        filename="60.txt",
        source_sha256="0" * 64,
        source="",
        shape="plain",
        plan={},
        warnings=["The text says the twelfth here; we count the eleventh."],
    )
    assert "The text says the twelfth here; we count the eleventh." in client.get(edit_url(event)).content.decode()


# A schedule, moderation, and Wagtail's own ways


def test_scheduled_evening_and_talk_go_live_by_the_clockwork(client):
    with time_machine.travel(START - SOON, tick=False) as clock:
        sign_in(client)
        event = make_event(live=False)
        talk = make_talk(event=event, title="Maps", live=False)
        for page in (event, talk):
            edit(client, page, "publish", go_live_at=f"{START:%Y-%m-%d %H:%M}")
        assert run_once() == 0
        assert live(event, talk) == [False, False]
        clock.move_to(START + dt.timedelta(seconds=1))
        assert run_once() == 0
        assert live(event, talk) == [True, True]


def test_evening_goes_through_moderation(client):
    editor = sign_in(client)
    event = make_event(live=False)
    edit(client, event, "submit", standfirst="Please look")
    state = EventPage.objects.get(pk=event.pk).current_workflow_state
    assert (state.status, state.requested_by) == ("in_progress", editor)
    sign_in(client, "moderator")
    approve = reverse("wagtailadmin_pages:workflow_action", args=[event.pk, "approve", state.current_task_state_id])
    client.post(approve, {"comment": "Good"})
    event = EventPage.objects.get(pk=event.pk)
    assert (event.live, event.standfirst) == (True, "Please look")


def test_moderator_asks_for_changes_and_the_organiser_sends_it_again(client):
    sign_in(client)
    event = make_event(live=False)
    edit(client, event, "submit")
    state = EventPage.objects.get(pk=event.pk).current_workflow_state
    moderator = sign_in(client, "moderator")
    reject = reverse("wagtailadmin_pages:workflow_action", args=[event.pk, "reject", state.current_task_state_id])
    client.post(reject, {"comment": "Which venue?"})
    assert EventPage.objects.get(pk=event.pk).current_workflow_state.status == "needs_changes"
    sign_in(client)
    edit(client, event, "submit", standfirst="At the old one")
    assert EventPage.objects.get(pk=event.pk).current_workflow_state.status == "in_progress"
    assert moderator.pk


def test_evening_with_leftovers_is_not_sent_to_moderation(client):
    sign_in(client)
    event = leave(make_event(live=False))
    response = edit(client, event, "submit")
    assert response.context["form"].errors == {"leftovers": [LEFTOVERS_NOT_SEEN]}
    assert EventPage.objects.get(pk=event.pk).current_workflow_state is None


def test_talk_to_be_announced_is_not_published(client):
    sign_in(client)
    event = make_event(slots=1)
    talk = TalkPage.objects.child_of(event).get()
    response = edit(client, talk, "publish")
    assert response.context["form"].errors == {"title": ["Give the talk a title of its own before you publish it."]}
    assert live(talk) == [False]


def test_bulk_publishing_does_not_announce_what_is_to_be_announced(client):
    sign_in(client)
    event = make_event(slots=1)
    talk = TalkPage.objects.child_of(event).get()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={talk.pk}"
    assert said(client.post(url, follow=True)) == [
        "A talk that is still to be announced can’t be published. Give it a title first, or use “Publish the "
        "programme”, which leaves it out. Nothing was changed."
    ]
    assert live(talk) == [False]


def test_unpublished_evening_hides_its_live_talks(client):
    sign_in(client)
    talk = make_talk(title="Maps")
    client.post(reverse("wagtailadmin_pages:unpublish", args=[talk.event.pk]))
    assert live(talk.event, talk) == [False, True]
    assert list(TalkPage.objects.public()) == []


def test_history_comparison_and_reverting_work(client):
    sign_in(client)
    event = make_event()
    old = event.latest_revision
    edit(client, event, "publish", standfirst="A new sentence")
    new = EventPage.objects.get(pk=event.pk).latest_revision
    history = client.get(reverse("wagtailadmin_pages:history", args=[event.pk]))
    assert history.status_code == 200
    compare = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[event.pk, old.pk, new.pk]))
    assert "A new sentence" in compare.content.decode()
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[event.pk, old.pk])
    assert client.get(revert).status_code == 200
