"""Nothing that was public ever stops resolving, and what never was leaves nothing behind."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from events.actions import publish_programme, renumber_evening
from tests.admin import SNIPPET_EDITOR, send, sign_in
from tests.factories import make_event, make_host, make_organisation, make_series, make_speaker, make_talk, publish
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


def leads(client, address):
    """Where a reader of an address ends up; None where there is nothing."""
    response = client.get(address, follow=True)
    return response.request["PATH_INFO"] if response.status_code == 200 else None


def test_first_title_of_a_slot_leaves_no_redirect_behind(django_capture_on_commit_callbacks):
    event = make_event(slots=2, live=False)
    with django_capture_on_commit_callbacks(execute=True):
        talk = event.talks.first()
        talk.title = "Maps"
        talk.full_clean()
        talk.save_revision()
        publish_programme(event=event)
    talk.refresh_from_db()
    assert (talk.live, talk.slug, Redirect.objects.count()) == (True, "maps", 0)


def test_new_number_of_a_draft_leaves_no_redirect_behind(django_capture_on_commit_callbacks):
    event = make_event(number=7, live=False, slots=1)
    with django_capture_on_commit_callbacks(execute=True):
        renumber_evening(event=event, number=8)
    assert Redirect.objects.count() == 0


def test_draft_talk_moved_to_another_evening_leaves_no_redirect_behind(django_capture_on_commit_callbacks):
    talk, other = make_talk(live=False), make_event()
    with django_capture_on_commit_callbacks(execute=True):
        talk.move(other, pos="last-child")
    assert Redirect.objects.count() == 0


def test_new_number_of_a_public_evening_leads_its_talks_along(client, django_capture_on_commit_callbacks):
    event = make_event(number=7)
    make_talk(event=event, title="Maps")
    make_talk(event=event, title="A draft", live=False)
    with django_capture_on_commit_callbacks(execute=True):
        renumber_evening(event=event, number=8)
    assert leads(client, "/data-bites/7/") == "/data-bites/8/"
    assert leads(client, "/data-bites/7/maps/") == "/data-bites/8/maps/"
    assert Redirect.objects.count() == 2


def test_talk_that_was_unpublished_keeps_its_old_address_for_later(client, django_capture_on_commit_callbacks):
    talk = make_talk(event=make_event(number=7), title="Maps")
    talk.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        publish(talk, slug="charts")
    assert leads(client, "/data-bites/7/maps/") == "/data-bites/7/charts/"


@pytest.fixture
@remembered
def renamed():
    """A host, a speaker and an organisation who can be read about: {their list's address: the row}."""
    host, speaker, organisation = make_host("Openfield"), make_speaker("Ada Vale"), make_organisation("The Bureau")
    event = make_event(series=make_series(), host=host)
    make_talk(event=event, speakers=[speaker], organisation=organisation)
    return {"/hosts/": host, "/speakers/": speaker, "/organisations/": organisation}


@pytest.mark.parametrize("folder", ["/hosts/", "/speakers/", "/organisations/"])
def test_new_slug_leads_every_older_one_there(client, renamed, folder):
    noun = renamed[folder]
    first = noun.get_absolute_url()
    for slug in ("second", "third"):
        noun.slug = slug
        noun.save()
    assert leads(client, first) == leads(client, f"{folder}second/") == f"{folder}third/"
    assert set(Redirect.objects.values_list("redirect_link", flat=True)) == {f"{folder}third/"}


def test_slug_that_comes_back_is_the_address_again(client, renamed):
    host = renamed["/hosts/"]
    for slug in ("second", "openfield"):
        host.slug = slug
        host.save()
    assert leads(client, "/hosts/openfield/") == leads(client, "/hosts/second/") == "/hosts/openfield/"
    assert list(Redirect.objects.values_list("old_path", "redirect_link")) == [("/hosts/second", "/hosts/openfield/")]


def test_save_without_a_new_slug_leaves_no_redirect_behind(renamed):
    for noun in renamed.values():
        noun.name = f"{noun.name} and others"
        noun.save()
    assert Redirect.objects.count() == 0


def test_organiser_who_changes_a_hosts_slug_breaks_no_link(client, renamed):
    sign_in(client)
    host = renamed["/hosts/"]
    edit = reverse("hosts:edit", args=[host.pk])
    send(client, edit, {"slug": "open-field"}, form_id=SNIPPET_EDITOR)
    client.logout()
    assert leads(client, "/hosts/openfield/") == "/hosts/open-field/"
