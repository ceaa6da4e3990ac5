"""How fast mails leave, beside Django's own loop, and what it takes to queue one message for very many.

In a database of its own, which is made like the tests' and removed afterwards, and to a server in another process that
says yes to everything. The figure that counts is mails per second of this process's own work: how long a disk takes to
keep a commit, and a server to answer, is not ours, and is in the second figure.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.mail import mailers
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from mailing.actions import write_message
from mailing.delivery import Worker
from mailing.enums import Heading
from mailing.leases import lease
from mailing.mailer import compose
from mailing.models import Message, OutgoingMail
from mailing.queueing import Addressed, in_steps, queue_mails

SINK = Path(__file__).resolve().parent.parent / "sink.py"
URL = "https://databites.example/leave/ImFkYUBleGFtcGxlLm9yZyI:1tKq3c:9kq0a3m1v2Zx-uT7yBw4nPqLrS5dEfGhJ8iKoMl/"


@contextmanager
def own_database() -> Iterator[None]:
    """As the tests have it; on SQLite in a file, because memory is no disk."""
    with tempfile.TemporaryDirectory() as folder:
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/measured.sqlite3"
        else:
            connection.settings_dict["TEST"]["NAME"] = f"{name}_measured"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def server() -> Iterator[None]:
    """A mail server in another process, and MAILERS that name it."""
    sink = subprocess.Popen([sys.executable, str(SINK)], stdout=subprocess.PIPE, text=True)  # noqa: S603  ourselves
    assert sink.stdout is not None  # noqa: S101  it is a pipe
    options = {"host": "127.0.0.1", "port": int(sink.stdout.readline()), "timeout": 20}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    try:
        with override_settings(MAILERS={"default": {"BACKEND": backend, "OPTIONS": options}}):
            yield
    finally:
        sink.terminate()
        sink.communicate()


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of this process's own work, and seconds by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def readers(message: Message, number: int) -> Iterator[Addressed]:
    for n in range(number):
        filling = {"unsubscribe_url": URL, "name": f"Reader {n}"}
        yield Addressed(f"reader-{n}@example.org", f"measured:{message.pk}:{n}", filling)


def send_all() -> int:
    worker = Worker()
    while worker.turn(at=timezone.now()):
        pass
    worker.close()
    return worker.took


def send_plainly(message: Message, number: int) -> None:
    """Django's own way: a message made and sent for each, over one connection."""
    rows = lease(worker="plain", at=timezone.now(), limit=number)
    backend = mailers.default
    backend.open()
    for row in rows:
        backend.send_messages([compose(row, message)])
    backend.close()


def megabytes() -> float:
    """The most memory this process has had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


class Command(BaseCommand):
    help = "Measure how fast mails leave, in a database of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mails", type=int, default=5000, help="how many are sent (5000)")
        parser.add_argument("--rows", type=int, default=50_000, help="how many are queued from a queryset (50000)")

    def handle(self, *args: Any, **options: Any) -> None:
        # Django keeps every query for its debug pages, and that would be counted too.
        with override_settings(DEBUG=False), own_database(), server():
            context = {
                "why": "Dear %%name%%, leave at %%unsubscribe_url%%.",
                "outbox_url": URL,
                "paused_at": timezone.now(),
            }
            message = write_message(template="mailing/email/news_paused", context=context)
            self.measure_sending(message, options["mails"])
            self.measure_queueing(message, options["rows"])

    def measure_sending(self, message: Message, number: int) -> None:
        plain = number // 10
        queue_mails(message=message, rows=readers(message, number + plain), heading=Heading.EVENINGS)
        plainly = timed(lambda: send_plainly(message, plain))
        self.say("Django’s plain loop", plain, plainly)
        OutgoingMail.objects.filter(leased_by="plain").delete()
        ours = timed(send_all)
        left = OutgoingMail.objects.exclude(state="sent").count()
        self.say(f"The outbox, on {connection.vendor}", number, ours)
        self.stdout.write(f"{(number / ours[0]) / (plain / plainly[0]):.1f} times as many; {left} did not leave")

    def measure_queueing(self, message: Message, number: int) -> None:
        other = Message.objects.create(key="measured", template="measured", subject="", text="", made_at=timezone.now())
        OutgoingMail.objects.all().delete()
        queue_mails(message=other, rows=readers(other, number))
        people = OutgoingMail.objects.filter(message=other)
        before = megabytes()
        rows = (Addressed(person.recipient, f"second:{person.pk}", person.filling) for person in in_steps(people))
        spent = timed(lambda: queue_mails(message=message, rows=rows))
        self.say("Queueing from a queryset", number, spent)
        self.stdout.write(f"memory at most {megabytes():.0f} MB, {megabytes() - before:.0f} MB of it for this")

    def say(self, what: str, number: int, spent: tuple[float, float]) -> None:
        cpu, clock = spent
        self.stdout.write(
            f"{what}: {number:,} in {cpu:.1f} s of work, {clock:.1f} s by the clock: "
            f"{number / cpu:,.0f}/s of work, {number / clock:,.0f}/s by the clock"
        )
