"""What a reader typed, as it is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.searching.query import MOST_WORDS, parse


def one(word):
    return ((word,),)


@pytest.mark.parametrize(
    ("text", "all_of", "none_of"),
    [
        ("", (), ()),
        ("rivers", (one("river"),), ()),
        ("open data", (one("open"), one("data")), ()),
        ('"open data"', ((("open", "data"),),), ()),
        ("“open data” portal", ((("open", "data"),), one("portal")), ()),
        ('"open data', ((("open", "data"),),), ()),
        ("rivers OR lakes", ((("river",), ("lake",)),), ()),
        ("a OR rivers OR lakes maps", ((("river",), ("lake",)), one("map")), ()),
        ("rivers or lakes", (one("river"), one("lake")), ()),
        ("OR rivers OR", (one("river"),), ()),
        ("OR", (), ()),
        ("census -scotland", (one("census"),), (("scotland",),)),
        ('census -"open data"', (one("census"),), (("open", "data"),)),
        ("-census", (), (("census",),)),
        ("e-mail", ((("e", "mail"),),), ()),
        ("what would you change", (one("chang"),), ()),
        ("who are you", (one("who"), one("ar"), one("you")), ()),
        ('"who are you"', ((("who", "ar", "you"),),), ()),
        ("title:x NEAR(a b) ^c d* (e", (
            (("titl", "x"),), (("near", "a"),), one("b"), one("c"), one("d"), one("e"),
        ), ()),
        ("'; DROP TABLE archive_passage; --", (one("drop"), one("tabl"), (("archiv", "passag"),)), ()),
    ],
)  # fmt: skip
def test_text_is_understood(text, all_of, none_of):
    query = parse(text)
    assert (query.all_of, query.none_of, bool(query)) == (all_of, none_of, bool(all_of))


def test_what_is_too_long_is_cut():
    assert (len(parse("census " * 2000).words), parse("census " * 2000).is_cut) == (MOST_WORDS, True)
    assert (parse("x" * 10_000).text, parse("x" * 10_000).is_cut) == ("x" * 200, True)
    assert parse("census rivers").is_cut is False


@given(st.text())
def test_any_text_is_a_query_that_can_be_shown(text):
    query = parse(text)
    assert query.text.isprintable()
    assert query.text == " ".join(query.text.split())
    assert all(phrase and all(phrase) for choices in query.all_of for phrase in choices)
    assert parse(query.text).all_of == query.all_of
