"""What each kind of public page costs a reader without a cookie: queries, processor time, bytes."""

import gzip
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

from archive import querysets
from archive.answers import Answers
from archive.following import WRITE_UPS
from archive.survey import survey
from archive.transcripts import public_transcripts
from events.models import EventPage, SeriesPage, TalkPage
from pages.cache import bump
from speakers.models import Answer

LISTS = (
    "speakers", "organisations", "questions", "topics", "hosts", "asks", "links", "numbers", "what_happened_next",
    "what_happened_next_feed", "corrections", "feeds", "podcast", "search", "api", "open_data",
)  # fmt: skip
API_TALKS = "/api/v1/talks"


class Command(BaseCommand):
    help = (
        "Print queries, CPU milliseconds and compressed bytes of each kind of public page: made right after something "
        "changed, made again, and as it is kept."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--runs", type=int, default=9, help="How often each page is made; the median counts.")
        parser.add_argument("--series", default="", help="The series' slug, where there are several.")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        # Django keeps every query for its debug pages, and that would be counted too.
        settings.DEBUG = False
        addresses = self.addresses(options["series"])
        self.stdout.write(f"{'page':<24}{'queries':>8}{'CPU ms':>8}{'again':>8}{'kept':>8}{'gzip bytes':>12}  address")
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
        return {**found, **lists, **self.gathered(talk), **self.said(talk)}

    def said(self, talk: TalkPage) -> dict[str, str]:
        """A talk's first answer on a page of its own, the newest transcript, a topic's feed, a search for the talk."""
        found = {"search, asked": f"{reverse('search')}?{urlencode({'q': talk.title})}"}
        answer = Answer.objects.with_words().filter(contribution__in=querysets.readable(Q(talk=talk))).first()
        if answer is not None:
            found["answer"] = f"{talk.url}answers/{answer.fragment}/"
        transcript = public_transcripts(at=timezone.now()).order_by("-event__starts_at").first()
        if transcript is not None and transcript.event is not None:
            found["transcript"] = f"{transcript.event.url}transcript/"
        if topic := talk.topics.first():
            found["topic, feed"] = f"{topic.get_absolute_url()}feeds/{WRITE_UPS}/"
        return {**found, "feed": reverse("feed", args=[WRITE_UPS]), "API, talks": API_TALKS}

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
        queries = size = 0
        for _ in range(runs):
            bump()
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            queries = len(captured)
            bump()
            began = time.process_time()
            response = client.get(address)
            made.append((time.process_time() - began) * 1000)
            size = len(gzip.compress(response.content, 6))
            # An address that nobody has asked for: the page is made, and what is remembered serves.
            began = time.process_time()
            other = client.get(f"{address}{'&' if '?' in address else '?'}again")
            if other.status_code == 200:  # the API refuses what it doesn't know
                again.append((time.process_time() - began) * 1000)
        if response.status_code != 200:
            raise CommandError(f"{address} answered {response.status_code}.")
        kept = []
        for _ in range(runs):
            began = time.process_time()
            client.get(address)
            kept.append((time.process_time() - began) * 1000)
        anew = f"{statistics.median(again):.1f}" if again else "-"
        times = f"{statistics.median(made):>8.1f}{anew:>8}{statistics.median(kept):>8.2f}"
        figures = f"{queries:>8}{times}{size:>12}"
        return f"{name:<24}{figures}  {address}"
