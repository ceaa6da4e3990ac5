"""Every address and button of the portal for every role, in tables; and words that stand where they belong alone."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry as LogEntry

from speakers.actions import write_note
from speakers.helping import end_helper
from speakers.keeping import keep_slides
from speakers.models import Handover, PreviewLink, PromiseQuestion, TalkConsent, TermsChoice
from speakers.portal import deeds, urls
from tests.decks import make_pdf
from tests.factories import START, make_user
from tests.mailing.signing import make_subscriber
from tests.speakers.portal.forms import answer, make_account, make_helper, make_my_talk, press

pytestmark = pytest.mark.django_db
ROLES = (
    "anonymous",
    "subscriber",
    "speaker",
    "other",
    "editor",
    "commenter",
    "ended",
    "moderator",
    "organiser",
    "administrator",
)
# Whoever is signed in and has nothing to do with this talk: they don't learn that it is there.
NOT_THEIRS = (404, 404, 404)
# Address → a status for each role. 302 for nobody signed in leads to signing in. "other" speaks in another talk;
# "editor", "commenter" and "ended" help this talk's speaker, the last no more.
GETS = {
    "/portal/": (302, 302, 200, 200, 200, 200, 200, 200, 200, 200),
    "/portal/{talk}/": (302, 302, 200, 404, 200, 200, 403, *NOT_THEIRS),
    "/portal/{talk}/save/": (405,) * 10,
    "/portal/{talk}/preview/": (302, 302, 200, 404, 200, 200, 403, *NOT_THEIRS),
    "/portal/{talk}/slides/": (302, 302, 200, 404, 200, 200, 403, *NOT_THEIRS),
    "/portal/{talk}/slides/copy/": (302, 302, 200, 404, 200, 200, 403, *NOT_THEIRS),
    "/portal/{talk}/slides/made/": (302, 302, 404, 404, 404, 404, 403, *NOT_THEIRS),
    "/portal/{talk}/slides/upload/": (405,) * 10,
    "/portal/profile/": (302, 302, 200, 200, *(404,) * 6),
    "/portal/profile/save/": (405,) * 10,
    "/portal/{talk}/reply/": (302, 302, 200, 404, 200, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/questions.docx": (302, 302, 200, 404, 200, 403, 403, *NOT_THEIRS),
    # Of words that aren't released nothing is asked
    "/portal/{talk}/promises/{question}/": (302, 302, 404, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/send/": (302, 302, 200, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/take-back/": (405,) * 10,
    "/portal/{talk}/correct/": (405,) * 10,
    "/portal/{talk}/helpers/": (302, 302, 200, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/clearance/": (302, 302, 200, 404, 200, 200, 403, *NOT_THEIRS),
    "/portal/preview/{token}/": (200,) * 10,
    "/portal/preview/nothing/": (404,) * 10,
    "/portal/999999/": (302, 302, 404, 404, 404, 404, 404, *NOT_THEIRS),
}
POSTS = {
    "/portal/": (405,) * 10,
    "/portal/{talk}/": (401, 401, 302, 404, 302, 302, 403, *NOT_THEIRS),
    "/portal/{talk}/save/": (401, 401, 200, 404, 200, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/preview/": (405,) * 10,
    "/portal/{talk}/slides/": (405,) * 10,
    "/portal/{talk}/slides/copy/": (405,) * 10,
    "/portal/{talk}/slides/made/": (405,) * 10,
    "/portal/{talk}/slides/upload/": (401, 401, 422, 404, 422, 403, 403, *NOT_THEIRS),
    "/portal/profile/": (401, 401, 302, 302, *(404,) * 6),
    "/portal/profile/save/": (401, 401, 200, 200, *(404,) * 6),
    "/portal/{talk}/reply/": (401, 401, 400, 404, 400, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/questions.docx": (405,) * 10,
    "/portal/{talk}/promises/{question}/": (401, 401, 404, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/send/": (401, 401, 200, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/take-back/": (401, 401, 302, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/correct/": (401, 401, 302, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/helpers/": (401, 401, 302, 404, 403, 403, 403, *NOT_THEIRS),
    "/portal/{talk}/clearance/": (401, 401, 400, 404, 400, 400, 403, *NOT_THEIRS),
    "/portal/preview/{token}/": (405,) * 10,
    "/portal/preview/nothing/": (405,) * 10,
    "/portal/999999/": (401, 401, 404, 404, 404, 404, 404, *NOT_THEIRS),
}
# What a button of *My talk* answers to those who may open it: 302 where it did something, 403 where it isn't theirs.
DEEDS = {
    "save": (302, 302, 302),
    "add:links": (302, 302, 403),
    "remove:links:0": (302, 302, 403),
    "upload": (302, 302, 403),
    "remove-slides": (302, 302, 403),
    "use-pdf": (302, 302, 403),
    "share": (302, 302, 403),
    "revoke:0": (302, 302, 403),
    "resolve": (302, 302, 403),
    "discard:0": (302, 302, 302),
    "agree:slides": (302, 403, 403),
    "withdraw:slides": (302, 403, 403),
    "note": (302, 403, 403),
    "terms:cc0-1.0": (302, 403, 403),
    "comment:talk": (302, 302, 302),
    "comment-resolved:0": (302, 302, 302),
    "comment-reopened:0": (302, 302, 302),
    "comment-dropped:0": (302, 302, 302),
}


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    talk = make_my_talk(ada[1])
    content = ContentFile(make_pdf(), name="s.pdf")
    keep_slides(contribution=talk.contribution, file=content, filename="canary-slides.pdf")
    press(ada[0], talk, "share")
    PromiseQuestion.objects.create(contribution=talk.contribution, said="A map.", asked_at=START)
    return talk


def client_of(role, ada, talk):
    client = Client()
    if role == "speaker":
        return ada[0]
    if role == "other":
        client, me = make_account("Ben Wick")
        make_my_talk(me, title="Ben’s talk")
    elif role == "subscriber":
        make_subscriber()
    elif role in ("editor", "commenter", "ended"):
        client, helper = make_helper(talk, ada[1], may="comment" if role == "commenter" else "edit")
        if role == "ended":
            end_helper(helper=helper, by=ada[1].user, at=timezone.now())
    elif role != "anonymous":
        client.force_login(make_user(role))
    return client


def statuses(client, method, table, talk):
    known = {"token": PreviewLink.objects.get().token, "question": PromiseQuestion.objects.get(said="A map.").pk}
    addresses = {address: address.format(talk=talk.pk, **known) for address in table}
    return {name: getattr(client, method)(address).status_code for name, address in addresses.items()}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says(ada, talk, role):
    client = client_of(role, ada, talk)
    before = Handover.objects.count(), LogEntry.objects.count()
    assert statuses(client, "get", GETS, talk) == {key: row[ROLES.index(role)] for key, row in GETS.items()}
    assert (Handover.objects.count(), LogEntry.objects.count()) == before


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sends_what_the_table_says(ada, talk, role):
    client = client_of(role, ada, talk)
    assert statuses(client, "post", POSTS, talk) == {key: row[ROLES.index(role)] for key, row in POSTS.items()}
    assert talk.contribution.held_by == "speakers"


@pytest.mark.parametrize(("place", "role"), list(enumerate(("speaker", "editor", "commenter"))))
def test_each_button_does_something_for_whom_the_table_says(ada, talk, place, role):
    client = client_of(role, ada, talk)
    found = {deed: client.post(f"/portal/{talk.pk}/", {"do": deed}).status_code for deed in DEEDS}
    assert found == {deed: row[place] for deed, row in DEEDS.items()}
    theirs = 1 if role == "speaker" else 0
    assert (TalkConsent.objects.count(), TermsChoice.objects.count()) == (theirs, theirs)


def test_table_names_every_button():
    assert {deed.partition(":")[0] for deed in DEEDS} == {*deeds.DEEDS, "save"}


def test_table_names_every_address():
    known = set(GETS) & set(POSTS)
    patterns = {
        str(p.pattern)
        .replace("<int:talk_pk>", "{talk}")
        .replace("<str:token>", "{token}")
        .replace("<int:pk>", "{question}")
        for p in urls.urlpatterns
    }
    assert {f"/portal/{pattern}" for pattern in patterns} <= known


def test_canaries_stand_in_no_answer_they_do_not_belong_in(ada, talk):
    """Ada's private words, for readers, for another speaker, and for whoever has the link to her preview."""
    about = {f"intro-{ada[1].pk}-pronunciation": "canary-sound", "introduction": "canary-introduction"}
    words = {answer(talk): "canary-answer", "proposed_title": "canary-title", "note": "canary-note"}
    press(ada[0], talk, changes={**about, **words})
    write_note(contribution=talk.contribution, text="canary-organisers-note", at=START, by=make_user("organiser"))
    other, me = make_account("Ben Wick")
    make_my_talk(me, event=talk.event, title="Ben’s talk")
    shown = ada[0].get(f"/portal/{talk.pk}/").content.decode()
    assert "canary-organisers-note" not in shown
    assert shown.count("canary-answer") == 1
    preview = Client().get(f"/portal/preview/{PreviewLink.objects.get().token}/").content.decode()
    assert [word for word in ("introduction", "sound", "note") if f"canary-{word}" in preview] == []
    addresses = ["/", "/portal/", f"/portal/{talk.pk}/", talk.url, talk.event.url, "/speakers/", "/sitemap.xml"]
    for client in (Client(), other):
        assert b"canary" not in client.get("/portal/profile/").content
        everything = b"".join(client.get(address).content for address in addresses)
        assert b"canary" not in everything
