"""The demo as rows: whole, in every state, left alone by a second run."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from accounts.models import User
from archive.captions import read_captions
from archive.demo import loading, removing
from archive.models import Transcript
from events.enums import Stage
from events.models import AudienceQuestion, Chapter, EventPage, Recording, SeriesPage, TalkPage
from events.plans import EveningMails
from events.sending import fresh_evening
from pages.models import Picture
from speakers.models import (
    Answer,
    Contribution,
    Invitation,
    Organisation,
    PromiseQuestion,
    PromiseReply,
    SlideDeck,
    Speaker,
    StandardQuestion,
)

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
COUNTED = (SeriesPage, EventPage, TalkPage, Contribution, Answer, Speaker, Organisation, AudienceQuestion, SlideDeck)
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


def run(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for these tests and rolled back after them."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(now=NOW, say=lines.append)
        yield lines
        transaction.set_rollback(True)


def test_demo_tree_has_no_problems(demo):
    assert Page.find_problems() == ([], [], [], [], [])


def test_demo_has_its_rows(demo):
    assert counts() == [1, 63, 252, 252, 1492, 198, 51, 81, 201]
    assert Answer.objects.exclude(text="").count() == 1381
    assert Picture.objects.count() == 107
    assert (Recording.objects.count(), Chapter.objects.count()) == (72, 423)


def test_demo_has_what_was_said_and_what_happened_next(demo):
    spoken = Transcript.objects.order_by("event__number")
    assert list(spoken.values_list("event__number", "language")) == [(59, "en"), (60, "en")]
    for transcript in spoken:
        read = read_captions(transcript.source.encode())
        told = [(cue.starts_ms, cue.voice, cue.text) for cue in transcript.cues.all()]
        assert ([(line.starts_ms, line.voice, line.text) for line in read.said], read.warnings) == (told, [])
    asked = set(PromiseQuestion.objects.values_list("said", flat=True))
    replies = PromiseReply.objects.all()
    assert sorted(reply.outcome for reply in replies) == ["done", "done", "not", "under_way", "under_way"]
    assert {reply.said for reply in replies} < asked
    assert replies.waiting().count() == 1


def test_demo_has_mails_that_went_wait_for_their_time_and_for_approval(demo):
    event = EventPage.objects.get(number=61)
    plans = {plan.mail.name: plan for plan in EveningMails.of(fresh_evening(event), at=NOW).plans()}
    assert {name: plan.mail.state for name, plan in plans.items()} == {
        "announced": "sent",
        "a-week-before": "approved",
        "today": "planned",
        "write-up": "planned",
    }
    went = plans["announced"].mail
    assert set(went.message.mails.values_list("state", flat=True)) == {"sent"}
    assert went.message.mails.count() == went.recipients > 100


def test_demo_evenings_are_in_their_stages(demo):
    stages = {event.number: event.stage(at=NOW) for event in EventPage.objects.all()}
    assert {number: stages[number] for number in (1, 60, 61, 62, 63)} == {
        1: Stage.WRITTEN_UP,
        60: Stage.WRITTEN_UP,
        61: Stage.ANNOUNCED,
        62: Stage.ANNOUNCED,
        63: Stage.CANCELLED,
    }
    assert [event.number for event in EventPage.objects.upcoming(at=NOW)] == [61, 62, 63]
    assert EventPage.objects.public().past(at=NOW).count() == 60


def test_demo_counts_evenings_by_host(demo):
    count = EventPage.objects.get(number=60).host_count()
    assert (count.host.name, count.here, [n for n, _ in count.earlier]) == ("Kestrel & Dace", 11, [49])


def test_demo_keeps_the_drafts_of_the_next_evening_to_itself(demo):
    given = Contribution.objects.filter(talk__event__number__gte=61)
    assert (given.count(), given.filter(live=True).count()) == (12, 0)
    assert {c.talk.title: c.held_by for c in given.filter(talk__event__number=61)} == {
        "Every prescription, one question": "organisers",
        "The waiting room that told the truth": "speakers",
        "Midwives, maps and mileage": "speakers",
        "Who was not in the trial?": "organisers",
    }
    mine = Contribution.objects.of(User.objects.get(email="speaker@example.org")).get(talk__event__number=61)
    answers = [answer.has_text for answer in mine.get_latest_revision_as_object().answers.all()]
    assert answers == [True, True, True, True, True, False]
    assert TalkPage.objects.public().filter(event__number=62).count() == 2


def test_demo_has_invitations_that_were_opened_that_were_not_and_a_talk_without(demo):
    rows = Invitation.objects.with_mail().filter(contribution__talk__event__number=61).order_by("pk")
    assert [(row.speaker.name, row.opened_at is not None, row.mail_state) for row in rows] == [
        ("Ife Danjuma", True, "sent"),
        ("Isaac Penhaligan", True, "sent"),
        ("Keturah Swinscoe", False, "sent"),
    ]


def test_demo_organisations_have_names_parents_and_successors(demo):
    department = Organisation.objects.get(slug="department-for-places")
    day = EventPage.objects.get(number=16).starts_at.date()
    assert department.name_on(day) == "Department for Towns and Communities"
    assert department.name_on(NOW.date()) == "Department for Places"
    assert Organisation.objects.get(slug="national-address-service").parent == department
    assert Organisation.objects.get(slug="office-for-small-area-data").became.name == "Office for Population Counts"


def test_demo_keeps_the_wording_of_the_day(demo):
    wordings = Answer.objects.filter(question__slug="change", contribution__talk__event__number__in=(8, 9))
    assert set(wordings.values_list("contribution__talk__event__number", "wording")) == {
        (8, "If you could change one thing about public data, what would it be?"),
        (9, "If you could change one thing about data in government, what would it be?"),
    }


def test_demo_is_found_by_search(demo):
    assert [talk.title for talk in TalkPage.objects.search("houseboats")] == ["Counting houseboats"]
    released = TalkPage.objects.search("microphones hydrants", operator="and")
    assert [talk.title for talk in released] == ["Hear that? A leak, by ear"]
    assert list(TalkPage.objects.search("embarrassing television")) == []


def test_demo_says_what_it_does(demo):
    assert [line.split(":")[0].strip() for line in demo] == [
        "Reading",
        "Portraits",
        "Slides",
        "People and places",
        "Evenings",
        "Answers",
        "Transcripts",
        "What happened next",
        "Evenings to come",
        "Mailing list",
        "Mails",
        "Search",
    ]


def test_load_demo_twice_changes_nothing(demo, settings):
    settings.DEBUG = True
    before = counts()
    assert run("load_demo") == "The demo is already there.\n"
    assert counts() == before


def test_load_demo_fresh_takes_everything_away_first(demo, settings):
    said: list[str] = []
    removing.remove(say=said.append)
    assert counts() == [0] * len(COUNTED)
    assert (StandardQuestion.objects.count(), Picture.objects.count()) == (0, 0)
    assert Page.find_problems() == ([], [], [], [], [])
    assert said == ["Taken away. 0 other pages stay."]
