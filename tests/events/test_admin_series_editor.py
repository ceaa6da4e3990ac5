"""The series' editor: its hosts, its questions, its clock."""

import pytest
from django.urls import reverse

from events.models import SeriesPage
from pages.models import HomePage
from tests.admin import edit, edit_url, row_errors, rows, send, sign_in
from tests.factories import (
    make_host,
    make_questions,
    make_series,
    publish,
)

pytestmark = pytest.mark.django_db


def spell(host, first, last=""):
    return {"host": host.pk, "first_number": first, "last_number": last}


def test_hosts_whose_numbers_overlap_are_refused_in_words(client):
    sign_in(client)
    one, two = make_host("One"), make_host("Two")
    response = edit(client, make_series(), "publish", **rows("host_spells", spell(one, 1, 49), spell(two, 49)))
    assert row_errors(response, "host_spells") == [
        {},
        {"first_number": ["One has 1 to 49 already. Change one of the two."]},
    ]


def test_host_after_one_that_still_hosts_is_refused_in_words(client):
    sign_in(client)
    one, two = make_host("One"), make_host("Two")
    response = edit(client, make_series(), "publish", **rows("host_spells", spell(one, 1), spell(two, 50)))
    assert row_errors(response, "host_spells") == [
        {},
        {"first_number": ["One has 1 and on already. Change one of the two."]},
    ]


def test_host_whose_last_number_is_before_the_first_is_refused_in_words(client):
    sign_in(client)
    response = edit(client, make_series(), "publish", **rows("host_spells", spell(make_host(), 9, 8)))
    assert row_errors(response, "host_spells") == [{"last_number": ["The last evening can’t be before the first."]}]


def test_hosts_one_after_the_other_are_kept(client):
    sign_in(client)
    series, one, two = make_series(), make_host("One"), make_host("Two")
    edit(client, series, "publish", **rows("host_spells", spell(one, 1, 49), spell(two, 50)))
    assert [str(row) for row in SeriesPage.objects.get().host_spells.all()] == ["One: 1–49", "Two: 50–"]


def test_question_that_is_asked_twice_is_refused_in_words(client):
    sign_in(client)
    series = make_series()
    series.series_questions.all().delete()
    question = make_questions()[0]
    publish(series, series_questions=[])
    asked = {"question": question.pk}
    response = edit(client, series, "publish", **rows("series_questions", asked, asked))
    assert row_errors(response, "series_questions") == [{}, {"question": ["This question is asked already."]}]


def test_time_zone_is_chosen_from_a_list(client):
    sign_in(client)
    series = make_series()
    assert client.get(edit_url(series)).context["form"]["time_zone"].value() == "Europe/London"
    response = edit(client, series, "publish", time_zone="Europe/Atlantis")
    assert list(response.context["form"].errors) == ["time_zone"]
    edit(client, series, "publish", time_zone="America/Argentina/Buenos_Aires")
    assert SeriesPage.objects.get().time_zone == "America/Argentina/Buenos_Aires"


def test_series_is_made_in_the_admin(client):
    sign_in(client)
    url = reverse("wagtailadmin_pages:add", args=["events", "seriespage", HomePage.objects.get().pk])
    send(client, url, {"title": "Data Bites", "slug": "data-bites", "action-publish": "1"}, form_id=None)
    series = SeriesPage.objects.get()
    assert (series.title, series.live, series.time_zone) == ("Data Bites", True, "Europe/London")
