"""A whole reply split into its answers, in every shape in which mail programs and people send it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speakers.importers.replies import Where, split
from speakers.markup import tidy_text
from tests.factories import QUESTIONS
from tests.speakers.importers.shapes import ASKED, SLUGS, answers, words_in, words_of

SUMMARY, PROBLEM, DIFFERENCE, SUCCESS, HURDLES, CHANGE = QUESTIONS.values()
TWO = {"summary": "We map tides.", "hurdles": "Boats."}


@pytest.mark.parametrize(
    "text",
    [
        f"{SUMMARY}\nWe map tides.\n{HURDLES}\nBoats.",
        f"{HURDLES}\n\nBoats.\n\n{SUMMARY}\n\nWe map tides.",  # another order
        f"1. {SUMMARY}\nWe map tides.\n\nQ5: {HURDLES}\nBoats.",
        f"**{SUMMARY}**\nWe map tides.\n**5) {HURDLES}** Boats.",
        f"{SUMMARY} We map tides.\n{HURDLES} Boats.",  # on the same line
        f"Q: {SUMMARY}\nA: We map tides.\n\nQ: {HURDLES}\nAnswer: Boats.",
        f"“{SUMMARY.rstrip('?')}”\nWe map tides.\n\n{HURDLES.replace('?', '').upper()}:\nBoats.",
        "Can you summarise your project in a few\nsentences?\nWe map tides.\nWhat are the\nmain hurdles? Boats.",
        "Could you summarise your project in a few sentences?\nWe map tides.\nWhat were the main hurdles?\nBoats.",
        "Summary\nWe map tides.\n\nHurdles\nBoats.",
        "**Summary:** We map tides.\n**Hurdles:** Boats.",
        "What are the hurdles?\nBoats.\nSummarise your project:\nWe map tides.",
        f"> {SUMMARY}\nWe map tides.\n> {HURDLES}\nBoats.",
        "> Can you summarise your project in a few\n> sentences?\n\nWe map tides.\n\n"
        f"> Please keep it short.\n> {HURDLES}\n\nBoats.\n\n> Many thanks\n> Tom",
        f">> {SUMMARY}\n> We map tides.\n>> {HURDLES}\n> Boats.",  # and passed on
        f"> {SUMMARY}\n> We map tides.\n> {HURDLES}\n> Boats.",
        f"{SUMMARY}\nWe map tides.\n{PROBLEM}\n{DIFFERENCE}\n{HURDLES}\nBoats.\n{CHANGE}",  # empty ones
        f"Hello,\n\n{SUMMARY}\nWe map tides.\n{HURDLES}\nBoats.\n\nKind regards,\nAda\n-- \nAda Vale, Tide Office",
        f"{SUMMARY}\nWe map tides.\n{HURDLES}\nBoats.\nSent from my iPhone",
        f"Mine in red.\n\nFrom: Tom\nSent: Monday\nTo: Ada\n\n{SUMMARY}\nWe map tides.\n{HURDLES}\nBoats.\n{CHANGE}",
        f"{SUMMARY}\nWe map tides.\n{HURDLES}\nBoats.\n\nOn Tue, 3 Feb 2026 at 10:00, Tom <t@a.example>\nwrote:\n"
        f"> {SUMMARY}\n> {HURDLES}\n> Please send it by Friday.",
        f"{SUMMARY}\nWe map tides.\n{HURDLES}\nBoats.\n-----Original Message-----\n{SUMMARY}\n{HURDLES}\nBy Friday.",
        f"{SUMMARY} (100 words)\nWe map tides.\nQuestion 5 - {HURDLES}\nBoats.",
    ],
)
def test_answers_are_found_in_any_shape(text):
    assert answers(text) == TWO


def test_answers_above_the_questions_are_told_apart_by_their_numbers():
    quoted = "\n".join(f"> {place}. {wording}" for place, wording in enumerate(QUESTIONS.values(), start=1))
    text = f"Hi,\n\n1. We map tides.\n2) None.\n3. Safer boats.\n\nBest\nAda\n\nOn Tue, Tom wrote:\n{quoted}"
    assert answers(text) == {"summary": "We map tides.", "problem": "None.", "difference": "Safer boats."}


def test_as_many_paragraphs_as_questions_are_suggested_in_order():
    reply = split("\n\n".join(f"Paragraph {n} about tides." for n in range(6)), ASKED)
    assert [(loose.where, loose.about) for loose in reply.loose] == [(Where.BEFORE, key) for key in SLUGS]


@pytest.mark.parametrize(
    "joined",
    [
        f"{PROBLEM[:-1]} and {DIFFERENCE[0].lower()}{DIFFERENCE[1:]}",
        f"{PROBLEM} {DIFFERENCE}",
        "What's the problem, and what difference will it make?",
    ],
)
def test_two_questions_in_one_line_share_the_answer(joined):
    reply = split(f"{joined}\nBoth at once.\n{HURDLES}\nBoats.", ASKED)
    assert (reply.found[2].text, reply.found[3].text, reply.found[3].answered_with) == ("Both at once.", "", 2)


def test_shortened_question_is_only_a_guess():
    assert answers("What would you change?\nThe moon.") == {"change": "The moon."}
    text = f"What would you change?\nAsked myself so.\n\n{CHANGE}\nThe moon."
    reply = split(text, ASKED)
    assert reply.found[6].text == "The moon."
    assert [loose.text for loose in reply.loose] == ["What would you change?\nAsked myself so."]


def test_question_asked_in_an_answer_is_part_of_it():
    text = f"{PROBLEM}\nWhat is a tide? Nobody asks.\nWho knows?\n\nWhat we need is data.\n{HURDLES}\nBoats."
    assert answers(text)["problem"].startswith("What is a tide? Nobody asks.\nWho knows?")


def test_second_answer_is_kept_apart_with_its_question():
    reply = split(f"{SUMMARY}\nWe map tides.\n{SUMMARY}\nOr waves.", ASKED)
    assert reply.found[1].text == "We map tides."
    assert [(loose.where, loose.text, loose.about) for loose in reply.loose] == [(Where.SECOND, "Or waves.", 1)]


def test_what_stands_around_the_answers_is_named():
    text = f"Hi Tom,\nOur title is Tides.\n{SUMMARY}\nWe map tides.\nBest wishes,\nAda\nFrom: Tom\nTo: Ada\n{HURDLES}"
    found = [(loose.where, loose.text) for loose in split(text, ASKED).loose]
    assert found == [
        (Where.GREETING, "Hi Tom,"),
        (Where.BEFORE, "Our title is Tides."),
        (Where.AFTER, "Best wishes,\nAda"),
        (Where.EARLIER, f"From: Tom\nTo: Ada\n{HURDLES}"),
    ]


def test_lines_that_the_site_wrote_are_no_answer():
    ours = ["Say it in plain words, for somebody who has never heard of it.", "Tides", "Draft"]
    text = f"Tides\n{SUMMARY}\n_Say it in plain words, for somebody who has\nnever heard of it._\nWe map.\nDraft"
    reply = split(text, ASKED, ours=ours)
    assert (reply.found[1].text, len(reply.ours), reply.loose) == ("We map.", 4, [])


def test_lines_that_a_mail_program_broke_are_joined_again():
    text = (
        f"{SUMMARY}\nWe map the tides of every harbour in the country, four times a day and\n"
        "for a year ahead, so that whoever goes out in a small boat knows what the\n"
        "water does.\n\nAnd there is more of this, which is said in a second paragraph that goes\non.\n- one\n- two"
    )
    assert answers(text)["summary"].split("\n") == [
        "We map the tides of every harbour in the country, four times a day and for a year ahead, so that whoever goes "
        "out in a small boat knows what the water does.",
        "",
        "And there is more of this, which is said in a second paragraph that goes on.",
        "- one",
        "- two",
    ]


def test_long_lines_are_paragraphs():
    one, two = f"{'A tide is a tide. ' * 8}".strip(), f"{'A boat is a boat. ' * 8}".strip()
    assert answers(f"{SUMMARY}\n{one}\n{two}")["summary"] == f"{one}\n\n{two}"


@pytest.mark.needs_shared
def test_each_talk_of_a_real_write_up_comes_apart(real_write_up):
    text = real_write_up.read_text("utf-8")
    starts = [at for at in range(len(text)) if text.startswith(SUMMARY, at)]
    ends = [*starts[1:], len(text)]
    for start, end in zip(starts, ends, strict=True):
        reply = split(text[start:end], ASKED)
        assert reply.answered == sum(wording in text[start:end] for wording in QUESTIONS.values())
        assert words_of(reply) == words_in(tidy_text(text[start:end]))


PIECES = [
    *QUESTIONS.values(),
    *(f"> {wording}" for wording in QUESTIONS.values()),
    *(f"**{number}. {wording}** and so on" for number, wording in enumerate(QUESTIONS.values())),
    "What would you change?",
    "Hurdles",
    "Hurdles: boats",
    "Can you summarise your project in a few",
    "sentences? We map",
    "From: Tom",
    "Sent: Monday",
    "On Tuesday, Tom wrote:",
    "-----Original Message-----",
    "-- ",
    "Best wishes,",
    "Hi Tom,",
    "> quoted words",
    ">> deeper",
    "1. first",
    "2. second",
    "3) third",
    "A: an answer",
    "",
    "- item",
    "It is a **bold** [link](https://a.example/)",
    "A long line that a mail program has broken in the middle of what it",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=25))
def test_every_word_is_in_exactly_one_place(lines):
    text = "\n".join(lines)
    assert words_of(split(text, ASKED)) == words_in(tidy_text(text))
    assert words_of(split(text, ASKED, is_typed=False)) == words_in(tidy_text(text))


@given(st.text(max_size=300))
def test_any_text_gives_a_reply(text):
    assert words_of(split(text, ASKED, ours=[text[:50]])) == words_in(tidy_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "x\n" * 100_000,
        f"{SUMMARY}\n" * 3_500,
        "From: a\nTo: b\n" * 14_000,
        f"From: a\nTo: b\n{SUMMARY}\nx\n" * 2_800,
        "What is it? " * 16_000,
        "**a " * 50_000,
        ">" * 200_000,
        f"{' '.join(QUESTIONS.values())} " * 700,
    ],
    ids=["lines", "questions", "headers", "both", "one line", "marks", "quotes", "all in one"],
)
def test_largest_reply_takes_no_time(text):
    begun = time.process_time()
    split(text[:200_000], ASKED)
    assert time.process_time() - begun < 4
