"""What each kind of public page costs a reader without a cookie: queries, processor time, bytes."""

import statistics
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import Site

from archive import querysets
from archive.answers import Answers
from archive.following import KINDS, WRITE_UPS
from archive.sitemaps import sections
from archive.survey import survey
from archive.transcripts import public_transcripts
from archive.weighing import first_view_bytes, squeezed
from events.models import EventPage, SeriesPage, TalkPage
from pages.cache import bump
from speakers.models import Answer

LISTS = (
    "speakers", "organisations", "questions", "topics", "hosts", "asks", "links", "numbers", "what_happened_next",
    "what_happened_next_feed", "corrections", "corrections_feed", "asks_feed", "feeds", "podcast", "deadlines_page",
    "search", "api", "open_data", "sitemap",
)  # fmt: skip
API = "/api/v1/"


class Command(BaseCommand):
    help = (
        "Print what each kind of public page costs: queries; CPU milliseconds when it is made right after something "
        "changed, made again, and sent as it is kept; compressed bytes of its HTML, and of all that a browser loads "
        "before anybody scrolls."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--runs", type=int, default=9, help="How often each page is made; the median counts.")
        parser.add_argument("--series", default="", help="The series' slug, where there are several.")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        # Django keeps every query for its debug pages, and that would be counted too.
        settings.DEBUG = False
        addresses = self.addresses(options["series"])
        head = f"{'queries':>8}{'CPU ms':>8}{'again':>8}{'kept':>8}{'gzip bytes':>12}{'first view':>12}"
        self.stdout.write(f"{'page':<24}{head}  address")
        for name, address in addresses.items():
            self.stdout.write(self.row(name, address, max(1, options["runs"])))

    def addresses(self, slug: str) -> dict[str, str]:
        """One address of each kind: of the newest evening with a write-up, its first talk and that talk's speaker."""
        series = SeriesPage.objects.live().filter(**({"slug": slug} if slug else {})).first()
        event = EventPage.objects.public().of_series(series).written_up().newest_first().first()
        talk = TalkPage.objects.public().filter(event=event).in_running_order().first() if event else None
        if series is None or event is None or talk is None:
            raise CommandError("There is nothing to measure yet: load the demo, or name a series with a write-up.")
        found = {"home": "/", "series": series.url, "evening": event.url, "talk": talk.url}
        speaking = talk.talk_speakers.select_related("speaker", "organisation").first()
        if speaking is not None:
            found["speaker"] = speaking.speaker.get_absolute_url()
            if speaking.organisation:
                found["organisation"] = speaking.organisation.get_absolute_url()
        if event.host:
            found["host"] = event.host.get_absolute_url()
        lists = {name.replace("_", " "): reverse(name) for name in LISTS}
        return {**found, **lists, **self.gathered(talk), **self.said(talk), **self.read_by_programs(event, talk)}

    def said(self, talk: TalkPage) -> dict[str, str]:
        """A talk's first answer on a page of its own, the newest transcript, a search for the talk."""
        found = {"search, asked": f"{reverse('search')}?{urlencode({'q': talk.title})}"}
        answer = Answer.objects.with_words().filter(contribution__in=querysets.readable(Q(talk=talk))).first()
        if answer is not None:
            found["answer"] = f"{talk.url}answers/{answer.fragment}/"
        transcript = public_transcripts(at=timezone.now()).order_by("-event__starts_at").first()
        if transcript is not None and transcript.event is not None:
            found["transcript"] = f"{transcript.event.url}transcript/"
            found["evening, heard"] = transcript.event.url
        return found

    def read_by_programs(self, event: EventPage, talk: TalkPage) -> dict[str, str]:
        """Feeds, the API's lists and one of each, a part of the sitemap."""
        found = {f"feed, {kind}": reverse("feed", args=[kind]) for kind in KINDS}
        if topic := talk.topics.first():
            found["feed, a topic"] = f"{topic.get_absolute_url()}feeds/{WRITE_UPS}/"
        found |= {f"API, {name}": f"{API}{name}" for name in ("events", "talks", "answers", "asks", "speakers")}
        found |= {"API, an event": f"{API}events/{event.pk}", "API, a talk": f"{API}talks/{talk.pk}"}
        section = next(iter(sections(Site.objects.get(is_default_site=True).root_page)))
        return {**found, "sitemap, a part": reverse("sitemap_section", args=[section])}

    def gathered(self, talk: TalkPage) -> dict[str, str]:
        """The last question that its series asks: the first page, the last, narrowed ones; and one of its topics."""
        questions = talk.event.series.questions() if talk.event and talk.event.series else []
        if not questions:
            return {}
        address = reverse("question", args=[questions[-1].slug])
        answers = Answers(questions[-1]).in_pages()
        options = survey(questions[-1]).options
        narrowed = {name: options[name][0][0] for name in ("organisation", "year", "kind", "topic") if options[name]}
        found = {"question": address, "question, last": f"{address}?page={answers.num_pages}"}
        found |= {f"by {name}": f"{address}?{name}={value}" for name, value in narrowed.items()}
        topic = talk.topics.first()
        return {**found, "topic": topic.get_absolute_url()} if topic else found

    def row(self, name: str, address: str, runs: int) -> str:
        client = Client()
        made: list[float] = []
        again: list[float] = []
        queries = 0
        for _ in range(runs):
            bump()
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            queries = len(captured)
            bump()
            began = time.process_time()
            response = client.get(address)
            made.append((time.process_time() - began) * 1000)
            # What is kept of it is for http alone: over https the page is made, and what is remembered serves.
            began = time.process_time()
            client.get(address, secure=True)
            again.append((time.process_time() - began) * 1000)
        if response.status_code != 200:
            raise CommandError(f"{address} answered {response.status_code}.")
        kept = []
        for _ in range(runs):
            began = time.process_time()
            client.get(address)
            kept.append((time.process_time() - began) * 1000)
        times = f"{statistics.median(made):>8.1f}{statistics.median(again):>8.1f}{statistics.median(kept):>8.2f}"
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        view = first_view_bytes(client, address, response.content) if is_page else "-"
        return f"{name:<24}{queries:>8}{times}{squeezed(response.content):>12}{view:>12}  {address}"
