"""A talk three weeks before its evening, its speaker, and an organiser at the admin."""

import pytest
import time_machine

from tests.admin import sign_in
from tests.events.invitations.steps import NOW
from tests.factories import make_event, make_speaker, make_talk, make_venue


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def organiser(client):
    sign_in(client, first_name="Olive", last_name="Grant")
    return client


@pytest.fixture
def ada():
    return make_speaker("Ada Vale")


@pytest.fixture
def talk(ada):
    venue = make_venue(finding_it="Ring twice.")
    return make_talk(event=make_event(number=61, venue=venue), title="Tides in open data", speakers=[ada])
