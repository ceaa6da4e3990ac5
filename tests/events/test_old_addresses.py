"""Where a write-up first appeared leads to its evening, once that site's name is pointed here."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from events.actions import renumber_evening
from pages.models import HomePage, StandardPage
from tests.admin import sign_in
from tests.factories import make_event, make_host, publish
from tests.reading import lines, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
OLD = "https://old.example.org/events/data-bites-60/?ref=home"


def leads(client, address):
    response = client.get(address)
    return response.status_code, response.get("Location", "")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/events/data-bites-60/?ref=home", (301, "/data-bites/60/")),
        ("/events/data-bites-60?ref=home", (301, "/data-bites/60/")),
        ("/events/data-bites-60/", (404, "")),
        ("/events/data-bites-61/", (404, "")),
    ],
)
def test_old_path_leads_to_the_evening(client, asked, answered):
    make_event(number=60, original_url=OLD)
    assert leads(client, asked) == answered


def test_any_query_leads_there_where_the_old_address_had_none(client):
    make_event(number=60, original_url="https://old.example.org/events/café-60/")
    for asked in ("/events/caf%C3%A9-60/", "/events/café-60", "/events/caf%C3%A9-60/?utm_source=x"):
        assert leads(client, asked) == (301, "/data-bites/60/")


def test_it_never_leads_away(client):
    make_event(number=60, original_url="https://old.example.org//evil.example.org/x")
    for asked in ("//evil.example.org/x", "/evil.example.org/x", "/https://evil.example.org/"):
        status, where = leads(client, asked)
        assert (status, where) == (404, "") or (where.startswith("/") and not where.startswith("//"))


def test_draft_leads_nowhere_until_it_is_public(client):
    draft = make_event(number=60, original_url=OLD, live=False)
    assert (leads(client, "/events/data-bites-60/?ref=home"), Redirect.objects.count()) == ((404, ""), 0)
    publish(draft)
    assert leads(client, "/events/data-bites-60/?ref=home") == (301, "/data-bites/60/")


def test_page_of_ours_with_that_path_wins(client):
    HomePage.objects.get().add_child(instance=StandardPage(title="About", slug="about"))
    make_event(number=60, original_url="https://old.example.org/about/")
    make_event(number=61, original_url="https://old.example.org/hosts/")
    make_event(number=62, original_url="https://old.example.org/")
    assert [client.get(address).status_code for address in ("/about/", "/hosts/", "/")] == [200, 200, 200]
    assert Redirect.objects.filter(old_path="/").count() == 0


def test_view_of_ours_that_finds_nothing_gives_way(client):
    make_host("Quay")
    make_event(number=60, original_url="https://old.example.org/hosts/nobody/")
    assert leads(client, "/hosts/nobody/") == (301, "/data-bites/60/")


def test_what_an_organiser_entered_stays(client):
    Redirect.objects.create(old_path="/events/data-bites-60", redirect_link="/speakers/", is_permanent=False)
    make_event(number=60, original_url="https://old.example.org/events/data-bites-60/")
    assert leads(client, "/events/data-bites-60/") == (302, "/speakers/")
    assert Redirect.objects.count() == 1


def test_second_evening_with_the_same_address_changes_nothing(client):
    make_event(number=60, original_url="https://old.example.org/both/")
    make_event(number=61, original_url="https://old.example.org/both/")
    assert leads(client, "/both/") == (301, "/data-bites/60/")


def test_corrected_address_leads_too_and_publishing_again_makes_no_second_row(client):
    event = make_event(number=60, original_url="https://old.example.org/one/")
    event = publish(event, original_url="https://old.example.org/two/")
    publish(event)
    assert [leads(client, address) for address in ("/one/", "/two/")] == [(301, "/data-bites/60/")] * 2
    assert Redirect.objects.count() == 2


def test_deleted_evening_takes_its_old_address_along(client):
    event = make_event(number=60, original_url="https://old.example.org/one/")
    event.delete()
    assert (leads(client, "/one/"), Redirect.objects.count()) == ((404, ""), 0)


def test_evening_follows_its_number(client, django_capture_on_commit_callbacks):
    event = make_event(number=60, original_url="https://old.example.org/one/")
    with django_capture_on_commit_callbacks(execute=True):
        renumber_evening(event=event, number=59)
    assert leads(client, "/one/") == (301, "/data-bites/59/")


def test_address_too_long_to_keep_stops_nobody_from_publishing(client):
    event = make_event(number=60, original_url=f"https://old.example.org/{'x' * 300}/")
    assert (event.live, Redirect.objects.count()) == (True, 0)


def test_organiser_sees_it_among_the_redirects(client):
    make_event(number=60, title="Tides", original_url="https://old.example.org/one/")
    sign_in(client, "organiser")
    page = whole(client.get("/cms/redirects/").content)
    assert any("/one" in line for line in lines(page, "td.title, td"))
