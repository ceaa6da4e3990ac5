"""Drafts as an organiser sees them: the page as it will be, and nothing that others have not released."""

import datetime as dt

import pytest
import time_machine

from events.models import Chapter, EventCorrection, Recording, TalkSpeaker
from speakers.models import Ask
from tests.admin import sign_in
from tests.factories import (
    START,
    give,
    make_event,
    make_organisation,
    make_speaker,
    make_talk,
    make_topic,
    write_answers,
)
from tests.reading import lines, whole
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(START + dt.timedelta(days=20), tick=False):
        yield


def preview(thing):
    response = thing.make_preview_request()
    assert response.status_code == 200
    return whole(response.content).select_one("main")


@pytest.fixture
@remembered
def talk():
    return make_talk(
        title="Tides",
        event=make_event(number=7),
        speakers=[make_speaker("Ada")],
        organisation=make_organisation("Board"),
    )


def test_evening_s_draft_is_shown_with_its_rows(talk):
    draft = talk.event.get_latest_revision_as_object()
    draft.title, draft.introduction = "A new title", "<p>New words.</p>"
    draft.corrections = [EventCorrection(made_on=START.date(), text="Not so.")]
    draft.recordings = [Recording(url="https://www.youtube.com/watch?v=abcdefghijk")]
    draft.chapters = [Chapter(seconds=553, label="Tides", talk=talk)]
    draft.save_revision()
    page = preview(talk.event.get_latest_revision_as_object())
    assert lines(page, "h1") == ["A new title"]
    assert lines(page, ".opening") == ["New words."]
    assert lines(page, "footer .note") == ["Corrected on 26 November 2025: Not so."]
    assert lines(page, ".chips a") == ["▶ Watch from 9:13"]
    assert lines(page, ".talk h2") == ["Tides"]


def test_unpublished_evening_shows_its_draft_talks_and_no_unreleased_words(talk):
    event = make_event(number=8, live=False)
    hidden = make_talk(event=event, title="Mud", live=False, speakers=[make_speaker("Bo")])
    write_answers(hidden.contribution, {"summary": "canary-answer"}, teaser="canary-teaser")
    page = preview(event.get_latest_revision_as_object())
    assert lines(page, ".talk h2") == ["Mud"]
    assert "canary" not in page.get_text()


def test_talk_s_draft_is_shown_with_its_people_and_topics(talk):
    draft = talk.get_latest_revision_as_object()
    draft.title, draft.teaser, draft.topics = "A new title", "New words.", [make_topic(name="Water")]
    draft.talk_speakers.add(TalkSpeaker(speaker=make_speaker("Bo"), role="Chief", sort_order=5))
    draft.save_revision()
    page = preview(talk.get_latest_revision_as_object())
    assert lines(page, "h1") == ["A new title"]
    assert lines(page, ".people div") == ["Ada Board", "Bo Chief"]
    assert lines(page, ".body > .prose") == ["New words."]


def test_talk_s_preview_shows_released_words_and_no_draft_of_them(talk):
    give(talk, {"summary": "Released words."})
    write_answers(talk.contribution, {"summary": "canary-second-thoughts"})
    page = preview(talk.get_latest_revision_as_object())
    assert lines(page, ".answers .prose") == ["Released words."]


def test_contribution_s_draft_is_shown_in_its_talk(talk):
    write_answers(talk.contribution, {"summary": "Draft words."}, slides_url="https://slides.example.org/deck")
    draft = talk.contribution.get_latest_revision_as_object()
    draft.asks.add(Ask(text="Tell us", url="https://example.org"))
    draft.save_revision()
    talk.contribution.refresh_from_db()
    page = preview(talk.contribution.get_latest_revision_as_object())
    assert lines(page, "h1") == ["Tides"]
    assert lines(page, ".people div") == ["Ada Board"]
    assert lines(page, ".answers .prose") == ["Draft words."]
    assert lines(page, ".asks li, .chips li") == ["Slides at slides.example.org", "Tell us"]


def test_contribution_s_draft_is_shown_for_a_talk_that_nobody_has_published():
    talk = make_talk(title="Mud", event=make_event(number=8, live=False), live=False)
    write_answers(talk.contribution, {"summary": "Draft words."})
    page = preview(talk.contribution.get_latest_revision_as_object())
    assert lines(page, "h1, .answers .prose") == ["Mud", "Draft words."]


def test_contribution_without_a_talk_says_so(talk):
    contribution = write_answers(talk.contribution, {"summary": "Draft words."})
    type(talk).objects.filter(pk=talk.pk).update(contribution=None)
    contribution = type(contribution).objects.get(pk=contribution.pk)
    assert lines(preview(contribution), "h1") == ["A contribution without a talk"]


def test_organiser_s_preview_needs_no_reader_s_rights(client, talk):
    """The same through the admin, where a signed-in person asks."""
    draft = talk.event.get_latest_revision_as_object()
    draft.title = "A new title"
    revision = draft.save_revision()
    sign_in(client)
    response = client.get(f"/cms/pages/{talk.event_id}/revisions/{revision.pk}/view/")
    assert lines(whole(response.content), "main h1") == ["A new title"]
