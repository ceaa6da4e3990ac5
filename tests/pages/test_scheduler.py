"""The clockwork: what is scheduled happens by itself, and one failing job stops no other."""

import datetime as dt
import threading

import pytest
import time_machine

from pages import scheduler
from tests.factories import START, make_talk

pytestmark = pytest.mark.django_db


def test_scheduled_page_goes_live_at_its_minute(client):
    with time_machine.travel(START - dt.timedelta(days=1), tick=False) as clock:
        talk = make_talk(title="Tomorrow’s talk", live=False)
        talk.go_live_at = START
        talk.save_revision().publish()
        scheduler.run_once()
        assert type(talk).objects.get(pk=talk.pk).live is False
        clock.move_to(START + dt.timedelta(seconds=1))
        scheduler.run_once()
        assert type(talk).objects.get(pk=talk.pk).live is True


def test_page_goes_at_its_end(client):
    with time_machine.travel(START, tick=False) as clock:
        talk = make_talk()
        talk.expire_at = START + dt.timedelta(hours=1)
        talk.save_revision().publish()
        clock.shift(3601)
        scheduler.run_once()
        assert type(talk).objects.get(pk=talk.pk).live is False


def test_job_that_fails_stops_no_other(monkeypatch, caplog):
    ran = []

    def breaks():
        raise RuntimeError("no")

    monkeypatch.setattr(scheduler, "JOBS", [breaks, lambda: ran.append(1)])
    assert scheduler.run_once() == 1
    assert ran == [1]
    assert "breaks failed" in caplog.text


def test_clockwork_stops_when_it_is_told(monkeypatch):
    monkeypatch.setattr(scheduler, "JOBS", [])
    monkeypatch.setattr(scheduler, "LOOPS", [])
    stop = threading.Event()
    stop.set()
    scheduler.run_for_ever(stop=stop)


def test_thread_is_started_once(monkeypatch):
    # It only waits: one that ran its jobs each minute would go on doing so beside the tests that follow.
    monkeypatch.setattr(scheduler, "run_for_ever", lambda *, stop, within: stop.wait())
    monkeypatch.setattr(scheduler, "_threads", [])
    assert scheduler.start_thread() is scheduler.start_thread()


def test_loops_run_beside_the_jobs_and_end_with_them(monkeypatch):
    stop, ran = threading.Event(), []

    def loop(*, stop):
        ran.append("began")
        stop.wait()
        ran.append("ended")

    def job():
        ran.append("job")
        stop.set()

    monkeypatch.setattr(scheduler, "LOOPS", [loop])
    monkeypatch.setattr(scheduler, "JOBS", [job])
    scheduler.run_for_ever(stop=stop)
    assert sorted(ran) == ["began", "ended", "job"]


def test_loop_that_hangs_holds_up_no_job_and_no_end(monkeypatch):
    stop, release, ran = threading.Event(), threading.Event(), []

    def job():
        ran.append(1)
        stop.set()

    monkeypatch.setattr(scheduler, "LOOPS", [lambda *, stop: release.wait()])
    monkeypatch.setattr(scheduler, "JOBS", [job])
    scheduler.run_for_ever(stop=stop, within=0.05)
    release.set()
    assert ran == [1]
