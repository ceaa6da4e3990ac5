"""The questions as a Word file: what stands in it, and that it comes back without a loss."""

import re
from io import BytesIO

import pytest
import time_machine
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from speakers.exports import question_sheet
from speakers.importers.replies import split
from speakers.importers.word import read_word
from speakers.markup import to_html, to_text
from speakers.models import StandardQuestion
from speakers.paper import BRING_BACK, DRAFT, LEAVE, OnPaper, Paper
from tests.factories import QUESTIONS, START, make_event
from tests.speakers.importers.shapes import ASKED
from tests.speakers.portal.forms import answer, answered, at, make_account, make_my_talk, press
from tests.speakers.portal.test_reply import fill, form_of, read, upload

TEXTS = {
    "summary": "It **maps** [tides](https://a.example/x_(y)?a=1&b=2).\nSecond line\n\n- one **b**\n- two _i_\n\nAfter",
    "problem": "1. a\n2. b\n\nmid\n\n1. c\n2. d",
    "difference": "[Write to us](mailto:a@a.example) about https://a.example/x.",
    "success": r"2 \*\* 3 \[a\](b) & <b>no tag</b> “quoted” – *one star*",
    "hurdles": "\\- no item\n\n1\\. no number",
}


@pytest.fixture
def ada(db):
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    StandardQuestion.objects.update(guidance="Two or three sentences.\nSay it in plain words, not in your own jargon.")
    return make_my_talk(ada[1], event=make_event(number=60))


def sheet(client, talk):
    with time_machine.travel(START.replace(day=1), tick=False):
        response = client.get(at("questions", talk))
    assert response["Content-Disposition"] == 'attachment; filename="tides-questions.docx"'
    return b"".join(response) if response.streaming else response.content


def test_sheet_says_what_and_by_when_and_nothing_of_its_maker(ada, talk):
    document = Document(BytesIO(sheet(ada[0], talk)))
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[:6] == [
        "Tides",
        "Ada Vale",
        "Data Bites 60, Wednesday 26 November 2025",
        f"Please finish by {lines[3].removeprefix('Please finish by ')}",
        LEAVE,
        BRING_BACK,
    ]
    assert re.fullmatch(r"Please finish by \w+day \d+ November 2025\.", lines[3])
    assert [line for line in lines if line in QUESTIONS.values()] == list(QUESTIONS.values())
    assert document.sections[0].header.paragraphs[0].text == DRAFT
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments, about.title) == ("", "", "", "Tides")


def test_sheet_comes_back_without_a_loss(ada, talk):
    press(ada[0], talk, changes={answer(talk, slug): words for slug, words in TEXTS.items()})
    before = answered(talk)
    assert set(before) == set(TEXTS)
    page = read(ada[0], talk, file=upload(sheet(ada[0], talk)))
    found = form_of(page)
    assert {slug: found[f"found-{answer(talk, slug)}"] for slug in TEXTS} == {
        slug: to_text(html) for slug, html in before.items()
    }
    assert [name for name in found if name.startswith("loose-")] == []
    fill(ada[0], talk, page)
    assert answered(talk) == before


def test_sheet_filled_in_word_fills_the_draft(ada, talk):
    document = Document(BytesIO(sheet(ada[0], talk)))
    for paragraph in document.paragraphs:
        if paragraph.text == QUESTIONS["hurdles"]:
            following = paragraph._p.getnext().getnext().getnext()
            next(p for p in document.paragraphs if p._p is following).add_run("Boats").bold = True
    out = BytesIO()
    document.save(out)
    fill(ada[0], talk, read(ada[0], talk, file=upload(out.getvalue())))
    assert answered(talk) == {"hurdles": "<p><b>Boats</b></p>"}


MARKED = st.text(alphabet="ab *_-[]()\\\n<>&\"'1.hps:/é", max_size=50)


@settings(max_examples=25)
@given(st.lists(MARKED, min_size=6, max_size=6))
def test_any_answers_come_back_as_they_were(texts):
    texts = [to_text(to_html(text)) for text in texts]
    paper = Paper("Tides", ["Ada Vale"], [OnPaper(q, "", t) for q, t in zip(QUESTIONS.values(), texts, strict=True)])
    back = read_word(question_sheet(paper, at=START))
    found = split(back, ASKED, ours=["Tides", "Ada Vale", LEAVE, BRING_BACK], is_typed=False).found.values()
    assert ["".join(f.text.split()) for f in found] == ["".join(text.split()) for text in texts]
