"""A contribution's editor: a field for each question, drafts only, and no word lost."""

import pytest
from bs4 import BeautifulSoup
from wagtail.actions import action_registry

from speakers.enums import AnswerMode, MissingReason
from speakers.models import Answer, Ask, Contribution, StandardQuestion, TalkLink
from tests.factories import QUESTIONS, give, make_speaker, make_talk, write_answers
from tests.remembering import remembered
from tests.speakers.editor import at, draft_of, messages_of, opened, send, typed, with_row

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


def test_wagtails_edit_action_writes_a_draft_and_no_row(contribution):
    draft = draft_of(contribution)
    draft.teaser = "Soon."
    draft.answers.all()[0].text = "<p>Words.</p>"
    action_registry.get_action_class(Contribution, "edit")(draft).execute()
    contribution.refresh_from_db()
    assert (contribution.teaser, rows()) == ("", [""] * 6)
    assert draft_of(contribution).teaser == "Soon."


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


# Preview, compare, history, revert


def previewed(client, url, data):
    assert client.post(url, data).json() == {"is_valid": True, "is_available": True}
    return BeautifulSoup(client.get(url).content, "html.parser").select_one("main").get_text(" ", strip=True)


def test_preview_shows_the_words_that_are_being_typed_and_saves_nothing(organiser, contribution):
    data = opened(organiser, at("edit", contribution.pk))
    data[field("summary")] = typed("Seen before anybody else.")
    assert "Seen before anybody else." in previewed(organiser, at("preview_on_edit", contribution.pk), data)
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None
    assert rows() == [""] * 6


def test_preview_of_a_contribution_without_a_talk_says_so(organiser, contribution):
    type(contribution.talk).objects.update(contribution=None)
    data = opened(organiser, at("edit", contribution.pk))
    assert "without a talk" in previewed(organiser, at("preview_on_edit", contribution.pk), data)


def test_preview_of_an_earlier_version(organiser, contribution):
    write_answers(contribution, {"summary": "The first words."})
    first = Contribution.objects.get(pk=contribution.pk).latest_revision
    write_answers(contribution, {"summary": "The second words."})
    page = BeautifulSoup(organiser.get(at("revisions_view", contribution.pk, first.pk)).content, "html.parser")
    text = page.select_one("main").get_text(" ", strip=True)
    assert ("The first words." in text, "The second words." in text) == (True, False)


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
