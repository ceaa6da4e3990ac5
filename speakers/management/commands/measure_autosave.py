"""How long an autosave takes while many speakers write."""

import statistics
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from speakers.actions import hand_over
from speakers.enums import Baton
from speakers.measured import Writer, measure
from speakers.models import Contribution


class Command(BaseCommand):
    help = (
        "Lets many speakers save their answers at once and tells how long a save takes, and whether a word was lost. "
        "It writes into contributions of the database it runs on: for the demo or a copy, never for a real site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--speakers", type=int, default=50, help="How many write at once (50).")
        parser.add_argument("--saves", type=int, default=10, help="How often each of them saves (10).")
        parser.add_argument("--every", type=float, default=3.0, help="Seconds between one’s saves (3); 0: a burst.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This writes into contributions: it runs only where DEBUG is on.")
        writers = self._writers(options["speakers"])
        if len(writers) < options["speakers"]:
            raise CommandError(f"There are only {len(writers)} talks with a speaker. Make more with make_archive.")
        tally = measure(writers, saves=options["saves"], every_seconds=options["every"])
        self.stdout.write(
            f"{connection.vendor}: {len(writers)} speakers, {len(tally.seconds)} saves, "
            f"p50 {tally.at(0.5):.0f} ms, p95 {tally.at(0.95):.0f} ms, slowest {tally.at(1):.0f} ms, "
            f"{1000 * statistics.median(tally.processor):.0f} ms of the processor each, "
            f"{len(tally.failed)} failed, {tally.lost} lost"
        )
        for fault in sorted(set(tally.failed)):
            self.stdout.write(f"  {fault}")

    @transaction.atomic
    def _writers(self, count: int) -> list[Writer]:
        """A talk for each, in its speaker's hands."""
        found: list[Writer] = []
        for contribution in Contribution.objects.filter(talk__talk_speakers__isnull=False).distinct()[:count]:
            speaker = contribution.speakers()[0]
            user, _ = User.objects.get_or_create(email=f"measured-{contribution.pk}@example.org")
            hand_over(contribution=contribution, to=Baton.SPEAKERS, at=timezone.now())
            found.append(Writer(user, speaker, contribution))
        return found
