"""Planning an evening in the admin, and what is done to its programme there."""

import datetime as dt
import zoneinfo

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils import WagtailTestUtils

from events.actions import plan_evening
from events.forms import NewEveningForm
from events.models import EventPage, TalkPage
from tests.admin import action, edit_url, said, send, sign_in
from tests.factories import START, make_event, make_host, make_series, make_speaker, make_venue

pytestmark = pytest.mark.django_db

LONDON = zoneinfo.ZoneInfo("Europe/London")
TODAY = dt.datetime(2026, 1, 8, 12, tzinfo=dt.UTC)


def new(series):
    return reverse("series:plan", args=[series.pk])


def initial(client, url):
    """What the form at an address starts with, as shown."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields}


def plan(client, series, **changes):
    return send(client, new(series), {key: str(value) for key, value in changes.items()}, form_id=None)


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


# What is suggested


@time_machine.travel(TODAY, tick=False)
def test_new_evening_suggests_number_day_time_and_host(client):
    sign_in(client)
    first, second = make_host("First"), make_host("Second")
    series = make_series(spells=[(first, 1, 49), (second, 50, None)], usual_start=dt.time(18, 30))
    make_event(series=series, number=60, starts_at=dt.datetime(2026, 1, 7, 18, tzinfo=dt.UTC), live=False)
    suggested = initial(client, new(series))
    assert suggested["number"] == 61
    assert suggested["date"] == dt.date(2026, 2, 4)
    assert suggested["start"] == dt.time(18, 30)
    assert suggested["host"] == second.pk
    assert suggested["slots"] == 4


@pytest.mark.parametrize("archived", [False, True])
def test_new_evening_is_where_its_host_was_last(client, archived):
    sign_in(client)
    host = make_host()
    series, venue = make_series(spells=[(host, 1, None)]), make_venue(archived=archived)
    make_event(series=series, number=6, host=host, venue=make_venue(name="Barn"), starts_at=START)
    make_event(series=series, number=7, host=host, venue=venue, starts_at=START + dt.timedelta(days=30))
    make_event(series=series, number=5, host=make_host(), starts_at=START + dt.timedelta(days=60))
    suggested = initial(client, new(series))
    assert (suggested["host"], suggested["venue"]) == (host.pk, None if archived else venue.pk)


@time_machine.travel(TODAY, tick=False)
def test_new_evening_after_a_long_pause_is_not_suggested_for_the_past(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=1, starts_at=dt.datetime(2024, 1, 3, 18, tzinfo=dt.UTC))
    assert initial(client, new(series))["date"] == dt.date(2026, 1, 14)


@time_machine.travel(TODAY, tick=False)
def test_evening_that_was_called_off_does_not_move_the_next_suggestion(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=1, starts_at=dt.datetime(2026, 1, 7, 18, tzinfo=dt.UTC))
    make_event(series=series, number=2, starts_at=dt.datetime(2026, 2, 4, 18, tzinfo=dt.UTC), status="cancelled")
    suggested = initial(client, new(series))
    assert (suggested["number"], suggested["date"]) == (3, dt.date(2026, 2, 4))


def test_new_evening_offers_no_archived_venue(client):
    sign_in(client)
    kept, gone = make_venue(name="Hall"), make_venue(name="Barn", archived=True)
    venues = client.get(new(make_series())).context["form"].fields["venue"].queryset
    assert (kept in venues, gone in venues) == (True, False)


@time_machine.travel(TODAY, tick=False)
def test_next_evening_starts_from_the_one_it_follows(client):
    sign_in(client)
    host, venue, chair = make_host(), make_venue(), make_speaker()
    event = make_event(
        series=make_series(),
        number=60,
        starts_at=dt.datetime(2026, 1, 7, 18, tzinfo=dt.UTC),
        host=host,
        venue=venue,
        chair=chair,
        booking_url="https://booking.example/60",
    )
    suggested = initial(client, action("plan_next", event))
    assert suggested["number"] == 61
    assert suggested["date"] == dt.date(2026, 2, 4)
    assert (suggested["host"], suggested["venue"], suggested["chair"]) == (host.pk, venue.pk, chair.pk)
    assert suggested["booking_url"] is None


def test_next_evening_carries_a_link_that_is_good_for_any_evening(client):
    sign_in(client)
    series = make_series()
    for number in (59, 60):
        event = make_event(series=series, number=number, booking_url="https://booking.example/data-bites")
    assert initial(client, action("plan_next", event))["booking_url"] == "https://booking.example/data-bites"


def test_next_evening_of_an_older_one_takes_the_next_free_number(client):
    sign_in(client)
    series = make_series()
    older = make_event(series=series, number=59)
    make_event(series=series, number=60, starts_at=START + dt.timedelta(days=30))
    assert initial(client, action("plan_next", older))["number"] == 61


# Planning


def test_planning_makes_a_draft_with_its_talks_and_leads_to_its_editor(client):
    user = sign_in(client)
    series, host, venue, chair = make_series(), make_host(), make_venue(), make_speaker()
    response = plan(
        client,
        series,
        number=61,
        date="2027-07-07",
        start="6.30pm",
        host=host.pk,
        venue=venue.pk,
        chair=chair.pk,
        slots=3,
        title="A special",
        date_is_right="on",
    )
    event = EventPage.objects.get()
    assert response.redirect_chain == [(edit_url(event), 302)]
    assert said(response) == [
        "“A special” is planned, as a draft with 3 talks to be announced. "
        "Fill in what you know, then publish its programme."
    ]
    assert (event.number, event.title, event.live, event.owner) == (61, "A special", False, user)
    assert (event.host, event.venue, event.chair) == (host, venue, chair)
    assert TalkPage.objects.child_of(event).count() == 3
    assert event.starts_at == dt.datetime(2027, 7, 7, 17, 30, tzinfo=dt.UTC)  # half past six in London's summer
    assert Page.find_problems() == ([], [], [], [], [])


def test_planning_takes_the_time_on_the_clock_of_the_series(client):
    sign_in(client)
    series = make_series(time_zone="America/New_York")
    plan(client, series, number=1, date="2027-01-06", start="18:00", date_is_right="on")
    assert EventPage.objects.get().starts_at == dt.datetime(2027, 1, 6, 23, 0, tzinfo=dt.UTC)


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize("typed", ["2026-02-04", "04/02/2026", "4 February 2026", "4 Feb 2026"])
def test_planning_reads_dates_as_people_write_them(client, typed):
    sign_in(client)
    plan(client, make_series(), date=typed)
    assert EventPage.objects.get().local_start.date() == dt.date(2026, 2, 4)


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"number": ""}, {"number": ["Give the evening a number."]}),
        ({"number": "0"}, {"number": ["Numbers start at 1."]}),
        ({"number": "sixty"}, {"number": ["That isn’t a number. Write it in figures, like 61."]}),
        ({"date": ""}, {"date": ["Give the date."]}),
        (
            {"date": "2026-02-30"},
            {"date": ["That isn’t a date. Write it like 2026-02-04, or 4 February 2026."]},
        ),
        ({"start": "25:00"}, {"start": ["That isn’t a time. Write it like 18:00, or 6pm."]}),
        (
            {"date": "2026-03-29", "start": "01:30"},
            {
                "start": [
                    "The clocks change that night, so this time comes twice or not at all. "
                    "Choose a time an hour earlier or later."
                ]
            },
        ),
        ({"booking_url": "not an address"}, {"booking_url": ["Enter a valid URL."]}),
    ],
)
def test_planning_refuses_in_words_beside_the_field_and_keeps_what_was_typed(client, changes, found):
    sign_in(client)
    response = plan(client, make_series(), title="Typed already", **changes)
    assert errors(response) == found
    form = response.context["form"]
    assert {name: form[name].value() for name in changes} == changes
    assert form["title"].value() == "Typed already"
    assert EventPage.objects.count() == 0


def test_planning_refuses_a_number_that_a_draft_has(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=61, live=False)
    response = plan(client, series, number=61)
    assert errors(response) == {
        "number": ["“Data Bites 61” has number 61 already. It is a draft. Choose another number."]
    }
    assert EventPage.objects.count() == 1


def test_planning_refuses_the_day_of_another_evening(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=60, starts_at=dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC))  # 11.30pm in London
    response = plan(client, series, number=61, date="2026-07-01", start="09:00", date_is_right="on")
    assert errors(response) == {"date": ["“Data Bites 60” is on that day already. Choose another day."]}


def test_planning_allows_the_day_of_an_evening_that_was_called_off(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=60, status="cancelled")
    plan(client, series, number=61, date="2025-11-26", date_is_right="on")
    assert EventPage.objects.filter(number=61).count() == 1


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize("day", ["2036-02-06", "2006-02-06"])
def test_planning_asks_again_before_a_date_that_is_far_away(client, day):
    sign_in(client)
    series = make_series()
    first = plan(client, series, number=61, date=day)
    assert errors(first) == {"date": ["That is more than five years away. If it is right, tick the box below."]}
    soup = WagtailTestUtils.get_soup(first.content)
    assert soup.select_one("input[name=date_is_right]")["type"] == "checkbox"
    plan(client, series, number=61, date=day, date_is_right="on")
    assert EventPage.objects.get().local_start.date() == dt.date.fromisoformat(day)


def test_planning_shows_no_box_for_a_date_that_is_near(client):
    sign_in(client)
    soup = WagtailTestUtils.get_soup(client.get(new(make_series())).content)
    assert soup.select("input[name=date_is_right]") == []


def test_planning_the_same_number_at_the_same_moment_is_said_beside_the_number():
    series = make_series()
    data = {"number": 61, "date": "2026-02-04", "start": "18:00", "slots": 4}
    form = NewEveningForm(data, series=series, today=dt.date(2026, 1, 8))
    assert form.is_valid()
    plan_evening(series=series, number=61, starts_at=START)  # somebody else, between the check and the plan
    assert form.plan(by=None) is None
    assert form.errors == {"number": ["Data Bites 61 is already there. Choose another number."]}
    assert EventPage.objects.count() == 1
