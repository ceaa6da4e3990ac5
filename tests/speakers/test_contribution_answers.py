"""Answers given together or each for themselves, a question answered twice, and one that was not asked."""

import pytest
from bs4 import BeautifulSoup

from speakers.models import Answer, StandardQuestion
from speakers.prose import plain_text
from tests.factories import QUESTIONS, make_speaker, make_talk, publish, write_answers
from tests.remembering import remembered
from tests.speakers.editor import at, draft_of, opened, send, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def contribution():
    return make_talk(speakers=[make_speaker("Ada Vale")]).contribution


@pytest.fixture
@remembered
def shared():
    """A contribution of two speakers."""
    return make_talk(speakers=[make_speaker("Ada Vale"), make_speaker("Ben Wick")]).contribution


def field(slug, key="joint"):
    return f"answer-{StandardQuestion.objects.get(slug=slug).pk}-{key}"


def mode(slug):
    return f"mode-{StandardQuestion.objects.get(slug=slug).pk}"


def words(draft):
    """Question, whose, and the words without the editor's keys."""
    return [(row.question.slug, row.speaker.name if row.speaker else "", row.plain_text) for row in draft.answers.all()]


# One or several who answer


def test_each_for_themselves_makes_an_answer_for_each_and_keeps_the_joint_words_aside(organiser, shared):
    write_answers(shared, {"summary": "What we said together."})
    ada, _ = shared.speakers()
    url = at("edit", shared.pk)
    send(organiser, url, {mode("summary"): "each", field("summary", ada.pk): typed("I, Ada.")})
    draft = draft_of(shared)
    assert words(draft)[:2] == [("summary", "Ada Vale", "I, Ada."), ("summary", "Ben Wick", "")]
    assert [row.joint for row in draft.answers.all()] == [False, False, True, True, True, True, True]
    assert [(aside["joint"], plain_text(aside["text"])) for aside in draft.set_aside] == [
        (True, "What we said together.")
    ]
    # Still there, in its own field, for whoever goes back.
    assert "What we said together." in opened(organiser, url)[field("summary")]


def test_going_back_to_together_brings_back_the_joint_words_and_keeps_each_ones(organiser, shared):
    write_answers(shared, {"summary": "What we said together."})
    ada, _ = shared.speakers()
    url = at("edit", shared.pk)
    send(organiser, url, {mode("summary"): "each", field("summary", ada.pk): typed("I, Ada.")})
    send(organiser, url, {mode("summary"): "joint"})
    draft = draft_of(shared)
    assert words(draft)[0] == ("summary", "", "What we said together.")
    assert len(words(draft)) == 6
    assert [aside["speaker"] for aside in draft.set_aside] == [ada.pk]
    assert "I, Ada." in opened(organiser, url)[field("summary", ada.pk)]


def test_words_set_aside_are_never_released(organiser, shared):
    write_answers(shared, {"summary": "What we said together."})
    ada, _ = shared.speakers()
    changes = {mode("summary"): "each", field("summary", ada.pk): typed("I, Ada.")}
    send(organiser, at("edit", shared.pk), changes)
    organiser.post(at("release", shared.pk))
    shared.refresh_from_db()
    assert shared.live is True
    assert [row.plain_text for row in Answer.objects.all() if row.has_text] == ["I, Ada."]


def test_both_together_and_each(organiser, shared):
    ada, _ = shared.speakers()
    changes = {mode("change"): "both", field("change"): typed("Ours."), field("change", ada.pk): typed("Mine.")}
    send(organiser, at("edit", shared.pk), changes)
    assert [row for row in words(draft_of(shared)) if row[0] == "change"] == [
        ("change", "", "Ours."),
        ("change", "Ada Vale", "Mine."),
        ("change", "Ben Wick", ""),
    ]
    assert opened(organiser, at("edit", shared.pk))[mode("change")] == "both"


def test_speaker_who_leaves_the_talk_leaves_their_words(organiser, shared):
    ada, ben = shared.speakers()
    url = at("edit", shared.pk)
    send(organiser, url, {mode("change"): "each", field("change", ben.pk): typed("I, Ben.")})
    talk = shared.talk
    publish(talk, talk_speakers=[row for row in talk.talk_speakers.all() if row.speaker == ada])
    assert "I, Ben." in opened(organiser, url)[field("change", ben.pk)]
    send(organiser, url, {})
    assert ("change", "Ben Wick", "I, Ben.") in words(draft_of(shared))


def test_words_for_a_speaker_who_left_while_the_form_was_open_are_kept(organiser, shared):
    ada, ben = shared.speakers()
    url = at("edit", shared.pk)
    data = opened(organiser, url)
    data[mode("change")] = "each"
    data[field("change", ben.pk)] = typed("I, Ben, at length.")
    talk = shared.talk
    publish(talk, talk_speakers=[row for row in talk.talk_speakers.all() if row.speaker == ada])
    organiser.post(url, data)
    assert ("change", "Ben Wick", "I, Ben, at length.") in words(draft_of(shared))


# The same question twice


def test_question_answered_twice_is_refused_in_words_until_one_is_emptied(organiser, contribution):
    draft = draft_of(contribution)
    question = StandardQuestion.objects.get(slug="summary")
    second = Answer(question=question, wording=question.text, text="<p>Twice.</p>", sort_order=9)
    draft.answers = [*draft.answers.all(), second]
    draft.answers.all()[0].text = "<p>Once.</p>"
    draft.save_revision(clean=False)
    url = at("edit", contribution.pk)
    response = send(organiser, url, {})
    page = BeautifulSoup(response.content, "html.parser")
    assert [e.get_text(strip=True) for e in page.select(".error-message")] == [
        "They have answered this question already, above. Move these words there and empty this field."
    ]
    send(organiser, url, {field("summary"): typed("Once and twice."), field("summary", "joint-2"): typed("")})
    assert [row for row in words(draft_of(contribution)) if row[0] == "summary"] == [("summary", "", "Once and twice.")]


# Questions that were not asked


def test_question_of_the_series_that_was_not_asked_can_be_asked_too(organiser, contribution):
    gone = StandardQuestion.objects.get(slug="difference")
    Answer.objects.filter(contribution=contribution, question=gone).delete()
    url = at("edit", contribution.pk)
    page = BeautifulSoup(organiser.get(url).content, "html.parser")
    assert [label.get_text(strip=True) for label in page.select(".answers__tick")] == [QUESTIONS["difference"]]
    send(organiser, url, {f"ask-{gone.pk}": "on"})
    asked = [(row.question.slug, row.wording, row.missing) for row in draft_of(contribution).answers.all()]
    assert [slug for slug, _, _ in asked] == list(QUESTIONS)
    assert asked[2] == ("difference", QUESTIONS["difference"], "to_come")
    assert field("difference") in opened(organiser, url)
    assert Answer.objects.filter(contribution=contribution).count() == 5
