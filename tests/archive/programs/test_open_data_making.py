"""When the open data is made, how one file takes the place of another, and how it is sent."""

import datetime as dt
import hashlib
import threading

import pytest
import time_machine
from django.core.management import CommandError, call_command

from archive.models import OpenData
from archive.opendata import making, writing
from archive.opendata.making import LEASE, Stopped, look, make_open_data
from pages.cache import bump
from speakers.models import TalkConsent
from tests.archive.programs.unpacking import ADDRESS, stored
from tests.archive.transcribing import transcribe
from tests.factories import START, give, make_event, make_speaker, make_talk, publish

pytestmark = pytest.mark.django_db
RUNNING = threading.Event()


@pytest.fixture
def talk():
    made = make_talk(event=make_event(number=60), title="Tides")
    give(made, {"summary": "Water."})
    bump()
    return made


def test_same_data_is_the_same_file(talk):
    first = make_open_data()
    made_at = OpenData.current().made_at
    bump()
    with time_machine.travel(START + dt.timedelta(days=900)):
        again = make_open_data()
    assert (again.sha256, first.is_new, again.is_new) == (first.sha256, True, False)
    assert OpenData.current().made_at == made_at
    assert len(stored()) == 1


def test_new_file_takes_the_place_of_the_old_one_which_is_gone(client, talk):
    old = make_open_data()
    (name,) = stored()
    publish(talk, title="Tides, renamed")
    bump()
    new = make_open_data()
    assert new.sha256 != old.sha256
    assert len(stored()) == 1
    assert stored() != [name]
    data = b"".join(client.get(ADDRESS).streaming_content)
    assert hashlib.sha256(data).hexdigest() == new.sha256 == OpenData.current().sha256


@pytest.mark.parametrize("where", ["write_zip", "write_tables"])
def test_last_whole_file_is_served_when_the_next_one_fails(client, talk, monkeypatch, where):
    old = make_open_data()

    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr(making, where, fail)
    with pytest.raises(OSError, match="full"):
        make_open_data()
    data = b"".join(client.get(ADDRESS).streaming_content)
    assert hashlib.sha256(data).hexdigest() == old.sha256
    assert OpenData.objects.get().leased_until is None


def test_worker_that_ends_gives_up_and_leaves_nothing(talk):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        look("", stop=stop)
    assert (OpenData.current(), stored()) == (None, [])


def test_two_workers_make_one_file(talk):
    now = dt.datetime.now(dt.UTC)
    assert OpenData.lease(at=now, until=now + LEASE) is True
    assert OpenData.lease(at=now, until=now + LEASE) is False
    with pytest.raises(CommandError, match="A worker is making it"):
        call_command("make_open_data")
    # One that was killed leaves a lease that ends.
    assert OpenData.lease(at=now + LEASE + dt.timedelta(seconds=1), until=now + 2 * LEASE) is True


@pytest.fixture
def made(monkeypatch):
    """How often it was made."""
    count = []
    original = making.make_open_data
    monkeypatch.setattr(making, "make_open_data", lambda **given: count.append(original(**given)))
    return count


def test_it_is_made_at_once_where_there_is_none_and_then_after_a_quiet_minute(talk, made):
    seen = look("", stop=RUNNING)
    assert len(made) == 1
    seen = look(seen, stop=RUNNING)
    assert len(made) == 1
    publish(talk, title="Tides, renamed")
    bump()
    seen = look(seen, stop=RUNNING)
    publish(talk, title="Tides, renamed again")
    bump()
    seen = look(seen, stop=RUNNING)
    assert len(made) == 1
    seen = look(seen, stop=RUNNING)
    assert len(made) == 2
    look(seen, stop=RUNNING)
    assert len(made) == 2


def test_busy_organisers_put_it_off_for_a_quarter_of_an_hour_at_most(talk, made):
    look("", stop=RUNNING)
    OpenData.objects.update(checked_at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=16))
    look("", stop=RUNNING)
    assert len(made) == 1  # nothing changed
    bump()
    look("another state", stop=RUNNING)
    assert len(made) == 2


def test_consent_taken_back_is_a_change_where_the_cache_is_not_shared(talk):
    before = making.state_of_the_archive()
    TalkConsent.objects.create(
        contribution=talk.contribution,
        speaker=make_speaker(),
        what="answers",
        wording="Yes.",
        given_at=START,
        withdrawn_at=START,
    )
    assert making.state_of_the_archive() != before


def test_file_is_sent_once_to_whoever_has_it(client, talk):
    made = make_open_data()
    first = client.get(ADDRESS)
    assert (first["ETag"], first["Content-Type"], first["Content-Disposition"], first["Content-Length"]) == (
        f'"{made.sha256}"',
        "application/zip",
        'attachment; filename="data-bites.zip"',
        str(made.size_bytes),
    )
    again = client.get(ADDRESS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(ADDRESS, headers={"if-none-match": '"other"'}).status_code == 200
    head = client.head(ADDRESS)
    assert (head.status_code, head["Content-Length"]) == (200, str(made.size_bytes))
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_making_costs_the_same_for_one_evening_and_for_three(django_assert_num_queries, count):
    for number in range(1, count + 1):
        event = make_event(number=number)
        give(make_talk(event=event, speakers=[make_speaker()]))
        transcribe(event)
    make_open_data()
    bump()
    with django_assert_num_queries(60):
        make_open_data()


def test_rows_are_read_a_few_at_a_time(talk, monkeypatch):
    waited = []
    monkeypatch.setattr(writing, "BETWEEN_ROWS", 1)
    make_open_data(pause=lambda: waited.append(1))
    assert len(waited) > 5
