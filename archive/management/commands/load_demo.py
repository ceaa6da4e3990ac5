"""Loads sixty fictional evenings, so that there is something to see."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from archive.demo import signing_in


class Command(BaseCommand):
    help = "Loads sixty fictional evenings with their talks, answers and people. Not for a server on the internet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="First take away every evening, talk, person and organisation."
        )
        parser.add_argument("--print-sign-in", action="store_true", help="Only print fresh links that sign in.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's people and evenings are invented: it is loaded only where DEBUG is on.")
        if options["print_sign_in"]:
            self.stdout.write(signing_in.lines(at=timezone.now()))
            return
        # Draws slides with a library that a server doesn't have.
        from archive.demo import loading, removing

        if options["fresh"]:
            removing.remove(say=self._say)
        if loading.is_loaded():
            self.stdout.write("The demo is already there.")
            return
        self.stdout.write("Loading the demo:")
        # Wagtail says each page that it publishes; the steps say enough.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            loading.load(now=timezone.now(), say=self._say)
        except loading.NoHomePage as fault:
            raise CommandError("The site has no home page: run migrate first.") from fault

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
