"""What the evenings for measuring are filled with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from events.models import Host, SeriesPage, Topic
from speakers.models import Organisation, Speaker, StandardQuestion

from .shapes import Reference, Talk

TALKS = 4  # in an evening


@dataclass
class Supply:
    """Everything is taken in turn."""

    series: SeriesPage
    host: Host
    speakers: Sequence[Speaker]
    organisations: Sequence[Organisation]
    topics: Sequence[Topic]
    questions: Sequence[StandardQuestion]
    talks: Sequence[Talk]
    answers: dict[str, list[str]]
    links: Sequence[Reference]
    now: dt.datetime

    def talk(self, place: int) -> Talk:
        return self.talks[place * 7 % len(self.talks)]

    def answer(self, slug: str, place: int) -> str:
        texts = self.answers[slug]
        return texts[(place * 11 + len(slug)) % len(texts)]

    def link(self, place: int) -> Reference:
        return self.links[place * 5 % len(self.links)]
