"""People in the admin: listed, added without doubling, merged, never deleted."""

import pytest
from bs4 import BeautifulSoup

from events.models import TalkPage
from pages.models import Picture
from speakers.actions import merge_speakers
from speakers.models import Answer, Speaker, SpeakerAlias
from speakers.prose import plain_text
from tests.factories import give, make_event, make_organisation, make_speaker, make_talk, make_user, publish
from tests.speakers.editor import at, messages_of, opened, send, with_row

pytestmark = pytest.mark.django_db
MODEL = "speaker"


def person(name, *args):
    return at(name, *args, model=MODEL)


def listed(client, **query):
    page = BeautifulSoup(client.get(person("list"), query).content, "html.parser")
    cells = [row.select("td") for row in page.select("main tbody tr")]
    return [[row[0].select_one(".title-wrapper").get_text(strip=True), row[1].get_text(strip=True)] for row in cells]


def errors(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(error.get_text(" ", strip=True).split()) for error in page.select("main .error-message")]


# The list


def test_list_has_names_and_numbers_of_talks_and_hides_who_was_merged(organiser):
    ada, ben = make_speaker("Ada Vale"), make_speaker("Ben Wick")
    for _ in range(2):
        make_talk(speakers=[ada])
    merge_speakers(kept=ada, merged=make_speaker("Adah Vale"))
    assert listed(organiser) == [["Ada Vale", "2"], ["Ben Wick", "0"]]
    assert listed(organiser, talks="yes") == [["Ada Vale", "2"]]
    assert listed(organiser, talks="no") == [["Ben Wick", "0"]]
    assert ben.get_absolute_url() == "/speakers/ben-wick/"


@pytest.mark.parametrize(
    ("query", "found"),
    [("vale", ["Ada Vale"]), ("Lovelock", ["Ada Vale"]), ("wick, b", ["Ben Wick"]), ('"', []), ("Zed", [])],
)
def test_list_is_searched_by_name_and_former_name(organiser, query, found):
    ada = make_speaker("Ada Vale")
    SpeakerAlias.objects.create(speaker=ada, name="Ada Lovelock")
    make_speaker("Ben Wick")
    assert [row[0] for row in listed(organiser, q=query)] == found


@pytest.mark.parametrize(("photo", "found"), [("yes", ["Ada Vale"]), ("no", ["Ben Wick"])])
def test_list_is_filtered_by_photo(organiser, photo, found):
    picture = Picture.objects.create(title="Ada", file="ada.png", width=1, height=1)
    make_speaker("Ada Vale", photo=picture)
    make_speaker("Ben Wick")
    assert [row[0] for row in listed(organiser, photo=photo)] == found


QUERIES = 11


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_whatever_its_length(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        make_talk(speakers=[make_speaker()])
    organiser.get(person("list"))
    with django_assert_num_queries(QUERIES):
        assert len(listed(organiser)) == rows


# The form


def add(client, **fields):
    url = person("add")
    data = opened(client, url)
    for name, value in fields.items():
        data[name] = value
    return client.post(url, data)


def test_person_is_added_as_a_draft_and_published(organiser):
    add(organiser, name="  Ada   Vale ", **with_row("aliases", name="Ada Lovelock"))
    ada = Speaker.objects.get()
    assert (ada.name, ada.sort_name, ada.slug, ada.live) == ("Ada Vale", "Vale, Ada", "ada-vale", False)
    assert [alias.name for alias in ada.aliases.all()] == ["Ada Lovelock"]
    send(organiser, person("edit", ada.pk), {"action-publish": "yes"})
    assert Speaker.objects.public().get() == ada


def test_half_a_name_typed_is_nobody_yet(organiser):
    page = BeautifulSoup(organiser.get(person("add")).content, "html.parser")
    assert "w-autosave" not in page.select_one("#w-editor-form")["data-controller"]


def test_name_that_changes_takes_the_name_in_lists_along(organiser):
    ada = make_speaker("Ada Vale")
    send(organiser, person("edit", ada.pk), {"name": "Ada Wick", "action-publish": "yes"})
    ada.refresh_from_db()
    assert (ada.name, ada.sort_name, ada.slug) == ("Ada Wick", "Wick, Ada", "ada-vale")


def test_name_in_lists_that_somebody_typed_stays(organiser):
    ada = make_speaker("Ada van Vale", sort_name="Vale, Ada van")
    send(organiser, person("edit", ada.pk), {"name": "Ada van der Vale", "action-publish": "yes"})
    ada.refresh_from_db()
    assert ada.sort_name == "Vale, Ada van"


def test_likely_double_is_asked_about_once_in_the_add_form(organiser):
    stephanie = make_speaker("Stephanie Howe")
    make_talk(speakers=[stephanie], organisation=make_organisation("Office of Counting"))
    response = add(organiser, name="Steph Howe")
    assert errors(response) == ["Look at the similar names first, and tick the box if this is another one."]
    page = BeautifulSoup(response.content, "html.parser")
    (link,) = page.select(".doubles__list a")
    assert (link.get_text(strip=True), link["href"]) == (
        "Stephanie Howe (Office of Counting)",
        person("edit", stephanie.pk),
    )
    assert page.find(attrs={"name": "name"})["value"] == "Steph Howe"
    assert Speaker.objects.count() == 1
    add(organiser, name="Steph Howe", another="on")
    assert Speaker.objects.filter(name="Steph Howe").count() == 1


def test_editing_somebody_is_not_asked_about_doubles(organiser):
    make_speaker("Stephanie Howe")
    steph = make_speaker("Steph Howe")
    send(organiser, person("edit", steph.pk), {"pronunciation": "Stef", "action-publish": "yes"})
    steph.refresh_from_db()
    assert steph.pronunciation == "Stef"


def test_preview_shows_the_person_that_is_being_typed(organiser):
    ada = make_speaker("Ada Vale")
    data = opened(organiser, person("edit", ada.pk))
    data["name"] = "Ada Wick"
    assert organiser.post(person("preview_on_edit", ada.pk), data).json()["is_valid"] is True
    page = BeautifulSoup(organiser.get(person("preview_on_edit", ada.pk)).content, "html.parser")
    assert page.select_one("main h1").get_text(strip=True) == "Ada Wick"


# Deletion


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_deleting_a_person_is_refused_in_words(signed_in, role):
    ada = make_speaker("Ada Vale")
    response = signed_in(role).post(person("delete", ada.pk), follow=True)
    assert messages_of(response) == [
        "Ada Vale can’t be deleted: talks and answers name people. Merge instead, into whom they really are."
    ]
    assert list(Speaker.objects.all()) == [ada]


def test_deleting_many_people_is_refused_in_words(signed_in):
    people = [make_speaker("Ada Vale"), make_speaker("Ben Wick")]
    query = "&".join(f"id={speaker.pk}" for speaker in people)
    response = signed_in("administrator").post(f"/cms/bulk/speakers/speaker/delete/?{query}&next=/cms/", follow=True)
    assert [message.split(" can’t")[0] for message in messages_of(response)] == ["Ada Vale", "Ben Wick"]
    assert Speaker.objects.count() == 2


def test_nothing_offers_to_delete_a_person(signed_in):
    administrator = signed_in("administrator")
    ada = make_speaker("Ada Vale")
    for url in (person("list"), person("edit", ada.pk)):
        assert person("delete", ada.pk) not in administrator.get(url).content.decode()


# Merging


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


def test_merge_warns_of_a_talk_in_which_both_stand(organiser):
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
