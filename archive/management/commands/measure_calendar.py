"""What a calendar costs: a poll that brings nothing new, and a whole feed, at several sizes."""

import statistics
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.entries import refresh_calendar
from events.models import CalendarEntry, EventPage, SeriesPage
from pages.cache import bump

SIZES = (60, 600, 6000)


class Command(BaseCommand):
    help = (
        "Print queries, CPU milliseconds and bytes of a series' calendar at 60, 600 and 6,000 evenings. "
        "“First” is right after something public changed."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--runs", type=int, default=15, help="How often each is asked for; the median counts.")
        parser.add_argument("--series", default="measured", help="The series' slug; make_archive makes “measured”.")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        # Django keeps every query for its debug pages, and that would be counted too.
        settings.DEBUG = False
        series = SeriesPage.objects.live().filter(slug=options["series"]).first()
        if series is None:
            raise CommandError(f"There is no series “{options['series']}”: make_archive makes one to measure.")
        self.fill(series)
        there = CalendarEntry.objects.of_series(series).count()
        columns = ("queries", "body", "first body", "304", "first 304", "bytes")
        self.stdout.write("evenings" + "".join(f"{name:>12}" for name in columns))
        for size in dict.fromkeys(min(size, there) for size in SIZES):
            self.stdout.write(self.row(series, size, max(3, options["runs"])))

    def fill(self, series: SeriesPage) -> None:
        """Entries for evenings that have none; what the worker's sweep does, a few hundred a minute."""
        missing = EventPage.objects.public().of_series(series).filter(calendar_entry=None)
        began = time.monotonic()
        keys = list(missing.values_list("pk", flat=True))
        for start in range(0, len(keys), 250):
            with transaction.atomic():
                for pk in keys[start : start + 250]:
                    refresh_calendar(pk)
        if keys:
            each = (time.monotonic() - began) * 1000 / len(keys)
            self.stdout.write(f"{len(keys)} evenings had no entry yet: {each:.1f} ms each.")

    def row(self, series: SeriesPage, size: int, runs: int) -> str:
        """Measured within a transaction that is taken back: all but the newest `size` evenings are elsewhere in it."""
        with transaction.atomic():
            entries = CalendarEntry.objects.of_series(series)
            newest = list(entries.order_by("-starts_at").values_list("pk", flat=True)[:size])
            if size < entries.count():
                CalendarEntry.objects.of_series(series).exclude(pk__in=newest).delete()
            row = self.measured(f"/{series.slug}/calendar.ics", size, runs)
            transaction.set_rollback(True)
        bump()
        return row

    def measured(self, address: str, size: int, runs: int) -> str:
        client = Client()
        bump()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        queries = len(captured)
        if response.status_code != 200 or response.content.count(b"BEGIN:VEVENT") != size:
            raise CommandError(f"{address} answered {response.status_code}, not {size} evenings.")
        etag = {"If-None-Match": response["ETag"]}

        def stay() -> None:
            """Nothing public changes before the request."""

        costs = [
            self.cost(runs, stay, lambda: client.get(address)),
            self.cost(runs, bump, lambda: client.get(address)),
            self.cost(runs, stay, lambda: client.get(address, headers=etag), expect=304),
            self.cost(runs, bump, lambda: client.get(address, headers=etag), expect=304),
        ]
        figures = "".join(f"{cost:>12.2f}" for cost in costs)
        return f"{size:>8}{queries:>12}{figures}{len(response.content):>12}"

    @staticmethod
    def cost(runs: int, before: Any, ask: Any, *, expect: int = 200) -> float:
        """Median CPU milliseconds of a request, middleware and test client included."""
        costs = []
        for _ in range(runs + 1):
            before()
            began = time.process_time()
            response = ask()
            costs.append((time.process_time() - began) * 1000)
            if response.status_code != expect:
                raise CommandError(f"Answered {response.status_code}, not {expect}.")
        # The first one warms up what a process makes once.
        return statistics.median(costs[1:])
