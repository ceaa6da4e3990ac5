"""Every address of the portal for every role, in one table; and words that stand in no answer they don't belong in."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from speakers.actions import keep_slides, write_note
from speakers.models import PreviewLink, PromiseQuestion
from speakers.portal import urls
from tests.factories import START, make_user
from tests.speakers.portal.forms import answer, make_account, make_my_talk, press

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "speaker", "other", "moderator", "organiser", "administrator")
# Method, address → a status for each role. 302 for nobody signed in leads to signing in.
TABLE = {
    ("get", "/portal/"): (302, 200, 200, 200, 200, 200),
    ("get", "/portal/{talk}/"): (302, 200, 404, 404, 404, 404),
    ("post", "/portal/{talk}/"): (401, 302, 404, 404, 404, 404),
    ("get", "/portal/{talk}/save/"): (405, 405, 405, 405, 405, 405),
    ("post", "/portal/{talk}/save/"): (401, 200, 404, 404, 404, 404),
    ("get", "/portal/{talk}/preview/"): (302, 200, 404, 404, 404, 404),
    ("post", "/portal/{talk}/preview/"): (405, 405, 405, 405, 405, 405),
    ("get", "/portal/{talk}/slides/"): (302, 200, 404, 404, 404, 404),
    ("get", "/portal/{talk}/send/"): (302, 200, 404, 404, 404, 404),
    ("post", "/portal/{talk}/send/"): (401, 200, 404, 404, 404, 404),
    ("get", "/portal/{talk}/take-back/"): (405, 405, 405, 405, 405, 405),
    ("post", "/portal/{talk}/take-back/"): (401, 302, 404, 404, 404, 404),
    ("get", "/portal/{talk}/correct/"): (405, 405, 405, 405, 405, 405),
    ("post", "/portal/{talk}/correct/"): (401, 302, 404, 404, 404, 404),
    # Of words that aren't released nothing is asked
    ("get", "/portal/{talk}/promises/{question}/"): (302, 404, 404, 404, 404, 404),
    ("post", "/portal/{talk}/promises/{question}/"): (401, 404, 404, 404, 404, 404),
    ("get", "/portal/preview/{token}/"): (200, 200, 200, 200, 200, 200),
    ("post", "/portal/preview/{token}/"): (405, 405, 405, 405, 405, 405),
    ("get", "/portal/999999/"): (302, 404, 404, 404, 404, 404),
}


@pytest.fixture
def ada():
    return make_account("Ada Vale")


@pytest.fixture
def talk(ada):
    talk = make_my_talk(ada[1])
    content = ContentFile(b"%PDF-1.4 startxref 1 %%EOF", name="s.pdf")
    keep_slides(contribution=talk.contribution, file=content, filename="canary-slides.pdf")
    press(ada[0], talk, "share")
    PromiseQuestion.objects.create(contribution=talk.contribution, said="A map.", asked_at=START)
    return talk


def client_of(role, ada):
    client = Client()
    if role == "speaker":
        return ada[0]
    if role == "other":
        client, me = make_account("Ben Wick")
        make_my_talk(me, title="Ben’s talk")
    elif role != "anonymous":
        client.force_login(make_user(role))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_where_the_table_says(ada, talk, role):
    client = client_of(role, ada)
    known = {"token": PreviewLink.objects.get().token, "question": PromiseQuestion.objects.get(said="A map.").pk}
    found = {
        (method, address): getattr(client, method)(address.format(talk=talk.pk, **known)).status_code
        for method, address in TABLE
    }
    assert found == {key: statuses[ROLES.index(role)] for key, statuses in TABLE.items()}
    assert talk.contribution.held_by == "speakers"


def test_table_names_every_address():
    known = {address for _, address in TABLE}
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
        everything = b"".join(client.get(address).content for address in addresses)
        assert b"canary" not in everything
