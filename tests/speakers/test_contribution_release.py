"""A contribution's way to readers: its own button, and nothing else."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from mailing.models import OutgoingMail
from speakers.actions import give_consent, hand_over, release
from speakers.enums import Baton, ConsentTo
from speakers.models import Answer, Ask, Contribution, StandardQuestion
from tests.factories import (
    QUESTIONS,
    START,
    give,
    make_event,
    make_speaker,
    make_talk,
    make_user,
    publish,
    write_answers,
)
from tests.speakers.editor import at, draft_of, messages_of, opened, send, typed, with_row

pytestmark = pytest.mark.django_db
ALL = {slug: f"About {slug}." for slug in QUESTIONS}


@pytest.fixture
def ada():
    return make_speaker("Ada Vale")


@pytest.fixture
def contribution(ada):
    return make_talk(speakers=[ada]).contribution


def complete(contribution, speaker):
    """Nothing is missing."""
    write_answers(contribution, ALL, slides_url="https://example.org/slides")
    give_consent(contribution=contribution, speaker=speaker, what=ConsentTo.ANSWERS, wording="Yes.", at=START)


def is_live(contribution):
    return Contribution.objects.get(pk=contribution.pk).live


def summary():
    return f"answer-{StandardQuestion.objects.get(slug='summary').pk}-joint"


def sentences(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(strip=True) for item in page.select("main .bulleted li")]


def test_save_and_release_releases_at_once_where_nothing_is_missing(organiser, contribution, ada):
    complete(contribution, ada)
    url = at("edit", contribution.pk)
    data = opened(organiser, url)
    data[summary()] = typed("Said at last.")
    data["action-release"] = "yes"
    response = organiser.post(url, data, follow=True)
    assert messages_of(response) == ["Released. Readers see it now."]
    assert "Said at last." in [row.plain_text for row in Answer.objects.all()]
    assert contribution.is_released() is True


def test_save_and_release_saves_and_asks_where_something_is_missing(organiser, contribution):
    url = at("edit", contribution.pk)
    data = opened(organiser, url)
    data[summary()] = typed("The only words.")
    data["action-release"] = "yes"
    response = organiser.post(url, data)
    assert response["Location"] == at("release", contribution.pk)
    assert is_live(contribution) is False
    assert draft_of(contribution).answers.all()[0].plain_text == "The only words."


def test_release_page_lists_what_is_missing(organiser, contribution):
    write_answers(contribution, {slug: "Words." for slug in QUESTIONS if slug not in ("hurdles", "change")})
    publish(contribution.talk.event, live=True)
    assert sentences(organiser.get(at("release", contribution.pk))) == [
        f"No answer: “{QUESTIONS['hurdles']}”",
        f"No answer: “{QUESTIONS['change']}”",
        "No slides, neither a file nor a link.",
        "No consent of Ada Vale to publishing the answers is on record.",
    ]


def test_release_page_says_that_the_talk_is_not_public(organiser, ada):
    contribution = make_talk(event=make_event(live=False), speakers=[ada], live=False).contribution
    complete(contribution, ada)
    assert sentences(organiser.get(at("release", contribution.pk))) == [
        "Its talk is not public yet. Readers will see this when the talk and its evening are published."
    ]


def test_declined_answer_is_not_missing(organiser, contribution, ada):
    complete(contribution, ada)
    draft = draft_of(contribution)
    draft.answers.all()[4].text, draft.answers.all()[4].missing = "", "declined"
    draft.save_revision()
    response = organiser.get(at("release", contribution.pk))
    assert sentences(response) == []
    assert (
        BeautifulSoup(response.content, "html.parser").select_one("main p").get_text(strip=True)
        == "Nothing is missing."
    )


def test_release_is_a_post(organiser, contribution):
    write_answers(contribution, {"summary": "Words."})
    organiser.get(at("release", contribution.pk))
    assert is_live(contribution) is False
    response = organiser.post(at("release", contribution.pk))
    assert response["Location"] == at("edit", contribution.pk)
    assert is_live(contribution) is True


def test_release_refuses_what_is_not_in_order_in_words(organiser, contribution):
    draft = draft_of(contribution)
    question = draft.answers.all()[0].question
    for text in ("<p>Once.</p>", "<p>Twice.</p>"):
        draft.answers.add(Answer(question=question, wording=question.text, text=text, sort_order=9))
    draft.asks.add(Ask(text="Tell us", opens_on=dt.date(2026, 2, 1), closes_on=dt.date(2026, 1, 1)))
    draft.save_revision(clean=False)
    response = organiser.post(at("release", contribution.pk), follow=True)
    assert messages_of(response) == [
        f"“{QUESTIONS['summary']}” is answered twice in one name. Put the words into one answer.",
        "Ask “Tell us”: It can’t close before it opens.",
    ]
    assert is_live(contribution) is False


def test_empty_second_answer_does_not_stop_a_release(contribution):
    draft = draft_of(contribution)
    question = draft.answers.all()[0].question
    draft.answers.add(Answer(question=question, wording=question.text, text="<p>Once.</p>", sort_order=9))
    draft.save_revision(clean=False)
    release(contribution=contribution)
    assert [row.plain_text for row in Answer.objects.filter(question=question)] == ["Once."]


def test_wagtails_publish_button_saves_a_draft_and_publishes_nothing(signed_in, contribution):
    administrator = signed_in("administrator")
    send(administrator, at("edit", contribution.pk), {summary(): typed("Words."), "action-publish": "action-publish"})
    contribution.refresh_from_db()
    assert (contribution.live, contribution.has_unpublished_changes) == (False, True)
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is not None


def test_menu_of_the_editor_offers_our_own_verbs_and_not_wagtails(organiser, contribution):
    give(contribution.talk, {"summary": "Words."})
    page = BeautifulSoup(organiser.get(at("edit", contribution.pk)).content, "html.parser")
    actions = [element.get_text(" ", strip=True) for element in page.select("footer .button")]
    assert actions == ["Save draft", "More actions", "Save and release…", "Take it off the site…"]


def test_schedule_in_a_draft_is_not_obeyed(contribution):
    draft = draft_of(contribution)
    draft.go_live_at = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    draft.save_revision()
    release(contribution=contribution)
    assert is_live(contribution) is True
    assert Contribution.objects.get(pk=contribution.pk).go_live_at is None


def test_released_rows_are_written_once_and_updated(organiser, contribution):
    link = with_row("links", label="The portal", url="https://example.org/", kind="service", language="en")
    send(organiser, at("edit", contribution.pk), {summary(): typed("First."), **link})
    organiser.post(at("release", contribution.pk))
    send(organiser, at("edit", contribution.pk), {summary(): typed("Second."), "links-0-label": "The new portal"})
    organiser.post(at("release", contribution.pk))
    contribution.refresh_from_db()
    assert [row.plain_text for row in contribution.answers.all()] == ["Second.", "", "", "", "", ""]
    assert [link.label for link in contribution.links.all()] == ["The new portal"]


# Off the site again


def test_take_it_off_the_site_hides_it_and_keeps_the_words(organiser, contribution):
    give(contribution.talk, {"summary": "Words."})
    response = organiser.post(at("unpublish", contribution.pk), follow=True)
    assert messages_of(response) == ["Readers no longer see it. The words are kept as a draft."]
    assert Contribution.objects.released().count() == 0
    assert draft_of(contribution).answers.all()[0].plain_text == "Words."


# While the speakers hold it


@pytest.fixture
def held(contribution):
    give(contribution.talk, {"summary": "Words."})
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    return contribution


WITH_THE_SPEAKERS = (
    "The speakers have this at the moment, so you can read it but not change it. "
    "Take it back if you need to edit it; they will keep what they have typed."
)


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_editor_is_for_reading_while_the_speakers_hold_it(signed_in, held, role):
    response = signed_in(role).get(at("edit", held.pk))
    page = BeautifulSoup(response.content, "html.parser")
    assert messages_of(response) == [WITH_THE_SPEAKERS]
    assert page.select("[data-draftail-input], #w-editor-form textarea, #w-editor-form select") == []
    assert page.select_one("#w-editor-form .words .answers__wording").get_text() == QUESTIONS["summary"]
    assert page.select_one("#w-editor-form .rich-text, #w-editor-form .words p").get_text(strip=True) == "Words."
    assert "w-autosave" not in page.select_one("#w-editor-form")["data-controller"]


@pytest.mark.parametrize("role", ["organiser", "administrator"])
@pytest.mark.parametrize("action", [{}, {"action-publish": "yes"}, {"action-release": "yes"}])
def test_nothing_is_saved_or_released_while_the_speakers_hold_it(signed_in, held, role, action):
    before = Contribution.objects.get(pk=held.pk).latest_revision_id
    signed_in(role).post(at("edit", held.pk), {"teaser": "Typed all the same.", **action})
    assert Contribution.objects.get(pk=held.pk).latest_revision_id == before


def test_autosave_is_refused_while_the_speakers_hold_it(organiser, held):
    response = organiser.post(at("edit", held.pk), {"teaser": "T"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()["error_code"]) == (400, "locked")


@pytest.mark.parametrize(
    ("role", "view"),
    [
        *(("organiser", view) for view in ("release", "unpublish", "remove_slides")),
        *(("administrator", view) for view in ("release", "unpublish", "remove_slides", "lock", "unlock")),
    ],
)
def test_wagtails_and_our_verbs_ask_the_baton(signed_in, held, role, view):
    response = signed_in(role).post(at(view, held.pk), follow=True)
    assert WITH_THE_SPEAKERS in messages_of(response)
    held.refresh_from_db()
    assert (held.live, held.locked) == (True, False)


def test_earlier_version_cannot_be_brought_back_while_the_speakers_hold_it(organiser, contribution):
    write_answers(contribution, {"summary": "First."})
    first = Contribution.objects.get(pk=contribution.pk).latest_revision
    write_answers(contribution, {"summary": "Second."})
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    organiser.post(at("revisions_revert", contribution.pk, first.pk), {"revision": first.pk})
    assert draft_of(contribution).answers.all()[0].plain_text == "Second."


def test_schedule_cannot_be_cancelled_while_the_speakers_hold_it(organiser, held):
    revision = held.latest_revision
    revision.approved_go_live_at = START
    revision.save()
    organiser.post(at("revisions_unschedule", held.pk, revision.pk))
    revision.refresh_from_db()
    assert revision.approved_go_live_at == START


def test_a_persons_lock_stops_somebody_elses_release(signed_in, contribution):
    write_answers(contribution, {"summary": "Words."})
    signed_in("administrator").post(at("lock", contribution.pk))
    signed_in("organiser").post(at("release", contribution.pk))
    assert is_live(contribution) is False


def test_first_release_is_told_to_its_speakers_and_no_later_one(organiser):
    ada = make_speaker("Ada Vale", user=make_user(email="ada@example.org"))
    talk = make_talk(title="Tides", speakers=[ada, make_speaker("Ben Ek")])
    write_answers(talk.contribution, ALL, slides_url="https://example.org/slides")
    for holder in (Baton.SPEAKERS, Baton.ORGANISERS):
        hand_over(contribution=talk.contribution, to=holder, at=START)
    page = at("release", talk.contribution_id)
    assert "Ada Vale will be told by mail." in organiser.get(page).content.decode()
    organiser.post(page)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message.subject) == ("ada@example.org", "Your words are published: “Tides”")
    assert f"{settings.SITE_URL}{talk.url}" in mail.message.text
    assert "/account/link/" in mail.filling["link"]
    assert "will be told" not in organiser.get(page).content.decode()
    organiser.post(page)
    assert OutgoingMail.objects.count() == 1


def test_release_of_what_was_never_asked_for_here_is_told_to_nobody(organiser):
    """Such as an old write-up that was imported, whose speaker has an account since."""
    talk = make_talk(speakers=[make_speaker("Ada Vale", user=make_user(email="ada@example.org"))])
    give(talk, ALL)
    assert OutgoingMail.objects.count() == 0
