"""Who holds a contribution, what that locks, and what release does."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Page

from speakers.actions import WithTheSpeakers, hand_over, make_contribution, release, save_draft, unrelease
from speakers.enums import Baton
from speakers.locks import BatonLock
from speakers.models import Answer, Ask, Contribution, Handover, TalkConsent
from tests.factories import START, give, make_questions, make_speaker, make_talk, make_user, write_answers
from tests.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def contribution():
    return make_talk().contribution


def test_organisers_hold_what_was_never_handed_over(contribution):
    assert (contribution.held_by, contribution.get_lock()) == (Baton.ORGANISERS, None)


def test_newest_handover_says_who_holds_it(contribution):
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    assert contribution.held_by == Baton.SPEAKERS
    hand_over(contribution=contribution, to=Baton.ORGANISERS, at=START + dt.timedelta(hours=1))
    assert contribution.held_by == Baton.ORGANISERS
    assert Handover.objects.count() == 2


def test_handing_over_twice_adds_one_row(contribution):
    for _ in range(2):
        hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    assert Handover.objects.count() == 1


def test_lock_is_by_door_and_stops_administrators_too(contribution):
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    lock = contribution.get_lock()
    assert isinstance(lock, BatonLock)
    assert lock.for_user(make_user("administrator")) is True


def test_release_is_refused_while_the_speakers_hold_it(contribution):
    write_answers(contribution, {"summary": "Words"})
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    with pytest.raises(WithTheSpeakers):
        release(contribution=contribution)
    with pytest.raises(WithTheSpeakers):
        unrelease(contribution=contribution)
    contribution.refresh_from_db()
    assert contribution.live is False


def test_draft_writes_no_row_and_release_does(contribution):
    write_answers(contribution, {"summary": "Words"})
    assert set(Answer.objects.values_list("text", flat=True)) == {""}
    release(contribution=contribution)
    assert sorted(Answer.objects.values_list("text", flat=True)) == [""] * 5 + ["<p>Words</p>"]


def test_draft_is_kept_whatever_it_holds(contribution):
    draft = contribution.get_latest_revision_as_object()
    draft.asks.add(Ask(text="", opens_on=dt.date(2026, 2, 1), closes_on=dt.date(2026, 1, 1)))
    save_draft(contribution=draft)
    contribution.refresh_from_db()
    assert contribution.get_latest_revision_as_object().asks.count() == 1


def test_ask_that_closes_before_it_opens_is_refused():
    ask = Ask(text="Tell us", opens_on=dt.date(2026, 2, 1), closes_on=dt.date(2026, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        ask.clean()
    assert refusal.value.message_dict == {"closes_on": ["It can’t close before it opens."]}


@pytest.mark.parametrize(
    ("closes_on", "precision", "on", "is_open", "days_left"),
    [
        (dt.date(2026, 2, 4), "day", dt.date(2026, 2, 4), True, 0),
        (dt.date(2026, 2, 4), "day", dt.date(2026, 2, 5), False, -1),
        (dt.date(2026, 2, 4), "month", dt.date(2026, 2, 28), True, 0),
        (dt.date(2028, 2, 4), "month", dt.date(2028, 2, 29), True, 0),
        (dt.date(2026, 2, 4), "month", dt.date(2026, 3, 1), False, -1),
        (None, "day", dt.date(2126, 2, 4), True, None),
    ],
)
def test_ask_closes_by_itself(closes_on, precision, on, is_open, days_left):
    ask = Ask(text="Tell us", closes_on=closes_on, closes_precision=precision)
    assert (ask.is_open(on=on), ask.days_left(on=on)) == (is_open, days_left)


def test_answer_of_empty_paragraphs_has_no_text():
    assert Answer(text="<p></p><p>&nbsp;</p>").has_text is False


def test_answers_plain_text_keeps_the_words_apart():
    assert (
        Answer(text="<p>One &amp; two.</p><ul><li>three</li><li>four</li></ul>").plain_text == "One & two. three four"
    )


def test_joint_answer_and_own_answers_stand_side_by_side_once_each():
    contribution = make_contribution(questions=make_questions()[:1])
    question = contribution.answers.first().question
    ada, ben = make_speaker("Ada Vale"), make_speaker("Ben Wick")
    for speaker in (ada, ben):
        Answer.objects.create(contribution=contribution, question=question, speaker=speaker, joint=False)
    for extra in ({"joint": True}, {"joint": False, "speaker": ada}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(contribution=contribution, question=question, **extra)


def test_own_answer_stays_its_speakers_when_their_row_is_gone():
    contribution = make_contribution(questions=make_questions()[:1])
    ada = make_speaker("Ada Vale")
    question = contribution.answers.first().question
    answer = Answer.objects.create(contribution=contribution, question=question, speaker=ada, joint=False)
    ada.delete()
    answer.refresh_from_db()
    assert (answer.speaker_id, answer.joint) == (None, False)


def test_released_needs_talk_and_evening_to_be_public():
    talk = make_talk()
    given = give(talk)
    assert list(Contribution.objects.released()) == [given]
    Page.objects.get(pk=talk.event_id).specific.unpublish()
    assert list(Contribution.objects.released()) == []


def test_released_ends_with_the_talk_and_with_its_withdrawal():
    talk = make_talk()
    give(talk)
    type(talk).objects.filter(pk=talk.pk).update(state="withdrawn")
    assert list(Contribution.objects.released()) == []
    type(talk).objects.filter(pk=talk.pk).update(state="given", live=False)
    assert list(Contribution.objects.released()) == []


@pytest.mark.parametrize(("what", "words", "slides"), [("answers", 0, 0), ("slides", 1, 0), ("record", 1, 1)])
def test_withdrawn_consent_takes_away_what_it_was_for(what, words, slides):
    talk = make_talk()
    given = give(talk)
    TalkConsent.objects.create(
        contribution=given,
        speaker=make_speaker(),
        what=what,
        wording="Yes.",
        given_at=START,
        withdrawn_at=START + dt.timedelta(days=1),
    )
    assert Contribution.objects.released().count() == words
    assert Contribution.objects.with_slides_allowed().count() == slides


def test_unreleased_words_stay_as_a_draft():
    talk = make_talk()
    given = give(talk, {"summary": "Words"})
    unrelease(contribution=given)
    assert Contribution.objects.released().count() == 0
    kept = Contribution.objects.get(pk=given.pk).get_latest_revision_as_object()
    assert [a.text for a in kept.answers.all() if a.text] == ["<p>Words</p>"]


def test_contributions_with_the_speakers_are_found():
    first, second = make_talk().contribution, make_talk().contribution
    hand_over(contribution=first, to=Baton.SPEAKERS, at=START)
    hand_over(contribution=second, to=Baton.SPEAKERS, at=START)
    hand_over(contribution=second, to=Baton.ORGANISERS, at=START + dt.timedelta(hours=1))
    assert list(Contribution.objects.with_speakers()) == [first]
