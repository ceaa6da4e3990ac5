"""The front page's parts: what is next or was last, a question with two answers, the newest evenings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch
from django.http import HttpRequest

from pages.cache import changes_at
from pages.clock import next_midnight, now
from speakers.models import Answer, Contribution, StandardQuestion
from speakers.prose import plain_text

from .listing import Tile, main_series, next_evening, tiles_of
from .models import EventPage, SeriesPage, TalkPage
from .occasion import Occasion
from .programme import Person, Programme, people_of, programme_of, with_names

NEWEST = 16  # two bytes of evenings; the series' own page has them all
RECENT = 8  # evenings whose answers take turns
ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Lead:
    """The evening that leads the front page: the next one, or the last that was written up, or else held."""

    event: EventPage
    occasion: Occasion
    programme: Programme


@dataclass(frozen=True, slots=True)
class Newest:
    tiles: list[Tile]
    total: int
    series: SeriesPage


class Recent(NamedTuple):
    """An answer among those to choose from: keys, and its words."""

    key: int
    question: int
    talk: int
    event: int
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """An answer, whose it is, and the talk on whose page it stands."""

    answer: Answer
    talk: TalkPage
    people: list[Person]


@dataclass(frozen=True, slots=True)
class Asked:
    question: StandardQuestion
    quotes: list[Quoted]


def lead(request: HttpRequest) -> Lead | None:
    """None where the main series has no public evening at all."""
    series = main_series(request)
    if series is None:
        return None
    event = next_evening(request)
    if event is None:
        held = EventPage.objects.public().of_series(series).held(at=now(request)).select_related("venue", "host")
        event = held.written_up().first() or held.first()
    if event is None:
        return None
    event.series = series
    return Lead(event, Occasion.of(event, at=now(request)), programme_of(event, along=with_names()))


def newest_evenings(request: HttpRequest) -> Newest | None:
    """The newest evenings that are over; None where there are none."""
    series = main_series(request)
    if series is None:
        return None
    past = EventPage.objects.public().of_series(series).past(at=now(request))
    tiles = tiles_of(past[:NEWEST], series=series, request=request)
    return Newest(tiles, past.count(), series) if tiles else None


def asked_of_everybody(request: HttpRequest) -> Asked | None:
    """A standard question, another one each day, with two answers from recent talks; None without an answer."""
    series = main_series(request)
    if series is None:
        return None
    turn = now(request).astimezone(series.zone).date().toordinal()
    keys = choose(recent_answers(series, at=now(request)), turn=turn)
    if not keys:
        return None
    changes_at(request, next_midnight(now(request), series.zone))
    along = [
        Prefetch("contribution__talk", TalkPage.objects.select_related("event__series").prefetch_related(*with_names()))
    ]
    answers = Answer.objects.select_related("question", "speaker", "contribution").prefetch_related(*along)
    found = answers.in_bulk(keys)
    return Asked(found[keys[0]].question, [_quoted(found[key]) for key in keys])


def recent_answers(series: SeriesPage, *, at: dt.datetime) -> list[Recent]:
    """Released answers from the newest evenings, newest first; in two queries.

    The newest evenings come first and then their answers: sorting all answers by date costs fifty times as much.
    """
    held = EventPage.objects.public().of_series(series).held(at=at)
    given = Contribution.objects.released().filter(talk__event__in=list(held.values_list("pk", flat=True)[:RECENT]))
    rows = Answer.objects.filter(contribution__in=given).exclude(text="")
    rows = rows.order_by("-contribution__talk__event__starts_at", "contribution__talk__path", "sort_order", "pk")
    return [
        Recent(*row)
        for row in rows.values_list("pk", "question", "contribution__talk", "contribution__talk__event", "text")
    ]


def choose(answers: Sequence[Recent], *, turn: int) -> list[int]:
    """The keys of two answers to one question; another question at another turn. One answer where there is no pair."""
    questions = sorted({answer.question for answer in answers})
    shift = turn % len(questions) if questions else 0
    found: list[int] = []
    for question in questions[shift:] + questions[:shift]:
        pair = pair_of([a for a in answers if a.question == question and plain_text(a.text)], turn=turn)
        if len(pair) == ANSWERS:
            return pair
        found = found or pair
    return found


def pair_of(answers: Sequence[Recent], *, turn: int) -> list[int]:
    """Two answers of different talks, and of different evenings where there are such; others at another turn."""
    if not answers:
        return []
    first = answers[turn % len(answers)]
    others = [answer for answer in answers if answer.talk != first.talk]
    elsewhere = [answer for answer in others if answer.event != first.event] or others
    return [first.key, *(answer.key for answer in elsewhere[turn % len(elsewhere) :][:1])] if elsewhere else [first.key]


def _quoted(answer: Answer) -> Quoted:
    talk = answer.contribution.talk
    people = people_of(talk)
    if answer.speaker and not answer.joint:
        kept = answer.speaker.merged_into or answer.speaker
        people = [person for person in people if person.speaker.pk == kept.pk] or people
    return Quoted(answer, talk, people)
