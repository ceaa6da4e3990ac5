"""What organisers do beside a contribution's editor: hand it over, note, record consents, keep slides."""

import pytest
from bs4 import BeautifulSoup

from speakers.actions import hand_over
from speakers.enums import Baton, ConsentTo
from speakers.models import Contribution, Handover, PrivateNote, TalkConsent
from tests.factories import START, give, make_speaker, make_talk
from tests.remembering import remembered
from tests.speakers.editor import at, messages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def contribution():
    return make_talk(speakers=[make_speaker("Ada Vale")]).contribution


def desk(client, contribution):
    page = BeautifulSoup(client.get(at("edit", contribution.pk)).content, "html.parser")
    return page.select_one(".desk")


def lines(element, selector):
    return [" ".join(line.get_text(" ", strip=True).split()) for line in element.select(selector)]


# The baton


def test_hand_to_the_speakers_and_take_back(organiser, contribution):
    response = organiser.post(at("hand_over", contribution.pk), {"note": "Six questions, a week."}, follow=True)
    assert messages_of(response)[0] == "The speakers have it now. You can read it, and take it back at any time."
    assert contribution.held_by == Baton.SPEAKERS
    organiser.post(at("take_back", contribution.pk))
    assert contribution.held_by == Baton.ORGANISERS
    assert [(h.to, h.note, h.by.has_perm("speakers.change_contribution")) for h in Handover.objects.all()] == [
        ("organisers", "", True),
        ("speakers", "Six questions, a week.", True),
    ]


def test_editor_that_is_locked_has_no_form_for_scripts(organiser, contribution):
    """Wagtail's panels look for their forms, and the words stand here without one."""
    address = at("edit", contribution.pk)
    assert "w-edit-handler-data" in organiser.get(address).content.decode()
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START)
    assert "w-edit-handler-data" not in organiser.get(address).content.decode()


def test_what_has_no_title_yet_is_called_by_its_slot_and_its_speakers(organiser, contribution):
    event = contribution.talk.event
    talk = make_talk(event=event, title="To be announced", speakers=[make_speaker("Ben Wick")])
    assert str(talk.contribution) == f"What was given to slot 2 of {event.series.title} {event.number} (Ben Wick)"
    assert str(contribution) == f"What was given to “{contribution.talk.title}”"
    response = organiser.post(f"/cms/series/talk/{talk.pk}/withdraw/", follow=True)
    said = f"Slot 2 of {event.series.title} {event.number} (Ben Wick) is withdrawn. You can reinstate it at any time."
    assert said in messages_of(response)


def test_talk_without_speakers_cannot_be_handed_to_them(organiser):
    contribution = make_talk().contribution
    response = organiser.post(at("hand_over", contribution.pk), follow=True)
    assert messages_of(response) == ["Nobody speaks in this talk yet. Add a speaker to the talk, then hand it over."]
    assert contribution.held_by == Baton.ORGANISERS


def test_top_of_the_editor_says_where_it_stands(organiser, contribution):
    assert lines(desk(organiser, contribution), ".desk__line") == [
        "Nothing yet 0 of 6 answers. Readers don’t see it.",
        "With the organisers. It was never handed to the speakers.",
    ]
    give(contribution.talk, {"summary": "Words."})
    hand_over(contribution=contribution, to=Baton.SPEAKERS, at=START, note="Over to you.")
    top = desk(organiser, contribution)
    assert lines(top, ".desk__line") == [
        "Released 1 of 6 answers. Readers see it.",
        "With the speakers since Wednesday 26 November 2025, 6pm. Over to you.",
    ]
    assert lines(top, ".desk__actions button") == ["Take it back"]


def test_top_of_the_editor_says_that_a_released_one_is_not_seen(organiser):
    talk = make_talk(speakers=[make_speaker()])
    given = give(talk)
    type(talk).objects.filter(pk=talk.pk).update(live=False)
    assert lines(desk(organiser, given), ".desk__line")[0] == (
        "Released 1 of 6 answers. "
        "Readers don’t see it: its talk or evening isn’t public, or a speaker took back their consent."
    )


def test_history_of_handovers_is_in_view(organiser, contribution):
    organiser.post(at("hand_over", contribution.pk), {"note": "Six questions."})
    organiser.post(at("take_back", contribution.pk))
    top = desk(organiser, contribution)
    entries = lines(top, ".desk__more details:first-child li")
    assert [entry.split(" ")[:3] for entry in entries] == [["With", "the", "organisers"], ["With", "the", "speakers"]]
    assert entries[1].endswith("Six questions.")


def test_handovers_stand_in_wagtails_history_too(organiser, contribution):
    organiser.post(at("hand_over", contribution.pk))
    page = BeautifulSoup(organiser.get(at("history", contribution.pk)).content, "html.parser")
    assert lines(page, "main tbody tr td:first-child")[0].startswith("Handed to the speakers")


# Private notes


def test_note_is_kept_and_listed_and_no_revision_holds_it(organiser, contribution):
    organiser.post(at("add_note", contribution.pk), {"text": "Prefers to speak last."})
    assert [(note.text, note.contribution) for note in PrivateNote.objects.all()] == [
        ("Prefers to speak last.", contribution)
    ]
    assert lines(desk(organiser, contribution), "#notes li")[0].startswith("Prefers to speak last.")
    assert Contribution.objects.get(pk=contribution.pk).latest_revision is None


def test_empty_note_is_refused_in_words(organiser, contribution):
    response = organiser.post(at("add_note", contribution.pk), {"text": "  "}, follow=True)
    assert messages_of(response) == ["Write a note first."]
    assert PrivateNote.objects.count() == 0


def test_moderator_sees_no_private_note(signed_in, contribution):
    PrivateNote.objects.create(contribution=contribution, text="Prefers to speak last.", at=START)
    response = signed_in("moderator").get(at("inspect", contribution.pk))
    assert response.status_code == 200
    assert "Prefers" not in response.content.decode()


# Consents


def consent(speaker, **fields):
    return {"speaker": speaker.pk, "what": "answers", "decision": "give", "wording": "By e-mail: yes.", **fields}


def test_consent_is_recorded_on_a_speakers_behalf(organiser, contribution):
    (ada,) = contribution.speakers()
    response = organiser.post(at("record_consent", contribution.pk), consent(ada), follow=True)
    assert messages_of(response) == ["Their consent is on record."]
    row = TalkConsent.objects.get()
    assert (row.speaker, row.what, row.wording, row.withdrawn_at) == (ada, "answers", "By e-mail: yes.", None)
    assert lines(desk(organiser, contribution), "#consents li strong") == ["Ada Vale: Publishing the answers"]


def test_consent_that_is_taken_back_takes_effect_at_once(organiser, contribution):
    given = give(contribution.talk)
    (ada,) = contribution.speakers()
    organiser.post(at("record_consent", given.pk), consent(ada))
    response = organiser.post(at("record_consent", given.pk), consent(ada, decision="withdraw"), follow=True)
    assert messages_of(response)[-1] == "It is on record. Readers no longer see what was given to this talk."
    assert Contribution.objects.released().count() == 0
    assert TalkConsent.objects.get().withdrawn_at is not None


def test_consent_without_its_words_is_refused(organiser, contribution):
    (ada,) = contribution.speakers()
    response = organiser.post(at("record_consent", contribution.pk), consent(ada, wording=" "), follow=True)
    assert messages_of(response) == ["Say in which words they agreed, and how they told you."]
    assert TalkConsent.objects.count() == 0


def test_consent_of_somebody_who_does_not_speak_here_is_refused(organiser, contribution):
    organiser.post(at("record_consent", contribution.pk), consent(make_speaker("Ben Wick")))
    assert TalkConsent.objects.count() == 0


def test_consent_may_be_taken_back_by_somebody_who_has_left_the_talk(organiser, contribution):
    ben = make_speaker("Ben Wick")
    TalkConsent.objects.create(
        contribution=contribution, speaker=ben, what=ConsentTo.ANSWERS, wording="Yes.", given_at=START
    )
    organiser.post(at("record_consent", contribution.pk), consent(ben, decision="withdraw"))
    assert TalkConsent.objects.get().withdrawn_at is not None
