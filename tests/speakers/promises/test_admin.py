"""Promises in the admin: replies looked at, published and set aside, and what an organiser was told."""

import datetime as dt

import pytest
from django.urls import reverse

from speakers.following_up import each_minute
from speakers.models import Promise, PromiseReply
from tests.admin import said, sign_in, texts
from tests.factories import make_speaker
from tests.reading import lines, whole

from .making import AFTER, WORDS, make_promise, questions, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(client, ada, asked):
    reply(client, ada, asked, outcome="done", words="It is there.")
    client.logout()
    return PromiseReply.objects.get()


def test_organiser_looks_and_publishes(client, waiting, asked):
    sign_in(client)
    listed = client.get(reverse("promises:index"))
    assert texts(listed, "tbody tr")[0] == f"Done : {WORDS} Ada Vale 1 March 2026"
    look = reverse("promises:look", args=[waiting.pk])
    assert client.get(look).status_code == 200
    assert PromiseReply.objects.get().is_waiting
    assert said(client.post(look, follow=True)) == ["It stands beside the talk and under “What happened next”."]
    page = whole(client.get(asked.get_url()).content)
    assert lines(page, ".reply") == ["Done, 1 March 2026: It is there."]


def test_organiser_sets_aside_and_takes_off_again(client, waiting, asked):
    sign_in(client)
    look = reverse("promises:look", args=[waiting.pk])
    client.post(look, {"aside": "yes"})
    assert (PromiseReply.objects.get().is_waiting, PromiseReply.objects.published().count()) == (False, 0)
    client.post(look)
    assert PromiseReply.objects.published().count() == 1
    client.post(look, {"aside": "yes"})
    assert PromiseReply.objects.published().count() == 0


def test_organiser_enters_what_they_were_told(client, ada):
    make_promise(speakers=[make_speaker("Cy Moss")])
    sign_in(client)
    address = reverse("promises:enter", args=[Promise.objects.get().pk])
    response = client.post(address, {"outcome": "done", "words": "By mail.", "replied_on": "2026-02-20"}, follow=True)
    assert said(response) == ["It is published, with its date."]
    found = PromiseReply.objects.get()
    assert (found.said, found.words, found.replied_on) == (WORDS, "By mail.", dt.date(2026, 2, 20))
    assert found.published_at is not None
    each_minute(at=AFTER)
    assert questions() == []


@pytest.mark.usefixtures("ada")
def test_day_to_come_is_refused_and_words_are_kept(client):
    make_promise()
    sign_in(client)
    address = reverse("promises:enter", args=[Promise.objects.get().pk])
    response = client.post(address, {"outcome": "done", "words": "Soon.", "replied_on": "2026-03-02"})
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"replied_on": ["That day is still to come."]},
    )
    assert response.context["form"]["words"].value() == "Soon."
    assert PromiseReply.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    for number in range(1, count + 1):
        talk = make_promise(number=number)
        PromiseReply.objects.create(
            contribution=talk.contribution, said=WORDS, outcome="done", replied_on=AFTER, at=AFTER, published_at=AFTER
        )
    sign_in(client)
    client.get(reverse("promises:index"))
    with django_assert_num_queries(13):
        assert len(texts(client.get(reverse("promises:index")), "tbody tr")) == count
