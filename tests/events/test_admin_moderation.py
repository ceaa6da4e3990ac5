"""Wagtail's own ways with our pages: a schedule, moderation, bulk, history."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from events.models import EventPage, TalkPage
from pages.scheduler import run_once
from tests.admin import edit, live, said, sign_in
from tests.factories import (
    START,
    make_event,
    make_talk,
)

pytestmark = pytest.mark.django_db


SOON = dt.timedelta(days=9)


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
