"""A write-up as drafts: the evening, its talks, what was given to them, what the audience asked."""

import datetime as dt
from hashlib import sha256

import pytest
from wagtail.models import Page

from archive.models import ImportRun
from events.models import AudienceQuestion, EventPage, TalkPage
from speakers.models import Answer, Contribution, FormerWording, StandardQuestion
from tests.factories import QUESTIONS, make_event, make_series, make_speaker, make_talk

from .importing import LEFT_OVER, OPENING, Importer, answers, evening, given, make_hosted_series, talks
from .texts import WRITEUP

pytestmark = pytest.mark.django_db
SUMMARY, PROBLEM = QUESTIONS["summary"], QUESTIONS["problem"]


@pytest.fixture
def imports(tmp_path):
    return Importer(tmp_path)


@pytest.fixture
def imported(imports):
    """WRITEUP as drafts."""
    make_hosted_series()
    return imports()


def test_evening_is_a_draft_with_what_the_text_says_of_it(imported):
    draft = evening()
    assert (draft.title, draft.live, draft.status, draft.host.name) == (
        "Data Bites 71",
        False,
        "confirmed",
        "Harbour House",
    )
    assert draft.starts_at == dt.datetime(2025, 5, 28, 17, 0, tzinfo=dt.UTC)  # six on London's clock in summer
    assert draft.introduction == (
        "<p>Data Bites 71, the 71st overall, was about food and how to count it. We heard about cheese, orchards and "
        "school dinners.</p><p>Four speakers get eight minutes each. May’s evening was the twenty-second Data Bites "
        "hosted by Harbour House, after 49 events at the Quayside Institute.</p>"
    )
    assert draft.sign_off == (
        "<p>If you’d like to keep up to date with Data Bites, sign up on this page.</p><p>Have a good summer.</p>"
    )
    assert draft.written_up_on == dt.date(2025, 5, 28)
    assert (draft.byline, draft.original_url) == ("", "")


def test_lines_that_fit_nowhere_are_leftovers(imported):
    left = evening().leftovers.splitlines()
    assert [line for line in left if line in LEFT_OVER] == LEFT_OVER
    assert [line for line in left if line not in LEFT_OVER] == [SUMMARY, "We said so already."]
    assert evening().leftovers_seen is False


def test_row_of_the_evening_follows_its_draft(imported):
    row = EventPage.objects.get(number=71)
    assert (row.introduction, row.leftovers, row.host) == (
        evening().introduction,
        evening().leftovers,
        evening().host,
    )
    assert Page.find_problems() == ([], [], [], [], [])


def test_nothing_becomes_public(imported, client, empty_cache):
    assert (EventPage.objects.public().count(), TalkPage.objects.public().count()) == (0, 0)
    assert (Contribution.objects.filter(live=True).count(), AudienceQuestion.objects.public().count()) == (0, 0)
    assert Answer.objects.exclude(text="").count() == 0  # the words are in the drafts alone
    assert client.get("/data-bites/71/").status_code == 404
    assert client.get("/speakers/odile-farrow/").status_code == 404


def test_facts_that_the_text_does_not_say_come_from_the_options(imports):
    make_hosted_series()
    imports(time="19:30", byline="Nia Ford", written_up_on="2025-06-02", original_url="https://example.org/71")
    draft = evening()
    assert draft.local_start.time() == dt.time(19, 30)
    assert (draft.byline, draft.written_up_on, draft.original_url) == (
        "Nia Ford",
        dt.date(2025, 6, 2),
        "https://example.org/71",
    )


def test_talks_stand_in_order_with_titles_that_are_ours(imported):
    assert [(t.title, t.title_is_ours, t.state, t.live) for t in talks()] == [
        ("The national cheese register", True, "given", False),
        ("How they map old orchards", True, "given", False),
    ]


def test_account_is_without_what_became_rows(imported):
    assert [talk.account for talk in talks()] == [
        "<p>Odile Farrow, Head of Dairy Data at the Department for Curds, Whey and Rural Affairs, presented on the "
        "national cheese register, which opened in March. You can see the register here.</p>"
        "<p>Odile has answered our standard questions and some questions from the chat:</p>",
        "<p>Ravi Penhale, Director, Orchard Trust, and Wen Abara, Data Lead, Borough of Lower Fenwick, joined us from "
        "Fenwick to talk about how they map old orchards. Ravi encouraged everyone to plant a tree, and email "
        "trees@example.org by then.</p><p>The map closes on 3 June 2031 for corrections.</p>"
        "<p>Ravi was also asked about pears. He likes them.</p>",
    ]


def test_people_have_role_organisation_and_place(imported):
    rows = [row for talk in talks() for row in talk.talk_speakers.all()]
    assert [(row.speaker.name, row.role, row.organisation.name, row.place) for row in rows] == [
        ("Odile Farrow", "Head of Dairy Data", "Department for Curds, Whey and Rural Affairs", ""),
        ("Ravi Penhale", "Director", "Orchard Trust", "Fenwick"),
        ("Wen Abara", "Data Lead", "Borough of Lower Fenwick", "Fenwick"),
    ]


def test_answers_stand_in_the_slots_of_the_series(imported):
    first, second = given()
    assert answers(first) == [
        ("summary", "<p>We count cheeses.</p><p>Each of them has a number.</p>", ""),
        (
            "problem",
            "<p>Nobody knew how many there were:</p><ul><li>too many lists</li><li>too many names for one cheese</li>"
            "<li>no list that was whole.</li></ul>",
            "",
        ),
        ("difference", "<ul><li>Shorter queues</li><li>Better cheese</li></ul>", ""),
        ("success", "<p>When the queue is short.</p>", ""),
        ("hurdles", "", "given_up"),
        ("change", "<p>One address for one dairy.</p>", ""),
    ]
    assert answers(second) == [
        ("summary", "<p>We map trees.</p>", ""),
        *[(slug, "", "given_up") for slug in list(QUESTIONS)[1:]],
    ]


def test_wording_is_the_one_that_was_asked(imports):
    make_series()
    question = StandardQuestion.objects.get(slug="problem")
    FormerWording.objects.create(question=question, text="What is broken?")
    imports(f"{OPENING}\n3) WHAT IS BROKEN\nEverything.\nwhat are the main hurdles\nMany.")
    worded = {row.question.slug: row.wording for row in given()[0].answers.all()}
    assert (worded["problem"], worded["hurdles"]) == ("What is broken?", QUESTIONS["hurdles"])


def test_question_that_nobody_answered_was_not_asked(imports):
    make_series()
    imports(f"{OPENING}\n{SUMMARY}\nWe count.\n{PROBLEM}\nNobody did.\nNia Ford, Baker, Bread Board, spoke about rye.")
    first, second = given()
    assert answers(first) == [("summary", "<p>We count.</p>", ""), ("problem", "<p>Nobody did.</p>", "")]
    assert answers(second) == [("summary", "", "given_up"), ("problem", "", "given_up")]


def test_text_without_answers_keeps_the_slots(imports):
    make_series()
    imports(OPENING)
    assert answers(given()[0]) == [(slug, "", "given_up") for slug in QUESTIONS]


def test_slides_links_and_asks_are_in_the_contribution(imported):
    first, second = given()
    assert first.slides_url == "https://example.org/cheese.pdf"
    assert [(link.label, link.url) for link in first.links.all()] == [("The register", "https://example.org/register")]
    assert [(link.label, link.url) for link in second.links.all()] == [
        ("The orchard map", "https://example.org/orchards")
    ]
    assert [(a.text, a.email, a.closes_on, a.closes_precision) for a in second.asks.all()] == [
        ("Plant a tree, and email trees@example.org by then.", "trees@example.org", None, "day"),
        ("The map closes on 3 June 2031 for corrections.", "", dt.date(2031, 6, 3), "day"),
    ]


def test_links_that_were_lost_are_noted_beside_the_words(imported):
    first, second = given()
    assert [note.text for note in first.notes.all()] == [
        "These words were links before the page was pasted as text:\n“register here” in: You can see the register here."
    ]
    assert second.notes.count() == 0


def test_heading_of_lost_links_is_not_left_for_readers(imports):
    make_series()
    imports(f"{OPENING}\nSome key links include:\nOdile was also asked about wax.")
    (talk,) = talks()
    assert talk.account == f"<p>{OPENING}</p><p>Odile was also asked about wax.</p>"
    assert [note.text.splitlines()[1] for note in talk.contribution.notes.all()] == [
        "“Some key links include:” in: Some key links include:"
    ]


def test_audience_questions_are_rows_of_their_talk(imported):
    rows = AudienceQuestion.objects.order_by("order")
    assert [(q.talk_id, q.as_asked, q.text, q.answer, q.state, q.source) for q in rows] == [
        (talks()[0].pk, words, words, answer, state, "chat")
        for words, answer, state in [
            ("Is a yoghurt a cheese?", "<p>No.</p><p>It never was.</p>", "in_writing"),
            ("What is next?", "<p>Odile said that goats are next.</p>", "reported"),
            ("How many cheeses are there?", "", "waiting"),
        ]
    ]
    assert [q.answered_by.name if q.answered_by else "" for q in rows] == ["Odile Farrow", "Odile Farrow", ""]
    for row in rows:
        row.full_clean()


def test_timeline_has_recording_and_chapters_with_their_talks(imported):
    draft, (first, _) = evening(), talks()
    assert [(r.kind, r.url) for r in draft.recordings.all()] == [("video", "https://www.youtube.com/watch?v=abc123")]
    assert [(c.seconds, c.label, c.talk_id) for c in draft.chapters.all()] == [
        (0, "Welcome", None),
        (200, "Odile Farrow: counting cheese", first.pk),
        (1625, "Questions to Ravi Penhale", None),
    ]


def test_recording_that_is_linked_twice_is_kept_once(imports):
    make_series()
    imports(
        f"{OPENING}\nWatch: https://youtu.be/AAAAAAAAAAA?t=90\n"
        "Nia Ford, Baker, Bread Board, spoke about rye bread.\nWatch: https://www.youtube.com/watch?v=AAAAAAAAAAA&t=1000s\n"
        "Listen: https://soundcloud.com/data-bites/evening-71"
    )
    assert [(r.kind, r.url) for r in evening().recordings.all()] == [
        ("video", "https://www.youtube.com/watch?v=AAAAAAAAAAA"),
        ("audio", "https://soundcloud.com/data-bites/evening-71"),
    ]
    assert [(c.seconds, c.label, c.talk_id) for c in evening().chapters.all()] == [
        (90, "Rinds", talks()[0].pk),
        (1000, "Rye bread", talks()[1].pk),
    ]


def test_markup_in_the_text_stays_words(imports):
    make_series()
    imports(f"{OPENING}\n{SUMMARY}\n<script>alert('A & B')</script>\nSee https://example.org/a?b=1&c=2.")
    assert answers(given()[0])[0][1] == (
        "<p>&lt;script&gt;alert('A &amp; B')&lt;/script&gt;</p>"
        '<p>See <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>'
    )


def test_address_that_no_column_takes_is_left_over(imports):
    make_series()
    line = f"The report: https://example.org/{'x' * 500}"
    said = imports(f"{OPENING}\n{line}\nThe data: https://example.org/data")
    assert [link.label for link in given()[0].links.all()] == ["The data"]
    assert evening().leftovers == line
    assert f"Warning: The address https://example.org/{'x' * 60} can’t be kept as one, so its line is" in said.err


def test_role_that_is_too_long_is_cut_with_a_warning(imports):
    make_series()
    role = f"Head of {' or '.join(['cheeses of every kind'] * 4)}, Keeper of {' or '.join(['butters'] * 9)}"
    said = imports(f"Odile Farrow, {role}, Dairy Board, spoke about rinds.")
    (row,) = talks()[0].talk_speakers.all()
    assert (len(row.role) <= 160, row.role[-13:]) == (True, "r butters or…")
    assert f"Warning: Too long for its place, so cut: “{role}”" in said.err.splitlines()


def test_earlier_evening_is_related(imports):
    make_series()
    odile = make_speaker("Odile Farrow")
    earlier = make_talk(event=make_event(number=45), title="Counting rinds", speakers=[odile])
    imports(
        f"{OPENING} Odile previously presented at Data Bites 45 (in September 2023) on the first count.\n"
        "Data Bites has previously heard from the Bread Board on crusts (2020), and about crumbs (2021).\n"
        "We heard about the future of butter at Data Bites in 2022."
    )
    rows = talks()[0].related_talks.all()
    assert [(row.related_id, row.number, row.year, row.words) for row in rows] == [
        (earlier.pk, 45, 2023, "The first count"),
        (None, None, 2020, "Crusts"),
        (None, None, 2021, "Crumbs"),
        (None, None, 2022, "The future of butter"),
    ]


def test_import_is_remembered_with_the_whole_text(imported):
    run = ImportRun.objects.get()
    text = WRITEUP.rstrip("\n")
    assert (run.event.number, run.filename, run.shape, run.source) == (71, "evening.txt", "plain_text", text)
    assert run.source_sha256 == sha256(text.encode()).hexdigest()
    assert len(run.plan["talks"]) == 2
    assert [f"Warning: {warning}" for warning in run.warnings[:6]] == imported.err.splitlines()[:6]
    assert run.warnings[6:] == [
        "A lost link. " + line.removeprefix("Lost link: ") for line in imported.err.splitlines()[6:]
    ]
