"""People and organisations: names, doubles, merging."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.models import TalkPage
from speakers.actions import CannotMerge, merge_speakers
from speakers.models import Organisation, OrganisationName, Speaker, SpeakerAlias
from speakers.names import initials, likely_doubles, may_be_same_person, sort_name
from tests.factories import give, make_event, make_organisation, make_speaker, make_talk, make_user, publish


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("Ada Vale", "Vale, Ada"),
        ("Ada van der Vale", "van der Vale, Ada"),
        ("Dr Ada Vale OBE", "Vale, Ada"),
        ("Ada", "Ada"),
        ("Ada Mary-Jane O’Vale", "O’Vale, Ada Mary-Jane"),
        ("", ""),
    ],
)
def test_sort_name_puts_the_family_name_first(name, sorted_as):
    assert sort_name(name) == sorted_as


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Vale", "AV"), ("Dr Ada van Vale", "AV"), ("Ada", "A"), ("🎉", "?")]
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Steph Howarth", "Stephanie Howarth", True),
        ("Stephanie Howarth", "Stephanie Howorth", True),
        ("Isobel Vale", "Isabel Vale", True),
        ("Isobel Vale", "Isabel Wale", False),
        ("Zoë Vale", "Zoe Vale", True),
        ("Dr Ada Vale", "ada  vale", True),
        ("Ada Vale", "Ada Vane", False),
        ("Ada Vale", "Bea Vale", False),
        ("Ada", "Ada Vale", False),
    ],
)
def test_may_be_same_person(one, other, same):
    assert may_be_same_person(one, other) is same
    assert may_be_same_person(other, one) is same


@given(st.text(max_size=60), st.text(max_size=60))
def test_names_of_any_kind_are_survived(one, other):
    assert may_be_same_person(one, one) is True
    assert may_be_same_person(one, other) is may_be_same_person(other, one)
    assert isinstance(sort_name(one), str)
    assert 1 <= len(initials(one)) <= 6


def test_likely_doubles_names_the_known():
    assert likely_doubles("Steph Howarth", [(1, "Stephanie Howarth"), (2, "Ada Vale")]) == [1]


@pytest.mark.django_db
def test_two_people_of_one_name_have_two_addresses():
    assert [make_speaker("Ada Vale").slug for _ in range(2)] == ["ada-vale", "ada-vale-2"]


@pytest.mark.django_db
def test_organisation_is_shown_with_the_name_of_the_day():
    organisation = Organisation(name="Department for Measures")
    organisation.former_names = [OrganisationName(name="Board of Measures", until=dt.date(2020, 3, 31))]
    organisation.save()
    assert organisation.name_on(dt.date(2020, 3, 31)) == "Board of Measures"
    assert organisation.name_on(dt.date(2020, 4, 1)) == "Department for Measures"


@pytest.mark.django_db
def test_merged_person_is_kept_hidden_and_their_talks_are_the_kept_ones():
    kept, merged = make_speaker("Stephanie Howe"), make_speaker("Steph Howe", biography="<p>Counts.</p>")
    talk = make_talk(speakers=[merged])
    merge_speakers(kept=kept, merged=merged)
    merged.refresh_from_db()
    kept.refresh_from_db()
    assert (merged.merged_into, merged.live) == (kept, False)
    assert [row.speaker for row in TalkPage.objects.get(pk=talk.pk).talk_speakers.all()] == [kept]
    assert kept.biography == "<p>Counts.</p>"
    assert list(SpeakerAlias.objects.filter(speaker=kept).values_list("name", flat=True)) == ["Steph Howe"]
    assert list(Speaker.objects.current()) == [kept]


@pytest.mark.django_db
def test_draft_that_names_the_merged_person_publishes_the_kept_one():
    kept, merged = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    talk = make_talk(event=make_event(), speakers=[merged], live=False)
    merge_speakers(kept=kept, merged=merged)
    assert [row.speaker for row in publish(talk).talk_speakers.all()] == [kept]


@pytest.mark.django_db
def test_older_draft_of_a_merged_person_does_not_undo_the_merge():
    kept, merged = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    merged.save_revision()
    merge_speakers(kept=kept, merged=merged)
    assert Speaker.objects.get(pk=merged.pk).get_latest_revision_as_object().merged_into == kept


@pytest.mark.django_db
def test_merge_survives_both_people_in_one_talk():
    kept, merged = make_speaker("Stephanie Howe"), make_speaker("Steph Howe")
    talk = make_talk(speakers=[kept, merged])
    give(talk)
    merge_speakers(kept=kept, merged=merged)
    assert {row.speaker for row in TalkPage.objects.get(pk=talk.pk).talk_speakers.all()} == {kept}


@pytest.mark.django_db
def test_merge_refuses_a_person_and_themselves_and_two_accounts():
    one, other = make_speaker(user=make_user()), make_speaker(user=make_user())
    with pytest.raises(CannotMerge):
        merge_speakers(kept=one, merged=one)
    with pytest.raises(CannotMerge):
        merge_speakers(kept=one, merged=other)


@pytest.mark.django_db
def test_merge_moves_an_account_along():
    user = make_user()
    kept, merged = make_speaker(), make_speaker(user=user)
    merge_speakers(kept=kept, merged=merged)
    kept.refresh_from_db()
    assert kept.user == user


@pytest.mark.django_db
def test_merging_into_somebody_who_was_merged_is_refused():
    first, second, third = make_speaker(), make_speaker(), make_speaker()
    merge_speakers(kept=first, merged=second)
    with pytest.raises(CannotMerge):
        merge_speakers(kept=second, merged=third)


@pytest.mark.django_db
def test_organisation_cannot_be_part_of_itself():

    organisation = make_organisation()
    organisation.parent = organisation
    with pytest.raises(ValidationError):
        organisation.full_clean()
