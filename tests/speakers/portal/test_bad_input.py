"""What can't be kept is refused early, in words, with everything else kept."""

import re

import pytest

from speakers.portal import doors
from tests.speakers.portal.forms import (
    JSON,
    answer,
    answered,
    at,
    autosave,
    draft,
    make_account,
    make_my_talk,
    opened,
    press,
    texts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1])


def test_over_long_words_are_shown_again_and_the_rest_is_saved(ada, talk):
    page = press(ada[0], talk, changes={"proposed_title": "x" * 256, answer(talk): "Kept"})
    assert texts(page, ".wrong") == [
        "This has 256 characters, and 255 is the most we can keep here. Shorten it, and it is saved."
    ]
    assert "x" * 256 in page.content.decode()
    assert (draft(talk).proposed_title, answered(talk)) == ("", {"summary": "<p>Kept</p>"})


def test_autosave_says_which_field_was_refused(ada, talk):
    form = opened(ada[0], talk)
    told = autosave(ada[0], talk, form, **{answer(talk): "x" * 20_001, "teaser": "Kept"}).json()
    assert told["errors"] == {
        answer(
            talk
        ): "This has 20,001 characters, and 20,000 is the most we can keep here. Shorten it, and it is saved."
    }
    assert (answered(talk), draft(talk).teaser) == ({}, "Kept")


def test_script_is_words(ada, talk):
    attack = "<script>alert(1)</script> <img src=x> [x](javascript:alert(1)) **b**"
    press(ada[0], talk, changes={answer(talk): attack, "proposed_title": "<script>alert(1)</script>"})
    assert answered(talk)["summary"] == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x&gt; [x](javascript:alert(1)) <b>b</b></p>"
    )
    for page in (ada[0].get(at("talk", talk)), ada[0].get(at("preview", talk))):
        assert b"<script>alert" not in page.content
        assert b"<img src=x" not in page.content


def test_control_characters_are_dropped(ada, talk):
    press(ada[0], talk, changes={answer(talk): "a\x00b\x07c", "teaser": "\x00"})
    assert (answered(talk), draft(talk).teaser) == ({"summary": "<p>abc</p>"}, "")


def test_ten_thousand_links_are_refused_in_words(ada, talk):
    many = {f"links-{n}-url": f"https://a.example/{n}" for n in range(9000)}
    page = press(ada[0], talk, changes={**many, answer(talk): "Kept"})
    assert texts(page, "#links > .wrong") == [
        "These are 9,000, and 40 is the most we can show. Choose the best of them."
    ]
    assert (draft(talk).links.count(), answered(talk)) == (0, {"summary": "<p>Kept</p>"})


@pytest.mark.parametrize("script", [True, False])
def test_more_than_a_form_can_hold_is_413_in_words(ada, talk, script):
    page = ada[0].post(
        at("autosave" if script else "talk", talk),
        "teaser=" + "x" * (doors.LARGEST_WORDS + 1),
        content_type="application/x-www-form-urlencoded",
        headers=JSON if script else {},
    )
    assert page.status_code == 413
    assert page.json()["words"] == doors.TOO_LARGE if script else texts(page, ".lede") == [doors.TOO_LARGE]


def test_more_fields_than_a_form_has_is_413(ada, talk, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    assert press(ada[0], talk, data=opened(ada[0], talk)).status_code == 413


def test_half_a_date_is_told_beside_it_and_the_row_is_shown_again(ada, talk):
    row = {"asks-0-text": "Tell us", "asks-0-closes_on": "next week"}
    page = press(ada[0], talk, changes=row)
    assert texts(page, ".wrong") == ["“next week” is no date we can read. Write it like 2026-02-04."]
    assert opened_value(page, "asks-0-text") == "Tell us"
    press(ada[0], talk, changes={**row, "asks-0-closes_on": "2026-02-04"})
    assert [(ask.text, str(ask.closes_on)) for ask in draft(talk).asks.all()] == [("Tell us", "2026-02-04")]


def opened_value(page, name):
    from bs4 import BeautifulSoup

    return BeautifulSoup(page.content, "html.parser").select_one(f"[name={name}]")["value"]


def test_choice_that_is_none_is_refused(ada, talk):
    missing = answer(talk).replace("answer", "missing")
    page = press(ada[0], talk, changes={missing: "whatever"})
    assert texts(page, ".wrong") == ["Choose one of the answers that are offered."]


def test_fields_that_are_not_mine_are_left_alone(ada):
    ben, me = make_account("Ben Wick")
    talk = make_my_talk(ada[1], me)
    press(ben, talk, changes={answer(talk).replace("answer", "mode").removesuffix("-joint"): "each"})
    mine = answer(talk, key=ada[1].pk)
    press(ben, talk, changes={mine: "Words in Ada’s mouth", "set_aside": "x", "live": "1"})
    assert answered(talk) == {}
    press(ada[0], talk, changes={mine: "Ada’s own"})
    assert answered(talk) == {"summary": "<p>Ada’s own</p>"}
    assert "Ada’s own" in ben.get(at("talk", talk)).content.decode()


@pytest.mark.parametrize("junk", ["x", ":", "a:b:c d", "answer-1-joint:", "links:\x00"])
def test_junk_in_the_hidden_fields_is_no_fault_of_the_site(ada, talk, junk):
    form = opened(ada[0], talk)
    form["base"] = form["revision"] = form["page"] = junk
    form["settles"], form["choice:links"], form["mine:links"] = "links", "mine", junk
    assert press(ada[0], talk, data=form, do=junk).status_code in (200, 302)


def test_rows_are_added_and_removed_without_a_script(ada, talk):
    page = press(ada[0], talk, "add:links", changes={answer(talk): "Kept"}, follow=True)
    assert re.fullmatch(rf"{at('talk', talk)}\?more=links&had=[0-9a-f]+#links", page.redirect_chain[-1][0])
    assert (len(texts(page, "#links .row")), answered(talk)) == (1, {"summary": "<p>Kept</p>"})
    rows = {
        "links-0-label": "A",
        "links-0-url": "https://a.example/",
        "links-1-label": "B",
        "links-1-url": "https://b.example/",
    }
    press(ada[0], talk, changes=rows)
    press(ada[0], talk, "remove:links:0")
    assert [link.label for link in draft(talk).links.all()] == ["B"]
