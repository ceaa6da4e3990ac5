"""A standard question and all its answers: whose they are, in which order, narrowed without a script."""

import datetime as dt

import pytest
import time_machine

from pages.cache import bump
from speakers.actions import merge_speakers, withdraw_consent
from speakers.models import Answer, FormerWording, OrganisationName, StandardQuestion
from tests.archive.answering import CHANGE, WORDING, YEAR, make_answer, make_own, said
from tests.factories import (
    START,
    give,
    make_event,
    make_host,
    make_organisation,
    make_questions,
    make_series,
    make_speaker,
    make_talk,
    make_topic,
    publish,
    write_answers,
)
from tests.reading import lines, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
# What stands there


def test_answers_stand_newest_evening_first_each_with_whose_it_is(client):
    board = make_organisation("Board of Tides")
    board.former_names = [OrganisationName(name="Tide Office", until=START.date() - dt.timedelta(days=30))]
    board.save()
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    make_answer("Fewer portals.", number=7, years_ago=1, speakers=[ada], role="Clerk", organisation=board, title="Mud")
    make_answer("Names.", number=60, speakers=[ada, bo], role="Chief", organisation=board, title="Tides")
    page = read(client, CHANGE)
    assert lines(page, "h1, .lede") == [WORDING, "Two answers since 2024."]
    assert said(page) == ["Names.", "Fewer portals."]
    assert lines(page, ".voice h3") == ["Ada Vale and Bo Dee together", "Ada Vale"]
    assert lines(page, ".voice header p") == [
        "Ada Vale: Chief, Board of Tides",
        "Bo Dee: Chief, Board of Tides",
        "Clerk, Tide Office",
    ]
    assert lines(page, ".voice-foot > p") == ["Tides, Data Bites 60, November 2025", "Mud, Data Bites 7, November 2024"]
    assert [a["href"] for a in page.select(".voice-foot > p a")] == [
        "/data-bites/60/tides/#change",
        "/data-bites/7/mud/#change",
    ]
    labels = [article["aria-labelledby"] for article in page.select("article")]
    assert labels == [heading["id"] for heading in page.select("article h3")]


def test_own_answers_are_each_speakers_alone_at_their_own_address(client):
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    talk = make_talk(title="Tides", event=make_event(number=60), speakers=[ada, bo], role="Chief")
    give(talk)
    make_own(talk, bo, "Fewer.")
    make_own(talk, ada, "")
    gone = make_own(talk, make_speaker("Cy Eff"), "More.")
    Answer.objects.filter(pk=gone.pk).update(speaker=None)
    page = read(client, CHANGE)
    assert lines(page, ".voice h3") == ["Bo Dee", "One of the speakers"]
    assert [a["href"] for a in page.select(".voice-foot > p a")] == [
        "/data-bites/60/tides/#change-bo-dee",
        "/data-bites/60/tides/#change",
    ]
    anchors = {tag["id"] for tag in read(client, "/data-bites/60/tides/").select("[id]")}
    assert {"change", "change-bo-dee"} <= anchors


def test_answer_of_somebody_who_left_the_programme_stays_theirs(client):
    talk = make_talk(speakers=[make_speaker("Ada Vale")])
    give(talk)
    make_own(talk, make_speaker("Bo Dee"), "Fewer.")
    assert lines(read(client, CHANGE), ".voice h3") == ["Bo Dee"]


def test_merged_speaker_is_the_kept_one(client):
    kept, merged = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    talk = make_talk(speakers=[merged, make_speaker("Bo Dee")], role="Clerk")
    give(talk)
    make_own(talk, merged, "Fewer.")
    merge_speakers(kept=kept, merged=merged)
    page = read(client, CHANGE)
    assert (lines(page, ".voice h3"), lines(page, ".voice header p")) == (["Stephanie Howe"], ["Clerk"])


def test_former_wording_stands_where_it_was_used(client):
    change = make_questions()[-1]
    FormerWording.objects.create(question=change, text="What would you change?", until=START.date() - YEAR)
    make_answer("New.", number=3)
    for number, years in ((1, 3), (2, 2)):
        old = make_answer(f"Old {number}.", number=number, years_ago=years)
        Answer.objects.filter(contribution=old.contribution).update(wording="What would you change?")
    bump()
    page = read(client, CHANGE)
    assert lines(page, "header .fine") == ["Until 26 November 2024 it was put as “What would you change?”"]
    assert lines(page, ".note, .prose") == ["New.", "Asked as “What would you change?”", "Old 2.", "Old 1."]


def test_answer_can_be_cited_as_text_and_bibtex(client, settings):
    settings.SITE_URL = "https://bites.example.org"
    ada, team = make_speaker("Ada Vale"), make_speaker("The R&D Team", sort_name="The R&D Team")
    make_answer("Names.", number=60, speakers=[ada, team], title="Tides & 100% mud")
    page = read(client, CHANGE)
    assert lines(page, ".cite summary") == ["Cite the answer of Ada Vale, The R&D Team at Data Bites 60"]
    assert lines(page, ".cite p")[:1] == [
        f"Ada Vale and The R&D Team (2025). Answer to “{WORDING}”, in “Tides & 100% mud”, Data Bites 60, "
        "26 November 2025. https://bites.example.org/data-bites/60/tides-100-mud/#change"
    ]
    assert page.select_one(".cite pre").get_text() == "\n".join(
        [
            "@misc{data-bites-60-tides-100-mud-change,",
            "  author = {Vale, Ada and {The R\\&D Team}},",
            f"  title = {{{{Answer to “{WORDING}”}}}},",
            "  howpublished = {Data Bites 60, with the talk “Tides \\& 100\\% mud”},",
            "  year = {2025},",
            "  url = {https://bites.example.org/data-bites/60/tides-100-mud/#change},",
            "  month = nov",
            "}",
        ]
    )


# Who is seen


def test_words_that_are_not_public_are_seen_by_nobody(client):
    write_answers(make_talk(event=make_event(number=1)).contribution, {"change": "canary"})
    again = make_answer("Released.", number=2)
    write_answers(again.contribution, {"change": "canary"})
    publish(make_answer("canary", number=3), state="withdrawn")
    publish(make_answer("canary", number=4), state="moved")
    make_answer("canary", number=5).unpublish()
    taken_back = make_answer("canary", number=6, speakers=[make_speaker("Ada Vale")])
    speaker = taken_back.talk_speakers.get().speaker
    withdraw_consent(contribution=taken_back.contribution, speaker=speaker, what="answers", at=START)
    make_answer("canary", event=make_event(number=7)).event.unpublish()
    closed = make_series(slug="closed")
    make_answer("canary", event=make_event(series=closed, number=8))
    closed.unpublish()
    bump()
    assert said(read(client, CHANGE)) == ["Released."]
    for address in ("/questions/", CHANGE, f"{CHANGE}answers.csv", f"{CHANGE}answers.json"):
        response = client.get(address)
        text = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"canary" not in text
    assert lines(read(client, "/questions/"), ".questions li p")[-1] == "One answer, in 2025"


def test_consent_taken_back_is_gone_at_once(client, django_capture_on_commit_callbacks):
    speaker = make_speaker("Ada Vale")
    talk = make_answer("Names.", speakers=[speaker])
    assert said(read(client, CHANGE)) == ["Names."]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(contribution=talk.contribution, speaker=speaker, what="answers", at=START)
    assert said(read(client, CHANGE)) == []


def test_question_that_nobody_answered_has_a_page_that_says_so(client):
    make_series()
    assert lines(read(client, CHANGE), ".lede, h2, section p") == [
        "No answers yet.",
        "No answers yet",
        "Nobody’s answer has been published so far. The first will stand here.",
    ]
    assert client.get(f"{CHANGE}answers.json").status_code == 200


def test_question_that_is_not_asked_in_public_is_seen_by_nobody(client):
    make_series(slug="closed", live=False)
    StandardQuestion.objects.create(text="Canary?", short_name="Secret")
    for slug in ("change", "secret", "nothing"):
        for address in (f"/questions/{slug}/", f"/questions/{slug}/answers.csv", f"/questions/{slug}/answers.json"):
            assert client.get(address).status_code == 404
    assert lines(read(client, "/questions/"), "h2, .section > p") == [
        "Nothing is asked of every speaker yet. The questions will stand here, with every answer."
    ]


def test_question_of_the_past_keeps_its_page(client):
    make_answer("Names.")
    StandardQuestion.objects.filter(slug="change").update(archived=True)
    bump()
    assert said(read(client, CHANGE)) == ["Names."]
    listed = read(client, "/questions/")
    assert lines(listed, ".questions li")[-1] == f"{WORDING} One answer, in 2025; no longer asked"
    assert [a["href"] for a in listed.select(".questions a")] == [
        f"/questions/{slug}/" for slug in "summary problem difference success hurdles change".split()
    ]


# What leads there


def test_talk_leads_to_all_answers_of_each_question_and_the_front_page_to_one(client):
    talk = make_answer("Names.", number=60)
    with time_machine.travel(START + dt.timedelta(days=1)):
        page = read(client, talk.url)
        assert [(a.get_text(), a["href"]) for a in page.select(".answers .more a, .endnotes li a")] == [
            (f"All answers to “{WORDING}”", CHANGE),
            (WORDING, f"{talk.url}answers/change/"),
        ]
        assert read(client, "/data-bites/60/").select(".answers .more") == []
        front = read(client, "/")
        assert [a["href"] for a in front.select("#asked a")] == [CHANGE]


# What it costs


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "number"), [("", 21), ("?kind=other", 23)])
def test_question_costs_the_same_for_one_answer_and_for_three(client, django_assert_num_queries, count, query, number):
    for place in range(1, count + 1):
        topic, host = make_topic(name=f"Topic {place}"), make_host()
        event = make_event(number=place, starts_at=START + place * dt.timedelta(days=1), host=host)
        organisation = make_organisation()
        OrganisationName.objects.create(organisation=organisation, name=f"Old name {place}")
        people = [make_speaker() for _ in range(place)]
        make_answer(f"{place}", event=event, speakers=people, organisation=organisation, topics=[topic])
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(number):
        page = read(client, f"{CHANGE}{query}")
    assert len(said(page)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_questions_cost_the_same_for_one_answer_and_for_three(client, django_assert_num_queries, count):
    for number in range(1, count + 1):
        make_answer("Names.", number=number)
    client.get("/hosts/")
    bump()
    with django_assert_num_queries(8):
        read(client, "/questions/")


@pytest.mark.parametrize("address", ["/questions/", CHANGE, f"{CHANGE}answers.csv", f"{CHANGE}answers.json"])
def test_question_pages_can_only_be_read_and_set_no_cookie(client, address):
    make_answer("Names.")
    response = client.get(address)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "Cookie" not in response.get("Vary", "")
    assert client.head(address).status_code == 200
    assert [getattr(client, method)(address).status_code for method in ("post", "put", "delete")] == [405] * 3
