"""The demo's commands on an empty site; and the archive for measuring."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from events.models import EventPage, SeriesPage, TalkPage
from speakers.models import Answer, Contribution

pytestmark = pytest.mark.django_db


def run(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def test_load_demo_refuses_in_production():
    with pytest.raises(CommandError) as refusal:
        run("load_demo")
    assert str(refusal.value) == ("The demo has passwords that everybody knows: it is loaded only where DEBUG is on.")
    assert SeriesPage.objects.count() == 0


def test_load_demo_prints_how_to_sign_in(settings):
    settings.DEBUG = True
    assert run("load_demo", "--print-sign-in") == (
        "Administrator  admin@example.org        eight bits in a byte\n"
        "Organiser      organiser@example.org    eight bits in a byte\n"
        "Moderator      moderator@example.org    eight bits in a byte\n"
    )


def test_make_archive_makes_as_many_evenings_as_asked_and_goes_on_from_there(settings):
    settings.DEBUG = True
    run("make_archive", "--events", "3")
    assert (EventPage.objects.public().count(), Contribution.objects.released().count()) == (3, 12)
    assert Answer.objects.exclude(text="").count() == 72
    run("make_archive", "--events", "5", "--without-search")
    assert (EventPage.objects.count(), TalkPage.objects.count(), Answer.objects.count()) == (5, 20, 120)
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
