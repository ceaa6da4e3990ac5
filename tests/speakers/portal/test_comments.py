"""Comments beside the answers: among the speakers of a talk and those who help them, and nobody else."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailing.models import OutgoingMail
from speakers.actions import hand_over, merge_speakers, release
from speakers.commenting import LONGEST
from speakers.enums import Baton
from speakers.gathering import tell_of_comments
from speakers.models import Comment
from tests.admin import sign_in
from tests.factories import START, make_speaker
from tests.speakers.portal.forms import (
    answer,
    answered,
    at,
    draft,
    make_account,
    make_helper,
    make_my_talk,
    opened,
    press,
    texts,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 3, 9, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def ada():
    return make_account("Ada Vale", email="ada@example.org")


@pytest.fixture
def ben():
    return make_account("Ben Wick", email="ben@example.org")


@pytest.fixture
def talk(ada):
    return make_my_talk(ada[1], title="Tides")


@pytest.fixture
def sam(ada, talk):
    """A comms colleague of Ada's."""
    return make_helper(talk, ada[1], may="comment", address="sam@example.org", name="Sam Reed")[0]


def say(browser, talk, field="talk", text="Too long?"):
    return browser.post(at("talk", talk), {"do": f"comment:{field}", f"comment-{field}": text}, follow=True)


def comments(page, field):
    return texts(page, f"#comments-{field} .comment .prose")


# Beside the answers


def test_comment_stands_beside_its_answer_for_the_speaker(ada, talk, sam):
    field = answer(talk)
    page = say(sam, talk, field, "Say who pays.\nAnd when.")
    assert texts(page, "[role=status] .note") == ["Your comment is kept, beside what it is about."]
    page = ada[0].get(at("talk", talk))
    assert comments(page, field) == ["Say who pays. And when."]
    assert texts(page, f"#comments-{field} summary") == [
        "One comment on “Can you summarise your project in a few sentences?”"
    ]
    assert texts(page, f"#comments-{field} .comment strong") == ["Sam Reed"]
    assert texts(page, f"#comments-{field} .hint") == [
        "Seen by Ada Vale and whoever helps them. Never by the organisers or readers."
    ]
    assert [name for name in ("proposed_title", "teaser", "slides_url", "talk") if comments(page, name)] == []


@pytest.mark.parametrize("field", ["proposed_title", "teaser", "slides_url", "talk"])
def test_comments_on_everything_else(ada, talk, sam, field):
    say(sam, talk, field, "Hm")
    assert comments(ada[0].get(at("talk", talk)), field) == ["Hm"]


def test_comment_loses_nothing_that_was_typed_elsewhere_on_the_page(ada, talk):
    typed = {answer(talk): "Words", "comment-teaser": "First", "comment-talk": "Second", "note": "Note"}
    press(ada[0], talk, "comment:teaser", changes=typed)
    assert answered(talk) == {"summary": "<p>Words</p>"}
    assert sorted(Comment.objects.values_list("text", flat=True)) == ["First", "Second"]
    assert talk.contribution.notes.get().text == "Note"


def test_comment_is_kept_where_the_save_is_a_clash(ada, talk):
    editor, _ = make_helper(talk, ada[1])
    theirs = opened(editor, talk)
    press(ada[0], talk, changes={"teaser": "Ada’s"})
    page = press(editor, talk, data=theirs, changes={"teaser": "Mine", "comment-teaser": "Why?"})
    assert texts(page, ".version__text") == ["Mine", "Ada’s"]
    assert Comment.objects.get().text == "Why?"


def test_too_long_a_comment_comes_back_with_a_sentence_and_the_rest_is_saved(ada, talk, sam):
    long = "x" * (LONGEST + 1)
    sentence = "This has 2,001 characters, and 2,000 is the most a comment can have."
    page = press(ada[0], talk, changes={"teaser": "Kept", "comment-teaser": long})
    assert (page.status_code, texts(page, "#comments-teaser .wrong"), draft(talk).teaser) == (400, [sentence], "Kept")
    page = say(sam, talk, "talk", long)
    assert (page.status_code, texts(page, "#comments-talk .wrong")) == (400, [sentence])
    assert texts(page, "#comments-talk textarea") == [long]
    assert Comment.objects.count() == 0


def test_resolved_opened_again_and_thrown_away(ada, talk, sam):
    say(sam, talk)
    pk = Comment.objects.get().pk
    page = ada[0].post(at("talk", talk), {"do": f"comment-resolved:{pk}"}, follow=True)
    assert page.redirect_chain[-1][0].endswith(f"#comment-{pk}")
    assert texts(page, "#comments-talk summary") == ["Comments, all resolved on the whole talk"]
    assert texts(page, ".comment--done .fine")[1].startswith("Resolved by Ada Vale , ")
    sam.post(at("talk", talk), {"do": f"comment-reopened:{pk}"})
    assert Comment.objects.get().resolved_at is None
    ada[0].post(at("talk", talk), {"do": f"comment-dropped:{pk}"})
    assert Comment.objects.count() == 1
    sam.post(at("talk", talk), {"do": f"comment-dropped:{pk}"})
    assert Comment.objects.count() == 0


def test_comments_go_on_when_the_organisers_have_it(ada, talk, sam):
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=timezone.now())
    say(sam, talk, answer(talk), "Later")
    assert comments(ada[0].get(at("talk", talk)), answer(talk)) == ["Later"]


def test_comment_on_an_answer_that_is_no_longer_asked_stands_with_the_whole_talk(ada, talk, sam):
    say(sam, talk, answer(talk, "hurdles"), "Which?")
    given = draft(talk)
    given.answers = [row for row in given.answers.all() if row.question.slug != "hurdles"]
    given.save_revision()
    assert comments(ada[0].get(at("talk", talk)), "talk") == ["Which?"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_comments(ada, talk, sam, count):
    for _ in range(count):
        say(sam, talk, answer(talk))
    ada[0].get(at("talk", talk))
    with CaptureQueriesContext(connection) as queries:
        assert len(texts(ada[0].get(at("talk", talk)), ".comment")) == count
    assert len(queries) == 29


# Who sees what


def test_own_answers_comments_are_for_their_speaker_and_helpers_alone(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    helpers = {who: make_helper(talk, me[1], may="comment")[0] for who, me in (("ada", ada), ("ben", ben))}
    own = answer(talk).replace("joint", str(ada[1].pk))
    say(helpers["ada"], talk, own, "canary-own")
    say(helpers["ada"], talk, answer(talk), "shared")
    seen = {
        who: [word for word in ("canary-own", "shared") if word in browser.get(at("talk", talk)).content.decode()]
        for who, browser in {"ada": ada[0], "ben": ben[0], **{f"{w}’s": b for w, b in helpers.items()}}.items()
    }
    assert seen == {
        "ada": ["canary-own", "shared"],
        "ben": ["shared"],
        "ada’s": ["canary-own", "shared"],
        "ben’s": ["shared"],
    }


def test_nobody_touches_a_comment_on_another_speakers_own_answer(ada, ben):
    talk = make_my_talk(ada[1], ben[1])
    own = answer(talk).replace("joint", str(ada[1].pk))
    say(ada[0], talk, own)
    pk = Comment.objects.get().pk
    ben[0].post(at("talk", talk), {"do": f"comment-resolved:{pk}"})
    assert Comment.objects.get(pk=pk).resolved_at is None
    say(ben[0], talk, own, "of another")
    assert Comment.objects.get(text="of another").about == "talk"


def test_comments_follow_a_speaker_who_is_merged(ada, ben):
    old = make_speaker("A. Vale")
    talk = make_my_talk(old, ben[1])
    Comment.objects.create(
        contribution=talk.contribution,
        about="answer",
        question=talk.contribution.answers.first().question,
        speaker=old,
        text="Old",
        by_name="Sam",
        at=START,
    )
    merge_speakers(kept=ada[1], merged=old)
    assert comments(ada[0].get(at("talk", talk)), answer(talk).replace("joint", str(ada[1].pk))) == ["Old"]


@pytest.mark.parametrize("role", ["organiser", "moderator", "administrator"])
def test_comments_stand_in_no_answer_for_the_organisers(role, client, ada, talk, sam):
    for field in ("proposed_title", "teaser", "slides_url", "talk", answer(talk)):
        say(sam, talk, field, "canary-comment")
    tell_of_comments(at=timezone.now() + HOUR)
    sign_in(client, role)
    edit = f"/cms/snippets/speakers/contribution/edit/{talk.contribution_id}/"
    addresses = [edit, edit.replace("edit", "history"), edit.replace("edit", "inspect"), f"/cms/pages/{talk.pk}/edit/"]
    addresses += ["/cms/", "/cms/reports/site-history/", "/cms/mails/", "/portal/"]
    addresses += [f"/cms/mails/{mail.pk}/" for mail in OutgoingMail.objects.all()]
    pages = [client.get(address) for address in addresses]
    assert {page.status_code for page in pages} <= {200, 302}
    assert b"canary" not in b"".join(page.content for page in pages)
    assert client.get(at("talk", talk)).status_code == 404


def test_comments_stand_in_no_answer_for_readers_and_previews(ada, talk, sam):
    press(ada[0], talk, changes={answer(talk): "Words"})
    say(sam, talk, answer(talk), "canary-comment")
    press(ada[0], talk, "share")
    hand_over(contribution=talk.contribution, to=Baton.ORGANISERS, at=timezone.now())
    release(contribution=talk.contribution)
    link = f"/portal/preview/{talk.contribution.preview_links.get().token}/"
    addresses = [talk.url, talk.event.url, "/", "/speakers/", "/questions/summary/", "/search/?q=cana", link]
    reader = Client()
    assert b"Words" in reader.get(talk.url).content
    pages = [b"".join(reader.get(address)) for address in [*addresses, "/questions/summary/answers.json"]]
    assert b"canary" not in b"".join(pages)
