"""Makes an archive of any size, for measuring."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pages.cache import bump


class Command(BaseCommand):
    help = (
        "Makes a series “Measured” with many evenings of four talks and six answers each. Run again with a larger "
        "number it adds the missing ones; cut short, it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--events", type=int, default=6000, help="How many evenings there should be (6000).")
        parser.add_argument("--without-search", action="store_true", help="Leave the search index as it is.")
        parser.add_argument("--in-production", action="store_true", help="Needed where DEBUG is off.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["in_production"]:
            raise CommandError("These evenings are invented. Say --in-production if you want them where DEBUG is off.")
        if options["events"] < 1:
            raise CommandError("--events is a number from 1 upwards.")
        from archive.demo import indexing, measured

        began = time.monotonic()
        supply = measured.prepare(events=options["events"], now=timezone.now())
        self._say(began, f"{len(supply.speakers)} people, {len(supply.organisations)} organisations")
        for there in measured.fill(supply, events=options["events"]):
            self._say(began, f"{there} of {options['events']} evenings")
        if not options["without_search"]:
            self._say(began, "The search index takes about as long again.")
            indexing.index_everything()
        bump()
        self._say(began, "Done.")

    def _say(self, began: float, words: str) -> None:
        self.stdout.write(f"{time.monotonic() - began:7.1f} s  {words}")
        self.stdout.flush()
