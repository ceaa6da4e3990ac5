"""Two rows of one person made one in the admin: asked, shown, done; nothing is deleted, and no draft undoes it."""

import pytest
from bs4 import BeautifulSoup

from events.models import TalkPage
from speakers.actions import merge_speakers
from speakers.models import Answer, Speaker
from speakers.prose import plain_text
from tests.factories import give, make_event, make_organisation, make_speaker, make_talk, make_user, publish
from tests.speakers.editor import at, messages_of, opened, send

pytestmark = pytest.mark.django_db
MODEL = "speaker"


def person(name, *args):
    return at(name, *args, model=MODEL)


def test_merge_asks_who_is_kept_and_suggests_similar_names(organiser):
    stephanie, steph = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    make_speaker("Ada Vale")
    page = BeautifulSoup(organiser.get(person("merge", steph.pk)).content, "html.parser")
    links = [(link.get_text(), link["href"]) for link in page.select("main ul a") if "into" in link["href"]]
    assert links == [("Stephanie Howe", f"?into={stephanie.pk}")]


def test_merge_shows_the_talks_of_both_and_changes_nothing_before_the_post(organiser):
    stephanie, steph = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    event = make_event(title="Counting")
    make_talk(event=event, title="How many", speakers=[stephanie], role="Counter")
    make_talk(event=event, title="How few", speakers=[steph], organisation=make_organisation("The Bureau"))
    response = organiser.get(person("merge", steph.pk), {"into": stephanie.pk})
    page = BeautifulSoup(response.content, "html.parser")
    assert [" ".join(li.get_text(" ", strip=True).split()) for li in page.select("main .nice-padding li")] == [
        "How many (Counting), Counter",
        "How few (Counting), The Bureau",
    ]
    assert Speaker.objects.current().count() == 2


def test_merge_says_in_which_talks_both_stand(organiser):
    stephanie, steph = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    talk = make_talk(title="How many", speakers=[stephanie, steph])
    make_talk(speakers=[steph])
    page = BeautifulSoup(organiser.get(person("merge", steph.pk), {"into": stephanie.pk}).content, "html.parser")
    assert [(link.get_text(), link["href"]) for link in page.select("main .help-block a")] == [
        ("How many", f"/cms/pages/{talk.pk}/edit/")
    ]


def test_merge_is_done_by_post_and_leads_to_the_kept_person(organiser):
    stephanie, steph = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    talk = make_talk(speakers=[steph])
    response = organiser.post(person("merge", steph.pk), {"into": stephanie.pk}, follow=True)
    assert response.redirect_chain == [(person("edit", stephanie.pk), 302)]
    assert messages_of(response) == ["Steph Howe and Stephanie Howe are one person now: Stephanie Howe."]
    assert [row.speaker for row in TalkPage.objects.get(pk=talk.pk).talk_speakers.all()] == [stephanie]
    assert Speaker.objects.count() == 2
    page = BeautifulSoup(response.content, "html.parser")
    merged = page.select_one("#panel-merged_into_this_person-content li")
    assert merged.get_text() == "Steph Howe"


@pytest.mark.parametrize("into", ["", "themselves", "somebody merged"])
def test_merge_into_nobody_oneself_or_a_merged_person_is_refused_in_words(organiser, into):
    steph, kept, gone = make_speaker("Steph Howe"), make_speaker("Ada Vale"), make_speaker("Adah Vale")
    merge_speakers(kept=kept, merged=gone)
    keys = {"": "", "themselves": steph.pk, "somebody merged": gone.pk}
    response = organiser.post(person("merge", steph.pk), {"into": keys[into]}, follow=True)
    assert messages_of(response) == [
        "Choose the person to keep."
        if not into
        else "That is the same person, or one who was merged already. Choose another."
    ]
    assert Speaker.objects.get(pk=steph.pk).merged_into is None


def test_merge_of_two_accounts_is_refused_in_words(organiser):
    one, other = make_speaker(user=make_user()), make_speaker(user=make_user())
    response = organiser.post(person("merge", one.pk), {"into": other.pk}, follow=True)
    assert messages_of(response) == ["Both have an account of their own. Take one of the accounts away first."]


def test_editor_of_a_merged_person_leads_to_the_kept_one(organiser):
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    merge_speakers(kept=kept, merged=gone)
    response = organiser.get(person("edit", gone.pk), follow=True)
    assert response.redirect_chain == [(person("edit", kept.pk), 302)]
    assert messages_of(response) == ["Adah Vale was merged into Ada Vale. This is Ada Vale."]


def test_publishing_the_kept_ones_older_draft_undoes_nothing(organiser):
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale", biography="<p>Counts.</p>")
    send(organiser, person("edit", kept.pk), {"pronunciation": "AY-da"})
    merge_speakers(kept=kept, merged=gone)
    send(organiser, person("edit", kept.pk), {"action-publish": "yes"})
    kept.refresh_from_db()
    assert (kept.pronunciation, plain_text(kept.biography), kept.merged_into) == ("AY-da", "Counts.", None)
    assert [alias.name for alias in kept.aliases.all()] == ["Adah Vale"]
    assert Speaker.objects.get(pk=gone.pk).merged_into == kept


def test_talks_draft_that_names_the_merged_person_publishes_the_kept_one():
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    talk = make_talk(speakers=[gone])
    draft = TalkPage.objects.get(pk=talk.pk)
    draft.teaser = "A draft from before."
    draft.save_revision()
    merge_speakers(kept=kept, merged=gone)
    published = publish(talk)
    assert (published.teaser, [row.speaker for row in published.talk_speakers.all()]) == (
        "A draft from before.",
        [kept],
    )


def test_talk_in_which_both_stand_names_the_kept_one_once():
    kept, gone, other = make_speaker("Ada Vale"), make_speaker("Adah Vale"), make_speaker("Ben Wick")
    talk = make_talk(speakers=[gone, other, kept], role="Surveyor")
    bureau = make_organisation("The Bureau")
    talk.talk_speakers.filter(speaker=gone).update(role="", place="Cardiff")
    talk.talk_speakers.filter(speaker=kept).update(organisation=bureau, place="Leeds")
    merge_speakers(kept=kept, merged=gone)
    rows = TalkPage.objects.get(pk=talk.pk).talk_speakers.all()
    assert [(row.speaker, row.role, row.organisation, row.place) for row in rows] == [
        (kept, "Surveyor", bureau, "Cardiff"),
        (other, "Surveyor", None, ""),
    ]


def test_draft_in_which_both_stand_can_be_saved_and_published_after_the_merge():
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    talk = make_talk(title="Tides", speakers=[kept, gone])
    draft = TalkPage.objects.get(pk=talk.pk)
    draft.title = "Tides, again"
    draft.save_revision()
    merge_speakers(kept=kept, merged=gone)
    assert [row.speaker for row in publish(talk).talk_speakers.all()] == [kept]
    assert TalkPage.objects.get(pk=talk.pk).title == "Tides, again"


def test_merge_leaves_a_person_in_every_talk_of_theirs_once():
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    talks = [make_talk(speakers=[kept]), make_talk(speakers=[gone]), make_talk(speakers=[gone, kept])]
    merge_speakers(kept=kept, merged=gone)
    found = [[row.speaker for row in TalkPage.objects.get(pk=talk.pk).talk_speakers.all()] for talk in talks]
    assert found == [[kept], [kept], [kept]]


def test_own_answers_of_the_merged_person_are_the_kept_ones(organiser):
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    talk = make_talk(speakers=[gone, make_speaker("Ben Wick")])
    contribution = talk.contribution
    draft = contribution.get_latest_revision_as_object()
    question = draft.answers.all()[0].question
    draft.answers.add(Answer(question=question, wording="Q", text="<p>Mine.</p>", joint=False, speaker=gone))
    draft.set_aside = [{"question": question.pk, "speaker": gone.pk, "joint": False, "text": "<p>Aside.</p>"}]
    draft.save_revision()
    merge_speakers(kept=kept, merged=gone)
    names = opened(organiser, at("edit", contribution.pk))
    assert "Mine." in names[f"answer-{question.pk}-{kept.pk}"]
    assert f"answer-{question.pk}-{gone.pk}" not in names


def test_merge_stands_in_the_history_of_both(organiser):
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    merge_speakers(kept=kept, merged=gone)
    page = BeautifulSoup(organiser.get(person("history", kept.pk)).content, "html.parser")
    assert (
        page.select_one("main tbody tr td").get_text(" ", strip=True).startswith("Merged with Adah Vale; Ada Vale is")
    )


def test_released_words_survive_a_merge(organiser):
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    given = give(make_talk(speakers=[gone]), {"summary": "Words."})
    merge_speakers(kept=kept, merged=gone)
    assert given.is_released() is True
    assert given.speakers() == [kept]
