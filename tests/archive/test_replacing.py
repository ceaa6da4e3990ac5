"""`--replace` makes new drafts of an evening that is there; it takes nothing away and publishes nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from archive.models import ImportRun
from events.actions import plan_evening, withdraw_talk
from events.models import AudienceQuestion, EventPage, TalkPage
from pages.cache import bump
from speakers.actions import hand_over, save_draft
from speakers.models import Speaker
from tests.factories import QUESTIONS, make_series, make_speaker, make_talk, publish
from tests.remembering import remembered

from .importing import OPENING, Importer, answers, evening, given, make_hosted_series, talks

pytestmark = pytest.mark.django_db
SUMMARY, PROBLEM = QUESTIONS["summary"], QUESTIONS["problem"]
START = dt.datetime(2025, 5, 28, 17, 30, tzinfo=dt.UTC)  # half past six on London's clock
NIA = "Nia Ford, Baker, Bread Board, spoke about rye bread."
ASKED = "From Slido:\nIs it cheese?\nYes."


@pytest.fixture
def imports(tmp_path):
    return Importer(tmp_path)


@pytest.fixture
@remembered
def series():
    return make_series()


@pytest.fixture
def live(imports, series):
    """An evening with one talk, imported and public."""
    text = f"Data Bites is a monthly evening of short talks about data.\n{OPENING}\n{SUMMARY}\nWe count.\n{ASKED}"
    imports(text, publish=True)
    return EventPage.objects.get(number=71)


def public(client):
    """The page as it is now, not as it was kept."""
    bump()
    return client.get("/data-bites/71/").content.decode()


def test_evening_that_is_not_there_is_made(imports, series):
    assert imports(OPENING, replace=True).out.splitlines()[0].startswith("Data Bites 71 was made: one talk, ")


def test_planned_evening_is_filled_in(imports, series):
    event = plan_evening(series=series, number=71, starts_at=START)
    said = imports(f"{OPENING}\n{NIA}", replace=True)
    assert said.out.splitlines()[0] == (
        "Data Bites 71 is already there: made new drafts of it from two talks, no answers, no questions from the "
        "audience, no lines left over."
    )
    assert [talk.title for talk in talks()] == ["Rinds", "Rye bread", "To be announced", "To be announced"]
    assert (evening().pk, evening().starts_at, evening().status) == (event.pk, START, "confirmed")


def test_live_pages_stay_until_somebody_publishes(imports, live, client):
    text = f"{OPENING}\n{SUMMARY}\nWe weigh.\n{ASKED}\nWhy?\nBecause.\n{NIA}"
    words = ["We count.", "Yes.", "We weigh.", "Because.", "Rye bread"]
    imports(text, replace=True)
    page = public(client)
    assert [word for word in words if word in page] == ["We count.", "Yes."]
    assert answers(given()[0])[0] == ("summary", "<p>We weigh.</p>", "")
    assert [page.live for page in TalkPage.objects.in_running_order()] == [True, False]
    assert EventPage.objects.get(number=71).has_unpublished_changes
    imports(text, replace=True, publish=True)
    page = public(client)
    assert [word for word in words if word in page] == ["Yes.", "We weigh.", "Because.", "Rye bread"]


def test_each_replacement_is_a_revision_and_an_import(imports, live):
    revisions = live.revisions.count()
    imports(OPENING, replace=True)
    imports(OPENING, replace=True)
    assert (live.revisions.count(), ImportRun.objects.count()) == (revisions + 2, 3)


def test_same_text_again_doubles_nothing(imports):
    make_hosted_series()
    imports()
    first = state()
    imports(replace=True)
    assert state() == first


def state():
    """What an evening's drafts hold, without keys and times."""
    return (
        evening().leftovers,
        [(r.url, r.kind) for r in evening().recordings.all()],
        [(c.seconds, c.label, c.talk_id) for c in evening().chapters.all()],
        [(t.title, t.account, [str(row.speaker) for row in t.talk_speakers.all()]) for t in talks()],
        [(answers(g), [str(link) for link in g.links.all()], [str(ask) for ask in g.asks.all()]) for g in given()],
        [note.text for g in given() for note in g.notes.all()],
        list(AudienceQuestion.objects.order_by("pk").values_list("pk", "as_asked", "answer", "state")),
        list(Speaker.objects.values_list("name", flat=True)),
    )


def test_talk_is_found_by_its_first_speaker(imports, series):
    event = plan_evening(series=series, number=71, starts_at=START, slots=0)
    nia = make_talk(event=event, title="Loaves", speakers=[make_speaker("Nia Ford")], live=False)
    imports(f"{OPENING}\n{NIA}", replace=True)
    assert [(talk.pk == nia.pk, talk.title, talk.title_is_ours) for talk in talks()] == [
        (True, "Loaves", False),
        (False, "Rinds", True),
    ]


def test_talk_is_found_by_its_title(imports, series):
    event = plan_evening(series=series, number=71, starts_at=START, slots=0)
    talk = make_talk(event=event, title="RINDS", live=False)
    imports(OPENING, replace=True)
    assert [(t.pk, [str(row) for row in t.talk_speakers.all()]) for t in talks()] == [(talk.pk, ["Odile Farrow"])]


def test_talk_that_is_not_in_the_text_stays_with_a_warning(imports, series):
    event = plan_evening(series=series, number=71, starts_at=START, slots=0)
    make_talk(event=event, title="Loaves", speakers=[make_speaker("Wen Abara")], live=False)
    said = imports(OPENING, replace=True)
    assert [talk.title for talk in talks()] == ["Loaves", "Rinds"]
    assert "Warning: “Loaves” is not in this text, and stays as it is." in said.err.splitlines()


def test_withdrawn_talk_stays_withdrawn_with_a_warning(imports, live):
    withdraw_talk(talk=TalkPage.objects.get())
    said = imports(OPENING, replace=True)
    assert [talk.state for talk in talks()] == ["withdrawn"]
    assert "Warning: “Rinds” is in this text, though here it is withdrawn." in said.err.splitlines()


def test_words_that_are_not_in_the_text_stay(imports, series):
    imports(f"{OPENING}\n{SUMMARY}\nWe count.\n{PROBLEM}\nNobody did.\nThe data: https://example.org/data")
    said = imports(f"{OPENING}\n{SUMMARY}\nWe weigh.", replace=True)
    assert [answer[1] for answer in answers(given()[0])] == ["<p>We weigh.</p>", "<p>Nobody did.</p>"]
    assert [link.label for link in given()[0].links.all()] == ["The data"]
    assert f"Warning: Odile Farrow: the answer to “{PROBLEM}” is not in this text, and stays." in said.err.splitlines()


def test_what_the_speakers_have_is_left_to_them(imports, series):
    imports(f"{OPENING}\n{SUMMARY}\nWe count.")
    contribution = talks()[0].contribution
    hand_over(contribution=contribution, to="speakers", at=timezone.now())
    said = imports(f"{OPENING}\n{SUMMARY}\nWe weigh.", replace=True)
    assert answers(given()[0])[0][1] == "<p>We count.</p>"
    words = "Warning: Odile Farrow: the speakers have their side at the moment, so nothing was put into it."
    assert words in said.err.splitlines()


def test_answers_of_single_speakers_stay_beside_the_joint_one(imports, series):
    imports(OPENING)
    draft = given()[0]
    row = draft.answers.all()[0]
    row.joint, row.speaker, row.text, row.missing = False, Speaker.objects.get(), "<p>I count.</p>", ""
    save_draft(contribution=draft)
    said = imports(f"{OPENING}\n{SUMMARY}\nWe count.", replace=True)
    assert [text for _, text, _ in answers(given()[0])[:2]] == ["<p>I count.</p>", "<p>We count.</p>"]
    assert f"“{SUMMARY}” has answers of single speakers too. Check that none stands twice." in said.err


def test_answer_to_the_audience_is_never_written_over(imports, live):
    said = imports(f"{OPENING}\nFrom Slido:\nIs it cheese?\nNo.", replace=True)
    assert [row.answer for row in AudienceQuestion.objects.all()] == ["<p>Yes.</p>"]
    words = "Warning: “Is it cheese?”: its answer here differs from this text, and stays as it is."
    assert words in said.err.splitlines()


def test_new_question_beside_a_live_evening_waits(imports, live):
    said = imports(f"{OPENING}\n{ASKED}\nWhy?\nBecause.", replace=True)
    assert list(AudienceQuestion.objects.values_list("as_asked", "answer", "state")) == [
        ("Is it cheese?", "<p>Yes.</p>", "in_writing"),
        ("Why?", "<p>Because.</p>", "waiting"),
    ]
    assert "Warning: “Why?” waits, since this evening is public already: mark it as answered." in said.err.splitlines()


def test_leftovers_that_an_earlier_text_left_stay(imports, series):
    imports(f"Share this page\n{OPENING}")
    draft = evening()
    draft.leftovers_seen = True
    draft.save_revision()
    imports(f"Skip to content\n{OPENING}", replace=True)
    assert (evening().leftovers, evening().leftovers_seen) == ("Share this page\nSkip to content", False)


def test_leftovers_that_were_seen_and_are_the_same_stay_seen(imports, series):
    text = f"Share this page\n{OPENING}"
    imports(text, leftovers_seen=True)
    imports(text, replace=True)
    assert evening().leftovers_seen is True


def test_another_day_moves_the_draft_with_a_warning(imports, live):
    said = imports(OPENING, replace=True, date="2025-05-29")
    assert (evening().local_start.day, EventPage.objects.get(number=71).local_start.day) == (29, 28)
    words = "Warning: It was to begin on Wednesday 28 May 2025, 6pm; this draft says Thursday 29 May 2025, 6pm."
    assert words in said.err.splitlines()


def test_evening_that_was_edited_keeps_its_host_and_page_facts(imports, live):
    publish(live, byline="Wen Abara", standfirst="About cheese.", original_url="https://example.org/71")
    imports(OPENING, replace=True)
    draft = evening()
    assert (draft.byline, draft.standfirst, draft.original_url) == (
        "Wen Abara",
        "About cheese.",
        "https://example.org/71",
    )
