"""The list of evenings: what it shows, to whom, in how many queries."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils import WagtailTestUtils

from events.models import Recording
from pages.models import HomePage
from tests.admin import sign_in
from tests.factories import (
    give,
    make_event,
    make_host,
    make_series,
    make_speaker,
    make_talk,
    publish,
    write_answers,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def url_of(series, name="evenings"):
    return reverse(f"series:{name}", args=[series.pk])


def words(response, selector):
    """The texts of what a selector finds, spaces made single."""
    soup = WagtailTestUtils.get_soup(response.content)
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]


def numbers(response):
    return words(response, ".evening-number")


def test_board_lists_what_is_to_come_soonest_first_and_then_the_past_newest_first(client):
    sign_in(client)
    series, now = make_series(), timezone.now()
    for number, days in ((1, -60), (2, -30), (3, 5), (4, 35)):
        make_event(series=series, number=number, starts_at=now + days * DAY, live=number != 4)
    response = client.get(url_of(series))
    assert numbers(response) == ["3", "4", "2", "1"]
    assert words(response, ".evenings h2") == ["Still to come", "Past"]


def test_board_row_says_when_where_state_and_how_far_it_is(client):
    sign_in(client)
    host, now = make_host("Openfield"), timezone.now()
    event = make_event(
        series=make_series(), number=7, host=host, starts_at=dt.datetime(2024, 7, 3, 17, 0, tzinfo=dt.UTC), slots=1
    )
    given = make_talk(event=event, title="Maps", speakers=[make_speaker(), make_speaker()])
    give(given)
    held = make_talk(event=event, title="Registers", speakers=[make_speaker()])
    write_answers(held.contribution, {"summary": "Half a sentence"})
    make_talk(event=event, title="Gone", state="withdrawn")
    assert event.over_at < now
    response = client.get(url_of(event.series))
    assert words(response, ".evenings time") == ["Wednesday 3 July 2024, 6pm"]
    assert words(response, ".evenings td:nth-of-type(3)") == ["Openfield"]
    assert words(response, ".evening-stage") == ["Held"]
    assert words(response, ".evening-progress li") == [
        "2 of 3 talks announced",
        "3 speakers",
        "1 of 3 contributions released",
        "No recording yet",
        "No write-up yet",
    ]


def test_board_says_what_a_finished_evening_has(client):
    sign_in(client)
    event = make_event(series=make_series())
    give(make_talk(event=event, speakers=[make_speaker()]))
    event.recordings.add(Recording(url="https://video.example/1"))
    event.written_up_on = dt.date(2025, 12, 1)
    event.save()
    response = client.get(url_of(event.series))
    assert words(response, ".evening-progress li") == [
        "1 of 1 talk announced",
        "1 speaker",
        "1 of 1 contribution released",
        "Recording",
        "Write-up",
    ]


def test_board_tells_titles_in_drafts_from_what_is_announced(client):
    sign_in(client)
    event = make_event(series=make_series(), live=False, starts_at=timezone.now() + DAY, slots=2)
    make_talk(event=event, title="Ready", live=False)
    response = client.get(url_of(event.series))
    assert words(response, ".evening-progress li") == ["0 of 3 talks announced, 1 more has a title"]
    assert words(response, ".w-status") == ["draft"]


def test_board_names_leftovers_that_wait_in_a_draft_of_a_live_evening(client):
    sign_in(client)
    event = make_event(series=make_series())
    draft = event.get_latest_revision_as_object()
    draft.leftovers = "You can’t API your way out of politics"
    draft.save_revision()
    url = url_of(event.series)
    assert words(client.get(url), ".is-urgent") == ["Leftovers of an import to see to"]
    draft.leftovers_seen = True
    draft.save_revision()
    assert words(client.get(url), ".is-urgent") == []


def test_board_filters_by_time_host_and_year(client):
    sign_in(client)
    one, two, now = make_host("One"), make_host("Two"), timezone.now()
    series = make_series()
    make_event(series=series, number=1, host=one, starts_at=dt.datetime(2023, 5, 3, 18, tzinfo=dt.UTC))
    make_event(series=series, number=2, host=two, starts_at=dt.datetime(2024, 5, 1, 18, tzinfo=dt.UTC))
    make_event(series=series, number=3, host=two, starts_at=now + DAY)
    url = url_of(series)
    assert numbers(client.get(url, {"when": "upcoming"})) == ["3"]
    assert numbers(client.get(url, {"when": "past"})) == ["2", "1"]
    assert numbers(client.get(url, {"host": two.pk})) == ["3", "2"]
    assert numbers(client.get(url, {"year": "2023"})) == ["1"]
    assert numbers(client.get(url, {"year": "2023", "host": two.pk})) == []
    assert numbers(client.get(url_of(series, "evenings_results"), {"year": "2024"})) == ["2"]


def test_board_ignores_filters_that_make_no_sense(client):
    sign_in(client)
    event = make_event(series=make_series(), number=1)
    response = client.get(url_of(event.series), {"year": "soon", "host": "x", "when": "later", "p": "zz"})
    assert response.status_code == 200
    assert numbers(response) == ["1"]


def test_board_has_pages_of_twenty(client):
    sign_in(client)
    series = make_series()
    for number in range(1, 23):
        make_event(series=series, number=number, starts_at=timezone.now() - number * DAY, live=False)
    assert len(numbers(client.get(url_of(series)))) == 20
    assert numbers(client.get(url_of(series), {"p": 2})) == ["21", "22"]


@pytest.mark.parametrize("count", [1, 3])
def test_board_asks_as_many_queries_for_three_evenings_as_for_one(client, django_assert_num_queries, count):
    sign_in(client, "organiser")
    host = make_host()
    series = make_series(spells=[(host, 1, None)])
    for number in range(1, count + 1):
        event = make_event(series=series, number=number, host=host, starts_at=timezone.now() - number * DAY)
        event.recordings.add(Recording(url="https://video.example/1"))
        event.save()
        give(make_talk(event=event, speakers=[make_speaker()]))
    url = url_of(series)
    client.get(url)  # Wagtail keeps its site's root for the next request
    with django_assert_num_queries(20):
        assert len(numbers(client.get(url))) == count


def test_without_a_series_the_menu_says_how_to_make_one(client):
    sign_in(client)
    response = client.get(reverse("series:index"))
    home = HomePage.objects.get()
    button = reverse("wagtailadmin_pages:add", args=["events", "seriespage", home.pk])
    soup = WagtailTestUtils.get_soup(response.content)
    assert [link["href"] for link in soup.select("main a.button")] == [button]
    assert client.get(button).status_code == 200


def test_without_evenings_the_board_says_how_to_plan_one(client):
    sign_in(client)
    series = make_series()
    response = client.get(url_of(series))
    soup = WagtailTestUtils.get_soup(response.content)
    assert words(response, "#listing-results h2") == ["No evenings yet"]
    assert soup.select_one("#listing-results a.button")["href"] == url_of(series, "plan")


def test_menu_leads_to_the_main_series_and_the_board_switches_to_others(client):
    sign_in(client)
    main, other = make_series(), make_series(slug="lunch-bytes", title="Lunch Bytes")
    response = client.get(reverse("series:index"), follow=True)
    assert response.redirect_chain == [(url_of(main), 302)]
    soup = WagtailTestUtils.get_soup(response.content)
    assert [(link.get_text(), link["href"]) for link in soup.select(".series-switch a")] == [
        ("Data Bites", url_of(main)),
        ("Lunch Bytes", url_of(other)),
    ]
    assert soup.select_one(".series-switch [aria-current]").get_text() == "Data Bites"


def test_board_of_one_series_shows_no_switch_and_no_evening_of_another(client):
    sign_in(client)
    event = make_event(series=make_series(), number=1)
    assert words(client.get(url_of(event.series)), ".series-switch") == []
    elsewhere = make_series(slug="elsewhere", title="Elsewhere")
    make_event(series=elsewhere, number=2)
    assert numbers(client.get(url_of(event.series))) == ["1"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "confirmed"}, "Announced"),
        ({"status": "tentative"}, "Announced, date not certain"),
        ({"status": "tentative", "live": False}, "Planned"),
        ({"status": "cancelled"}, "Cancelled"),
        ({"status": "postponed"}, "Postponed"),
    ],
)
def test_board_and_front_page_say_what_readers_are_told_of_an_evening_to_come(client, fields, said):
    sign_in(client)
    event = make_event(series=make_series(), starts_at=timezone.now() + 5 * DAY, **fields)
    assert words(client.get(url_of(event.series)), ".evening-stage") == [said]
    assert words(client.get(reverse("wagtailadmin_home")), ".evening-stage") == [said]


def test_row_offers_what_can_be_done_with_the_evening(client):
    sign_in(client)
    event = publish(make_event(series=make_series(), number=5))
    response = client.get(url_of(event.series))
    assert words(response, ".evenings .w-dropdown__content a, .evenings [data-w-dropdown-target] a") == [
        "Edit",
        "Talks",
        "View live",
        "All slides (zip)",
        "Add a slot",
        "Change the number",
        "Mails",
        "Next evening from this one",
        "Publish the programme",
        "Publish the write-up",
        "Recording",
    ]


def test_moderator_sees_the_board_without_what_only_organisers_do(client):
    sign_in(client, "moderator")
    event = make_event(series=make_series(), number=5)
    response = client.get(url_of(event.series))
    assert numbers(response) == ["5"]
    soup = WagtailTestUtils.get_soup(response.content)
    assert [link for link in soup.select("main a[href]") if "/series/" in link["href"] and "new" in link["href"]] == []


# The admin's front page


def test_front_page_names_the_next_three_evenings_and_how_far_they_are(client):
    sign_in(client)
    series = make_series()
    for number in (5, 4, 3, 2, 1):
        make_event(series=series, number=number, starts_at=timezone.now() + (number - 2) * 30 * DAY - DAY, live=False)
    response = client.get(reverse("wagtailadmin_home"))
    assert numbers(response) == ["3", "4", "5"]
    assert words(response, ".home-links a") == ["All evenings", "New evening"]
    assert words(response, ".home-evenings .evening-progress li") == ["No talks"] * 3


def test_front_page_without_evenings_says_so(client):
    sign_in(client, "moderator")
    make_series()
    response = client.get(reverse("wagtailadmin_home"))
    assert words(response, "p.home-evenings") == ["No evening is planned."]
    assert words(response, ".home-links a") == ["All evenings"]


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_asks_as_many_queries_for_three_evenings_as_for_one(client, django_assert_num_queries, count):
    sign_in(client)
    host = make_host()
    series = make_series(spells=[(host, 1, None)])
    for number in range(1, count + 1):
        event = make_event(series=series, number=number, host=host, starts_at=timezone.now() + number * DAY, live=False)
        make_talk(event=event, speakers=[make_speaker()], live=False)
    url = reverse("wagtailadmin_home")
    client.get(url)
    with django_assert_num_queries(31):
        assert len(numbers(client.get(url))) == count
