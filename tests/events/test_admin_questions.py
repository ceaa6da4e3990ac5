"""Audience questions as an organiser types them in after an evening, one after another."""

import pytest

from events.models import AudienceQuestion
from tests.admin import SNIPPET_EDITOR, send, sign_in
from tests.factories import make_event, make_talk

pytestmark = pytest.mark.django_db
ADD = "/cms/audience-questions/add/"


def add(client, url, **fields):
    return send(client, url, fields, form_id=SNIPPET_EDITOR)


def test_next_question_of_the_same_talk_is_one_press_away(client):
    sign_in(client)
    talk = make_talk()
    number = talk.event.number
    first = add(client, f"{ADD}?event={talk.event.pk}", as_asked="Why?", talk=str(talk.pk), source="slido")
    assert first.redirect_chain[-1][0] == f"/cms/audience-questions/?number={number}"
    another = f"{ADD}?event={talk.event.pk}&talk={talk.pk}&source=slido"
    assert another.replace("&", "&amp;") in str(next(iter(first.context["messages"])))
    add(client, another, as_asked="And then?")
    rows = AudienceQuestion.objects.order_by("pk").values_list("event", "talk", "source", "order")
    assert list(rows) == [(talk.event.pk, talk.pk, "slido", 1), (talk.event.pk, talk.pk, "slido", 2)]


@pytest.mark.parametrize("asked", ["?event=x", "?event=999999&talk=x&source=nothing", "?talk=999999", ""])
def test_address_that_names_nothing_offers_an_empty_form(client, asked):
    sign_in(client)
    page = client.get(f"{ADD}{asked}")
    values = page.context["form"].instance
    assert (page.status_code, values.event, values.talk, values.source) == (200, None, None, "room")


def test_talk_of_another_evening_is_not_taken_along(client):
    sign_in(client)
    talk, event = make_talk(), make_event()
    page = client.get(f"{ADD}?event={event.pk}&talk={talk.pk}")
    assert (page.context["form"].instance.event, page.context["form"].instance.talk) == (event, None)
