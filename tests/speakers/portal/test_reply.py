"""The whole reply, pasted or as a file: split, shown, and into the draft. No word of it is lost on the way."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from speakers.actions import hand_over
from speakers.enums import AnswerMode, Baton
from speakers.models import KeptText
from tests.factories import QUESTIONS, START
from tests.speakers.portal.forms import (
    answer,
    answered,
    at,
    draft,
    make_account,
    make_my_talk,
    opened,
    press,
    texts,
)

pytestmark = pytest.mark.django_db
SUMMARY, PROBLEM, HURDLES = QUESTIONS["summary"], QUESTIONS["problem"], QUESTIONS["hurdles"]
MAIL = f"""Hi Tom,

Our title is Tides for all.

1. {SUMMARY}
We map **tides**.

2. {PROBLEM.rstrip("?").upper()}
Nobody knows them.

Best wishes,
Ada

From: Tom
Sent: Monday
Subject: Data Bites
{HURDLES}
"""


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def ben():
    return make_account("Ben Wick")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1])


def read(client, talk, text="", file=None, **options):
    data = {"reply": text, "do": "read"} | ({"file": file} if file else {})
    return client.post(at("reply", talk), data, **options)


def form_of(page, **changes):
    """What the page's form sends: as a browser would, with what somebody changed."""
    form = BeautifulSoup(page.content, "html.parser").select("form")[-1]
    data = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    data |= {area["name"]: area.get_text().removeprefix("\n") for area in form.select("textarea")}
    data |= {radio["name"]: radio["value"] for radio in form.select("input[type=radio][checked]")}
    for select in form.select("select"):
        data[select["name"]] = (select.select_one("[selected]") or select.option)["value"]
    return data | changes


def fill(client, talk, page, **changes):
    options = {"follow": changes.pop("follow", True)}
    return client.post(at("reply", talk), form_of(page, **changes) | {"do": "fill"}, **options)


def upload(content, name="reply.docx"):
    return SimpleUploadedFile(name, content)


def word(*paragraphs):
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_pasted_mail_is_shown_by_question_and_fills_the_draft(ada, talk):
    page = read(ada[0], talk, MAIL)
    found = form_of(page)
    assert found[f"found-{answer(talk)}"] == "We map **tides**."
    assert found[f"found-{answer(talk, 'hurdles')}"] == ""
    assert answered(talk) == {}  # nothing changes before they say so
    page = fill(ada[0], talk, page)
    assert page.redirect_chain == [(f"{at('talk', talk)}#kept", 302)]
    assert answered(talk) == {"summary": "<p>We map <b>tides</b>.</p>", "problem": "<p>Nobody knows them.</p>"}
    assert texts(page, "[role=status] .note") == [
        "Your draft has two answers from your reply now. What has no place in the form is kept for you below."
    ]


def test_what_has_no_place_is_kept_beside_the_draft_or_put_where_they_say(ada, talk):
    page = read(ada[0], talk, MAIL)
    assert texts(page, "#loose-heading ~ .field label:first-child") == [
        "A greeting",
        "Above the first question",
        "After your answers",
        "An earlier mail below yours",
    ]
    fill(ada[0], talk, page)
    assert [(kept.text, kept.because) for kept in KeptText.objects.all()] == [("Our title is Tides for all.", "reply")]
    page = read(ada[0], talk, MAIL)
    fill(ada[0], talk, page, **{"to-1": answer(talk, "hurdles")})
    assert answered(talk)["hurdles"] == "<p>Our title is Tides for all.</p>"


def test_second_reply_keeps_one_row_for_each_page_and_loses_none(ada, talk):
    for words in ("One thing", "Another thing"):
        fill(ada[0], talk, read(ada[0], talk, f"{words}\n\n{SUMMARY}\nWe map tides."))
    assert sorted(KeptText.objects.values_list("text", flat=True)) == ["Another thing", "One thing"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", "<p>Mine</p>"),
        ("new", "<p>We map <b>tides</b>.</p>"),
        ("both", "<p>Mine</p><p>We map <b>tides</b>.</p>"),
    ],
)
def test_words_that_are_there_already_are_shown_beside_the_new_ones(ada, talk, choice, expected):
    press(ada[0], talk, changes={answer(talk): "Mine"})
    page = read(ada[0], talk, MAIL)
    assert texts(page, ".version__text") == ["Mine"]
    assert form_of(page)[f"choice-{answer(talk)}"] == "both"
    fill(ada[0], talk, page, **{f"choice-{answer(talk)}": choice})
    assert answered(talk)["summary"] == expected


def test_same_words_are_no_choice_and_no_change(ada, talk):
    press(ada[0], talk, changes={answer(talk): "We map **tides**."})
    page = read(ada[0], talk, f"{SUMMARY}\nWe map **tides**.")
    assert texts(page, ".version__text") == []
    page = fill(ada[0], talk, page)
    assert texts(page, "[role=status] .note") == ["Nothing in your draft changed."]


def test_each_for_themselves_fills_ones_own_answer(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    press(ben[0], talk, changes={answer(talk).replace("answer", "mode").removesuffix("-joint"): AnswerMode.EACH})
    fill(ben[0], talk, read(ben[0], talk, MAIL))
    rows = {(row.question.slug, row.speaker): row.text for row in draft(talk).answers.all() if row.text}
    assert rows == {
        ("summary", ben[1]): "<p>We map <b>tides</b>.</p>",
        ("problem", None): "<p>Nobody knows them.</p>",
    }


def test_somebody_elses_change_meanwhile_is_a_clash_with_both_texts(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    page = read(ada[0], talk, MAIL)
    press(ben[0], talk, changes={answer(talk): "Ben’s"})
    page = fill(ada[0], talk, page)
    assert texts(page, ".version__text") == ["We map **tides**.", "Ben’s"]
    assert answered(talk) == {"summary": "<p>Ben’s</p>", "problem": "<p>Nobody knows them.</p>"}
    assert set(KeptText.objects.values_list("text", flat=True)) == {"We map **tides**.", "Our title is Tides for all."}


def test_words_are_kept_where_the_organisers_took_it_back(ada, talk):
    page = read(ada[0], talk, MAIL)
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    page = fill(ada[0], talk, page)
    assert "We map **tides**." in texts(page, "#kept textarea")
    assert answered(talk) == {}
    assert ada[0].get(at("reply", talk)).status_code == 302
    page = read(ada[0], talk, "Pasted in vain", follow=True)
    assert "Pasted in vain" in texts(page, "#kept textarea")


def test_reply_of_somebody_signed_out_is_shown_to_send_again(ada, talk):
    page = read(Client(), talk, MAIL)
    assert page.status_code == 401
    page = ada[0].post(at("reply", talk), form_of(page))
    assert form_of(page)[f"found-{answer(talk)}"] == "We map **tides**."
    late = fill(Client(), talk, page, follow=False)
    assert (late.status_code, answered(talk)) == (401, {})
    ada[0].post(at("reply", talk), form_of(late))
    assert answered(talk)["summary"] == "<p>We map <b>tides</b>.</p>"


def test_over_long_answer_is_refused_beside_it_and_the_rest_is_in_the_draft(ada, talk):
    page = read(ada[0], talk, f"{SUMMARY}\n{'word ' * 4100}\n{PROBLEM}\nKept")
    page = fill(ada[0], talk, page)
    assert page.status_code == 400
    assert [words.split(" characters")[0] for words in texts(page, ".wrong")] == ["This has 20,499"]
    assert answered(talk) == {"problem": "<p>Kept</p>"}
    fill(ada[0], talk, page, **{f"found-{answer(talk)}": "Shorter"})
    assert answered(talk)["summary"] == "<p>Shorter</p>"


def test_over_long_answer_beside_a_clash_is_kept(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    page = read(ada[0], talk, f"{SUMMARY}\n{'word ' * 4100}\n{PROBLEM}\nAda’s")
    press(ben[0], talk, changes={answer(talk, "problem"): "Ben’s"})
    fill(ada[0], talk, page)
    assert sorted(len(text) for text in KeptText.objects.values_list("text", flat=True)) == [5, 20_499]


def test_field_that_is_no_answer_is_never_written(ada, talk):
    page = read(ada[0], talk, MAIL)
    fill(ada[0], talk, page, **{"found-proposed_title": "x", "found-answer-0-joint": "Odd words", "to-0": "live"})
    assert draft(talk).proposed_title == ""
    assert {"x", "Odd words", "Hi Tom,"} <= set(KeptText.objects.values_list("text", flat=True))


def test_word_file_is_read_and_text_beside_it_too(ada, talk):
    page = read(ada[0], talk, "Dear all,", upload(word(SUMMARY, "We map tides.", PROBLEM, "None")))
    fill(ada[0], talk, page)
    assert answered(talk) == {"summary": "<p>We map tides.</p>", "problem": "<p>None</p>"}


ODD = BytesIO()
with ZipFile(ODD, "w") as archive:
    archive.writestr("a.txt", "x")


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "This is an old Word file"),
        (b"%PDF-1.4 x", "This is a PDF"),
        (b"{\\rtf1 x}", "This is a rich text file"),
        (b"\x00\x01\x02" * 50, "This is no text"),
        (b" \n", "This file is empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "This file has 10.0 MB"),
        (ODD.getvalue(), "This is no Word file, whatever its name says"),
        (word("x")[:900], "This Word file is damaged"),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_words_and_the_text_stays(ada, talk, content, begins):
    page = read(ada[0], talk, "Typed before", upload(content))
    assert page.status_code == 400
    assert texts(page, "#error-file")[0].startswith(begins)
    assert form_of(page)["reply"] == "Typed before"


def test_nothing_and_far_too_much_are_refused_in_words(ada, talk):
    assert texts(read(ada[0], talk, "  "), "#error-reply") == ["Paste your reply here, or choose a file."]
    page = read(ada[0], talk, "x" * 200_001)
    assert texts(page, "#error-reply")[0].startswith("This is far more than six answers: 200,001 characters")
    assert len(form_of(page)["reply"]) == 200_001


def test_my_talk_leads_there_with_what_was_typed_and_only_while_it_is_theirs(ada, talk):
    page = ada[0].get(at("talk", talk))
    links = [a["href"] for a in BeautifulSoup(page.content, "html.parser").select("#answers a")]
    assert (links[0], texts(page, "#answers [value=reply]")) == (at("questions", talk), ["Paste your whole reply"])
    response = press(ada[0], talk, "reply", changes={answer(talk): "Typed"})
    assert (response["Location"], answered(talk)) == (at("reply", talk), {"summary": "<p>Typed</p>"})
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=START.replace(hour=19))
    assert "Paste your whole reply" not in ada[0].get(at("talk", talk)).content.decode()


def test_page_says_where_to_send_a_file_that_cannot_be_uploaded(ada, talk):
    from pages.models import SiteSettings

    assert "Can’t upload here? Send it to hello@example.org ." in texts(ada[0].get(at("reply", talk)), "form .hint")
    settings = SiteSettings.objects.first()
    settings.contact_email = "us@example.org"
    settings.save()
    assert "Can’t upload here? Send it to us@example.org ." in texts(ada[0].get(at("reply", talk)), "form .hint")


def test_reply_page_shows_script_as_words(ada, talk):
    page = read(ada[0], talk, f"<script>alert(1)</script>\n{SUMMARY}\n</textarea><script>alert(2)</script>")
    assert b"<script>alert" not in page.content
    assert form_of(page)[f"found-{answer(talk)}"] == "</textarea><script>alert(2)</script>"


def test_opened_form_elsewhere_meets_the_reply_as_any_other_save(ada, talk):
    before = opened(ada[0], talk)
    fill(ada[0], talk, read(ada[0], talk, MAIL))
    page = press(ada[0], talk, data=before, changes={answer(talk): "In another window"})
    assert texts(page, ".version__text") == ["In another window", "We map **tides**."]
