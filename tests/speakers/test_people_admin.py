"""People in the admin: listed, added without doubling, never deleted."""

import pytest
from bs4 import BeautifulSoup

from pages.models import Picture
from speakers.actions import merge_speakers
from speakers.models import Speaker, SpeakerAlias
from tests.factories import make_organisation, make_speaker, make_talk
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


def test_preview_shows_their_public_talks_and_no_draft(organiser):
    ada = make_speaker("Ada Vale")
    make_talk(title="Tides", speakers=[ada], role="Surveyor")
    make_talk(title="Canary", speakers=[ada], live=False)
    page = BeautifulSoup(ada.make_preview_request().content, "html.parser")
    assert [title.get_text(strip=True) for title in page.select("main ol.order h3")] == ["Tides"]
    assert page.select_one("main .lede").get_text(strip=True) == "Surveyor"


def test_preview_of_somebody_who_is_not_saved_yet_has_no_talks(organiser):
    data = opened(organiser, person("add")) | {"name": "Ada Vale"}
    assert organiser.post(person("preview_on_add"), data).json()["is_valid"] is True
    page = BeautifulSoup(organiser.get(person("preview_on_add")).content, "html.parser")
    assert [heading.get_text(strip=True) for heading in page.select("main h1, main h2")] == ["Ada Vale"]


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
