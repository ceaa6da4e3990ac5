"""How long a reader waits for a page of results."""

import statistics
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import IndexedWord, Passage
from pages.cache import bump

# Words that stand everywhere, often, seldom and nowhere, taken from the index; and each way of asking.
SHAPES = {
    "everywhere": "{often}",
    "two everywhere": "{often} {often2}",
    "phrase": '"{often} {often2}"',
    "either": "{often} OR {seldom}",
    "often, not": "{often2} -{often}",
    "sometimes": "{middle}",
    "three words": "{often} {middle} {seldom}",
    "seldom": "{seldom}",
    "typing error": "{seldom}q",
    "nowhere": "qqzzqqzz",
    "one word too many": "{often} {middle} qqzzqqzz",
    "two, never together": "{often} qqzzqqzz",
    "twelve words": "{often} OR {often2} OR {middle} OR {seldom} OR a1 OR b2 OR c3 OR d4 OR e5 OR f6 OR g7 OR h8",
}
P95 = 0.95


class Command(BaseCommand):
    help = (
        "Print queries and milliseconds of pages of results for words that stand everywhere, often, seldom and "
        "nowhere: whole pages, none of them kept. The last line is the 95th percentile of all."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--runs", type=int, default=10, help="How often each page is asked for (10).")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        # Django keeps every query for its debug pages, and that would be counted too.
        settings.DEBUG = False
        if not Passage.objects.exists():
            raise CommandError("There is nothing to search yet: load the demo or make_archive, or run index_search.")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE archive_passage")
        self.stdout.write(f"{Passage.objects.count()} passages on {connection.vendor}")
        self.stdout.write(f"{'asked':<22}{'queries':>8}{'median ms':>11}{'slowest':>9}  address")
        bump()
        times = [
            elapsed
            for name, address in self.addresses(self.words())
            for elapsed in self.row(name, address, max(1, options["runs"]))
        ]
        times.sort()
        self.stdout.write(f"p95: {times[min(len(times) - 1, int(len(times) * P95))]:.1f} ms of {len(times)} pages")

    def words(self) -> dict[str, str]:
        rows = IndexedWord.objects.filter(length__gte=4, initial__gte="a").order_by("-count", "word")
        known = list(rows.values_list("word", flat=True))
        if len(known) < len(SHAPES):
            raise CommandError("The index has too few words: run index_search.")
        often, often2 = known[:2]
        return {"often": often, "often2": often2, "middle": known[len(known) // 20], "seldom": known[-2]}

    def addresses(self, words: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
        asked = [(name, {"q": shape.format(**words)}) for name, shape in SHAPES.items()]
        asked += [("everywhere, " + name, {"q": words["often"], "in": name}) for name in ("talks", "answers")]
        asked.append(("page 20", {"q": words["often"], "in": "answers", "page": "20"}))
        asked.append(("narrowed", {"q": words["often"], "kind": "charity"}))
        return [*asked, ("suggestions", {"q": words["often"][:3]})]

    def row(self, name: str, asked: dict[str, str], runs: int) -> list[float]:
        client = Client()
        address = "/search/suggest/" if name == "suggestions" else "/search/"
        with CaptureQueriesContext(connection) as captured:
            status = client.get(address, asked).status_code
        queries = len(captured)
        if status not in (200, 404):
            raise CommandError(f"{asked} answered {status}.")
        times = []
        for _ in range(runs):
            began = time.perf_counter()
            client.get(address, asked)
            times.append((time.perf_counter() - began) * 1000)
        figures = f"{queries:>8}{statistics.median(times):>11.1f}{max(times):>9.1f}"
        self.stdout.write(f"{name:<22}{figures}  {address} {asked}")
        return times
