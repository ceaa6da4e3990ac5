"""The demo's content by itself: it is whole, varied, and names nobody's real website."""

import datetime as dt
import re
from collections import defaultdict
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.utils.text import slugify
from PIL import Image

from archive.demo.dates import evening_starts
from archive.demo.portraits import draw_portrait
from archive.demo.presentation import draw_presentation
from archive.demo.reading import ContentFault, EveningReader, read_content, typeset
from archive.demo.recordings import moments_of, tapes_of
from archive.demo.slides import draw_slides
from speakers.decks.reading import look

PLAYERS = {"www.youtube.com", "vimeo.com", "soundcloud.com"}
BODIES = read_content().bodies


@pytest.fixture(scope="module")
def content():
    return read_content()


@pytest.fixture(scope="module")
def held(content):
    return [talk for evening in content.held for talk in evening.talks]


def test_content_has_sixty_evenings_held_and_three_to_come(content):
    assert [evening.number for evening in content.evenings] == list(range(1, 64))
    assert [evening.status for evening in content.to_come] == ["confirmed", "tentative", "cancelled"]


def test_content_has_its_talks_people_and_answers(content, held):
    assert len(held) == 240
    assert len(content.names) == 198
    assert sum(bool(answer.lines) for talk in held for answer in talk.answers) == 1381
    assert sum(len(talk.asked) for talk in held) == 81


def test_content_has_each_state_that_a_page_must_look_right_in(content):
    by_number = {evening.number: evening for evening in content.evenings}
    sizes = {number: sum(talk.takes_a_slot for talk in by_number[number].talks) for number in (3, 21, 29, 33, 60)}
    assert sizes == {3: 3, 21: 3, 29: 5, 33: 3, 60: 4}
    assert [talk.state for talk in by_number[21].talks] == ["given", "given", "given", "moved"]
    assert [talk.state for talk in by_number[33].talks] == ["given", "withdrawn", "given", "given"]
    assert [len(talk.answers) for talk in by_number[35].talks] == [0, 0, 0, 0]
    assert {number: tapes_of(by_number[number])[0].state for number in (1, 42, 47, 60)} == {
        1: "not_recorded",
        42: "not_recorded",
        47: "withheld",
        60: "published",
    }
    assert len(by_number[44].talks[0].title) == 221
    joint = by_number[52].talks[0]
    assert len({billing.organisation for billing in joint.billings}) == 2
    assert [answer.speaker for answer in joint.answers] == [0, 1, 2, 1, 2, 0, 1, 2, 0]
    assert [link.language for link in by_number[56].talks[0].links] == ["en", "cy", "en", "cy"]


def test_content_says_no_long_sentence_in_more_than_three_talks(content):
    talks_by_sentence = defaultdict(set)
    for talk in content.talks.values():
        words = [talk.account, *(answer.words for answer in talk.answers)]
        words += [text for asked in talk.asked for _, text in asked.answers]
        for sentence in re.split(r"(?<=[.?!:])\s+", " ".join(words)):
            if len(sentence.split()) > 6:
                talks_by_sentence[sentence].add(talk.key)
    assert {sentence: keys for sentence, keys in talks_by_sentence.items() if len(keys) > 3} == {}


def test_content_names_only_reserved_hosts(content):
    """RFC 2606 reserves .example; the three players load nothing before a reader presses play."""
    urls = [link.url for talk in content.talks.values() for link in talk.links]
    urls += [ask.url for talk in content.talks.values() for ask in talk.asks if ask.url]
    urls += [person.link for person in content.people.values() if person.link]
    urls += [f"https://{body.host}/" for body in content.bodies.values()]
    assert [url for url in urls if not (urlsplit(url).hostname or "").endswith(".example")] == []
    tapes = [tape.url for evening in content.held for tape in tapes_of(evening) if tape.url]
    hosts = {urlsplit(url).hostname or "" for url in tapes}
    assert {host for host in hosts if not host.endswith(".example")} == PLAYERS


def test_content_relates_talks_to_earlier_ones(content, held):
    later = [
        (talk.key, key)
        for talk in held
        for key, _ in talk.related
        if content.talks[key].evening > talk.evening or key == talk.key
    ]
    assert later == []


def test_content_gives_each_talk_of_an_evening_its_own_address(content):
    for evening in content.held:
        slugs = [slugify(talk.title)[:80].strip("-") for talk in evening.talks]
        assert len(set(slugs)) == len(slugs)


def test_content_knows_everybody_it_describes(content):
    assert set(content.people) - set(content.names) == set()


def test_reading_keeps_paragraphs_and_lists_in_their_order():
    text = "# 1 Evening\n## Talk\nH: Before.\n- One\n- Two & three\n  After.\nC! declined\n"
    hurdles, change = EveningReader(BODIES).read(text)[0].talks[0].answers
    assert hurdles.html == "<p>Before.</p><ul><li>One</li><li>Two &amp; three</li></ul><p>After.</p>"
    assert (change.html, change.missing) == ("", "declined")


def test_reading_names_the_line_that_it_cannot_read():
    with pytest.raises(ContentFault) as fault:
        EveningReader(BODIES).read("# 1 Evening\n## Talk\nby: Somebody, Analyst, nobody\n")
    assert str(fault.value) == "Line 3 can’t be read ('nobody'): by: Somebody, Analyst, nobody"


def test_typeset_curls_quotes():
    assert typeset("\"It's 'fine'\", she said") == "“It’s ‘fine’”, she said"


@pytest.mark.parametrize("first", [dt.date(2026, 1, 1), dt.date(2027, 7, 20)])
def test_evenings_stand_around_the_day_they_are_loaded(first):
    for today in (first + dt.timedelta(days=days) for days in range(400)):
        starts = evening_starts(today)
        days = [start.date() for start in starts.values()]
        assert list(starts) == list(range(1, 64))
        assert days == sorted(set(days))
        assert starts[60].date() < today
        assert 10 <= (starts[61].date() - today).days <= 16
        assert {(start.weekday(), start.hour, str(start.tzinfo)) for start in starts.values()} == {
            (2, 18, "Europe/London")
        }


def test_chapters_follow_one_another(content):
    for evening in content.held:
        seconds = [moment.seconds for moment in moments_of(evening)]
        assert seconds == sorted(seconds)


def test_slides_are_small_and_the_same_each_time(content):
    talk = content.talks["1.1"]
    body = draw_slides(talk, content.bodies)
    assert body == draw_slides(talk, content.bodies)
    assert body.startswith(b"%PDF-")
    assert body.count(b"/Type /Page\n") == 4
    assert len(body) < 15_000


def test_portraits_are_the_same_for_the_same_name():
    body = draw_portrait("Mairi Dunbrack")
    assert body == draw_portrait("Mairi Dunbrack")
    assert body != draw_portrait("Isaac Penhaligan")
    picture = Image.open(BytesIO(body))
    assert (picture.format, picture.size) == ("JPEG", (480, 480))


def test_presentation_has_notes_and_a_hidden_slide_and_is_the_same_each_time(content):
    talk = next(talk for evening in content.to_come for talk in evening.talks if talk.billings)
    body = draw_presentation(talk)
    assert body == draw_presentation(talk)
    facts = look(BytesIO(body), size_bytes=len(body))
    assert (facts.kind, facts.hidden, facts.notes) == ("odp", 1, facts.slides)
    assert facts.author == talk.billings[0].name
