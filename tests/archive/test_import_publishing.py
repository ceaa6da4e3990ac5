"""What an import says when it is done, what a second one does, and how an evening is published with it."""

import pytest

from archive.models import ImportRun
from events.models import EventPage, TalkPage
from tests.factories import make_event, make_host, make_series

from .importing import LEFT_OVER, OPENING, Importer, evening, everything, make_hosted_series, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def imports(tmp_path):
    return Importer(tmp_path)


def test_import_says_what_was_made_and_where(imports):
    make_hosted_series()
    said = imports()
    assert said.out.splitlines() == [
        "Data Bites 71 was made: two talks, seven answers, three questions from the audience, eight lines left over.",
        f"To look at it in the admin: http://127.0.0.1:8000/cms/pages/{evening().pk}/edit/",
    ]
    assert said.err == imports(dry_run=True, json=True).err


def test_second_import_says_so_and_changes_nothing(imports):
    make_hosted_series()
    imports()
    before = everything()
    again, another = imports(), imports("Quite another text.")
    assert (again.out, again.err) == (
        "Data Bites 71 is already there: nothing was changed. It is a draft: publish it in the admin, or with "
        "--publish.\n",
        "",
    )
    assert another.out == (
        "Data Bites 71 is already there: nothing was changed. It came from another text. With --replace this one makes "
        "new drafts of it.\n"
    )
    assert everything() == before


def test_evening_that_was_planned_by_hand_is_left_alone(imports):
    make_event(series=make_hosted_series(), number=71, slots=4)
    before = everything()
    assert imports(publish=True, leftovers_seen=True).out == (
        "Data Bites 71 is already there: nothing was changed. It didn’t come from an import. With --replace this text "
        "makes new drafts of it.\n"
    )
    assert everything() == before


def test_import_that_fails_at_the_end_leaves_nothing(imports, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("pulled the plug")

    make_hosted_series()
    before = everything()
    monkeypatch.setattr(ImportRun.objects, "create", fail)
    with pytest.raises(RuntimeError):
        imports(publish=True, leftovers_seen=True)
    assert everything() == before


# Publishing


def test_publishing_is_refused_while_leftovers_wait(imports):
    make_hosted_series()
    words = (
        "8 lines fit nowhere and would not be published. Look at what is left over, with --dry-run or in the evening’s "
        "draft, then say so with --leftovers-seen. Nothing was changed."
    )
    assert refused(imports, publish=True) == words
    imports()
    assert refused(imports, publish=True) == words
    assert refused(imports, publish=True, replace=True) == words


def test_publishing_what_was_looked_at(imports, client, empty_cache):
    make_hosted_series()
    said = imports(publish=True, leftovers_seen=True)
    assert said.out.splitlines()[1] == "It is public: http://127.0.0.1:8000/data-bites/71/"
    event = EventPage.objects.get(number=71)
    assert (event.live, event.has_unpublished_changes, event.leftovers_seen) == (True, False, True)
    assert [(t.live, t.contribution.live) for t in TalkPage.objects.in_running_order()] == [(True, True)] * 2
    page = client.get("/data-bites/71/").content.decode()
    assert "Each of them has a number." in page
    assert [line for line in LEFT_OVER if line in page] == []
    before = everything()
    assert imports(publish=True, leftovers_seen=True).out == ("Data Bites 71 is already there: nothing was changed.\n")
    assert everything() == before


def test_drafts_of_the_same_text_are_published_as_they_stand(imports):
    make_hosted_series()
    imports()
    draft = evening()
    draft.standfirst = "Put in by hand."
    draft.save_revision()
    said = imports(publish=True, leftovers_seen=True)
    assert said.out.splitlines()[0] == "Data Bites 71 is already there: published as it stood."
    event = EventPage.objects.get(number=71)
    assert (event.live, event.standfirst) == (True, "Put in by hand.")
    assert ImportRun.objects.get().leftovers_seen_at is not None


def test_text_without_leftovers_is_published_at_once(imports):
    make_hosted_series()
    imports(f"Data Bites is a monthly evening of short talks about data.\n{OPENING}", publish=True)
    assert EventPage.objects.get(number=71).live


def test_host_can_be_named(imports):
    make_series()
    host = make_host("The Old Mill")
    imports(host="the-old-mill")
    assert evening().host == host
