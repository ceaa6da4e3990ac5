"""The editors of series, evenings and talks: what they show, and what they refuse in words."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.test.utils import WagtailTestUtils
from wagtail.test.utils.form_data import querydict_from_html

from events.models import EventPage, SeriesPage, TalkPage
from events.outlook import running_order
from pages.models import HomePage
from speakers.models import Contribution
from tests.admin import EDITOR, edit, edit_url, rows, said, send, sign_in
from tests.factories import (
    START,
    make_event,
    make_host,
    make_questions,
    make_series,
    make_speaker,
    make_talk,
    make_venue,
    publish,
    write_answers,
)

pytestmark = pytest.mark.django_db


def newest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def row_errors(response, name):
    """The errors of child rows, one dictionary a row."""
    formset = response.context["form"].formsets[name]
    return [{field: list(found) for field, found in form.errors.items()} for form in formset.forms]


def tabs(response):
    return [tab.split(" (")[0] for tab in texts(response, "[role=tab]")]


def texts(response, selector):
    soup = WagtailTestUtils.get_soup(response.content)
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]


# The evening


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
        ({"written_up_on": "soon"}, {"written_up_on": ["Enter a valid date."]}),
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
    with django_assert_num_queries(6):
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


# The series


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


# The talk


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
