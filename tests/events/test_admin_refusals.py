"""What the admin won't do to evenings and talks, for organisers and administrators alike."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils import WagtailTestUtils

from events.actions import add_slot
from events.models import EventPage, SeriesPage, TalkPage
from pages.models import HomePage
from speakers.actions import hand_over
from speakers.models import Contribution
from tests.admin import edit_url, said, sign_in
from tests.factories import (
    START,
    give,
    make_event,
    make_series,
    make_talk,
    write_answers,
)

pytestmark = pytest.mark.django_db

WORDS_WOULD_GO = "“Maps” can’t be deleted: its speakers’ words would be lost. Withdraw the talk instead."
NO_PERMISSION = "Sorry, you do not have permission to access this area."

either_role = pytest.mark.parametrize("role", ["organiser", "administrator"])


def talk_with_words(event=None):
    talk = make_talk(event=event, title="Maps", live=False)
    write_answers(talk.contribution, {"summary": "Half a sentence"})
    return talk


def buttons(response):
    soup = WagtailTestUtils.get_soup(response.content)
    return {link["href"].split("?")[0] for link in soup.select("a[href]")}


# Add and Copy


@either_role
def test_wagtails_own_add_is_refused(client, role):
    sign_in(client, role)
    event = make_event(series=make_series())
    for model, parent in (("eventpage", event.series), ("talkpage", event)):
        response = client.get(reverse("wagtailadmin_pages:add", args=["events", model, parent.pk]), follow=True)
        assert said(response) == [NO_PERMISSION]
        response = client.post(
            reverse("wagtailadmin_pages:add", args=["events", model, parent.pk]), {"title": "Mine"}, follow=True
        )
        assert said(response) == [NO_PERMISSION]
    assert (EventPage.objects.count(), TalkPage.objects.count()) == (1, 0)


@either_role
def test_wagtails_own_add_and_copy_are_not_offered(client, role):
    sign_in(client, role)
    talk = make_talk(event=make_event(series=make_series()))
    event, series = talk.event, talk.event.series
    offered = set()
    for page in (series, event, talk):
        offered |= buttons(client.get(edit_url(page)))
    for page in (series, event):
        offered |= buttons(client.get(reverse("wagtailadmin_explore", args=[page.pk])))
    refused = {
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        for page in (series, event, talk)
        for name in ("add_subpage", "copy")
    }
    assert offered & refused == set()
    assert reverse("wagtailadmin_pages:history", args=[talk.pk]) in offered


@either_role
def test_copy_is_refused(client, role):
    sign_in(client, role)
    talk = make_talk(event=make_event(series=make_series()))
    for page in (talk.event.series, talk.event, talk):
        url = reverse("wagtailadmin_pages:copy", args=[page.pk])
        parent = page.get_parent().pk
        data = {
            "new_title": "Mine",
            "new_slug": "mine",
            "new_parent_page": parent,
            "copy_subpages": "on",
            "alias": "on",
        }
        assert said(client.get(url, follow=True)) == [NO_PERMISSION]
        assert said(client.post(url, data, follow=True)) == [NO_PERMISSION]
    assert Page.objects.filter(slug="mine").count() == 0


@pytest.mark.parametrize("action", ["copy", "create_alias", "delete", "publish", "move", "unpublish"])
def test_explorers_address_for_programs_acts_on_nothing(client, action):
    sign_in(client, "administrator")
    talk = talk_with_words()
    url = f"/cms/api/main/pages/{talk.pk}/action/{action}/"
    assert client.post(url, {}, content_type="application/json").status_code == 404
    assert Page.objects.filter(pk=talk.pk).count() == 1
    assert client.get(f"/cms/api/main/pages/{talk.pk}/").json()["title"] == "Maps"


@either_role
def test_evenings_are_not_ordered_by_hand(client, role):
    sign_in(client, role)
    series = make_series()
    first, second = make_event(series=series, number=1), make_event(series=series, number=2)
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0")
    assert [page.pk for page in SeriesPage.objects.get().get_children()] == [first.pk, second.pk]


# Deleting


@either_role
def test_talk_with_words_is_not_deleted(client, role):
    sign_in(client, role)
    talk = talk_with_words()
    url = reverse("wagtailadmin_pages:delete", args=[talk.pk])
    for response in (client.get(url, follow=True), client.post(url, follow=True)):
        assert said(response)[0] == WORDS_WOULD_GO
        assert response.redirect_chain == [(edit_url(talk), 302)]
    assert TalkPage.objects.count() == 1


@either_role
@pytest.mark.parametrize("which", ["event", "series", "home"])
def test_what_lies_above_a_talk_with_words_is_not_deleted(client, role, which):
    sign_in(client, role)
    talk = talk_with_words(make_event(series=make_series()))
    above = {"event": talk.event, "series": talk.event.series, "home": HomePage.objects.get()}[which]
    url = reverse("wagtailadmin_pages:delete", args=[above.pk])
    response = client.post(url, {"confirm_site_name": "Data Bites"}, follow=True)
    assert said(response)[0] == WORDS_WOULD_GO
    assert Page.objects.filter(pk=talk.pk).count() == 1


@either_role
@pytest.mark.parametrize("which", ["talk", "event", "series"])
def test_words_are_not_deleted_in_bulk(client, role, which):
    sign_in(client, role)
    event = make_event(series=make_series())
    talk, empty = talk_with_words(event), make_talk(event=event, title="Empty")
    chosen = {"talk": [talk, empty], "event": [event], "series": [event.series]}[which]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    url += "?" + "&".join(f"id={page.pk}" for page in chosen)
    response = client.post(url, {"confirm_site_name": "Data Bites"}, follow=True)
    assert said(response) == [f"{WORDS_WOULD_GO} Nothing was changed."]
    assert TalkPage.objects.count() == 2


def test_empty_slot_is_deleted_with_its_empty_contribution(client):
    sign_in(client)
    talk = add_slot(event=make_event())
    client.post(reverse("wagtailadmin_pages:delete", args=[talk.pk]))
    assert (TalkPage.objects.count(), Contribution.objects.count()) == (0, 0)


def test_empty_evening_is_deleted_with_its_slots(client):
    sign_in(client)
    event = make_event(live=False, slots=4)
    client.post(reverse("wagtailadmin_pages:delete", args=[event.pk]))
    assert (EventPage.objects.count(), TalkPage.objects.count(), Contribution.objects.count()) == (0, 0, 0)


def test_talk_deleted_from_code_leaves_what_was_given_off_the_site():
    talk = make_talk()
    given = give(talk)
    talk.delete()
    given.refresh_from_db()
    assert given.live is False
    assert list(Contribution.objects.released()) == []
    assert given.answers.count() == 6


def test_talk_deleted_from_code_leaves_what_was_handed_to_its_speakers():
    talk = make_talk()
    hand_over(contribution=talk.contribution, to="speakers", at=START)
    talk.delete()
    assert list(Contribution.objects.all()) == [talk.contribution]
