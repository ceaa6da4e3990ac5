"""A draft as it will look: for its speaker, and by a link for a fortnight; nothing else, and for no search engine."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from speakers.models import Contribution, PreviewLink
from tests.factories import make_speaker, publish
from tests.speakers.portal.forms import answer, at, make_account, make_my_talk, press, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    talk = make_my_talk(ada[1])
    press(ada[0], talk, changes={answer(talk): "Draft **words**", "teaser": "A teaser."})
    return talk


def share(ada, talk):
    press(ada[0], talk, "share")
    return reverse("portal:shared_preview", args=[PreviewLink.objects.latest("pk").token])


def test_preview_is_the_talks_own_page_with_the_draft(ada, talk):
    page = ada[0].get(at("preview", talk))
    assert texts(page, "h1") == ["Tides"]
    assert texts(page, ".answers .prose") == ["Draft words"]
    assert texts(page, ".note") == [
        "This is a draft. It shows how the talk will look; readers can’t see it yet. Back to your talk"
    ]
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_link_opens_it_for_a_colleague_who_changes_nothing(ada, talk):
    url = share(ada, talk)
    before = Contribution.objects.get().latest_revision
    page = Client().get(url)
    assert texts(page, ".answers .prose") == ["Draft words"]
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Back to your talk" not in page.content.decode()
    assert page.cookies == {}
    assert Client().post(url).status_code == 405
    assert Contribution.objects.get().latest_revision == before
    press(ada[0], talk, changes={answer(talk): "Newer"})
    assert texts(Client().get(url), ".answers .prose") == ["Newer"]


def test_link_ends_after_a_fortnight_and_when_it_is_revoked(ada, talk):
    url = share(ada, talk)
    link = PreviewLink.objects.get()
    assert link.expires_at - link.made_at == dt.timedelta(days=14)
    PreviewLink.objects.update(expires_at=timezone.now())
    gone = Client().get(url)
    assert (gone.status_code, texts(gone, "main .lede")) == (
        404,
        ["This preview has expired or was taken back. Ask whoever sent it to you for a new link."],
    )
    other = share(ada, talk)
    press(ada[0], talk, f"revoke:{PreviewLink.objects.latest('pk').pk}")
    assert Client().get(other).status_code == 404
    assert Client().get("/portal/preview/unknown/").status_code == 404


def test_nobody_revokes_a_link_of_another_talk(ada, talk):
    share(ada, talk)
    ben, me = make_account("Ben Wick")
    other = make_my_talk(me)
    press(ben, other, f"revoke:{PreviewLink.objects.get().pk}")
    assert PreviewLink.objects.get().revoked_at is None


def test_there_are_never_more_than_twenty_open_links(ada, talk):
    for number in range(20):
        PreviewLink.objects.create(
            contribution=talk.contribution,
            token=str(number),
            made_at=timezone.now(),
            expires_at=timezone.now() + dt.timedelta(days=1),
        )
    page = press(ada[0], talk, "share", follow=True)
    assert texts(page, "[role=status] .note--stop") == ["There are 20 open links already. Take one back first."]
    assert PreviewLink.objects.count() == 20


def test_preview_of_a_talk_without_a_title_has_the_proposed_one(ada):
    hidden = make_my_talk(ada[1], live=False)
    hidden.title = hidden.draft_title = "To be announced"
    hidden.save()
    press(ada[0], hidden, changes={"proposed_title": "Tides, mapped"})
    assert texts(ada[0].get(at("preview", hidden)), "h1") == ["Tides, mapped"]


def test_preview_shows_no_draft_of_other_talks(ada, talk):
    other = make_my_talk(make_speaker("Ben Wick"), event=talk.event, title="Public", live=True)
    hidden = make_my_talk(make_speaker("Cy Dale"), event=talk.event, title="canary-hidden", live=False)
    given = other.contribution.get_latest_revision_as_object()
    given.teaser = "canary-teaser"
    given.save_revision()
    publish(other)
    page = Client().get(share(ada, talk)).content.decode()
    assert "Public" in page
    assert "canary" not in page
    assert hidden.live is False
