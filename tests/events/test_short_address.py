"""`/60`: an evening by its number alone."""

import pytest
from wagtail.models import Site

from pages.models import SiteSettings
from tests.factories import make_event, make_series
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def event():
    return make_event(number=60)


def choose(series):
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.main_series = series
    settings.save()


@pytest.mark.parametrize("address", ["/60", "/60/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_number_leads_to_the_evening(client, event, address, method):
    response = getattr(client, method)(address)
    assert (response.status_code, response["Location"]) == (302, "/data-bites/60/")


def test_number_leads_to_the_chosen_series(client, event):
    other = make_series(title="Data Sips", slug="data-sips")
    make_event(series=other, number=60)
    choose(other)
    assert client.get("/60")["Location"] == "/data-sips/60/"


@pytest.mark.parametrize("chosen_is", ["forgotten", "unpublished"])
def test_number_leads_to_the_only_live_series_where_none_is_chosen(client, event, chosen_is):
    other = make_series(title="Data Sips", slug="data-sips", live=False)
    choose(other if chosen_is == "unpublished" else None)
    assert client.get("/60")["Location"] == "/data-bites/60/"


def test_number_follows_a_renumbered_evening(client, event):
    assert client.get("/60").status_code == 302
    assert client.get("/61").status_code == 404


@pytest.mark.parametrize(
    "address", ["/61", "/0", "/0060", "/060/", f"/{10**9 - 1}", f"/{2**31}", f"/{10**30}", f"/{'9' * 5000}/"]
)
def test_number_of_no_evening_is_not_found(client, event, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/-60", "/60.0", "/６０", "/6 0", "/60/61/"])
def test_what_is_no_number_is_not_found(client, event, address):
    assert client.get(address, follow=True).status_code == 404


def test_number_of_an_unpublished_evening_is_not_found(client, event):
    make_event(number=61, live=False, title="canary")
    response = client.get("/61")
    assert response.status_code == 404
    assert "canary" not in response.content.decode()


def test_number_of_an_evening_in_an_unpublished_series_is_not_found(client, event):
    event.series.unpublish()
    assert client.get("/60").status_code == 404


def test_unknown_number_says_so_and_leads_on(client, event):
    page = client.get("/61").content.decode()
    assert "Data Bites has no number 61 so far." in page


def test_number_can_only_be_read(client, event):
    assert [client.post("/60").status_code, client.put("/60/").status_code] == [405, 405]


def test_redirect_is_for_now_and_sets_no_cookie(client, event):
    response = client.get("/60")
    assert (response.status_code, dict(response.cookies)) == (302, {})


def test_number_costs_few_queries(client, event, django_assert_max_num_queries):
    client.get("/60")
    with django_assert_max_num_queries(5):
        client.get("/60")
