"""A contribution's editor: a field for each question, drafts only, and no word lost."""

import pytest
from bs4 import BeautifulSoup

from speakers.enums import AnswerMode, MissingReason
from speakers.models import Answer, Ask, Contribution, StandardQuestion, TalkLink
from speakers.prose import plain_text
from tests.factories import QUESTIONS, give, make_speaker, make_talk, publish, write_answers
from tests.speakers.editor import at, draft_of, messages_of, opened, send, typed, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def contribution():
    return make_talk(speakers=[make_speaker("Ada Vale")]).contribution


@pytest.fixture
def shared():
    """A contribution of two speakers."""
    return make_talk(speakers=[make_speaker("Ada Vale"), make_speaker("Ben Wick")]).contribution


def field(slug, key="joint"):
    return f"answer-{StandardQuestion.objects.get(slug=slug).pk}-{key}"


def mode(slug):
    return f"mode-{StandardQuestion.objects.get(slug=slug).pk}"


def rows():
    return sorted(Answer.objects.values_list("text", flat=True))


def words(draft):
    """Question, whose, and the words without the editor's keys."""
    return [(row.question.slug, row.speaker.name if row.speaker else "", row.plain_text) for row in draft.answers.all()]


# Its fields


def test_editor_has_one_field_for_each_question_in_the_order_of_the_answers(organiser, contribution):
    page = BeautifulSoup(organiser.get(at("edit", contribution.pk)).content, "html.parser")
    wordings = [heading.get_text(strip=True) for heading in page.select(".answers__question .answers__wording")]
    fields = [element["name"] for element in page.select(".answers__question [data-draftail-input]")]
    assert wordings == list(QUESTIONS.values())
    assert fields == [field(slug) for slug in QUESTIONS]


def test_order_of_the_fields_is_that_of_the_day_it_was_planned(organiser, contribution):
    series = contribution.talk.event.series
    for place, row in enumerate(reversed(list(series.series_questions.all()))):
        row.sort_order = place
        row.save()
    page = BeautifulSoup(organiser.get(at("edit", contribution.pk)).content, "html.parser")
    fields = [element["name"] for element in page.select(".answers__question [data-draftail-input]")]
    assert fields == [field(slug) for slug in QUESTIONS]


def test_two_speakers_have_a_joint_field_and_one_each_and_a_choice(organiser, shared):
    data = opened(organiser, at("edit", shared.pk))
    ada, ben = shared.speakers()
    keys = ("joint", ada.pk, ben.pk)
    assert [name for name in data if name.startswith("answer-")] == [field(q, key) for q in QUESTIONS for key in keys]
    assert {name: data[name] for name in data if name.startswith("mode-")} == {
        mode(slug): AnswerMode.JOINT for slug in QUESTIONS
    }


def test_fields_that_are_not_in_use_are_hidden_by_rule_and_not_in_the_page(organiser, shared):
    page = BeautifulSoup(organiser.get(at("edit", shared.pk)).content, "html.parser")
    slots = page.select(".answers__question:first-of-type .answers__slot")
    assert [slot["data-w-rules"] for slot in slots] == [
        f'{{"{mode("summary")}": ["joint", "both"]}}',
        f'{{"{mode("summary")}": ["each", "both"]}}',
        f'{{"{mode("summary")}": ["each", "both"]}}',
    ]
    assert [slot.has_attr("hidden") for slot in slots] == [False] * 3


def test_speakers_of_a_draft_of_the_programme_have_their_fields(organiser, contribution):
    talk = contribution.talk
    draft = talk.get_latest_revision_as_object()
    draft.talk_speakers.add(type(talk.talk_speakers.first())(speaker=make_speaker("Ben Wick"), sort_order=1))
    draft.save_revision()
    assert [s.name for s in Contribution.objects.get(pk=contribution.pk).speakers()] == ["Ada Vale", "Ben Wick"]
    assert mode("summary") in opened(organiser, at("edit", contribution.pk))


def test_question_keeps_the_wording_in_which_it_was_asked(organiser, contribution):
    StandardQuestion.objects.filter(slug="hurdles").update(text="What stands in the way?")
    page = BeautifulSoup(organiser.get(at("edit", contribution.pk)).content, "html.parser")
    wordings = [heading.get_text(strip=True) for heading in page.select(".answers__question .answers__wording")]
    assert wordings[4] == "What are the main hurdles?"
    assert page.select_one(".answers__question .help").get_text(strip=True) == (
        "Asked in these words. Today we ask: What stands in the way?"
    )


# Drafts, and nothing but drafts


def test_saving_writes_a_draft_and_no_row(organiser, contribution):
    link = with_row("links", label="The portal", url="https://example.org/", kind="service", language="en")
    ask = with_row("asks", text="Tell us", closes_precision="day")
    response = send(
        organiser,
        at("edit", contribution.pk),
        {field("summary"): typed("A project."), "teaser": "Soon.", **link, **ask},
    )
    assert response["Location"] == at("edit", contribution.pk)
    contribution.refresh_from_db()
    assert rows() == [""] * 6
    assert (TalkLink.objects.count(), Ask.objects.count()) == (0, 0)
    assert (contribution.live, contribution.teaser, contribution.has_unpublished_changes) == (False, "", True)
    draft = draft_of(contribution)
    assert words(draft)[0] == ("summary", "", "A project.")
    assert [(link.label, link.url) for link in draft.links.all()] == [("The portal", "https://example.org/")]
    assert ([ask.text for ask in draft.asks.all()], draft.teaser) == (["Tell us"], "Soon.")


def test_autosave_keeps_the_draft_and_overwrites_its_own(organiser, contribution):
    url = at("edit", contribution.pk)
    first = send(organiser, url, {field("summary"): typed("Half a")}, json=True).json()
    again = {field("summary"): typed("Half a sentence"), "overwrite_revision_id": first["revision_id"]}
    second = send(organiser, url, again, json=True).json()
    assert (first["success"], second["success"]) == (True, True)
    assert second["revision_id"] == first["revision_id"]
    assert words(draft_of(contribution))[0] == ("summary", "", "Half a sentence")
    assert rows() == [""] * 6


def test_draft_of_what_is_released_leaves_the_released_words_alone(organiser, contribution):
    give(contribution.talk, {"summary": "Released."})
    send(organiser, at("edit", contribution.pk), {field("summary"): typed("Newer.")})
    assert rows() == ["", "", "", "", "", "<p>Released.</p>"]
    assert words(draft_of(contribution))[0] == ("summary", "", "Newer.")


def test_draft_after_being_taken_off_the_site_writes_no_row(organiser, contribution):
    give(contribution.talk, {"summary": "Released."})
    organiser.post(at("unpublish", contribution.pk))
    send(organiser, at("edit", contribution.pk), {field("summary"): typed("Newer.")})
    assert rows() == ["", "", "", "", "", "<p>Released.</p>"]
    assert words(draft_of(contribution))[0] == ("summary", "", "Newer.")


def test_invalid_ask_is_refused_in_words_and_the_form_keeps_all_text(organiser, contribution):
    ask = with_row("asks", text="Tell us", opens_on="2026-02-01", closes_on="2026-01-01", closes_precision="day")
    response = send(organiser, at("edit", contribution.pk), {field("hurdles"): typed("Typed at length."), **ask})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert "It can’t close before it opens." in [e.get_text(strip=True) for e in page.select(".error-message")]
    assert "Typed at length." in page.find(attrs={"name": field("hurdles")})["value"]
    assert page.find(attrs={"name": "asks-0-text"})["value"] == "Tell us"
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (with_row("links", label="Here", url="nowhere", kind="other", language="en"), "Enter a valid URL."),
        (with_row("asks", text="Write", email="us", closes_precision="day"), "Enter a valid email address."),
        ({"slides_url": "our folder"}, "Enter a valid URL."),
    ],
)
def test_bad_address_is_refused_in_words(organiser, contribution, changes, fault):
    response = send(organiser, at("edit", contribution.pk), changes)
    page = BeautifulSoup(response.content, "html.parser")
    assert [e.get_text(strip=True) for e in page.select(".error-message")] == [fault]
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None


def test_empty_answer_says_why(organiser, contribution):
    why = field("hurdles").replace("answer", "missing")
    send(organiser, at("edit", contribution.pk), {why: MissingReason.DECLINED, field("change"): typed("Less.")})
    reasons = {row.question.slug: row.missing for row in draft_of(contribution).answers.all()}
    assert (reasons["hurdles"], reasons["summary"], reasons["change"]) == ("declined", "to_come", "")


def test_field_that_is_not_sent_stays_as_it_is(organiser, contribution):
    write_answers(contribution, {"summary": "Kept.", "hurdles": "Also kept."})
    url = at("edit", contribution.pk)
    data = opened(organiser, url)
    del data[field("hurdles")]
    organiser.post(url, data)
    assert [text for _, _, text in words(draft_of(contribution)) if text] == ["Kept.", "Also kept."]


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


# Preview, compare, history, revert


def test_compare_shows_what_changed_in_an_answer(organiser, contribution):
    url = at("edit", contribution.pk)
    send(organiser, url, {field("summary"): typed("The first words.")})
    send(organiser, url, {field("summary"): typed("The second words.")})
    compared = organiser.get(at("revisions_compare", contribution.pk, "earliest", "latest"))
    page = BeautifulSoup(compared.content, "html.parser")
    assert page.select_one(".comparison .addition").get_text() == "second"
    assert page.select_one(".comparison .deletion").get_text() == "first"


def test_history_lists_drafts_and_releases(organiser, contribution):
    send(organiser, at("edit", contribution.pk), {field("summary"): typed("Words.")})
    organiser.post(at("release", contribution.pk))
    page = BeautifulSoup(organiser.get(at("history", contribution.pk)).content, "html.parser")
    lines = [row.select_one("td").get_text(" ", strip=True) for row in page.select("main tbody tr")]
    assert [line.split()[0] for line in lines] == ["Published", "Edited"]


def test_earlier_version_becomes_the_draft_and_writes_no_row(organiser, contribution):
    url = at("edit", contribution.pk)
    send(organiser, url, {field("summary"): typed("The first words.")})
    first = Contribution.objects.get(pk=contribution.pk).latest_revision
    send(organiser, url, {field("summary"): typed("The second words.")})
    revert = at("revisions_revert", contribution.pk, first.pk)
    response = send(organiser, revert, {"revision": first.pk})
    assert response["Location"] == url
    assert words(draft_of(contribution))[0] == ("summary", "", "The first words.")
    assert rows() == [""] * 6


def test_success_message_says_that_readers_see_nothing(organiser, contribution):
    url = at("edit", contribution.pk)
    response = organiser.post(url, opened(organiser, url), follow=True)
    assert messages_of(response) == ["The draft is saved. Readers see nothing of it until it is released."]
