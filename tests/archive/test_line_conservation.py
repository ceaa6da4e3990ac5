"""Every non-empty line of a write-up stands in exactly one place of its plan, whatever the text is."""

import json
import random
import time
from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.importers import read_plan
from archive.importers.plain_text import parse
from archive.importers.plan import WriteupPlan
from archive.importers.questions import DEFAULT_QUESTIONS

from .texts import WRITEUP

OPENINGS = [
    "Odile Farrow, Head of Dairy Data at the Department for Curds, presented on the cheese register.",
    "Odile Farrow, Head of Dairy Data at the Department for Curds, presented on the cheese register, again.",
    "Ravi Penhale, Director, Orchard Trust, joined us from Fenwick to talk about orchards (map here).",
    "Ravi Penhale and Wen Abara, both from the Orchard Trust, spoke about pears.",
    "Our next speaker was Wen Abara, Data Lead at Lower Fenwick Council.",
    "Wen Abara, Data Lead, Lower Fenwick Council",
    "Wen Abara (Lower Fenwick Council) presented ‘Counting trees’.",
]
HEADINGS = [
    *("From Slido:", "Questions from the chat", "Audience questions:", "Q&A", "Some key links include:", "Links"),
    *("Useful links:", "Related content", "Share this page", "Counting cheese with care", "The orchard map"),
]
ADDRESSES = [
    *("https://www.youtube.com/watch?v=abc123&t=90", "Watch on YouTube: https://youtu.be/abc123"),
    *("Listen on SoundCloud: https://soundcloud.com/data-bites/seventy-one", "https://vimeo.com/1234567"),
    *("Slides: https://example.org/a.pdf", "Odile’s slides: https://example.org/b.pdf", "https://example.org/"),
    *("The register: https://example.org/register", "The map (https://example.org/map)", "https://[broken"),
    *("You can read all of it. It is at https://example.org/c and https://example.org/d", "9:13 Odile Farrow"),
    *("[1:02:03] Ravi Penhale", "0:00", "12:61 no time", "(3:20) – Questions"),
]
PROSE = [
    *("We count cheeses.", "too many lists", "too many names", "• Shorter queues", "1. First", "2. Second", "?", "…"),
    *("Is a yoghurt a cheese?", "Why?", "Odile was also asked about goats.", "Odile said no.", "We heard from users."),
    *("If you’d like to keep up to date with Data Bites, sign up on this page.", "See you at the next event."),
    *("Our 71st evening was the first Data Bites hosted by Harbour House, after 49 events at the Quayside.", "a, b"),
    *("Key challenges include", "Changing minds.", "Embedding it.", "Thanks to all our speakers.", "email a@b.org"),
    *("Data Bites has previously heard from Odile.", "How will you know when it’s succeeded? When it works."),
    *(
        "\ufeff",
        "\u200b",
        "\xa0x\xa0",
        "summary",
        "- - -",
        "Q1: what are the main hurdles",
        "Welcome, everybody, to this.",
    ),
]
real_line = st.sampled_from([*DEFAULT_QUESTIONS, *OPENINGS, *HEADINGS, *ADDRESSES, *PROSE])
any_line = st.text(max_size=60)
mixed_line = st.one_of(
    real_line,
    real_line,
    real_line,
    any_line,
    st.builds(str.upper, real_line),
    st.builds(lambda line, mark: f"{mark}{line}", real_line, st.sampled_from(["1. ", "- ", "  ", "\t", "Q: ", "“"])),
)
gap = st.sampled_from(["\n", "\n", "\r\n", "\n\n", "\r", "\u2028", " \n\t\n"])
writeups = st.lists(st.tuples(mixed_line, gap), max_size=60).map(lambda lines: "".join(a + b for a, b in lines))


def lines_of(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.strip())


def lines_in(plan: WriteupPlan) -> Counter[str]:
    return Counter(line for lines in plan.lines().values() for line in lines)


def lines_in_json(plan: WriteupPlan) -> Counter[str]:
    """The lines that the printed plan holds as text; it has no more than the addresses and slugs of the others."""
    printed = json.loads(json.dumps(plan.as_json_dict()))
    texts = [printed["introduction"], printed["sign_off"], *printed["unplaced"]]
    for talk in printed["talks"]:
        texts += [talk["text"], *(answer["text"] for answer in talk["answers"])]
        texts += [
            part for question in talk["audience_questions"] for part in (question["question"], question["answer"])
        ]
    return Counter(line for text in texts for line in text.split("\n") if line)


def represented_otherwise(plan: WriteupPlan) -> Counter[str]:
    """The lines that the printed plan holds as a slug, a title, an address or a time."""
    talks = plan.talks
    lines = [recording.line for recording in plan.recordings] + [chapter.line for chapter in plan.chapters]
    lines += [link.line for talk in talks for link in (*talk.slides, *talk.links)]
    titles = [talk.title for talk in talks if not talk.title_is_ours]
    wordings = [answer.wording for talk in talks for answer in talk.answers if not answer.run_on]
    return Counter([*lines, *titles, *wordings])


@given(writeups)
@example(WRITEUP)
@example("")
@example("\n".join(DEFAULT_QUESTIONS))
@example("\n".join([*OPENINGS, *OPENINGS]))
@example("\n".join([OPENINGS[0], *DEFAULT_QUESTIONS, OPENINGS[0], *DEFAULT_QUESTIONS]))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plan_holds_each_line_exactly_once(text):
    plan = parse(text, number=71)

    assert lines_in(plan) == lines_of(text)


@given(writeups)
@example(WRITEUP)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_printed_plan_holds_each_line_exactly_once(text):
    plan = parse(text, number=71)

    in_text = lines_of(text) - represented_otherwise(plan)
    for talk in plan.talks:
        for answer in talk.answers:
            if answer.run_on:
                whole = answer.lines()[0]
                in_text += Counter({whole: -1})
                in_text[answer.text.split("\n")[0]] += 1
    assert lines_in_json(plan) == +in_text


@given(writeups)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plan_is_the_same_for_the_same_text(text):
    assert parse(text, number=71) == parse(text, number=71)


@given(writeups)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_titles_of_ours_are_short_and_no_line_of_the_text(text):
    plan = parse(text, number=71)

    ours = [talk.title for talk in plan.talks if talk.title_is_ours]
    assert [title for title in ours if not 0 < len(title) <= 80 or title in lines_of(text)] == []


@given(writeups)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_blocks_hold_the_words_of_their_text(text):
    for talk in parse(text, number=71).talks:
        for answer in talk.answers:
            said = [part for _, what in answer.blocks for part in ([what] if isinstance(what, str) else what)]
            assert len(said) == len(answer.text.split("\n") if answer.text else [])
            assert all(part in line for part, line in zip(said, answer.text.split("\n"), strict=False))


@given(st.text(), st.dictionaries(st.text(max_size=30), st.sampled_from(["summary", "problem"]), max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_text_with_any_questions_is_held(text, questions):
    assert lines_in(parse(text, number=1, questions=questions, series="")) == lines_of(text)


def test_ten_thousand_lines_are_held():
    lines = random.Random(71).choices([*DEFAULT_QUESTIONS, *OPENINGS, *HEADINGS, *ADDRESSES, *PROSE], k=10_000)
    text = "\n".join(lines)

    assert lines_in(parse(text, number=71)) == lines_of(text)


def test_five_megabytes_are_read_in_seconds():
    text = WRITEUP * (5_000_000 // len(WRITEUP))

    before = time.process_time()
    plan = read_plan(text, number=71)
    seconds = time.process_time() - before

    assert len(plan.talks) > 1_000
    assert seconds < 10  # 3 seconds on two quiet cores; the room is for a slow and busy machine
