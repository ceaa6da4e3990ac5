"""Choosing people and organisations: only who can be chosen, created in place, and asked about a likely double."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from events.models import TalkPage
from speakers.actions import merge_speakers
from speakers.doubles import likely_organisations, likely_people
from speakers.models import Organisation, OrganisationName, Speaker, SpeakerAlias
from tests.factories import make_organisation, make_speaker, make_talk

pytestmark = pytest.mark.django_db


def chooser(name, model, *args):
    return reverse(f"wagtailsnippetchoosers_speakers_{model}:{name}", args=args)


def offered(client, model, **query):
    page = BeautifulSoup(client.get(chooser("choose_results", model), query).content, "html.parser")
    return [link.get_text(strip=True) for link in page.select("a[data-chooser-modal-choice]")]


def create(client, model, **data):
    return json.loads(client.post(chooser("create", model), data).content)


def reshown(answer):
    """The form that comes back: its faults and its choices."""
    page = BeautifulSoup(answer["htmlFragment"], "html.parser")
    faults = [error.get_text(strip=True) for error in page.select(".error-message")]
    return faults, [label.get_text(strip=True) for label in page.select("input[type=radio] ~ *, label:has(input)")]


def test_people_who_were_merged_are_not_offered(organiser):
    kept, gone = make_speaker("Ada Vale"), make_speaker("Adah Vale")
    merge_speakers(kept=kept, merged=gone)
    assert offered(organiser, "speaker") == ["Ada Vale"]
    assert offered(organiser, "speaker", q="Adah") == ["Ada Vale"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("zoe", ["Zoë Vale"]),
        ("vale zo", ["Zoë Vale"]),
        ("Lovelock", ["Ada Wick"]),
        ('"', []),
        ("", ["Zoë Vale", "Ada Wick"]),
    ],
)
def test_people_are_found_by_any_part_of_a_name(organiser, query, names):
    make_speaker("Zoë Vale")
    ada = make_speaker("Ada Wick")
    SpeakerAlias.objects.create(speaker=ada, name="Ada Lovelock")
    assert offered(organiser, "speaker", q=query) == names


def test_people_are_offered_with_whom_they_spoke_for_last(organiser):
    ada = make_speaker("Ada Vale")
    make_talk(speakers=[ada], organisation=make_organisation("The Bureau"))
    page = BeautifulSoup(organiser.get(chooser("choose_results", "speaker")).content, "html.parser")
    assert [cell.get_text(strip=True) for cell in page.select("tbody td")][1:] == ["The Bureau"]


QUERIES = 7


@pytest.mark.parametrize("rows", [1, 3])
def test_choosing_takes_the_same_number_of_queries_whatever_is_offered(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        make_talk(speakers=[make_speaker()], organisation=make_organisation())
    with django_assert_num_queries(QUERIES):
        assert len(offered(organiser, "speaker")) == rows


def test_archived_organisations_are_not_offered_and_former_names_are_found(organiser):
    bureau = make_organisation("The Bureau", short_name="TB")
    OrganisationName.objects.create(organisation=bureau, name="Board of Measures")
    make_organisation("Closed", archived=True)
    assert offered(organiser, "organisation") == ["The Bureau"]
    assert offered(organiser, "organisation", q="measures") == ["The Bureau"]
    assert offered(organiser, "organisation", q="tb") == ["The Bureau"]


def test_person_is_created_in_place(organiser):
    answer = create(organiser, "speaker", name="Ada Vale")
    ada = Speaker.objects.get()
    assert (answer["step"], answer["result"]["id"], answer["result"]["string"]) == ("chosen", str(ada.pk), "Ada Vale")
    assert (ada.live, ada.sort_name) == (True, "Vale, Ada")


def test_person_without_a_name_is_not_created(organiser):
    answer = create(organiser, "speaker", name="   ")
    assert (answer["step"], Speaker.objects.count()) == ("reshow_creation_form", 0)


def test_likely_double_is_asked_about_in_the_chooser(organiser):
    stephanie = make_speaker("Stephanie Howe")
    make_talk(speakers=[stephanie], organisation=make_organisation("Office of Counting"))
    answer = create(organiser, "speaker", name="Steph Howe")
    assert answer["step"] == "reshow_creation_form"
    faults, choices = reshown(answer)
    assert faults == ["There is somebody with a similar name. Choose them, or say that this is somebody else."]
    assert choices == ["Stephanie Howe (Office of Counting)", "This is somebody else: add a new person"]
    assert Speaker.objects.count() == 1


def test_likely_double_can_be_chosen(organiser):
    stephanie = make_speaker("Stephanie Howe")
    answer = create(organiser, "speaker", name="Steph Howe", same_as=str(stephanie.pk))
    assert (answer["step"], answer["result"]["id"]) == ("chosen", str(stephanie.pk))
    assert [speaker.name for speaker in Speaker.objects.all()] == ["Stephanie Howe"]


def test_likely_double_can_be_somebody_else(organiser):
    make_speaker("Stephanie Howe")
    answer = create(organiser, "speaker", name="Steph Howe", same_as="new")
    assert answer["result"]["string"] == "Steph Howe"
    assert Speaker.objects.count() == 2


def test_answer_about_a_double_that_is_none_is_refused(organiser):
    make_speaker("Stephanie Howe")
    other = make_speaker("Ada Vale")
    assert create(organiser, "speaker", name="Steph Howe", same_as=str(other.pk))["step"] == "reshow_creation_form"
    assert Speaker.objects.count() == 2


def test_organisation_is_created_in_place_unless_it_is_known(organiser):
    ons = make_organisation("Office for National Statistics", short_name="ONS")
    faults, choices = reshown(create(organiser, "organisation", name="ONS", kind="agency"))
    assert faults == ["There is an organisation with a similar name. Choose it, or say that this is another one."]
    assert choices == ["Office for National Statistics (ONS)", "This is another organisation: add it"]
    chosen = create(organiser, "organisation", name="ONS", kind="agency", same_as=str(ons.pk))
    assert chosen["result"]["id"] == str(ons.pk)
    created = create(organiser, "organisation", name="Bureau of Bees", kind="charity")
    assert created["result"]["string"] == "Bureau of Bees"
    assert Organisation.objects.count() == 2


def test_moderator_can_choose_and_not_create(signed_in):
    moderator = signed_in("moderator")
    make_speaker("Ada Vale")
    assert offered(moderator, "speaker") == ["Ada Vale"]
    assert moderator.post(chooser("create", "speaker"), {"name": "Ben Wick"})["Location"] == "/cms/"
    assert Speaker.objects.count() == 1


@pytest.mark.parametrize("field", ["speaker", "organisation"])
def test_talks_editor_uses_these_choosers(field):
    rows = TalkPage.get_edit_handler().get_form_class().formsets["talk_speakers"]
    widget = rows.form.base_fields[field].widget
    assert widget.get_chooser_modal_url() == chooser("choose", field)


# What counts as a likely double


@pytest.mark.parametrize(
    ("known", "new", "is_double"),
    [
        ("Stephanie Howe", "Steph Howe", True),
        ("Zoë Vale", "Zoe Vale", True),
        ("Ada Vale", "Ada Vane", False),
        ("Ada Vale", "", False),
    ],
)
def test_likely_people(known, new, is_double):
    speaker = make_speaker(known)
    assert likely_people(new) == ([speaker] if is_double else [])


def test_likely_people_are_found_by_a_former_name_and_once():
    ada = make_speaker("Ada Vale")
    SpeakerAlias.objects.create(speaker=ada, name="Ada Lovelock")
    SpeakerAlias.objects.create(speaker=ada, name="Ada C Lovelock")
    assert likely_people("ada lovelock") == [ada]


def test_likely_people_are_the_kept_ones():
    kept, gone = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    merge_speakers(kept=kept, merged=gone)
    assert likely_people("Steph Howe") == [kept]


@pytest.mark.parametrize(
    ("known", "short", "new", "is_double"),
    [
        ("The Welsh Office", "", "welsh office", True),
        ("Treasury & Co.", "", "Treasury and Co", True),
        ("Office for National Statistics", "", "ONS", True),
        ("ONS", "", "Office for National Statistics", True),
        ("National Statistics", "ONS", "ons", True),
        ("Data Lab", "", "Dover Library", False),
        ("Bureau", "", "Bee", False),
        ("Bureau", "", "", False),
    ],
)
def test_likely_organisations(known, short, new, is_double):
    organisation = make_organisation(known, short_name=short)
    assert likely_organisations(new) == ([organisation] if is_double else [])


def test_likely_organisations_are_found_by_a_former_name():
    bureau = make_organisation("Bureau")
    OrganisationName.objects.create(organisation=bureau, name="Board of Measures")
    assert likely_organisations("The board of measures") == [bureau]
