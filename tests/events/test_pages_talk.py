"""A talk's own page: one address for what was said in eight minutes."""

import datetime as dt

import pytest
import time_machine

from events.models import RelatedTalk
from speakers.models import Answer, Ask, Promise, SlideDeck, TalkConsent, TalkLink
from tests.factories import START, give, make_event, make_organisation, make_speaker, make_talk, publish
from tests.reading import lines, read, whole
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
AFTER = START + dt.timedelta(days=20)
TIDES = "/data-bites/7/tides/"


@pytest.fixture(autouse=True)
def _after():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
@remembered
def talk():
    return make_talk(
        event=make_event(number=7),
        title="Tides",
        speakers=[make_speaker("Ada Vale"), make_speaker("Bo Dee")],
        role="Chief",
        organisation=make_organisation("Board of Tides"),
    )


def give_rows(talk, **rows):
    """Released words with these child rows of the contribution."""
    draft = talk.contribution.get_latest_revision_as_object()
    for name, found in rows.items():
        for place, row in enumerate(found):
            row.sort_order = 10 + place
            getattr(draft, name).add(row)
    draft.save_revision(clean=False)
    return give(talk, {})


def test_talk_page_tells_talk_people_and_evening(client, talk):
    publish(talk, teaser="Water comes, water goes.")
    make_talk(event=talk.event, title="Mud")
    page = read(client, TIDES)
    assert lines(page, "h1") == ["Tides"]
    assert lines(page, "header .kicker") == ["Data Bites 7 Talk 1 of 2"]
    assert lines(page, ".people div") == ["Ada Vale Chief, Board of Tides", "Bo Dee Chief, Board of Tides"]
    assert lines(page, "header time") == ["Wednesday 26 November 2025"]
    assert lines(page, ".rail a") == ["Tides", "Mud", "All of Data Bites 7"]
    assert lines(page, ".rail [aria-current=page]") == ["Tides"]


def test_talks_follow_each_other_within_the_evening_and_across_its_ends(client, talk):
    mud = make_talk(event=talk.event, title="Mud")
    make_talk(event=talk.event, title="Draft", live=False)
    before = make_event(number=5, starts_at=START - dt.timedelta(days=30))
    make_talk(event=before, title="First")
    last = make_talk(event=before, title="Last")
    make_event(number=6, starts_at=START - dt.timedelta(days=9))  # nothing is announced for it
    make_talk(event=make_event(number=8, starts_at=AFTER, status="cancelled"), title="Never")
    sand = make_talk(event=make_event(number=9, starts_at=AFTER + dt.timedelta(days=9)), title="Sand")
    assert [lines(read(client, page.url), ".pager a") for page in (talk, mud, last, sand)] == [
        ["The talk before, at Data Bites 5 Last", "The talk after Mud"],
        ["The talk before Tides", "The talk after, at Data Bites 9 Sand"],
        ["The talk before First", "The talk after, at Data Bites 7 Tides"],
        ["The talk before, at Data Bites 7 Mud"],
    ]


def test_what_the_same_people_said_and_what_organisers_chose_stands_before_and_after(client, talk):
    ada, bo = (row.speaker for row in talk.talk_speakers.all())
    reefs = make_talk(event=make_event(number=2, starts_at=START - dt.timedelta(days=99)), title="Reefs")
    waves = make_talk(event=make_event(number=3, starts_at=START - dt.timedelta(days=66)), speakers=[ada, bo])
    later = make_talk(event=make_event(number=8, starts_at=START + dt.timedelta(days=9)), title="Sand", speakers=[bo])
    chosen = [RelatedTalk(related=row, reason=why) for row, why in ((reefs, "An earlier stage"), (waves, "The start"))]
    publish(talk, related_talks=[RelatedTalk(words="A pilot", year=2019), *chosen])
    publish(waves, title="Waves")
    page = read(client, TIDES)
    assert lines(page, "[aria-labelledby=before] li") == [
        "A pilot 2019",
        "Reefs Data Bites 2, August 2025 An earlier stage",
        "Waves Data Bites 3, September 2025 The start. Also by Ada Vale and Bo Dee",
    ]
    assert lines(page, "[aria-labelledby=after] li") == ["Sand Data Bites 8, December 2025 Also by Bo Dee"]
    assert [a["href"] for a in page.select("[aria-labelledby=after] a")] == [later.url]


def test_answer_has_its_fragment_and_each_speaker_s_own_its_own(client, talk):
    draft = talk.contribution.get_latest_revision_as_object()
    row = next(answer for answer in draft.answers.all() if answer.question.slug == "hurdles")
    ada, bo = (r.speaker for r in talk.talk_speakers.all())
    draft.answers.remove(row)
    for speaker, text in ((ada, "<p>Mud.</p>"), (bo, "<p>Sand.</p>")):
        draft.answers.add(
            Answer(question=row.question, wording=row.wording, speaker=speaker, joint=False, text=text, sort_order=9)
        )
    draft.save_revision()
    give(talk, {"summary": "We count water."})
    page = read(client, TIDES)
    assert page.select_one("#summary").find_next("div").get_text(strip=True) == "We count water."
    assert lines(page, ".speaks bdi") == ["Ada Vale", "Bo Dee"]
    assert page.select_one("#hurdles-ada-vale").find_next("div").get_text(strip=True) == "Mud."
    assert [a["href"] for a in page.select(".answers .self")] == [
        "#summary",
        "#hurdles",
        "#hurdles-ada-vale",
        "#hurdles-bo-dee",
    ]


def test_declined_answer_is_said_quietly_and_given_up_ones_not_at_all(client, talk):
    draft = talk.contribution.get_latest_revision_as_object()
    rows = list(draft.answers.all())
    reasons = {"problem": "declined", "hurdles": "given_up", "change": "given_up", "success": "given_up"}
    for row in rows:
        row.missing = reasons.get(row.question.slug, row.missing)
    draft.answers = rows
    draft.save_revision()
    give(talk, {"summary": "We count water."})
    page = read(client, TIDES)
    assert [h.contents[0].strip() for h in page.select(".answers h2")] == [
        "Can you summarise your project in a few sentences?",
        "What problem are you trying to solve?",
    ]
    assert lines(page, ".answers .soft") == ["Not answered, by choice.", "One more answer is still to come."]


def test_wording_is_the_one_that_was_asked(client, talk):
    give(talk, {"summary": "We count water."})
    Answer.objects.filter(question__slug="summary").first().question.__class__.objects.filter(slug="summary").update(
        text="Say it in a tweet."
    )
    assert read(client, TIDES).select_one("#summary").contents[0].strip() == (
        "Can you summarise your project in a few sentences?"
    )


def test_links_say_their_language(client, talk):
    give_rows(
        talk,
        links=[
            TalkLink(label="The register", url="https://example.org/register"),
            TalkLink(label="Y gofrestr", url="https://example.org/cofrestr", language="cy"),
            TalkLink(label="Rejestr", url="https://example.org/rejestr", language="xx"),
        ],
    )
    chips = read(client, TIDES).select(".chips a")
    assert [(" ".join(a.get_text().split()), a["href"], a.get("hreflang")) for a in chips] == [
        ("The register", "https://example.org/register", "en"),
        ("Y gofrestr in Welsh", "https://example.org/cofrestr", "cy"),
        ("Rejestr in another language", "https://example.org/rejestr", None),
    ]


def slides_of(client):
    return [(" ".join(a.get_text().split()), a["href"]) for a in read(client, TIDES).select(".chips a")]


def test_slides_are_a_file_with_its_size_or_a_link_with_its_site(client, talk):
    deck = SlideDeck.objects.create(
        file="slides/x.pdf",
        filename="x.pdf",
        media_type="application/pdf",
        size_bytes=9,
        copy="slides/y.pdf",
        copy_bytes=2_000_000,
    )
    given = give(talk, {}, slides=deck)
    assert slides_of(client) == [("Slides PDF, 2 MB", f"/slides/{given.pk}/")]


def test_slides_elsewhere_are_a_link_with_the_site_s_name(client, talk):
    give(talk, {}, slides_url="https://slides.example.org/deck")
    assert slides_of(client) == [("Slides at slides.example.org", "https://slides.example.org/deck")]


def test_slides_go_with_the_consent_and_come_back_with_it(client, talk):
    given = give(talk, {"summary": "We count water."}, slides_url="https://slides.example.org/deck")
    TalkConsent.objects.create(
        contribution=given,
        speaker=talk.talk_speakers.first().speaker,
        what="slides",
        wording="Yes.",
        given_at=START,
        withdrawn_at=START + dt.timedelta(days=1),
    )
    page = read(client, TIDES)
    assert page.select(".chips") == []
    assert page.select_one("#summary") is not None


def test_asks_say_until_when_and_closed_ones_come_last(client, talk):
    day = AFTER.date()
    give_rows(
        talk,
        asks=[
            Ask(text="Join the panel", email="panel@example.org", closes_on=day - dt.timedelta(days=1)),
            Ask(text="Tell us", url="https://example.org/tell", closes_on=day + dt.timedelta(days=12)),
            Ask(text="Look it up", url="https://example.org/look"),
            Ask(text="Say more", opens_on=day + dt.timedelta(days=2), closes_on=day + dt.timedelta(days=9)),
            Ask(text="Any time", closes_on=dt.date(2026, 2, 3), closes_precision="month"),
        ],
    )
    page = read(client, TIDES)
    assert lines(page, ".asks li") == [
        "Open until 28 December 2025, 12 days left: Tell us",
        "Look it up",
        "Opens on 18 December 2025: Say more",
        "Open until the end of February 2026, 74 days left: Any time",
        "Closed on 15 December 2025: Join the panel",
    ]
    assert [a["href"] for a in page.select(".asks a")] == [
        "https://example.org/tell",
        "https://example.org/look",
        "mailto:panel@example.org",
    ]


def test_promises_are_kept_with_their_month(client, talk):
    give_rows(
        talk,
        promises=[
            Promise(text="Publish the code", due_on=dt.date(2026, 4, 3)),
            Promise(text="Ask again", due_on=dt.date(2026, 5, 6), due_precision="day"),
            Promise(text="Learn to swim"),
        ],
    )
    assert lines(read(client, TIDES), ".body ul.prose li") == [
        "Publish the code (April 2026)",
        "Ask again (6 May 2026)",
        "Learn to swim",
    ]


@pytest.mark.parametrize(
    ("state", "words"),
    [("withdrawn", ["This talk was withdrawn."]), ("moved", ["This talk was moved to another evening."])],
)
def test_talk_that_went_says_so_and_where_its_people_spoke_and_nothing_of_its_words(client, talk, state, words):
    ada = talk.talk_speakers.first().speaker
    make_talk(event=make_event(number=1, starts_at=START - dt.timedelta(days=200)), title="Sand", speakers=[ada])
    give(talk, {"summary": "We count water."})
    publish(talk, state=state)
    page = read(client, TIDES)
    assert lines(page, ".note") == words
    assert page.select(".answers") == []
    assert "Also spoke at Data Bites 1 (May 2025)" in lines(page, ".people small")


def test_talk_to_come_says_when_it_begins(client, talk):
    first = make_talk(event=make_event(number=8, starts_at=AFTER + dt.timedelta(days=5)), title="First")
    second = make_talk(event=first.event, title="Second")
    page = read(client, second.url)
    assert "This talk begins at about 6.21pm." in lines(page, "header p")
    assert lines(page, ".when") == ["Sunday 21 December 2025, 6pm to about 7.10pm"]
    assert lines(page, ".button") == ["More about it"]


def test_search_engines_are_told_the_teaser(client, talk):
    publish(talk, teaser="Water comes, water goes.")
    head = whole(client.get(TIDES).content).head
    assert lines(head, "title") == ["Tides – Data Bites"]
    assert head.select_one("[name=description]")["content"] == "Water comes, water goes."
