"""The demo's commands on an empty site; and the archive for measuring."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from accounts.models import SignInLink, User
from archive.demo import measured_rows
from archive.models import Cue, Transcript
from events.models import EventPage, SeriesPage, TalkPage
from speakers.models import Answer, Contribution, Promise
from tests.factories import make_user

pytestmark = pytest.mark.django_db
DEMO_PEOPLE = {
    "Administrator": "admin@example.org",
    "Organiser": "organiser@example.org",
    "Moderator": "moderator@example.org",
    "Speaker": "speaker@example.org",
    "Helper": "helper@example.org",
}


def run(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def test_load_demo_refuses_in_production():
    with pytest.raises(CommandError) as refusal:
        run("load_demo")
    assert str(refusal.value) == ("The demo's people and evenings are invented: it is loaded only where DEBUG is on.")
    assert SeriesPage.objects.count() == 0


@pytest.fixture
def demo_people(settings):
    settings.DEBUG = True
    for role, email in DEMO_PEOPLE.items():
        make_user(role.lower(), email=email)


def test_load_demo_prints_a_link_for_each_role_that_signs_in_once(demo_people):
    printed = [line.split() for line in run("load_demo", "--print-sign-in").splitlines()]
    assert [role for role, _ in printed] == list(DEMO_PEOPLE)
    for role, url in printed:
        assert url.startswith(f"{settings.SITE_URL}/account/link/")
        client = Client()
        assert client.post(urlsplit(url).path)["Location"] == ("/portal/" if role in ("Speaker", "Helper") else "/cms/")
        assert DEMO_PEOPLE[role] in client.get("/account/").content.decode()
        assert Client().post(urlsplit(url).path).status_code == 410


def test_links_of_the_start_before_end_with_the_next(demo_people):
    first, second = (run("load_demo", "--print-sign-in").split() for _ in range(2))
    assert [Client().get(urlsplit(lines[1]).path).status_code for lines in (first, second)] == [410, 200]


def test_demo_prints_no_link_for_people_who_are_not_there(demo_people):
    User.objects.filter(email="admin@example.org").delete()
    User.objects.filter(email="speaker@example.org").update(is_active=False)
    printed = run("load_demo", "--print-sign-in")
    assert [line.split()[0] for line in printed.splitlines()] == ["Organiser", "Moderator", "Helper"]


def test_nobody_prints_links_in_production():
    make_user("administrator", email="admin@example.org")
    with pytest.raises(CommandError):
        run("load_demo", "--print-sign-in")
    assert SignInLink.objects.count() == 0


def test_make_archive_makes_as_many_evenings_as_asked_and_goes_on_from_there(settings, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr(measured_rows, "A_TRANSCRIPT_EVERY", 5)
    run("make_archive", "--events", "3")
    assert (EventPage.objects.public().count(), Contribution.objects.released().count()) == (3, 12)
    assert Answer.objects.exclude(text="").count() == 72
    run("make_archive", "--events", "5", "--without-search")
    assert (EventPage.objects.count(), TalkPage.objects.count(), Answer.objects.count()) == (5, 20, 120)
    assert (Promise.objects.count(), Transcript.objects.get().event.number) == (3, 5)
    assert Cue.objects.last().text in Transcript.objects.get().source
    assert Page.find_problems() == ([], [], [], [], [])
    third, fifth = (TalkPage.objects.filter(event__number=number).first() for number in (3, 5))
    assert [talk.pk for talk in TalkPage.objects.search(third.title, operator="and")] == [third.pk]
    assert [talk.pk for talk in TalkPage.objects.search(fifth.title, operator="and")] == []


def test_make_archive_refuses_in_production_unless_told():
    with pytest.raises(CommandError) as refusal:
        run("make_archive", "--events", "1")
    assert str(refusal.value) == (
        "These evenings are invented. Say --in-production if you want them where DEBUG is off."
    )
    assert EventPage.objects.count() == 0
