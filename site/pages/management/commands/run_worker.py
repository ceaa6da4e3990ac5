"""The worker process of an installation beyond one machine."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from pages.scheduler import run_for_ever


class Command(BaseCommand):
    help = "Send mails and publish what is scheduled, until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write("The worker is running. Stop it with Ctrl-C.")
        run_for_ever(stop=stop)
