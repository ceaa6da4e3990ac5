"""The talk's editor, and moving talks and evenings about."""

import pytest
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.test.utils import WagtailTestUtils
from wagtail.test.utils.form_data import querydict_from_html

from events.models import EventPage, TalkPage
from speakers.models import Contribution
from tests.admin import EDITOR, edit, edit_url, row_errors, rows, said, sign_in, texts
from tests.factories import (
    make_event,
    make_series,
    make_speaker,
    make_talk,
    publish,
    write_answers,
)

pytestmark = pytest.mark.django_db


def test_talk_is_edited_with_its_speakers(client):
    sign_in(client)
    ada, talk = make_speaker("Ada Okafor"), make_talk(live=False)
    speaker = {"speaker": ada.pk, "role": "Head of Data", "organisation": "", "place": "Cardiff"}
    edit(client, talk, "publish", title="A better title", **rows("talk_speakers", speaker))
    talk = TalkPage.objects.get(pk=talk.pk)
    assert (talk.title, talk.slug, talk.live) == ("A better title", "a-better-title", True)
    assert [(row.speaker, row.role, row.place) for row in talk.talk_speakers.all()] == [
        (ada, "Head of Data", "Cardiff")
    ]


def test_speaker_who_stands_there_twice_is_refused_in_words(client):
    sign_in(client)
    ada, talk = make_speaker(), make_talk(live=False)
    speaker = {"speaker": ada.pk, "role": "", "organisation": "", "place": ""}
    response = edit(client, talk, **rows("talk_speakers", speaker, speaker))
    assert row_errors(response, "talk_speakers") == [{}, {"speaker": ["This speaker is in the list already."]}]


def test_talk_related_to_nothing_is_refused_in_words(client):
    sign_in(client)
    talk = make_talk(live=False)
    related = {"related": "", "number": "60", "year": "", "words": "", "url": "", "reason": ""}
    response = edit(client, talk, "publish", **rows("related_talks", related))
    assert row_errors(response, "related_talks") == [{"words": ["Choose a talk, or say in a few words what it was."]}]


def test_talk_shows_how_far_its_speakers_are_and_leads_to_what_they_give(client):
    user = sign_in(client)
    talk = make_talk()
    write_answers(talk.contribution, {"summary": "Words"})
    response = client.get(edit_url(talk))
    assert "It stands like this: 1 of 6 answers, draft, with the organisers." in texts(response, ".talk-outlook p")[0]
    links = [a["href"] for a in WagtailTestUtils.get_soup(response.content).select(".talk-outlook a")]
    assert AdminURLFinder(user).get_edit_url(talk.contribution) in links
    assert edit_url(talk.event) in links


def test_saving_a_talk_publishes_no_word_of_its_speakers(client):
    sign_in(client)
    talk = make_talk()
    write_answers(talk.contribution, {"summary": "Half a sentence"})
    edit(client, talk, "publish", title="A better title")
    assert TalkPage.objects.get(pk=talk.pk).title == "A better title"
    assert list(Contribution.objects.released()) == []


def test_address_is_not_asked_for_before_a_talk_is_public(client):
    sign_in(client)
    talk = make_talk(live=False)
    assert "slug" not in client.get(edit_url(talk)).context["form"].fields
    assert "slug" in client.get(edit_url(publish(talk))).context["form"].fields


def test_moved_talk_takes_its_contribution_to_the_other_evening(client):
    sign_in(client)
    series = make_series()
    old, new = make_event(series=series, number=1), make_event(series=series, number=2)
    talk = make_talk(event=old, title="On the move")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[talk.pk, new.pk]))
    moved = TalkPage.objects.get(pk=talk.pk)
    assert (moved.event, moved.contribution) == (new, talk.contribution)
    assert Page.find_problems() == ([], [], [], [], [])


def test_reordering_changes_the_running_order(client):
    sign_in(client)
    event = make_event()
    first, second = make_talk(event=event, title="First"), make_talk(event=event, title="Second")
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0")
    assert list(TalkPage.objects.child_of(event).in_running_order()) == [second, first]


def test_talks_are_listed_in_running_order_in_the_explorer(client):
    sign_in(client)
    event = make_event()
    titles = ["First", "Second", "Third"]
    talks = [make_talk(event=event, title=title) for title in titles]
    edit(client, talks[0], title="First")
    response = client.get(reverse("wagtailadmin_explore", args=[event.pk]))
    assert [page.title for page in response.context["pages"]] == titles


def test_evening_moved_to_another_series_belongs_to_it(client):
    sign_in(client)
    event = make_event(series=make_series(), number=7)
    other = make_series(slug="lunch-bytes", title="Lunch Bytes")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[event.pk, other.pk]))
    assert EventPage.objects.get(pk=event.pk).series == other


def test_evening_is_not_moved_to_a_series_that_has_its_number(client):
    sign_in(client)
    event = make_event(series=make_series(), number=7)
    other = make_series(slug="lunch-bytes", title="Lunch Bytes")
    make_event(series=other, number=7)
    response = client.post(reverse("wagtailadmin_pages:move_confirm", args=[event.pk, other.pk]), follow=True)
    assert EventPage.objects.get(pk=event.pk).series != other
    assert "already in use" in said(response)[0]


@pytest.mark.parametrize("kind", ["event", "talk"])
def test_draft_is_previewed_from_the_editor(client, kind):
    sign_in(client)
    talk = make_talk(title="A public title")
    page = talk if kind == "talk" else talk.event
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = querydict_from_html(client.get(edit_url(page)).content.decode(), form_id=EDITOR)
    data["title"] = "A title in a draft"
    assert client.post(url, data).json()["is_valid"] is True
    response = client.get(url)
    assert response.status_code == 200
    assert "A title in a draft" in response.content.decode()
