"""Under which terms the words may be used again: chosen by a speaker, the series' own otherwise, told to readers."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from pages.cache import bump
from speakers.actions import give_consent, hand_over, release
from speakers.enums import Baton, ConsentTo, ReuseTerms
from speakers.models import Contribution, TermsChoice
from tests.admin import sign_in
from tests.factories import START, give, make_event, make_series, make_speaker, make_talk
from tests.remembering import remembered
from tests.speakers.portal.forms import answer, at, make_account, make_my_talk, press, texts

pytestmark = pytest.mark.django_db
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
RESERVED = "All rights reserved (read and quote only)"


@pytest.fixture(autouse=True)
def empty_cache():
    bump()


@pytest.fixture
def ada():
    return make_account("Ada Vale")


def choose(browser, talk, terms):
    return press(browser, talk, f"terms:{terms}", follow=True)


def published(talk):
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=timezone.now())
    release(contribution=talk.contribution)
    bump()


def told(address):
    soup = BeautifulSoup(Client().get(address).content, "html.parser")
    found = [line for line in soup.select("main .fine") if line.get_text().startswith("Terms of reuse")]
    return [(line.get_text(), *(link["href"] for link in line.select("a[rel=license]"))) for line in found]


def test_series_terms_hold_until_a_speaker_chooses_others(ada):
    talk = make_my_talk(ada[1], event=make_event(series=make_series(terms=ReuseTerms.OGL)))
    page = ada[0].get(at("talk", talk))
    assert texts(page, "#terms p")[0] == (
        "Open Government Licence v3.0 , as the series says where speakers choose nothing else."
    )
    assert talk.contribution.terms_now == "ogl-3.0"
    page = choose(ada[0], talk, "cc-by-4.0")
    today = f"{timezone.localdate():%-d %B %Y}"
    assert texts(page, "#terms p")[0] == f"Creative Commons Attribution 4.0 . Chosen by Ada Vale on {today}."
    assert (talk.contribution.terms_now, TermsChoice.objects.get().by) == ("cc-by-4.0", ada[1].user)
    assert [line.message for line in ModelLogEntry.objects.filter(action="speakers.choose_terms")] == [
        "Ada Vale chose the terms of reuse: Creative Commons Attribution 4.0"
    ]
    choose(ada[0], talk, "cc-by-4.0")
    assert TermsChoice.objects.count() == 1
    assert "At the moment that is: Open Government Licence v3.0." in texts(page, "#terms .consent p")[-2]
    choose(ada[0], talk, "")
    assert talk.contribution.terms_now == "ogl-3.0"


def test_choosing_saves_what_was_typed_and_knows_no_other_terms(ada):
    talk = make_my_talk(ada[1])
    page = press(ada[0], talk, "terms:mine", changes={"teaser": "Typed"}, follow=True)
    assert texts(page, "#field-teaser textarea") == ["Typed"]
    assert TermsChoice.objects.count() == 0
    assert texts(page, "#terms p")[0].startswith("Nobody has said yet.")


def test_one_choice_holds_for_all_speakers_and_says_whose_it_is(ada):
    ben = make_account("Ben Wick")
    talk = make_my_talk(ada[1], ben[1])
    choose(ada[0], talk, "reserved")
    page = ben[0].get(at("talk", talk))
    assert texts(page, "#terms p")[0].startswith(f"{RESERVED} . Chosen by Ada Vale on ")
    assert "One choice holds for all that is given to this talk, by all of you" in texts(page, "#terms .hint")[0]


def test_readers_are_told_on_the_talks_page_and_at_once_when_it_changes(ada, django_capture_on_commit_callbacks):
    talk = make_my_talk(ada[1], event=make_event(series=make_series(terms=ReuseTerms.OGL)))
    press(ada[0], talk, changes={answer(talk): "Words"})
    published(talk)
    # What may be used again is said where they agreed to its being published.
    assert told(talk.url) == []
    give_consent(contribution=talk.contribution, speaker=ada[1], what=ConsentTo.ANSWERS, wording="Yes.", at=START)
    bump()
    assert told(talk.url) == [("Terms of reuse: Open Government Licence v3.0", OGL)]
    assert told(talk.event.url) == []
    with django_capture_on_commit_callbacks(execute=True):
        ada[0].post(at("talk", talk), {"do": "terms:reserved"})
    assert told(talk.url) == [(f"Terms of reuse: {RESERVED}",)]
    assert told(talk.event.url) == [(f"Terms of reuse: {RESERVED}",)]


def test_nothing_is_told_where_nobody_said_anything_or_nothing_is_released(ada, settings):
    talk = make_my_talk(ada[1])
    press(ada[0], talk, changes={answer(talk): "Words"})
    choose(ada[0], talk, "cc0-1.0")
    assert told(talk.url) == []
    other = make_my_talk(ada[1], held=False, event=talk.event)
    give(other, {"summary": "Said"})
    assert told(other.url) == []
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "Commons", "https://commons.example/"
    bump()
    assert told(other.url) == [("Terms of reuse: Commons", "https://commons.example/")]


def test_preview_has_them_too(ada):
    talk = make_my_talk(ada[1])
    press(ada[0], talk, changes={answer(talk): "Words"})
    choose(ada[0], talk, "cc0-1.0")
    page = BeautifulSoup(ada[0].get(at("preview", talk)).content, "html.parser")
    assert [link.get_text() for link in page.select("a[rel=license]")] == ["Creative Commons Zero 1.0"]


def test_old_draft_brings_no_old_terms_back(ada):
    talk = make_my_talk(ada[1])
    choose(ada[0], talk, "cc0-1.0")
    press(ada[0], talk, changes={"teaser": "Old"})
    old = Contribution.objects.get().latest_revision
    choose(ada[0], talk, "reserved")
    old.as_object().save_revision().publish(skip_permission_checks=True)
    assert talk.contribution.terms_now == "reserved"


def test_what_may_be_given_away_is_one_rule_for_lists_and_for_one(ada):
    series = make_series(terms=ReuseTerms.RESERVED)
    event = make_event(series=series)
    reserved, opened, nothing = (make_talk(event=event, speakers=[ada[1]]).contribution for _ in range(3))
    other = make_talk(event=make_event(series=make_series(slug="other", title="Other"))).contribution
    choices = {opened: ReuseTerms.OGL, nothing: ""}
    for contribution, terms in choices.items():
        TermsChoice.objects.create(contribution=contribution, terms=terms, at=timezone.now())
    everything = [reserved, opened, nothing, other]
    assert [one.allows_reuse for one in everything] == [False, True, False, True]
    assert set(Contribution.objects.allowing_reuse()) == {opened, other}


@pytest.fixture
@remembered
def three_terms():
    """An answer under the series' terms, one under its speaker's own, one that is reserved."""
    series = make_series(terms=ReuseTerms.OGL)
    for number, (title, terms) in enumerate((("Open", ""), ("Own", "cc0-1.0"), ("Reserved", "reserved")), start=1):
        event = make_event(series=series, number=number)
        talk = make_my_talk(make_speaker(), held=False, event=event, title=title)
        if terms:
            TermsChoice.objects.create(contribution=talk.contribution, terms=terms, at=timezone.now())
        give(talk, {"change": f"canary {title}"})


def test_table_of_answers_has_the_terms_and_leaves_reserved_words_out(three_terms):
    text = b"".join(Client().get("/questions/change/answers.csv").streaming_content).decode()
    table = csv.DictReader(io.StringIO(text[1:]))
    cc0 = "Creative Commons Zero 1.0, https://creativecommons.org/publicdomain/zero/1.0/"
    assert [(row["talk"], row["status"], row["answer"], row["licence"]) for row in table] == [
        ("Reserved", "reserved", "", RESERVED),
        ("Own", "answered", "canary Own", cc0),
        ("Open", "answered", "canary Open", f"Open Government Licence v3.0, {OGL}"),
    ]


def test_json_of_answers_has_the_same(three_terms):
    found = json.loads(b"".join(Client().get("/questions/change/answers.json").streaming_content))["answers"]
    assert [(row["status"], row["answer_html"], row["licence"]) for row in found][::2] == [
        ("reserved", "", {"name": RESERVED, "url": ""}),
        ("answered", "<p>canary Open</p>", {"name": "Open Government Licence v3.0", "url": OGL}),
    ]


@pytest.mark.parametrize(("status", "words"), [("reserved", [""]), ("answered", ["canary Open", "canary Own"])])
def test_api_lists_reserved_answers_by_a_status_of_their_own(three_terms, status, words):
    found = Client().get(f"/api/v1/answers?status={status}").json()["results"]
    assert [(row["status"], row["text"]) for row in found] == [(status, text) for text in words]


def test_desk_says_what_is_in_force_and_organisers_set_the_series_default(client, ada):
    talk = make_my_talk(ada[1], event=make_event(series=make_series(terms=ReuseTerms.OGL)))
    sign_in(client)
    address = f"/cms/snippets/speakers/contribution/edit/{talk.contribution_id}/"
    line = "Terms of reuse: Open Government Licence v3.0, since no speaker chose others."
    assert line in texts(client.get(address), ".desk__line")
    choose(ada[0], talk, "cc0-1.0")
    lines = [line for line in texts(client.get(address), ".desk__line") if line.startswith("Terms")]
    assert lines[0].startswith("Terms of reuse: Creative Commons Zero 1.0, chosen by Ada Vale ")
    page = client.get(f"/cms/pages/{talk.event.series_id}/edit/")
    assert texts(page, "select[name=terms] option[selected]") == ["Open Government Licence v3.0"]
