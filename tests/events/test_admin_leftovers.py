"""What an import could not place: seen by organisers alone, and seen to before an evening is published."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from events.guard import LEFTOVERS_NOT_SEEN, LeftoversNotSeen
from events.models import EventPage
from pages.scheduler import run_once
from tests.admin import EDITOR, action, edit, edit_url, live, said, sign_in
from tests.factories import (
    START,
    make_event,
    make_series,
)

pytestmark = pytest.mark.django_db


SOON = dt.timedelta(days=9)
LEFT = "You can’t API your way out of politics"


def leave(event, *, seen=False):
    """A draft with something that an import could not place."""
    draft = event.get_latest_revision_as_object()
    draft.leftovers, draft.leftovers_seen = LEFT, seen
    draft.save_revision()
    if not event.live:
        EventPage.objects.filter(pk=event.pk).update(leftovers=LEFT, leftovers_seen=seen)
    return EventPage.objects.get(pk=event.pk)


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


def test_evening_with_leftovers_is_not_sent_to_moderation(client):
    sign_in(client)
    event = leave(make_event(live=False))
    response = edit(client, event, "submit")
    assert response.context["form"].errors == {"leftovers": [LEFTOVERS_NOT_SEEN]}
    assert EventPage.objects.get(pk=event.pk).current_workflow_state is None
