"""What isn't public is seen by nobody: words that must not stand in any response a reader can get."""

import datetime as dt

import pytest
from django.core.cache import cache
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from archive import deadlines
from archive.searching import keeping
from events.entries import sweep
from events.models import AudienceQuestion
from speakers.models import PrivateNote, TalkConsent
from tests.factories import (
    QUESTIONS,
    START,
    give,
    make_event,
    make_organisation,
    make_speaker,
    make_talk,
    publish,
    write_answers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    cache.clear()
    speaker = make_speaker("Ada Vale", pronunciation="canary-pronunciation")
    organisation = make_organisation("Board of Tides")
    return make_talk(title="Tides", speakers=[speaker], organisation=organisation, event=make_event(number=7))


CALENDARS = ("/data-bites/calendar.ics", "/data-bites/7/event.ics", "/speakers/ada-vale/calendar.ics")
FEEDS = tuple(
    f"{base}feeds/{kind}/"
    for base in ("/", "/data-bites/", "/speakers/ada-vale/", "/organisations/board-of-tides/")
    for kind in ("evenings", "write-ups", *(("podcast",) if base in ("/", "/data-bites/") else ()))
)


def everything(client, *extra):
    """Every public address there is, as one text."""
    sweep()
    keeping.sweep()
    deadlines.refresh()
    cache.clear()
    fixed = ["/", "/sitemap.xml", "/robots.txt", "/speakers/", "/organisations/", "/hosts/", "/data-bites/", "/7"]
    fixed += ["/data-bites/calendar/", *CALENDARS]
    # What was typed stands on the page, so only the beginning of the word is typed.
    fixed += [f"/search/{part}" for part in ("", "?q=tides", "?q=released+words", "?q=cana", "suggest/?q=cana")]
    fixed += ["/topics/", "/asks/", "/asks/feed/", "/questions/", "/numbers/", "/links/"]
    fixed += ["/feeds/", *FEEDS, "/asks/deadlines.ics"]
    fixed += ["/data-bites/7/cite.bib", "/data-bites/7/tides/cite.bib", "/data-bites/7/tides/answers/summary/"]
    fixed += [f"/api/v1/{name}" for name in ("events", "talks", "speakers", "organisations", "answers", "asks")]
    for slug in QUESTIONS:
        fixed += [f"/questions/{slug}/{part}" for part in ("", "answers.csv", "answers.json")]
    texts = []
    for address in [*fixed, *extra]:
        response = client.get(address, follow=True)
        texts.append(b"".join(response) if response.streaming else response.content)
    return b"\n".join(texts).decode()


ADDRESSES = ("/data-bites/7/", "/data-bites/7/tides/", "/speakers/ada-vale/", "/organisations/board-of-tides/")


def test_new_title_publishes_no_half_written_answer_and_no_slide(client, talk):
    write_answers(
        talk.contribution,
        {"summary": "canary-answer"},
        teaser="canary-teaser",
        introduction="canary-introduction",
        proposed_title="canary-title",
        slides_url="https://slides.example.org/canary-slides",
    )
    publish(talk, title="Tides, renamed")
    text = everything(client, *ADDRESSES)
    assert "Tides, renamed" in text
    assert "canary" not in text


def test_new_draft_of_released_answers_is_seen_by_nobody(client, talk):
    give(talk, {"summary": "Released words."})
    write_answers(talk.contribution, {"summary": "canary-second-thoughts"})
    publish(talk, title="Tides, renamed")
    text = everything(client, *ADDRESSES)
    assert "Released words." in text
    assert "canary" not in text


def test_private_words_beside_a_released_contribution_stay_private(client, talk):
    given = give(
        talk, {"summary": "Released words."}, introduction="canary-introduction", proposed_title="canary-title"
    )
    PrivateNote.objects.create(contribution=given, at=START, text="canary-note")
    TalkConsent.objects.create(
        contribution=given, speaker=make_speaker("Bo"), what="record", wording="canary-consent", given_at=START
    )
    AudienceQuestion.objects.create(event=talk.event, talk=talk, as_asked="canary-asked", text="Why?", state="waiting")
    AudienceQuestion.objects.create(
        event=talk.event, talk=talk, as_asked="canary-asked", text="canary-declined", state="declined"
    )
    publish(talk.event, leftovers="canary-leftovers", leftovers_seen=True)
    text = everything(client, *ADDRESSES)
    assert "Released words." in text
    assert "canary" not in text


def test_withdrawn_consent_takes_the_words_away(client, talk):
    given = give(talk, {"summary": "canary-answer"}, slides_url="https://slides.example.org/canary")
    TalkConsent.objects.create(
        contribution=given,
        speaker=make_speaker("Bo"),
        what="answers",
        wording="Yes.",
        given_at=START,
        withdrawn_at=START + dt.timedelta(days=1),
    )
    assert "canary" not in everything(client, *ADDRESSES)


def test_live_talk_under_an_unpublished_evening_is_seen_by_nobody(client, talk):
    publish(talk, title="canary-title", teaser="canary-teaser")
    give(talk, {"summary": "canary-answer"})
    Page.objects.get(pk=talk.event_id).specific.unpublish(set_expired=False)
    talk.refresh_from_db()
    assert talk.live is True
    for address in ADDRESSES:
        assert client.get(address).status_code == 404, address
    assert "canary" not in everything(client, *ADDRESSES)


def test_draft_talk_of_a_public_evening_is_seen_by_nobody(client, talk):
    hidden = make_talk(
        event=talk.event,
        title="canary-draft",
        teaser="canary-teaser",
        live=False,
        speakers=[make_speaker("Canary Bird")],
    )
    write_answers(hidden.contribution, {"summary": "canary-answer"})
    text = everything(client, *ADDRESSES, "/speakers/canary-bird/", "/data-bites/7/canary-draft/")
    assert "canary" not in text.lower().replace("/speakers/canary-bird/", "").replace("canary-draft/", "")
    assert client.get("/speakers/canary-bird/").status_code == 404


def test_draft_of_a_live_evening_is_seen_by_nobody(client, talk):
    draft = type(talk.event).objects.get(pk=talk.event_id)
    draft.title, draft.introduction = "canary-title", "<p>canary-introduction</p>"
    draft.save_revision()
    assert "canary" not in everything(client, *ADDRESSES)


def test_evening_of_an_unpublished_series_is_seen_by_nobody(client, talk):
    talk.event.series.unpublish()
    for address in ADDRESSES:
        assert client.get(address).status_code == 404, address


def test_withdrawn_talk_shows_no_answers(client, talk):
    give(talk, {"summary": "canary-answer"})
    publish(talk, state="withdrawn")
    assert "canary" not in everything(client, *ADDRESSES)


@pytest.mark.usefixtures("indexes")
def test_drafts_are_not_in_the_search_index(talk):
    write_answers(talk.contribution, {"summary": "canaryanswer"})
    publish(talk, title="Tides, renamed")
    find = get_search_backend().search
    assert list(find("canaryanswer", type(talk))) == []
    assert [found.pk for found in find("renamed", type(talk))] == [talk.pk]


def test_contribution_in_an_unpublished_series_is_not_released(talk):
    given = give(talk, {"summary": "Released words."})
    assert given.is_released() is True
    talk.event.series.unpublish()
    assert given.is_released() is False


def test_calendars_say_what_the_pages_say(client, talk):
    assert "Tides" in everything(client)
    for address in CALENDARS:
        assert "Tides" in client.get(address).content.decode()


@pytest.mark.parametrize("what", ["evening", "talk"])
def test_words_that_were_public_leave_the_calendars_too(client, talk, what):
    publish(talk, title="canary-title")
    publish(talk.event, title="canary-evening", standfirst="canary-standfirst")
    assert "canary-title" in everything(client)
    page = Page.objects.get(pk=talk.event_id if what == "evening" else talk.pk).specific
    page.unpublish(set_expired=False)
    text = everything(client)
    assert "canary-title" not in text
    assert ("canary-evening" in text, "canary-standfirst" in text) == (what == "talk", what == "talk")


def test_draft_rows_under_an_unpublished_evening_stay_out_of_calendars(client, talk):
    everything(client)
    event = Page.objects.get(pk=talk.event_id).specific
    event.unpublish()
    # As the editor saves a page that isn't live: into the page's own row.
    event.title, event.starts_at = "canary-title", START + dt.timedelta(days=365)
    event.save()
    assert "canary" not in everything(client)
    assert "20261126" not in client.get("/data-bites/7/event.ics").content.decode()
