"""Real worker processes at a real mail server, killed where it hurts: nothing lost, nothing twice, little unknown.

Each kill is one worker that is stopped dead (SIGKILL) at a point of its way. A few of each in the ordinary suite;
KILLS=50 ./run test -n0 tests/mailing/test_workers.py -k killed    does fifty, and says what it found.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from mailing import leases
from mailing.models import OutgoingMail
from mailing.queueing import Addressed, queue_mails
from tests.conftest import ROOT
from tests.mailing.conftest import fates, make_message, put_in
from tests.mailing.sink import Sink, running

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
KILLS = int(os.environ.get("KILLS", "2"))
PATIENCE_SECONDS = 120

# A process that has the site loaded and forks a worker for each line it is told: "POINT PORT". A worker says "here"
# when it has come to its point, on its third mail (the first, where nothing is to be begun), and stays there for good.
NURSERY = """
import os, signal, sys, threading
import django
django.setup()
from django.conf import settings
from mailing import delivery, smtp

def stop_at(name, call, before):
    original, seen = getattr(smtp.Smtp, name), [0]
    def stopping(*args):
        seen[0] += 1
        if seen[0] == call and before:
            print("here", flush=True); threading.Event().wait()
        result = original(*args)
        if seen[0] == call and not before:
            print("here", flush=True); threading.Event().wait()
        return result
    setattr(smtp.Smtp, name, stopping)

POINTS = {
    "leased": ("write", 1, True),
    "being sent": ("hand_over", 3, True),
    "handed over": ("_finish", 3, True),
    "accepted": ("hand_over", 3, False),
}
options = settings.DATABASES["default"]["OPTIONS"] if "sqlite" in settings.DATABASES["default"]["ENGINE"] else {}
if options:
    # What a killed process wrote is the system's to keep; waiting for the disk is for when the power goes.
    options["init_command"] += "PRAGMA synchronous=OFF;"
for line in sys.stdin:
    point, _, port = line.strip().rpartition(" ")
    pid = os.fork()
    if pid == 0:
        settings.MAILERS["default"]["OPTIONS"]["port"] = int(port)
        if point in POINTS:
            stop_at(*POINTS[point])
        print(os.getpid(), flush=True)
        delivery.run(stop=threading.Event())
        os._exit(0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
"""
POINTS = {"leased": 0, "being sent": 1, "handed over": 1, "accepted": 1}


def database_url():
    """The test's own database, as another process names it."""
    current = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{current['NAME']}"
    return f"postgres://{current['USER']}@{current['HOST']}:{current['PORT']}/{current['NAME']}"


def process(*arguments, port=25):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": database_url(),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SITE_URL": settings.SITE_URL,
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=environment, cwd=ROOT, text=True, **pipes)


class Nursery:
    def __init__(self):
        self.parent = process("-c", NURSERY)
        self.living = set()

    def start(self, port, point="none"):
        """A worker's process id; where it stops at a point, it is there."""
        self.parent.stdin.write(f"{point} {port}\n")
        self.parent.stdin.flush()
        pid = int(self.parent.stdout.readline())
        self.living.add(pid)
        if point in POINTS:
            assert self.parent.stdout.readline() == "here\n"
        return pid

    def kill_all(self):
        for pid in self.living:
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda pid=pid: not is_alive(pid))
        self.living.clear()


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def nursery(django_db_setup):
    workers = Nursery()
    yield workers
    workers.kill_all()
    workers.parent.kill()
    workers.parent.communicate()


@pytest.fixture
def server(nursery):
    with running(Sink(pipelining=True)) as sink:
        yield sink
        nursery.kill_all()


def wait_until(what):
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < ends_at, Counter(fates())
        time.sleep(0.02)


def let_leases_end():
    """As if the time had gone by that a dead worker's rows are kept for it."""
    OutgoingMail.objects.exclude(leased_until=None).update(leased_until=timezone.now() - leases.LEASE)


def send_the_rest(nursery, sink):
    """Another worker, until nothing waits."""
    let_leases_end()
    nursery.start(sink.port)
    wait_until(lambda: not OutgoingMail.objects.filter(state__in=["queued", "sending"]).exists())
    nursery.kill_all()


@pytest.mark.parametrize("point", POINTS)
def test_worker_killed_anywhere_loses_nothing_and_sends_nothing_twice(nursery, server, point):
    message, kills = make_message(), KILLS
    for number in range(1, 5 * kills + 6):
        put_in(number, message=message)
    for _ in range(kills):
        nursery.start(server.port, point)
        nursery.kill_all()
        let_leases_end()
    send_the_rest(nursery, server)
    states = Counter(fates())
    assert sum(states.values()) == 5 * kills + 5
    assert set(states) <= {"sent", "unknown"}
    # One a kill at most: the one that may have gone. None where it had not begun.
    assert states["unknown"] == POINTS[point] * kills
    ids = Counter(server.ids)
    assert max(ids.values()) == 1
    # Whatever is called sent was received, and what was received and isn't called so is called unknown.
    received = {str(mail) for mail in OutgoingMail.objects.values_list("uid", flat=True)} & {
        message_id[1:37] for message_id in ids
    }
    sent = {str(uid) for uid in OutgoingMail.objects.filter(state="sent").values_list("uid", flat=True)}
    unknown = {str(uid) for uid in OutgoingMail.objects.filter(state="unknown").values_list("uid", flat=True)}
    assert sent <= received <= sent | unknown
    print(f"\n{point}: {kills} kills, {states['sent']} sent, {states['unknown']} unknown, 0 lost, 0 doubled")  # noqa: T201


@pytest.mark.slow
def test_everything_killed_in_the_middle_of_a_thousand(nursery, server):
    message = make_message()
    filling = {"name": "Ada", "code": "7HX", "unsubscribe_url": "https://testserver/leave/"}
    readers = (Addressed(f"reader-{n}@example.org", f"news:{n}", filling) for n in range(1000))
    assert queue_mails(message=message, rows=readers, heading="evenings") == 1000
    for _ in range(2):
        nursery.start(server.port)
    wait_until(lambda: len(server.received) >= 200)
    nursery.kill_all()
    assert len(server.received) < 1000
    send_the_rest(nursery, server)
    states = Counter(fates())
    assert (sum(states.values()), set(states) <= {"sent", "unknown"}) == (1000, True)
    assert states["unknown"] <= 2
    assert max(Counter(server.ids).values()) == 1
    assert len(server.received) >= states["sent"]


def test_two_workers_share_a_queue_and_send_nothing_twice(nursery, server):
    message = make_message()
    for number in range(1, 201):
        put_in(number, message=message)
    for _ in range(2):
        nursery.start(server.port)
    wait_until(lambda: not OutgoingMail.objects.exclude(state="sent").exists())
    assert Counter(Counter(server.ids).values()) == {1: 200}


def test_worker_told_to_stop_leaves_nothing_half_done(server):
    """The command itself, as an operator stops it."""
    server.seconds = 0.05
    message = make_message()
    for number in range(1, 101):
        put_in(number, message=message)
    worker = process("manage.py", "run_worker", port=server.port)
    wait_until(lambda: len(server.received) >= 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
    worker.communicate()
    states = Counter(fates())
    assert (set(states), states["sent"]) == ({"sent", "queued"}, len(server.received))
    assert not OutgoingMail.objects.exclude(leased_by="").exists()
