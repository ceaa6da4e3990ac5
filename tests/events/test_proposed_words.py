"""The title and teaser that speakers propose, taken over into the programme by an organiser."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils import WagtailTestUtils
from wagtail.test.utils.form_data import querydict_from_html

from events.models import TalkPage
from speakers.models import Introduction
from tests.admin import EDITOR, edit_url, said, sign_in, texts
from tests.factories import make_event, make_speaker, make_talk, make_user, publish

pytestmark = pytest.mark.django_db
TITLE, TEASER = "Tides for all", "What the tide tables left out."


@pytest.fixture
def talk():
    return make_talk(event=make_event(), title="To be announced", speakers=[make_speaker("Ada Vale")], live=False)


def propose(talk, title=TITLE, teaser=TEASER):
    draft = talk.contribution.get_latest_revision_as_object()
    draft.proposed_title, draft.teaser = title, teaser
    draft.save_revision()


def desk(talk):
    return f"/cms/snippets/speakers/contribution/edit/{talk.contribution.pk}/"


def address(talk):
    return f"/cms/series/talk/{talk.pk}/words/"


def take(client, talk, what, title=TITLE, teaser=TEASER, back=""):
    data = {"take": what, "title": title, "teaser": teaser}
    return client.post(f"{address(talk)}?back={back}", data, follow=True)


def draft_of(talk):
    return TalkPage.objects.get(pk=talk.pk).get_latest_revision_as_object()


def in_draft(talk):
    draft = draft_of(talk)
    return draft.title, draft.teaser


def test_title_and_teaser_are_one_press_away_from_the_contribution(client, talk):
    sign_in(client)
    propose(talk)
    page = client.get(desk(talk))
    assert texts(page, "form.desk__words dd") == [TITLE, TEASER]
    assert texts(page, "form.desk__words button") == ["Take both over into the programme", "Title only", "Teaser only"]
    page = press(client, page, "Take both over into the programme")
    assert said(page) == ["The programme has the title and the teaser as they propose. Publish it when you are ready."]
    assert page.redirect_chain[-1][0] == desk(talk)
    assert (in_draft(talk), texts(page, "form.desk__words")) == ((TITLE, TEASER), [])
    assert (draft_of(talk).slug, draft_of(talk).title_is_ours) == ("tides-for-all", False)


def press(client, page, words):
    """Presses a button of the desk's form, with all that the form carries."""
    (form,) = select(page, "form.desk__words")
    data = {field["name"]: field["value"] for field in form.select("input[name]")}
    (button,) = [button for button in form.select("button") if button.get_text(strip=True) == words]
    return client.post(form["action"], {**data, button["name"]: button["value"]}, follow=True)


def select(page, selector):
    return WagtailTestUtils.get_soup(page.content).select(selector)


def test_one_of_them_leaves_the_other(client, talk):
    sign_in(client)
    propose(talk)
    page = take(client, talk, "title", back="contribution")
    assert said(page) == ["The programme has the title as they propose. Publish it when you are ready."]
    assert in_draft(talk) == (TITLE, "")
    assert texts(page, "form.desk__words dd") == [TEASER]
    assert texts(page, "form.desk__words button") == ["Take it over into the programme"]


def test_from_the_talks_editor_it_is_asked_with_both_wordings_and_leads_back(client, talk):
    sign_in(client)
    propose(talk, teaser="")
    page = client.get(edit_url(talk))
    assert [link["href"] for link in select(page, ".talk-outlook a") if "Take" in link.text] == [address(talk)]
    asked = client.get(address(talk))
    assert texts(asked, ".plain-form dd") == ["To be announced", TITLE]
    response = take(client, talk, "title", teaser="")
    assert response.redirect_chain[-1][0] == edit_url(talk)
    assert in_draft(talk) == (TITLE, "")


def test_running_order_says_which_titles_wait_and_is_come_back_to(client, talk):
    sign_in(client)
    propose(talk)
    (link,) = select(client.get(edit_url(talk.event)), ".running-order a[href*=words]")
    assert link["href"] == f"{address(talk)}?back=evening"
    evening = take(client, talk, "both", back="evening")
    assert evening.redirect_chain[-1][0] == edit_url(talk.event)
    assert texts(evening, ".running-order li > span > a") == [TITLE]
    assert select(evening, ".running-order a[href*=words]") == []


def test_public_talk_without_another_draft_says_it_at_once(client):
    sign_in(client)
    talk = make_talk(title="Tides", speakers=[make_speaker("Ada Vale")])
    propose(talk)
    page = take(client, talk, "both")
    assert said(page) == ["The programme has the title and the teaser as they propose. Readers see it."]
    talk.refresh_from_db()
    assert (talk.title, talk.teaser) == (TITLE, TEASER)


def test_public_talk_with_another_draft_waits(client):
    sign_in(client)
    talk = make_talk(title="Tides", speakers=[make_speaker("Ada Vale")])
    draft = talk.get_latest_revision_as_object()
    draft.account = "<p>Half an account</p>"
    draft.save_revision()
    propose(talk)
    page = take(client, talk, "title")
    assert said(page) == ["The programme has the title as they propose. Publish it when you are ready."]
    talk.refresh_from_db()
    assert (talk.title, in_draft(talk)[0], draft_of(talk).account) == ("Tides", TITLE, "<p>Half an account</p>")


def test_the_version_before_brings_the_old_words_back(client):
    sign_in(client)
    talk = make_talk(title="Tides", teaser="Ours", speakers=[make_speaker("Ada Vale")])
    publish(talk)
    before = TalkPage.objects.get(pk=talk.pk).latest_revision
    propose(talk)
    take(client, talk, "both")
    form = client.get(reverse("wagtailadmin_pages:revisions_revert", args=[talk.pk, before.pk]))
    data = querydict_from_html(form.content.decode(), form_id=EDITOR)
    client.post(edit_url(talk), {**data.dict(), "action-publish": "action-publish"})
    talk.refresh_from_db()
    assert (talk.title, talk.teaser) == ("Tides", "Ours")


def test_words_that_changed_since_they_were_looked_at_are_not_taken(client, talk):
    sign_in(client)
    propose(talk)
    propose(talk, title="Tides for all and ot")
    page = take(client, talk, "both")
    assert said(page) == ["They have changed it since you looked. Look again, and press once more."]
    assert in_draft(talk) == ("To be announced", "")


@pytest.mark.parametrize("what", ["", "slug", "both"])
def test_nothing_to_take_over_is_said(client, talk, what):
    sign_in(client)
    if what != "both":
        propose(talk)
    assert said(take(client, talk, what)) == ["There is nothing to take over."]
    assert in_draft(talk) == ("To be announced", "")


def test_twice_is_said_and_makes_no_second_version(client, talk):
    sign_in(client)
    propose(talk)
    take(client, talk, "both")
    count = talk.revisions.count()
    assert said(take(client, talk, "both")) == ["There is nothing to take over."]
    assert talk.revisions.count() == count


def test_talk_that_another_locked_is_left_alone(client, talk):
    sign_in(client)
    propose(talk)
    draft = talk.contribution.get_latest_revision_as_object()
    draft.introductions = [Introduction(speaker=draft.speakers()[0], role="Head of Maps")]
    draft.save_revision()
    TalkPage.objects.filter(pk=talk.pk).update(locked=True, locked_by=make_user("organiser"), locked_at=timezone.now())
    words = "This talk is locked. Unlock it first."
    assert said(take(client, talk, "title"))[0] == words
    introduce = f"/cms/series/talk/{talk.pk}/introduce/{draft.speakers()[0].pk}/"
    assert said(client.post(introduce, follow=True))[0] == words
    assert (in_draft(talk)[0], draft_of(talk).talk_speakers.get().role) == ("To be announced", "")


def test_talk_with_a_schedule_is_left_alone(client, talk):
    sign_in(client)
    draft = talk.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Half a title", timezone.now() + dt.timedelta(days=3)
    draft.save_revision().publish()
    propose(talk)
    words = "This talk is to be published on a set day, as it stands. Cancel that in its editor first."
    assert said(take(client, talk, "title"))[0] == words
    assert in_draft(talk)[0] == "Half a title"


def test_a_past_talk_keeps_the_title_under_which_it_was_given(client, talk):
    sign_in(client)
    propose(talk)
    TalkPage.objects.filter(pk=talk.pk).update(state="given")
    draft = draft_of(talk)
    draft.state = "given"
    draft.save_revision()
    assert said(take(client, talk, "title")) == ["There is nothing to take over."]


def test_moderators_read_the_proposal_and_take_nothing_over(client, talk):
    sign_in(client, "moderator")
    propose(talk)
    page = client.get(edit_url(talk))
    assert f"The title they propose: {TITLE}" in texts(page, ".talk-outlook p")
    assert [link for link in select(page, ".talk-outlook a") if "Take" in link.text] == []
    assert select(client.get(desk(talk)), "form.desk__words") == []
