"""The evening's editor: what it shows, and what it refuses in words."""

import datetime as dt

import pytest
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.test.utils import WagtailTestUtils

from events.outlook import running_order
from tests.admin import edit, edit_url, row_errors, rows, sign_in, texts
from tests.factories import (
    START,
    make_event,
    make_series,
    make_speaker,
    make_talk,
    make_venue,
    write_answers,
)

pytestmark = pytest.mark.django_db


def newest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def tabs(response):
    return [tab.split(" (")[0] for tab in texts(response, "[role=tab]")]


def test_evening_is_edited_on_tabs_without_what_actions_decide(client):
    sign_in(client)
    response = client.get(edit_url(make_event()))
    assert tabs(response) == ["Evening", "Write-up", "Recordings and chapters", "Search engines"]
    assert {"slug", "number", "series", "over_at"} & set(response.context["form"].fields) == set()


def test_import_has_a_tab_where_there_are_leftovers(client):
    sign_in(client)
    event = make_event(live=False, leftovers="A line that fits nowhere")
    assert "Import" in tabs(client.get(edit_url(event)))


def test_evening_shows_and_takes_times_on_the_clock_of_its_series(client):
    sign_in(client)
    event = make_event(
        series=make_series(time_zone="America/New_York"), starts_at=dt.datetime(2026, 1, 7, 23, 0, tzinfo=dt.UTC)
    )
    form = client.get(edit_url(event)).context["form"]
    assert 'value="2026-01-07 18:00"' in str(form["starts_at"])
    edit(client, event, "publish", starts_at="2026-01-08 19:30")
    event.refresh_from_db()
    assert event.starts_at == dt.datetime(2026, 1, 9, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            {"starts_at": "2026-13-01 18:00"},
            {"starts_at": ["That isn’t a date and time. Write it like 2026-02-04 18:00."]},
        ),
        (
            {"starts_at": "2026-03-29 01:30"},
            {
                "starts_at": [
                    "The clocks change that night, so this time comes twice or not at all. "
                    "Choose a time an hour earlier or later."
                ]
            },
        ),
        ({"ends_at": "2025-11-26 17:59"}, {"ends_at": ["It can’t end before it starts."]}),
        ({"ends_at": "2025-11-26 18:00"}, {"ends_at": ["It can’t end before it starts."]}),
        (
            {"related_title": "Ten years on"},
            {"related_url": ["Give the related piece’s address, or take its title away."]},
        ),
        (
            {"written_up_on": "soon"},
            {"written_up_on": ["That isn’t a date. Write it like 2026-02-04, or 4 February 2026."]},
        ),
    ],
)
@pytest.mark.parametrize("press", ["", "publish"])
def test_evening_refuses_what_cannot_be_and_keeps_what_was_typed(client, changes, found, press):
    sign_in(client)
    event = make_event(live=False)
    response = edit(client, event, press, title="Typed already", **changes)
    form = response.context["form"]
    assert {name: list(messages) for name, messages in form.errors.items()} == found
    assert form["title"].value() == "Typed already"
    assert newest(event).title != "Typed already"


def test_evening_is_not_moved_to_the_day_of_another(client):
    sign_in(client)
    series = make_series()
    make_event(series=series, number=1, starts_at=START + dt.timedelta(days=7))
    event = make_event(series=series, number=2)
    response = edit(client, event, starts_at="2025-12-03 09:00")
    assert dict(response.context["form"].errors) == {"starts_at": ["Data Bites 1 is on that day already."]}


def test_evening_offers_venues_in_use_and_the_archived_one_it_has(client):
    sign_in(client)
    has, gone, kept = make_venue(archived=True), make_venue(archived=True), make_venue()
    event = make_event(venue=has)
    venues = set(client.get(edit_url(event)).context["form"].fields["venue"].queryset)
    assert (has in venues, kept in venues, gone in venues) == (True, True, False)


def test_evening_shows_its_running_order_with_states_and_one_click_to_each_talk(client):
    user = sign_in(client)
    event = make_event(slots=1)
    talk = make_talk(event=event, title="Maps", speakers=[make_speaker("Ada Okafor")])
    write_answers(talk.contribution, {"summary": "Words"})
    make_talk(event=event, title="Gone", state="withdrawn", live=False)
    response = client.get(edit_url(event))
    assert texts(response, ".running-order .at") == ["6.05pm", "6.21pm", "Withdrawn"]
    assert texts(response, ".running-order li > span > a:first-child") == ["To be announced", "Maps", "Gone"]
    assert texts(response, ".running-order .who") == ["Ada Okafor"]
    assert "1 of 6 answers, draft, with the organisers" in texts(response, ".running-order .given")[1]
    links = [a["href"] for a in WagtailTestUtils.get_soup(response.content).select(".running-order li a")]
    assert edit_url(talk) in links
    assert AdminURLFinder(user).get_edit_url(talk.contribution) in links


@pytest.mark.parametrize("count", [1, 3])
def test_running_order_asks_as_many_queries_for_three_talks_as_for_one(client, django_assert_num_queries, count):
    user = sign_in(client)
    event = make_event()
    for _ in range(count):
        make_talk(event=event, speakers=[make_speaker()])
    user.has_perm("speakers.change_contribution")  # asked once a request, whatever the number of talks
    with django_assert_num_queries(7):
        assert len(list(running_order(event, user=user))) == count


# Recordings and chapters


def test_chapters_are_typed_as_minutes_and_seconds(client):
    sign_in(client)
    event = make_event(live=False)
    edit(
        client,
        event,
        **rows(
            "chapters",
            {"seconds": "9:13", "label": "First", "talk": "", "question": ""},
            {"seconds": "1:01:31", "label": "Last", "talk": "", "question": ""},
            {"seconds": "600", "label": "Middle", "talk": "", "question": ""},
        ),
    )
    assert [(row.seconds, row.label) for row in newest(event).chapters.all()] == [
        (553, "First"),
        (3691, "Last"),
        (600, "Middle"),
    ]
    response = client.get(edit_url(event))
    assert [form["seconds"].value() for form in response.context["form"].formsets["chapters"].forms] == [
        "9:13",
        "1:01:31",
        "10:00",
    ]


def test_chapters_at_one_moment_and_at_none_are_refused_in_words(client):
    sign_in(client)
    event = make_event(live=False)
    response = edit(
        client,
        event,
        **rows(
            "chapters",
            {"seconds": "9:13", "label": "First", "talk": "", "question": ""},
            {"seconds": "553", "label": "Twice", "talk": "", "question": ""},
            {"seconds": "9m13", "label": "Wrong", "talk": "", "question": ""},
            {"seconds": "-1:00", "label": "Before", "talk": "", "question": ""},
        ),
    )
    assert row_errors(response, "chapters") == [
        {},
        {"seconds": ["Another chapter starts at this moment already."]},
        {"seconds": ["That isn’t a position. Write minutes and seconds, like 9:13, or 1:01:31 after the first hour."]},
        {"seconds": ["It can’t be before the beginning."]},
    ]
    assert newest(event).chapters.count() == 0


def test_length_that_is_none_is_refused_as_a_length(client):
    sign_in(client)
    row = {"kind": "video", "state": "published", "url": "https://example.org/v", "duration_seconds": "70 minutes"}
    response = edit(client, make_event(live=False), **rows("recordings", {**row, "offset_seconds": "", "reason": ""}))
    assert row_errors(response, "recordings") == [
        {
            "duration_seconds": [
                "That isn’t a length. Write minutes and seconds, like 48:30, or 1:12:40 from the first hour on."
            ]
        }
    ]


def test_recording_takes_length_and_offset_as_minutes_and_seconds(client):
    sign_in(client)
    event = make_event(live=False)
    recording = {"kind": "video", "state": "published", "url": "https://video.example/1", "file": "", "reason": ""}
    edit(client, event, **rows("recordings", {**recording, "duration_seconds": "1:12:40", "offset_seconds": "-0:30"}))
    (row,) = newest(event).recordings.all()
    assert (row.duration_seconds, row.offset_seconds) == (4360, -30)


def test_recording_without_an_address_is_refused_in_words(client):
    sign_in(client)
    event = make_event(live=False)
    recording = {"kind": "video", "state": "published", "url": "", "file": "", "reason": "", "duration_seconds": ""}
    response = edit(client, event, "publish", **rows("recordings", {**recording, "offset_seconds": ""}))
    assert row_errors(response, "recordings") == [
        {"url": ["Give its address or choose a file, or say that there is none."]}
    ]
