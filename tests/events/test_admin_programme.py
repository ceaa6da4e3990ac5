"""What an organiser does with an evening's programme: slots, withdrawing, another number."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils import WagtailTestUtils

from events.models import TalkPage
from tests.admin import action, edit_url, said, send, sign_in, texts
from tests.factories import (
    START,
    make_event,
    make_series,
    make_talk,
    publish,
)

pytestmark = pytest.mark.django_db


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_adding_a_slot_asks_first_and_adds_one_at_the_end(client):
    sign_in(client)
    event = make_event(slots=1)
    client.get(action("add_slot", event))
    assert TalkPage.objects.child_of(event).count() == 1
    response = client.post(action("add_slot", event), follow=True)
    new_talk = TalkPage.objects.child_of(event).last()
    assert TalkPage.objects.child_of(event).count() == 2
    assert response.redirect_chain == [(edit_url(new_talk), 302)]
    assert new_talk.contribution.answers.count() == 6


def test_withdrawing_asks_first_and_hides_the_talk_from_readers(client):
    sign_in(client)
    talk = make_talk(title="Maps")
    client.get(action("withdraw", talk))
    talk.refresh_from_db()
    assert talk.state == "planned"
    response = client.post(action("withdraw", talk), follow=True)
    talk.refresh_from_db()
    assert (talk.state, talk.get_latest_revision_as_object().state) == ("withdrawn", "withdrawn")
    assert said(response) == ["“Maps” is withdrawn. You can reinstate it at any time."]
    assert said(client.post(action("withdraw", talk), follow=True)) == ["This talk is out of the programme already."]


@pytest.mark.parametrize(("days", "state"), [(-9, "given"), (9, "planned")])
def test_reinstating_brings_the_talk_back_as_its_evening_stands(client, days, state):
    sign_in(client)
    event = make_event(starts_at=dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
    talk = make_talk(event=event, title="Maps", state="withdrawn")
    response = client.post(action("reinstate", talk), follow=True)
    talk.refresh_from_db()
    assert talk.state == state
    assert said(response) == ["“Maps” is back in the programme."]
    assert said(client.post(action("reinstate", talk), follow=True)) == ["This talk is in the programme already."]


def test_withdrawing_and_reinstating_leave_no_draft_where_there_was_none(client):
    sign_in(client)
    talk = make_talk(title="Maps")
    for verb in ("withdraw", "reinstate"):
        client.post(action(verb, talk))
        talk.refresh_from_db()
        assert (talk.live, talk.has_unpublished_changes, talk.live_revision) == (True, False, talk.latest_revision)


@pytest.mark.parametrize("verb", ["withdraw", "reinstate"])
def test_another_draft_of_a_talk_stays_one(client, verb):
    sign_in(client)
    talk = make_talk(title="Maps", state="planned" if verb == "withdraw" else "withdrawn")
    draft = talk.get_latest_revision_as_object()
    draft.title = "Half a title"
    draft.save_revision()
    client.post(action(verb, talk))
    talk.refresh_from_db()
    assert (talk.title, talk.draft_title, talk.has_unpublished_changes) == ("Maps", "Half a title", True)


@pytest.mark.parametrize(
    ("days", "told"), [(9, "its slot is free again"), (-9, "The recording, and what was said in it")]
)
def test_withdrawing_says_what_readers_still_see(client, days, told):
    sign_in(client)
    talk = make_talk(event=make_event(starts_at=timezone.now() + dt.timedelta(days=days)))
    assert told in texts(client.get(action("withdraw", talk)), ".plain-form > p")[1]


def test_withdrawing_a_draft_talk_makes_its_evening_end_earlier(client, django_capture_on_commit_callbacks):
    sign_in(client)
    event = make_event(slots=2)
    talk = make_talk(event=event, live=False)
    event.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(action("withdraw", talk))
    event.refresh_from_db()
    assert event.over_at == START + dt.timedelta(minutes=5 + 2 * 16)


def test_renumbering_changes_the_address_and_leads_the_old_one_there(client, django_capture_on_commit_callbacks):
    sign_in(client)
    event = make_event(number=8)
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, action("renumber", event), {"number": "9"}, form_id=None)
    event.refresh_from_db()
    assert (event.number, event.slug, event.title) == (9, "9", "Data Bites 9")
    assert said(response) == ["This evening has number 9 now."]
    assert [redirect.old_path for redirect in Redirect.objects.filter(redirect_page=event)] == ["/data-bites/8"]


def test_renumbering_to_a_number_that_is_taken_is_refused_in_words(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=8)
    other = make_event(series=series, number=9)
    response = send(client, action("renumber", other), {"number": "8"}, form_id=None)
    assert errors(response) == {"number": ["“Data Bites 8” has number 8 already. Choose another number."]}
    other.refresh_from_db()
    assert other.number == 9


def test_pages_about_an_evening_say_where_they_are(client):
    sign_in(client)
    talk = make_talk(event=publish(make_event(number=7)), title="Maps")
    soup = WagtailTestUtils.get_soup(client.get(action("withdraw", talk)).content)
    trail = [link.get_text(strip=True) for link in soup.select("[data-w-breadcrumbs-target] a, .w-breadcrumbs a")]
    assert list(dict.fromkeys(trail)) == ["Home", "Data Bites", "Data Bites 7", "Maps", "Withdraw the talk"]
