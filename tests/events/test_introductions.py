"""How speakers would like to be introduced, taken over into the programme by an organiser."""

import pytest

from events.models import TalkPage
from speakers.models import Introduction, Organisation, Speaker
from tests.admin import said, sign_in, texts
from tests.factories import make_organisation, make_speaker, make_talk, publish

pytestmark = pytest.mark.django_db
FULL = {"role": "Head of Maps", "organisation": "Board of Tides", "pronunciation": "AY-da"}


@pytest.fixture
def ada():
    return make_speaker("Ada Vale")


def propose(talk, speaker, **about):
    draft = talk.contribution.get_latest_revision_as_object()
    draft.introductions = [Introduction(speaker=speaker, **{**FULL, **about})]
    draft.save_revision()


def take_over(client, talk, speaker):
    return client.post(f"/cms/series/talk/{talk.pk}/introduce/{speaker.pk}/", follow=True)


def told(talk, speaker):
    row = TalkPage.objects.get(pk=talk.pk).talk_speakers.get()
    return row.role, str(row.organisation or ""), Speaker.objects.get(pk=speaker.pk).pronunciation


def test_title_and_teaser_that_speakers_propose_stand_where_the_programmes_are_typed(client, ada):
    sign_in(client)
    talk = make_talk(speakers=[ada], title="To be announced", teaser="Same")
    draft = talk.contribution.get_latest_revision_as_object()
    draft.proposed_title, draft.teaser = "Tides for all", "Same"
    draft.save_revision()
    page = client.get(f"/cms/pages/{talk.pk}/edit/")
    assert "The title they propose: Tides for all" in texts(page, ".talk-outlook p")
    assert not [line for line in texts(page, ".talk-outlook p") if line.startswith("The teaser")]


@pytest.mark.parametrize("live", [True, False])
def test_proposal_is_one_press_away_from_the_contribution(client, ada, live):
    sign_in(client)
    talk = make_talk(speakers=[ada], live=live)
    known = make_organisation("Board of Tides")
    propose(talk, ada)
    url = f"/cms/snippets/speakers/contribution/edit/{talk.contribution.pk}/"
    assert texts(client.get(url), "form.desk__line") == [
        "Ada Vale would like to be introduced otherwise: role: Head of Maps; organisation: Board of Tides; "
        "pronunciation: AY-da. Take it over into the programme"
    ]
    response = take_over(client, talk, ada)
    assert said(response) == ["The programme introduces Ada Vale as they propose."]
    assert told(talk, ada) == ("Head of Maps", "Board of Tides", "AY-da")
    assert Organisation.objects.get() == known
    assert texts(response, "form.desk__line") == []


def test_taking_over_keeps_a_draft_of_the_talk_a_draft(client, ada):
    sign_in(client)
    talk = make_talk(speakers=[ada], title="Tides")
    draft = talk.get_latest_revision_as_object()
    draft.title = "Half a title"
    draft.save_revision()
    propose(talk, ada)
    take_over(client, talk, ada)
    talk.refresh_from_db()
    assert (talk.title, told(talk, ada)[0]) == ("Tides", "")
    publish(talk)
    talk.refresh_from_db()
    assert (talk.title, told(talk, ada)[0]) == ("Half a title", "Head of Maps")


def test_organisation_nobody_knows_is_added_and_a_similar_one_is_asked_about(client, ada):
    sign_in(client)
    talk = make_talk(speakers=[ada])
    propose(talk, ada, organisation="Department of Places")
    take_over(client, talk, ada)
    assert told(talk, ada)[1] == "Department of Places"
    propose(talk, ada, organisation="DP")
    assert said(take_over(client, talk, ada)) == [
        "“DP” may be Department of Places. Choose it in the talk, or add a new one there."
    ]
    assert Organisation.objects.count() == 1


def test_nothing_proposed_is_nothing_to_take_over(client, ada):
    sign_in(client)
    talk = make_talk(speakers=[ada], role="Head")
    assert said(take_over(client, talk, ada)) == ["There is nothing to take over."]
    assert told(talk, ada)[0] == "Head"
