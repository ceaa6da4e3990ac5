"""The site in a process of its own, which can be killed, on the suite's database; and a mail server it sends to."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connection, transaction

from speakers.models import Contribution
from tests.conftest import ROOT
from tests.mailing.sink import Sink

STARTS_WITHIN_SECONDS = 60
ARRIVES_WITHIN_SECONDS = 20


class Site:
    """Gunicorn with the worker beside it, as an embedded installation runs it."""

    def __init__(self, folder: Path, sink: Sink) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url, self.folder, self.sink = f"http://127.0.0.1:{self.port}", folder, sink
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--pythonpath", "site", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--threads", "8", "--no-control-socket", "--log-level", "warning", "config.wsgi"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        self._wait()

    def kill(self) -> None:
        """Nothing is finished, said or cleaned up: signal 9, for all its processes."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def read(self, path: str, method: str = "GET") -> tuple[int, str]:
        """What somebody gets who has no cookie: a status and a text."""
        request = urllib.request.Request(self.url + path, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def _wait(self) -> None:
        ends_at = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < ends_at:
            with contextlib.suppress(OSError):
                if self.read("/robots.txt")[0] == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError((self.folder / "server.log").read_text())

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": database_url(),
            "SECRET_KEY": settings.SECRET_KEY,
            "SITE_URL": self.url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.sink.port),
            "EMBEDDED_WORKER": "1",
            "LOG_LEVEL": "WARNING",
        }


def database_url() -> str:
    """The database that this test works on, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    owner = f"{known['USER']}:{known['PASSWORD']}".rstrip(":")
    return f"postgres://{owner}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


class Post:
    """What arrived, each mail read once, by whom it is for."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.read: set[str] = set()

    def next_to(self, address: str) -> EmailMessage:
        """The next mail to that address that was not looked at yet."""
        ends_at = time.monotonic() + ARRIVES_WITHIN_SECONDS
        while time.monotonic() < ends_at:
            for mail in self.sink.mails:
                if mail["To"] == address and mail["Message-ID"] not in self.read:
                    self.read.add(str(mail["Message-ID"]))
                    return mail
            time.sleep(0.05)
        raise TimeoutError(f"No mail came to {address}, only {[(m['To'], m['Subject']) for m in self.sink.mails]}")


def words_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage) -> str:
    """The path of the link that signs in."""
    found = re.search(r"https?://[^/\s]+(/account/link/\S+/)", words_of(mail))
    assert found is not None, words_of(mail)
    return found[1]


@contextlib.contextmanager
def save_held_up(contribution_pk: int) -> Iterator[None]:
    """Whoever saves this contribution meanwhile waits, in the middle of the save."""
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution_pk)
        yield
