"""Organisations and standard questions in the admin."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from events.models import TalkPage
from speakers.models import Organisation, OrganisationName, StandardQuestion
from tests.factories import make_organisation, make_questions, make_series, make_speaker, make_talk
from tests.speakers.editor import at, messages_of, opened, send, with_row

pytestmark = pytest.mark.django_db


def listed(client, model, **query):
    page = BeautifulSoup(client.get(at("list", model=model), query).content, "html.parser")
    return [title.get_text(strip=True) for title in page.select("main tbody .title-wrapper")]


def delete(client, thing):
    return client.post(at("delete", thing.pk, model=thing._meta.model_name), follow=True)


def faults(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [error.get_text(strip=True) for error in page.select("main .error-message")]


def test_organisations_are_filtered_and_searched(organiser):
    bureau = make_organisation("Bureau of Bees", kind="charity", short_name="BoB")
    OrganisationName.objects.create(organisation=bureau, name="Hive Society")
    make_organisation("Closed Council", kind="council", archived=True)
    assert listed(organiser, "organisation") == ["Bureau of Bees", "Closed Council"]
    assert listed(organiser, "organisation", kind="council") == ["Closed Council"]
    assert listed(organiser, "organisation", archived="true") == ["Closed Council"]
    assert listed(organiser, "organisation", q="hive") == ["Bureau of Bees"]


QUERIES = 11


@pytest.mark.parametrize("rows", [1, 3])
def test_organisations_take_the_same_number_of_queries(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        make_talk(speakers=[make_speaker()], organisation=make_organisation())
    listed(organiser, "organisation")
    with django_assert_num_queries(QUERIES):
        assert len(listed(organiser, "organisation")) == rows


def test_organisation_is_added_with_its_former_names(organiser):
    data = opened(organiser, at("add", model="organisation"))
    data.update({"name": "Department for Measures", "kind": "department", "short_name": "DfM"})
    for name, value in with_row("former_names", name="Board of Measures", until="2020-03-31").items():
        data[name] = value
    organiser.post(at("add", model="organisation"), data)
    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.kind) == ("department-for-measures", "department")
    assert organisation.name_on(dt.date(2020, 1, 1)) == "Board of Measures"


def test_former_name_that_ends_before_it_begins_is_refused_in_words(organiser):
    organisation = make_organisation()
    row = with_row("former_names", name="Board", since="2020-01-01", until="2019-01-01")
    response = send(organiser, at("edit", organisation.pk, model="organisation"), row)
    assert faults(response) == ["A name can’t end before it begins."]


def test_known_organisation_is_asked_about_once_in_the_add_form(organiser):
    make_organisation("Office for National Statistics")
    url = at("add", model="organisation")
    data = opened(organiser, url)
    data["name"] = "ONS"
    response = organiser.post(url, data)
    page = BeautifulSoup(response.content, "html.parser")
    assert [link.get_text() for link in page.select(".doubles__list a")] == ["Office for National Statistics"]
    assert Organisation.objects.count() == 1
    data["another"] = "on"
    organiser.post(url, data)
    assert Organisation.objects.count() == 2


def test_organisations_that_belong_to_each_other_in_a_circle_are_refused(organiser):
    ministry = make_organisation("Ministry")
    agency = make_organisation("Agency", parent=ministry)
    response = send(organiser, at("edit", ministry.pk, model="organisation"), {"parent": str(agency.pk)})
    assert faults(response) == ["That leads round in a circle, back to this organisation."]


def test_organisation_in_use_is_not_deleted_and_says_so(signed_in):
    bureau = make_organisation("Bureau")
    make_talk(speakers=[make_speaker()], organisation=bureau)
    response = delete(signed_in("administrator"), bureau)
    assert messages_of(response) == [
        "Bureau can’t be deleted: talks or other organisations name it. Archive it instead."
    ]
    assert Organisation.objects.count() == 1


def test_organisation_that_only_a_draft_names_is_not_deleted(organiser):
    bureau = make_organisation("Bureau")
    talk = make_talk(speakers=[make_speaker()])
    draft = TalkPage.objects.get(pk=talk.pk)
    draft.talk_speakers.all()[0].organisation = bureau
    row = draft.talk_speakers.all()[0]
    row.organisation = bureau
    draft.talk_speakers = [row]
    draft.save_revision()
    delete(organiser, bureau)
    assert Organisation.objects.count() == 1


def test_organisation_that_is_part_of_another_keeps_that_one(organiser):
    ministry = make_organisation("Ministry")
    agency = make_organisation("Agency", parent=ministry)
    delete(organiser, ministry)
    assert Organisation.objects.count() == 2
    delete(organiser, agency)
    assert list(Organisation.objects.all()) == [ministry]


def test_organisations_in_use_are_not_deleted_many_at_once(signed_in):
    used, unused = make_organisation("Used"), make_organisation("Unused")
    make_talk(speakers=[make_speaker()], organisation=used)
    url = f"/cms/bulk/speakers/organisation/delete/?id={used.pk}&id={unused.pk}&next=/cms/"
    signed_in("administrator").post(url)
    assert Organisation.objects.count() == 2
    signed_in("administrator").post(f"/cms/bulk/speakers/organisation/delete/?id={unused.pk}&next=/cms/")
    assert list(Organisation.objects.all()) == [used]


# Standard questions


def test_new_wording_keeps_the_old_one(organiser):
    question = make_questions()[4]
    send(organiser, at("edit", question.pk, model="standardquestion"), {"text": "What stands in the way?"})
    question.refresh_from_db()
    assert (question.text, question.slug) == ("What stands in the way?", "hurdles")
    assert question.wordings() == ["What stands in the way?", "What are the main hurdles?"]
    assert question.former_wordings.get().until is not None


def test_going_back_to_a_former_wording_keeps_each_once(organiser):
    question = make_questions()[4]
    url = at("edit", question.pk, model="standardquestion")
    for text in ("What stands in the way?", "What are the main hurdles?", "What stands in the way?"):
        send(organiser, url, {"text": text})
    question.refresh_from_db()
    assert sorted(former.text for former in question.former_wordings.all()) == [
        "What are the main hurdles?",
        "What stands in the way?",
    ]


def test_other_changes_keep_no_wording(organiser):
    question = make_questions()[0]
    send(organiser, at("edit", question.pk, model="standardquestion"), {"guidance": "Two sentences."})
    question.refresh_from_db()
    assert (question.guidance, question.former_wordings.count()) == ("Two sentences.", 0)


def test_question_that_was_asked_is_not_deleted_and_says_so(signed_in):
    talk = make_talk()
    question = talk.contribution.answers.first().question
    response = delete(signed_in("administrator"), question)
    assert messages_of(response) == [
        f"“{question}” can’t be deleted: it was asked, and its answers would go too. Archive it instead."
    ]
    assert talk.contribution.answers.count() == 6


def test_question_of_a_series_is_not_deleted_and_an_unused_one_is(organiser):
    make_series()
    asked = StandardQuestion.objects.first()
    unused = StandardQuestion.objects.create(text="And?", short_name="And")
    delete(organiser, asked)
    delete(organiser, unused)
    assert StandardQuestion.objects.count() == 6


def test_questions_are_listed_with_how_often_they_were_asked(organiser):
    make_talk()
    make_talk()
    page = BeautifulSoup(organiser.get(at("list", model="standardquestion")).content, "html.parser")
    assert [row.select("td")[3].get_text(strip=True) for row in page.select("main tbody tr")] == ["2"] * 6
