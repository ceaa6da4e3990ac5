"""Hosts, venues, topics and audience questions in the admin."""

import pytest
from django.urls import reverse
from wagtail.test.utils import WagtailTestUtils

from events.models import AudienceQuestion, Host, Topic, Venue
from tests.admin import SNIPPET_EDITOR, said, send, sign_in
from tests.factories import make_event, make_host, make_series, make_talk, make_topic, make_venue, publish

pytestmark = pytest.mark.django_db


def url(noun, name="list", *args):
    return reverse(f"{noun}:{name}", args=args)


def listed(response):
    soup = WagtailTestUtils.get_soup(response.content)
    return [" ".join(cell.get_text(" ").split()) for cell in soup.select("td.title .title-wrapper")]


def cells(response):
    soup = WagtailTestUtils.get_soup(response.content)
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in soup.select("tbody tr")]


def make_question(event, **fields):
    return AudienceQuestion.objects.create(event=event, as_asked="Why?", **fields)


def test_series_menu_leads_to_all_of_them(client):
    sign_in(client)
    props = client.get(reverse("wagtailadmin_home")).content.decode()
    for noun in ("series:index", "audience_questions:list", "hosts:list", "venues:list", "topics:list"):
        assert f'"{reverse(noun)}"' in props


@pytest.mark.usefixtures("indexes")
def test_host_is_made_found_and_counted(client):
    sign_in(client)
    send(client, url("hosts", "add"), {"name": "Openfield"}, form_id=SNIPPET_EDITOR)
    host = Host.objects.get()
    assert host.slug == "openfield"
    make_event(host=host)
    response = client.get(url("hosts"), {"q": "openf"})
    assert listed(response) == ["Openfield"]
    assert cells(response)[0][-1] == "1"


def test_venue_with_half_a_position_is_refused_in_words(client):
    sign_in(client)
    response = send(client, url("venues", "add"), {"name": "Hall", "latitude": "51.5"}, form_id=SNIPPET_EDITOR)
    assert response.context["form"].non_field_errors() == ["Give both latitude and longitude, or neither."]
    assert Venue.objects.count() == 0


def test_venues_are_filtered_by_whether_they_are_offered(client):
    sign_in(client)
    make_venue(name="Hall", place="")
    make_venue(name="Barn", place="", archived=True)
    assert listed(client.get(url("venues"), {"archived": "true"})) == ["Barn"]
    assert listed(client.get(url("venues"), {"archived": "false"})) == ["Hall"]


@pytest.mark.parametrize("in_draft", [False, True])
def test_host_or_venue_in_use_is_not_deleted(client, in_draft):
    sign_in(client)
    host, venue = make_host("Openfield"), make_venue(name="Hall", place="")
    event = make_event(**({} if in_draft else {"host": host, "venue": venue}))
    if in_draft:
        draft = event.get_latest_revision_as_object()
        draft.host, draft.venue = host, venue
        draft.save_revision()
    assert said(client.post(url("hosts", "delete", host.pk), follow=True)) == [
        "“Openfield” can’t be deleted: it is used by 1 evening."
    ]
    assert said(client.post(url("venues", "delete", venue.pk), follow=True)) == [
        "“Hall” can’t be deleted: it is used by 1 evening. Tick “archived” instead, and it is no longer offered."
    ]
    assert (Host.objects.count(), Venue.objects.count()) == (1, 1)


def test_host_of_a_series_is_not_deleted(client):
    sign_in(client)
    host = make_host("Openfield")
    make_series(spells=[(host, 1, None)])
    assert said(client.post(url("hosts", "delete", host.pk), follow=True)) == [
        "“Openfield” can’t be deleted: it is used by a series, as one of its hosts."
    ]


@pytest.mark.parametrize("in_draft", [False, True])
def test_topic_in_use_is_not_deleted(client, in_draft):
    sign_in(client)
    topic = make_topic(name="Maps")
    talk = make_talk()
    if in_draft:
        draft = talk.get_latest_revision_as_object()
        draft.topics = [topic]
        draft.save_revision()
    else:
        publish(talk, topics=[topic])
    assert said(client.post(url("topics", "delete", topic.pk), follow=True)) == [
        "“Maps” can’t be deleted: it is used by 1 talk."
    ]


def test_nouns_in_use_are_not_deleted_in_bulk(client):
    sign_in(client)
    used, free = make_host("Used"), make_host("Free")
    make_event(host=used)
    bulk = reverse("wagtail_bulk_action", args=["events", "host", "delete"]) + f"?id={used.pk}&id={free.pk}"
    assert said(client.post(bulk, follow=True)) == ["“Used” can’t be deleted: it is used by 1 evening."]
    assert Host.objects.count() == 2


def test_nouns_that_nobody_uses_are_deleted(client):
    sign_in(client)
    host, venue, topic = make_host(), make_venue(), make_topic(name="Maps")
    for noun, thing in (("hosts", host), ("venues", venue), ("topics", topic)):
        client.post(url(noun, "delete", thing.pk))
    assert (Host.objects.count(), Venue.objects.count(), Topic.objects.count()) == (0, 0, 0)


# Audience questions


def test_questions_are_filtered_by_evening_and_state(client):
    sign_in(client)
    series = make_series()
    one, two = make_event(series=series, number=1), make_event(series=series, number=2)
    make_question(one, text="First", state="in_writing", answer="<p>Yes</p>")
    make_question(one, text="Second")
    make_question(two, text="Third")
    assert sorted(listed(client.get(url("audience_questions"), {"number": 1}))) == ["First", "Second"]
    assert sorted(listed(client.get(url("audience_questions"), {"state": "waiting"}))) == ["Second", "Third"]


def test_question_of_an_evening_offers_its_talks_alone(client):
    sign_in(client)
    series = make_series()
    one, two = make_event(series=series, number=1), make_event(series=series, number=2)
    first, second = make_talk(event=one, title="First"), make_talk(event=one, title="Second")
    make_talk(event=two, title="Elsewhere")
    form = client.get(url("audience_questions", "add") + f"?event={one.pk}").context["form"]
    assert list(form.fields["talk"].widget.choices) == [
        ("", "The whole evening"),
        (first.pk, "First"),
        (second.pk, "Second"),
    ]
    assert form["event"].value() == one.pk


@pytest.mark.parametrize("event", ["", "abc", "999999"])
def test_question_of_an_unknown_evening_starts_without_one(client, event):
    sign_in(client)
    response = client.get(url("audience_questions", "add") + f"?event={event}")
    assert (response.status_code, response.context["form"]["event"].value()) == (200, None)


def test_question_is_kept_as_asked_and_as_published(client):
    sign_in(client)
    talk = make_talk()
    address = url("audience_questions", "add") + f"?event={talk.event.pk}"
    data = {"talk": str(talk.pk), "as_asked": "Will Bob fix it?", "text": "Will it be fixed?", "source": "slido"}
    send(client, address, data, form_id=SNIPPET_EDITOR)
    question = AudienceQuestion.objects.get()
    assert (question.event, question.talk) == (talk.event, talk)
    assert (question.as_asked, question.text, question.state) == ("Will Bob fix it?", "Will it be fixed?", "waiting")


def test_question_about_a_talk_of_another_evening_is_refused_in_words(client):
    sign_in(client)
    series = make_series()
    one, two = make_event(series=series, number=1), make_event(series=series, number=2)
    talk = make_talk(event=one)
    question = make_question(one, talk=talk)
    response = send(
        client, url("audience_questions", "edit", question.pk), {"event": str(two.pk)}, form_id=SNIPPET_EDITOR
    )
    assert dict(response.context["form"].errors) == {"talk": ["That talk belongs to another evening."]}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            {"state": "on_the_night", "text": ""},
            {"text": ["Give the wording to publish: this question is marked as answered."]},
        ),
        (
            {"state": "in_writing", "text": "Why?"},
            {"answer": ["Give the answer: this question is marked as answered in writing."]},
        ),
        ({"event": ""}, {"event": ["This field is required."]}),
    ],
)
def test_question_that_cannot_be_so_is_refused_in_words(client, changes, found):
    sign_in(client)
    question = make_question(make_event())
    response = send(client, url("audience_questions", "edit", question.pk), changes, form_id=SNIPPET_EDITOR)
    assert dict(response.context["form"].errors) == found


@pytest.mark.parametrize("noun", ["hosts", "venues", "topics", "audience_questions"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_many_queries_for_three_as_for_one(client, django_assert_num_queries, noun, count):
    sign_in(client)
    event = make_event()
    for number in range(count):
        make_host(f"Host {number}")
        make_venue(name=f"Venue {number}")
        make_topic(name=f"Topic {number}")
        make_question(event, talk=make_talk(event=event), text=f"Question {number}")
    with django_assert_num_queries(11):
        assert len(listed(client.get(url(noun)))) == count


def test_moderator_looks_and_changes_nothing(client):
    sign_in(client, "moderator")
    host = make_host()
    assert listed(client.get(url("hosts"))) == [host.name]
    client.post(url("hosts", "delete", host.pk))
    send_to = url("hosts", "edit", host.pk)
    client.post(send_to, {"name": "Mine"})
    host.refresh_from_db()
    assert host.name != "Mine"
