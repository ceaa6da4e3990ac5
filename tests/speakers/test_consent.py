"""What a consent that was taken back, or given again, lets readers see."""

import datetime as dt

import pytest

from pages import cache
from speakers.actions import give_consent, withdraw_consent
from speakers.enums import ConsentTo
from speakers.models import Contribution, TalkConsent
from tests.factories import START, give, make_speaker, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_speaker("Ada Vale")


@pytest.fixture
def contribution(ada):
    return make_talk(speakers=[ada]).contribution


def test_consent_that_was_taken_back_and_given_again_lets_readers_see_it(contribution, ada):
    given = give(contribution.talk)
    told = {"contribution": given, "speaker": ada, "what": ConsentTo.ANSWERS}
    withdraw_consent(**told, at=START)
    assert Contribution.objects.released().count() == 0
    give_consent(**told, wording="Yes, after all.", at=START + dt.timedelta(days=1))
    assert Contribution.objects.released().count() == 1
    withdraw_consent(**told, at=START + dt.timedelta(days=2))
    assert Contribution.objects.released().count() == 0


def test_consent_of_another_speaker_does_not_make_up_for_one_taken_back(contribution, ada):
    given = give(contribution.talk)
    withdraw_consent(contribution=given, speaker=ada, what=ConsentTo.ANSWERS, at=START)
    later = START + dt.timedelta(days=1)
    give_consent(contribution=given, speaker=make_speaker(), what=ConsentTo.ANSWERS, wording="Yes.", at=later)
    assert Contribution.objects.released().count() == 0


def test_withdrawal_without_anything_on_record_is_put_on_record(contribution, ada):
    withdraw_consent(contribution=contribution, speaker=ada, what=ConsentTo.SLIDES, at=START, by=make_user())
    row = TalkConsent.objects.get()
    assert (row.speaker, row.what, row.given_at, row.withdrawn_at) == (ada, "slides", START, START)


@pytest.mark.usefixtures("indexes")
def test_consent_that_changes_reaches_pages_and_search(contribution, ada, django_capture_on_commit_callbacks):
    talk = contribution.talk
    with django_capture_on_commit_callbacks(execute=True):
        given = give(talk, {"summary": "Findable words."})
    assert list(type(talk).objects.all().search("Findable")) == [talk]
    kept = cache.generation()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(contribution=given, speaker=ada, what=ConsentTo.ANSWERS, at=START)
    assert cache.generation() != kept
    assert list(type(talk).objects.all().search("Findable")) == []
