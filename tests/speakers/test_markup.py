"""Plain text with a few marks to rich text and back, without a loss and without anything that runs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speakers.markup import links_into_the_site, tidy_text, to_html, to_text, word_count

PAIRS = [
    ("", ""),
    ("One\ntwo\n\nthree", "<p>One<br/>two</p><p>three</p>"),
    ("A **bold** _word_", "<p>A <b>bold</b> <i>word</i></p>"),
    ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
    ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
    ("[this](https://a.example/x_y) and", '<p><a href="https://a.example/x_y">this</a> and</p>'),
    ("https://a.example/x.", '<p><a href="https://a.example/x">https://a.example/x</a>.</p>'),
    (r"2 \*\* 3 \_x\_ \[a\](b) snake_case", "<p>2 ** 3 _x_ [a](b) snake_case</p>"),
    ("\\- no item", "<p>- no item</p>"),
    ("a < b & c", "<p>a &lt; b &amp; c</p>"),
]


@pytest.mark.parametrize(("text", "html"), PAIRS)
def test_text_and_rich_text_are_each_others(text, html):
    assert (to_html(text), to_text(html)) == (html, text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><b>a<br/> b </b>c</p>", "**a**\n**b** c"),
        ("<p>x<b></b>y</p>", "xy"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "x"),
        ("<h2>Head</h2><blockquote>Said</blockquote>", "Head\n\nSaid"),
    ],
)
def test_rich_text_that_was_never_ours_keeps_its_words(html, text):
    assert to_text(html) == text


def test_link_into_the_site_is_kept_only_where_it_was():
    html = '<p>See <a linktype="page" id="2">it</a></p>'
    text = to_text(html)
    assert (text, links_into_the_site(html)) == ("See [it](page:2)", {"page:2"})
    assert (to_html(text, keep={"page:2"}), to_html(text)) == (html, "<p>See it</p>")


@given(st.text(alphabet="ab *_-[]()\\\n<>&\"'1.)hps:/é", max_size=60))
def test_what_is_kept_is_shown_and_kept_again_the_same(text):
    once = to_text(to_html(text))
    assert to_text(to_html(once)) == once


@given(st.text(max_size=80))
def test_nothing_gets_through_but_the_tags_of_an_answer(text):
    html = to_html(text)
    assert set(re.findall(r"</?([^\s>/]+)", html)) <= {"p", "br", "b", "i", "a", "ul", "ol", "li"}
    assert re.findall(r"<a (?!href=\"(?:https?://|mailto:)[^\"]*\">)", html) == []


def test_long_runs_of_marks_take_no_time():
    assert len(to_html("**a " * 5000)) > 5000
    assert tidy_text("a\r\n\r\n\r\n\r\nb \x00") == "a\n\nb"
    assert word_count("One **two** [three](https://a.example/) - 4") == 4
