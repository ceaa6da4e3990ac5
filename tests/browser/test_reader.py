"""A reader in a real browser: from the front page to an answer, by mouse and by keyboard; and what axe says."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from archive.linking import register
from archive.models import Cue, Transcript
from archive.searching.keeping import index_everything
from events.models import AudienceQuestion, Chapter, EventCorrection, Recording
from speakers.actions import release
from speakers.models import Ask, Promise, TalkLink
from tests.browser.looking import walk
from tests.factories import (
    give,
    make_event,
    make_host,
    make_organisation,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    make_venue,
    publish,
    write_answers,
)

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.needs_chromium,
    pytest.mark.slow,
]
ANSWER = "One way to name a place, used by everybody."
PAGES = {
    "home": "/",
    "series": "/data-bites/",
    "evening to come": "/data-bites/61/",
    "evening held": "/data-bites/60/",
    "talk": "/data-bites/60/where-things-are/",
    "talk to come": "/data-bites/61/midwives-and-maps/",
    "speaker": "/speakers/ada-vale/",
    "speaker in a calendar": "/speakers/ada-vale/calendar/",
    "speakers": "/speakers/",
    "organisation": "/organisations/board-of-tides/",
    "organisations": "/organisations/",
    "host": "/hosts/the-old-sorting-office/",
    "hosts": "/hosts/",
    "questions": "/questions/",
    "question": "/questions/change/",
    "question narrowed": "/questions/change/?organisation=board-of-tides",
    "question without answers": "/questions/hurdles/",
    "topics": "/topics/",
    "topic": "/topics/places/",
    "asks": "/asks/",
    "search": "/search/",
    "search, results": "/search/?q=places+OR+vale+OR+change",
    "search, one kind": "/search/?q=places+OR+vale&in=talks",
    "search, another spelling": "/search/?q=plcaes",
    "search, narrowed to nothing": "/search/?q=places&year=1999&kind=other",
    "numbers": "/numbers/",
    "open data": "/open-data/",
    "API": "/api/",
    "asks in a calendar": "/asks/deadlines/",
    "answer": "/data-bites/60/where-things-are/answers/change/",
    "feeds": "/feeds/",
    "transcript": "/data-bites/60/transcript/",
    "links": "/links/",
    "what happened next": "/what-happened-next/",
    "corrections": "/corrections/",
    "calendar": "/data-bites/calendar/",
    "subscribe": "/subscribe/",
    "nothing": "/data-bites/999/",
}


@pytest.fixture(autouse=True)
@transaction.atomic
def site():
    """One evening held and written up, one to come."""
    now = timezone.now()
    host = make_host("The Old Sorting Office")
    series = make_series(spells=[(make_host("The Reading Room"), 1, 49), (host, 50, None)])
    an_evening_held(make_event(series=series, number=60, host=host, starts_at=now - dt.timedelta(days=30)))
    coming = make_event(
        series=series,
        number=61,
        title="Health data, eight minutes at a time",
        host=host,
        slots=1,
        starts_at=now + dt.timedelta(days=9),
        venue=make_venue(address="1 Sorting Lane", finding_it="The blue door.", access="No steps."),
        booking_url="https://tickets.example.org/61",
    )
    make_talk(event=coming, title="Midwives and maps", speakers=[make_speaker("Cy Penn")])
    for _ in index_everything():
        pass


def an_evening_held(event):
    """With everything that a write-up may have."""
    talk = a_talk_with_everything(event)
    give(make_talk(event=event, title="How often the bus comes"), {"change": "Fewer portals."})
    AudienceQuestion.objects.create(
        event=event, talk=talk, as_asked="Why?", text="Why now?", state="in_writing", answer="<p>It was time.</p>"
    )
    publish(
        event,
        title="Finding out",
        introduction="<p>An evening about finding things.</p>",
        recordings=[Recording(url="https://youtu.be/aB3-_fGh1jK", duration_seconds=4320, captions=True)],
        chapters=[Chapter(seconds=0, label="Welcome"), Chapter(seconds=553, label="Where things are", talk=talk)],
        corrections=[EventCorrection(made_on=timezone.now().date(), text="It was a Tuesday.")],
        written_up_on=timezone.now().date(),
        byline="The organisers",
    )
    transcript = Transcript.objects.create(event=event, filename="60.vtt", source="WEBVTT", at=timezone.now())
    Cue.objects.create(transcript=transcript, starts_ms=553_000, ends_ms=560_000, voice="Ada", text="Every place.")
    register.refresh([event.pk])


def a_talk_with_everything(event):
    talk = make_talk(
        event=event,
        title="Where things are",
        speakers=[make_speaker("Ada Vale", biography="<p>Counts tides.</p>"), make_speaker("Bo Wick")],
        role="Head of Maps",
        organisation=make_organisation("Board of Tides"),
        account="<p>About names.</p>",
        state="given",
    )
    publish(talk, topics=[make_topic(name="Places")])
    write_answers(
        talk.contribution,
        {"change": ANSWER, "summary": "A list of every place."},
        asks=[Ask(text="Tell us what is missing", email="places@example.org", closes_on=timezone.now().date())],
        promises=[Promise(text="A list of every place", due_on=timezone.now().date() - dt.timedelta(days=3))],
        links=[TalkLink(label="Rhestr o leoedd", url="https://places.example.org/cy", language="cy")],
    )
    release(contribution=talk.contribution)
    return talk


def answer_below(page):
    """The question that the address leads to, with what was answered."""
    return page.locator("#change").locator("xpath=..").inner_text()


def test_reader_goes_from_home_to_an_answer(visit):
    reader = visit()
    page = reader.go("/")
    quoted = page.get_by_role("figure").filter(has_text=ANSWER)
    quoted.get_by_role("link", name="Where things are").click()
    page.wait_for_url("**/data-bites/60/where-things-are/#change")
    assert ANSWER in answer_below(page)
    expect(page.locator("#change")).to_be_in_viewport()
    assert (reader.elsewhere, reader.complaints) == ([], [])


def test_reader_goes_from_home_to_an_answer_by_keyboard_and_without_scripts(visit):
    reader = visit(width=360, scripts=False)
    page = reader.go("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("href") == "/data-bites/60/where-things-are/#change":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/where-things-are/#change")
    assert ANSWER in answer_below(page)
    assert reader.elsewhere == []


def test_contents_of_an_evening_mark_the_talk_that_is_read(visit):
    page = visit(width=1280).go("/data-bites/60/")
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents.locator("[aria-current]")).to_have_count(0)
    contents.get_by_role("link", name="How often the bus comes").press("Enter")
    expect(contents.locator("[aria-current=location]")).to_have_text("How often the bus comes")
    expect(contents).to_be_in_viewport()


def test_reader_narrows_a_question_and_cites_an_answer_by_keyboard_and_without_scripts(visit):
    reader = visit(width=360, scripts=False)
    page = reader.go("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Questions").press("Enter")
    page.get_by_role("link", name="If you could change one thing").press("Enter")
    expect(page.get_by_role("heading", name="Two answers")).to_be_visible()
    page.get_by_label("Topic", exact=True).select_option("Places")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**/questions/change/?*topic=places*#answers")
    article = page.get_by_role("article", name="Ada Vale and Bo Wick together")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.locator("#answers")).to_be_in_viewport()
    article.locator("summary").press("Enter")
    expect(article.locator("pre")).to_contain_text("author = {Vale, Ada and Wick, Bo}")
    article.get_by_role("link", name="Where things are").press("Enter")
    page.wait_for_url("**/data-bites/60/where-things-are/#change")
    assert ANSWER in answer_below(page)
    assert reader.elsewhere == []


def test_axe_finds_nothing_and_nothing_leaves_the_site(visit):
    reader = visit()
    assert walk(reader, PAGES) == {}
    assert reader.elsewhere == []
    assert [said for said in reader.complaints if "404" not in said] == []
