"""People and organisations of a write-up are the ones that are known; nobody is made twice."""

import pytest

from archive.importers.matching import Directory
from speakers.actions import merge_speakers
from speakers.models import Organisation, OrganisationName, Speaker, SpeakerAlias
from tests.factories import make_event, make_organisation, make_series, make_speaker, make_talk

from .importing import Importer, talks

pytestmark = pytest.mark.django_db
NEW_DOUBT = "{} is new here, and may be {}. If it is one person, merge the two."


@pytest.fixture
def imports(tmp_path):
    return Importer(tmp_path)


@pytest.mark.parametrize("known", ["Zoë O’Brien-Lee", "ZOE O'BRIEN-LEE", "Dr Zoë O’Brien Lee", "Zoe O’Brien-Lee OBE"])
def test_person_is_known_whatever_the_spelling(known):
    speaker = make_speaker(known)
    assert (Directory().person("Zoë O’Brien-Lee").row, Directory().person("Zoë O’Brien-Lee").doubts) == (speaker, ())


def test_person_is_known_by_another_name():
    speaker = make_speaker("Stephanie Howe")
    SpeakerAlias.objects.create(speaker=speaker, name="Stephanie Carr")
    assert Directory().person("stephanie carr").row == speaker


def test_person_who_was_merged_is_the_one_who_was_kept():
    kept, merged, first = make_speaker("Stephanie Howe"), make_speaker("Steph Howe"), make_speaker("S. Howe")
    merge_speakers(kept=merged, merged=first)
    merge_speakers(kept=kept, merged=merged)
    directory = Directory()
    assert [directory.person(name).row for name in ("Steph Howe", "S. Howe")] == [kept, kept]


def test_own_name_comes_before_another_name():
    make_speaker("Stephanie Howe").aliases.add(SpeakerAlias(name="Steph Howe"))
    namesake = make_speaker("Steph Howe")
    assert Directory().person("Steph Howe").row == namesake


def test_name_that_is_only_alike_is_new_with_a_doubt():
    board = make_organisation("Dairy Board")
    make_talk(event=make_event(series=make_series()), speakers=[make_speaker("Steph Howe")], organisation=board)
    match = Directory().person("Stephanie Howe")
    assert (match.row, match.doubts) == (None, (NEW_DOUBT.format("Stephanie Howe", "Steph Howe (Dairy Board)"),))


def test_of_two_people_with_one_name_the_one_from_that_organisation_is_meant():
    board = make_organisation("The Dairy Board")
    make_speaker("Ada Lunn")
    other = make_speaker("Ada Lunn")
    make_talk(event=make_event(series=make_series()), speakers=[other], organisation=board)
    assert (Directory().person("Ada Lunn", organisation="Dairy Board").row) == other


def test_two_people_with_one_name_are_a_doubt():
    first = make_speaker("Ada Lunn")
    make_speaker("Ada Lunn")
    match = Directory().person("Ada Lunn", organisation="Dairy Board")
    assert (match.row, match.doubts) == (
        first,
        ("There are 2 people called Ada Lunn. The talk names Ada Lunn: check that.",),
    )


@pytest.mark.parametrize(
    ("name", "short", "asked"),
    [
        ("The Department for Curds & Whey", "", "department for curds and whey"),
        ("Bureau d’Études", "", "Bureau d'Etudes"),
        ("Office for Cheese Statistics", "OCS", "OCS"),
        ("Department for Curds", "DfC", "dfc"),
    ],
)
def test_organisation_is_known_by_its_name_or_its_short_name(name, short, asked):
    organisation = make_organisation(name, short_name=short)
    assert (Directory().organisation(asked).row, Directory().organisation(asked).doubts) == (organisation, ())


def test_organisation_is_known_by_a_former_name():
    organisation = make_organisation("Ministry of Dairies")
    OrganisationName.objects.create(organisation=organisation, name="Department for Curds")
    assert Directory().organisation("Department for Curds").row == organisation


def test_name_today_comes_before_anothers_former_name():
    former = make_organisation("Ministry of Dairies", archived=True)
    OrganisationName.objects.create(organisation=former, name="Dairy Board")
    today = make_organisation("Dairy Board")
    assert Directory().organisation("The Dairy Board").row == today


@pytest.mark.parametrize(
    ("known", "asked"), [("Office for Cheese Statistics", "OCS"), ("OCS", "Office for Cheese Statistics")]
)
def test_initials_that_are_one_organisations_are_taken_for_it_with_a_doubt(known, asked):
    organisation = make_organisation(known)
    match = Directory().organisation(asked)
    assert (match.row, match.doubts) == (organisation, (f"“{asked}” was taken for {known}.",))


def test_initials_of_several_are_new_with_a_doubt():
    make_organisation("Office for Cheese Statistics")
    make_organisation("Office of Curd Standards")
    match = Directory().organisation("OCS")
    assert (match.row, match.doubts) == (
        None,
        (
            "OCS is new here, and may be Office for Cheese Statistics or Office of Curd Standards. "
            "If it is, choose that instead.",
        ),
    )


def test_two_full_names_with_the_same_initials_are_two_organisations():
    make_organisation("Office for Cheese Statistics", short_name="OCS")
    assert Directory().organisation("Office of Curd Standards").row is None


def test_import_makes_nobody_who_is_known(imports):
    make_series()
    odile, board = make_speaker("Odile Farrow"), make_organisation("The Dairy Board")
    imports(
        "ODILE FARROW, Chief Taster, Dairy Board, spoke about rinds.\n"
        "Nia Ford, Baker, Bread Board, spoke about crusts.\n"
        "Wen Abara and Nia Ford, Bakers, Bread Board, spoke about crumbs and loaves."
    )
    rows = [row for talk in talks() for row in talk.talk_speakers.all()]
    nia, wen = Speaker.objects.get(name="Nia Ford"), Speaker.objects.get(name="Wen Abara")
    assert [row.speaker for row in rows] == [odile, nia, wen, nia]
    assert Speaker.objects.count() == 3
    bread = Organisation.objects.get(name="Bread Board")
    assert [row.organisation for row in rows] == [board, bread, bread, bread]


def test_import_warns_of_a_likely_double(imports):
    make_series()
    make_speaker("Steph Howe")
    said = imports("Stephanie Howe, Chief Taster, Dairy Board, spoke about rinds.")
    assert Speaker.objects.count() == 2
    assert f"Warning: {NEW_DOUBT.format('Stephanie Howe', 'Steph Howe')}" in said.err.splitlines()
