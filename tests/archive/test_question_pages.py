"""A standard question and all its answers: whose they are, in which order, narrowed without a script."""

import datetime as dt
import json

import pytest
import time_machine

from archive import answers
from events.models import Topic
from pages.cache import bump
from speakers.actions import merge_speakers, withdraw_consent
from speakers.models import Answer, FormerWording, OrganisationName, StandardQuestion
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
    publish,
    write_answers,
)
from tests.reading import lines, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
YEAR = dt.timedelta(days=365)
CHANGE = "/questions/change/"
WORDING = "If you could change one thing about data in government, what would it be?"


def make_answer(words, *, number=1, years_ago=0, event=None, **fields):
    """A talk whose speakers answered the question together."""
    event = event or make_event(number=number, starts_at=START - years_ago * YEAR)
    fields.setdefault("title", f"Talk of {words.strip('.')}")
    talk = make_talk(event=event, **fields)
    give(talk, {"change": words})
    return talk


def make_own(talk, speaker, words, question="change"):
    """One speaker's own answer beside the others'."""
    return Answer.objects.create(
        contribution=talk.contribution,
        question=StandardQuestion.objects.get(slug=question),
        wording=WORDING,
        text=f"<p>{words}</p>" if words else "",
        speaker=speaker,
        joint=False,
        sort_order=9,
    )


def said(page):
    return lines(page, ".voice .prose")


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
    assert lines(page, ".cite p") == [
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


# Narrowed


@pytest.fixture
def four():
    """Four answers that differ in everything."""
    hall, barn = make_host("The Hall"), make_host("The Barn")
    board = make_organisation("Board of Tides", kind="regulator")
    trust, shop = make_organisation("River Trust", kind="charity"), make_organisation("Shop", kind="charity")
    codes, water = Topic.objects.create(name="Codes"), Topic.objects.create(name="Water")
    ada, bo = make_speaker("Ada Vale"), make_speaker("Bo Dee")
    new = make_event(number=4, host=barn)
    old = make_event(number=1, host=hall, starts_at=START - 2 * YEAR)
    make_answer("Board.", event=new, speakers=[ada], organisation=board, topics=[codes])
    make_answer("Trust.", event=new, speakers=[bo], organisation=trust, topics=[water, codes])
    make_answer("Old board.", event=old, speakers=[ada], organisation=board)
    both = make_answer("Together.", event=old, speakers=[ada, make_speaker("Cy Eff")], topics=[water])
    cy = both.talk_speakers.last()
    cy.organisation = shop
    cy.save()
    make_own(both, ada, "Ada alone.")
    bump()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Board.", "Trust.", "Old board.", "Together.", "Ada alone."]),
        ("year=2023", ["Old board.", "Together.", "Ada alone."]),
        ("host=the-barn", ["Board.", "Trust."]),
        ("organisation=board-of-tides", ["Board.", "Old board."]),
        # What they said together is the shop's too; what Ada said alone isn't.
        ("organisation=shop", ["Together."]),
        ("kind=charity", ["Trust.", "Together."]),
        ("topic=water", ["Trust.", "Together.", "Ada alone."]),
        ("topic=water&kind=charity&year=2023&host=the-hall", ["Together."]),
    ],
)
def test_answers_are_narrowed_by_what_the_address_says(client, four, query, expected):
    page = read(client, f"{CHANGE}?{query}")
    assert said(page) == expected
    assert client.get(f"{CHANGE}answers.json?{query}").status_code == 200
    shown = [row["answer"] for row in data(client, query) if row["status"] == "answered"]
    assert shown == expected


def data(client, query=""):
    response = client.get(f"{CHANGE}answers.json?{query}")
    return json.loads(b"".join(response.streaming_content))["answers"]


def test_form_keeps_what_was_chosen_and_leads_back_to_the_answers(client, four):
    page = read(client, f"{CHANGE}?year=2023&kind=charity")
    form = page.select_one("form")
    assert (form["method"], form["action"], page.select_one("#answers").select_one("form")) == ("get", "#answers", form)
    assert [option["value"] for option in form.select("option[selected]")] == ["2023", "charity"]
    assert lines(form, "label") == ["Year", "Kind of organisation", "Organisation", "Topic", "Host"]
    assert lines(form, "#organisation option") == ["All organisations", "Board of Tides", "River Trust", "Shop"]
    assert lines(page, "h2") == ["One answer 2023, Charity or think tank"]
    assert [a["href"] for a in form.select("a")] == [f"{CHANGE}#answers"]
    assert [a["href"] for a in page.select(".ends .fine a")] == [
        f"{CHANGE}answers.csv?year=2023&kind=charity",
        f"{CHANGE}answers.json?year=2023&kind=charity",
    ]


def test_narrowed_list_without_an_answer_says_so(client, four):
    page = read(client, f"{CHANGE}?host=the-barn&year=2023")
    assert lines(page, "#answers h2, #answers > p") == [
        "No answer fits",
        "Nobody’s answer is all of this: 2023, The Barn. Show every answer.",
    ]


@pytest.mark.parametrize("value", ["canary", "2025'; --", "١٩", "x" * 10_000, "\x00", "<b>"])
def test_value_that_nobody_knows_is_left_out_and_said(client, four, value):
    response = client.get(CHANGE, {"year": value, "host": "the-hall"})
    page = whole(response.content)
    assert len(said(page)) == 3
    assert lines(page, ".note") == [f"We don’t know the year “{value.replace(chr(0), '')[:40]}”, so we left it out."]
    assert client.get(f"{CHANGE}answers.csv", {"year": value}).status_code == 404


def test_list_with_nothing_to_choose_from_has_no_form(client):
    make_answer("Names.")
    assert read(client, CHANGE).select("form") == []


def test_long_list_is_cut_into_pages_and_keeps_its_place(client, monkeypatch):
    monkeypatch.setattr(answers, "PER_PAGE", 2)
    for number in (1, 2, 3):
        event = make_event(number=number, starts_at=START + number * dt.timedelta(days=1))
        for part in ("a", "b", "c"):
            make_answer(f"{number}{part}", event=event, speakers=[make_speaker()], organisation=make_organisation())
    pages = [read(client, f"{CHANGE}?page={number}") for number in range(1, 6)]
    assert [said(page) for page in pages] == [["3a", "3b"], ["3c", "2a"], ["2b", "2c"], ["1a", "1b"], ["1c"]]
    assert [a["href"] for a in pages[1].select("nav.ends a")] == ["?page=1#answers", "?page=3#answers"]
    assert client.get(f"{CHANGE}?page=6").status_code == 404
    assert client.get(f"{CHANGE}?page=canary").status_code == 404


def test_pages_of_a_narrowed_list_stay_narrowed(client, monkeypatch, four):
    monkeypatch.setattr(answers, "PER_PAGE", 2)
    page = read(client, f"{CHANGE}?topic=water&page=2")
    assert (said(page), [a["href"] for a in page.select("nav.ends a")]) == (
        ["Ada alone."],
        ["?topic=water&page=1#answers"],
    )


@pytest.mark.parametrize(
    ("query", "canonical", "robots"),
    [
        ("", CHANGE, None),
        ("?utm=x", CHANGE, None),
        ("?kind=charity&year=2023", f"{CHANGE}?year=2023&kind=charity", "noindex"),
    ],
)
def test_search_engines_keep_the_whole_list_alone(client, settings, four, query, canonical, robots):
    settings.SITE_URL = "https://bites.example.org"
    page = whole(client.get(f"{CHANGE}{query}").content)
    assert page.select_one("link[rel=canonical]")["href"] == f"https://bites.example.org{canonical}"
    named = page.select_one("meta[name=robots]")
    assert (named and named["content"]) == robots


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
    assert lines(read(client, "/questions/"), "h2, .section > p:not(.lede)") == [
        "Nothing is asked of every speaker yet."
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
        assert [(a.get_text(), a["href"]) for a in page.select(".answers .more a")] == [
            (f"All answers to “{WORDING}”", CHANGE)
        ]
        assert read(client, "/data-bites/60/").select(".answers .more") == []
        front = read(client, "/")
        assert [a["href"] for a in front.select("#asked a")] == [CHANGE]


# What it costs


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "number"), [("", 20), ("?kind=other", 22)])
def test_question_costs_the_same_for_one_answer_and_for_three(client, django_assert_num_queries, count, query, number):
    for place in range(1, count + 1):
        topic, host = Topic.objects.create(name=f"Topic {place}"), make_host()
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
