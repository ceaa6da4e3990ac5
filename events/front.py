"""The front page's parts: what is next or was last, a question with two answers, the newest evenings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from pages.cache import changes_at
from pages.clock import next_midnight, now
from speakers.models import Answer, Contribution, StandardQuestion

from .listing import Tile, main_series, next_evening, tiles_of
from .models import EventPage, SeriesPage, TalkPage
from .occasion import Occasion
from .programme import Person, Programme, people_of, programme_of, with_names

NEWEST = 64  # eight bytes of evenings
RECENT_EVENINGS = 8
ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Lead:
    """The evening that leads the front page: the next one, or the last that was written up, or else held."""

    event: EventPage
    occasion: Occasion
    programme: Programme


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


def newest_evenings(request: HttpRequest) -> tuple[list[Tile], int]:
    """Tiles of the newest evenings that are over, and how many there are in all."""
    series = main_series(request)
    if series is None:
        return [], 0
    past = EventPage.objects.public().of_series(series).past(at=now(request))
    return tiles_of(past[:NEWEST], series=series, request=request), past.count()


def asked_of_everybody(request: HttpRequest) -> Asked | None:
    """A standard question, another one each day, with two answers from recent talks; None without an answer."""
    series = main_series(request)
    if series is None:
        return None
    today = now(request).astimezone(series.zone).date()
    found = recent_answers(series, at=now(request))
    if not found:
        return None
    changes_at(request, next_midnight(now(request), series.zone))
    questions = list(dict.fromkeys(answer.question for answer in found))
    # Questions with enough answers for a pair come first; a young series may have none.
    paired = [q for q in questions if sum(answer.question_id == q.pk for answer in found) >= ANSWERS] or questions
    question = sorted(paired, key=lambda question: question.pk)[today.toordinal() % len(paired)]
    chosen = pair([answer for answer in found if answer.question_id == question.pk], turn=today.toordinal())
    return Asked(question, [_quoted(answer) for answer in chosen])


def recent_answers(series: SeriesPage, *, at: dt.datetime) -> list[Answer]:
    """Released answers with words from the newest evenings, newest first; in four queries.

    The newest evenings come first and then their answers: sorting all answers by date costs fifty times as much.
    """
    newest = list(
        EventPage.objects.public().of_series(series).held(at=at).values_list("pk", flat=True)[:RECENT_EVENINGS]
    )
    talks = TalkPage.objects.public().filter(event__in=newest).prefetch_related(*with_names())
    by_contribution = {talk.contribution_id: talk for talk in talks.select_related("event__series").newest_first()}
    answers = Answer.objects.filter(contribution__in=Contribution.objects.released().filter(pk__in=by_contribution))
    found = [answer for answer in answers.select_related("question", "speaker__merged_into") if answer.has_text]
    for answer in found:
        answer.talk = by_contribution[answer.contribution_id]
    order = {key: place for place, key in enumerate(by_contribution)}
    return sorted(found, key=lambda answer: (order[answer.contribution_id], answer.sort_order or 0))


def pair(answers: Sequence[Answer], *, turn: int) -> list[Answer]:
    """Two answers of different talks, and of different evenings where there are such; others at another turn."""
    first = answers[turn % len(answers)]
    others = [answer for answer in answers if answer.contribution_id != first.contribution_id]
    elsewhere = [answer for answer in others if answer.talk.event_id != first.talk.event_id] or others
    return [first, *elsewhere[turn % len(elsewhere) :][:1]] if elsewhere else [first]


def _quoted(answer: Any) -> Quoted:
    people = people_of(answer.talk)
    if answer.speaker and not answer.joint:
        kept = answer.speaker.merged_into or answer.speaker
        people = [person for person in people if person.speaker.pk == kept.pk] or people
    return Quoted(answer, answer.talk, people)
