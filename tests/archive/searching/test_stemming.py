"""Words that belong together have one stem, and others don't; by our own rules, so both databases agree on each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.searching.stemming import stem
from archive.searching.words import fold, folded, words_of

TOGETHER = [
    "standardise standardised standardising standardises standardisation standardize standardization standardizing",
    "organise organisation organisations organization organized",
    "analyse analysed analysing analysis analyses analyze analyzing",
    "data datum",
    "statistic statistics statistical",
    "policy policies",
    "agency agencies",
    "census censuses",
    "service services serviced",
    "publish published publishing publishes publisher",
    "behaviour behaviours behavior",
    "centre centres centred center",
    "programme programmes program programs",
    "run runs running",
    "share shares shared sharing",
    "person people persons",
    "open opens opened opening openness",
    "bias biases biased",
    "atlas atlases",
    "gas gases",
    "crisis crises",
    "digitise digitised digitisation digitize",
]
APART = ["census consensus", "standard standardise", "statistics status", "policy police", "universe census"]


@pytest.mark.parametrize("words", TOGETHER)
def test_words_of_a_family_have_one_stem(words):
    assert {stem(word): word for word in words.split()}.keys() == {stem(words.split()[0])}


@pytest.mark.parametrize("words", APART)
def test_other_words_have_another(words):
    assert len({stem(word) for word in words.split()}) == 2


# Examples of the paper, where its rules and ours are the same.
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("feed", "feed"), ("plastered", "plaster"),
        ("motoring", "motor"), ("conflated", "conflat"), ("hopping", "hop"), ("falling", "fall"), ("filing", "file"),
        ("happy", "happi"), ("sky", "sky"), ("relational", "relat"), ("conditional", "condit"), ("rational", "ration"),
        ("operator", "oper"), ("decisiveness", "decis"), ("hopefulness", "hope"), ("formative", "form"),
        ("electrical", "electr"), ("goodness", "good"), ("allowance", "allow"), ("replacement", "replac"),
        ("adoption", "adopt"), ("probate", "probat"), ("rate", "rate"), ("cease", "ceas"), ("controll", "control"),
    ],
)  # fmt: skip
def test_rules_are_those_of_the_paper(word, expected):
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("StatsWales", ["statswales"]),
        ("the board’s maps, the boards' maps", ["the", "board", "maps", "the", "boards", "maps"]),
        ("Ynys Môn; Zoë", ["ynys", "mon", "zoe"]),
        ("e-mail", ["e", "mail"]),
        ("don't", ["dont"]),
        ("1,400 answers in 2026", ["1", "400", "answers", "in", "2026"]),
        ("ﬁnd ½ Straße", ["find", "12", "strasse"]),
        ("Привет 日本 مرحبا", ["привет", "日本", "مرحبا"]),
        ("🎉 \x00 \ud800 '' — __", []),
    ],
)
def test_text_is_folded_into_words(text, expected):
    assert folded(text) == expected


@given(st.text())
def test_any_text_has_words_of_letters_and_digits_where_it_says(text):
    for word in words_of(text):
        assert fold(text[word.start : word.end]) == word.folded
        assert word.stem
        assert all(letter.isalnum() for letter in word.stem)
