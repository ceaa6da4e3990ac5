"""The answers to one question over all evenings: newest evening first, in pages, whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import cast

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, prefetch_related_objects

from events.models import EventPage, SeriesPage, TalkPage, TalkSpeaker
from events.programme import Person, people_of, with_names
from pages.cache import remember
from pages.english import listed
from speakers.models import Answer, Speaker, StandardQuestion

from . import querysets
from .choices import ALL, Chosen
from .citing import Citation, cite
from .survey import survey

PER_PAGE = 32  # four bytes of answers
# What pages have and a line about them hasn't: long words that needn't come along.
UNREAD_OF_EVENING = ("introduction", "sign_off", "leftovers", "standfirst")


@dataclass(frozen=True, slots=True)
class Voice:
    """An answer, the talk it was given with, and whose it is; nobody where their rows are gone."""

    answer: Answer
    talk: TalkPage
    people: tuple[Person, ...]

    @property
    def event(self) -> EventPage:
        return cast(EventPage, self.talk.event)

    @property
    def citation(self) -> Citation:
        return cite(self)

    @property
    def is_together(self) -> bool:
        return self.answer.joint and len(self.people) > 1

    @property
    def names(self) -> list[str]:
        return [person.speaker.name for person in self.people]

    @property
    def title(self) -> str:
        """Whose it is and what was asked: one question has hundreds of answers, each with an address of its own."""
        return f"{listed(self.names)}: {self.answer.wording}" if self.people else self.answer.wording


class Answers:
    """All answers to a question that fit, as a sequence that a Paginator can cut: its slices are lists of voices.

    How many there are at which evening is remembered; a slice then asks only for the answers of its own evenings.
    Sorting all of them by date would cost fifty times as much.
    """

    def __init__(self, question: StandardQuestion, chosen: Chosen = ALL) -> None:
        self.question, self.chosen = question, chosen
        self.evenings = evenings_with_answers(question, chosen)

    def __len__(self) -> int:
        return sum(count for _, count in self.evenings)

    def in_pages(self) -> Paginator:
        return Paginator(cast(Sequence[Voice], self), PER_PAGE)

    def __getitem__(self, part: slice) -> list[Voice]:
        ends = list(accumulate(count for _, count in self.evenings))
        starts = [end - count for end, (_, count) in zip(ends, self.evenings, strict=True)]
        wanted = [
            place
            for place, (start, end) in enumerate(zip(starts, ends, strict=True))
            if start < part.stop and end > part.start
        ]
        if not wanted:
            return []
        keys = [self.evenings[place][0] for place in wanted]
        first = part.start - starts[wanted[0]]
        return voices_at(keys, self.question, self.chosen)[first : first + part.stop - part.start]


def evenings_with_answers(question: StandardQuestion, chosen: Chosen) -> list[tuple[int, int]]:
    """(key of the evening, how many answers fit), newest evening first; remembered."""
    if not chosen:
        return survey(question).evenings
    return remember(f"answers.{question.pk}.{chosen.query}", lambda: count_by_evening(question, chosen))


def count_by_evening(question: StandardQuestion, chosen: Chosen) -> list[tuple[int, int]]:
    """As `evenings_with_answers`, by asking the database. Two queries."""
    found = narrowed(querysets.given_answers(question, chosen.contributions()), chosen)
    counts = dict(found.values_list("contribution__talk__event").annotate(answers=Count("pk")))
    newest = EventPage.objects.public().newest_first().values_list("pk", flat=True)
    return [(key, counts[key]) for key in newest if key in counts]


def narrowed(answers: QuerySet[Answer], chosen: Chosen) -> QuerySet[Answer]:
    """Those whose speakers fit what was chosen."""
    return spoken_by(answers, chosen.people())


def spoken_by(answers: QuerySet[Answer], people: Q | None) -> QuerySet[Answer]:
    """Those whose speakers fit: anybody of the talk where it was given together, or else the one who gave it."""
    if people is None:
        return answers
    theirs = TalkSpeaker.objects.filter(people, talk__contribution=OuterRef("contribution"))
    anybodys = Q(joint=True) | Q(speaker=None)
    # Said twice, so that a database that goes from left to right asks for the people of an answer only once.
    own = ~anybodys & Exists(theirs.filter(speaker=OuterRef("speaker")))
    return answers.filter(anybodys & Exists(theirs) | own)


def voices_at(
    evenings: Sequence[int], question: StandardQuestion, chosen: Chosen = ALL, *, silent: bool = False
) -> list[Voice]:
    """The answers given at some evenings that fit, in the order of the evenings and of their talks. Seven queries.

    `silent` brings along those that are empty.
    """
    fits = chosen.contributions() & Q(talk__event__in=evenings)
    kept = querysets.asked_rows(question, fits) if silent else querysets.given_answers(question, fits)
    answers = narrowed(kept, chosen).select_related("speaker__merged_into").order_by("sort_order", "pk")
    keyed = [(answer, answer.talk_key) for answer in answers.annotate(talk_key=F("contribution__talk"))]
    talks = talks_told({key for _, key in keyed})
    for answer, _ in keyed:
        answer.question = question
    voices = [Voice(answer, talks[key], whose(answer, talks[key])) for answer, key in keyed if key in talks]
    place = {key: order for order, key in enumerate(evenings)}
    return sorted(voices, key=lambda voice: (place[voice.event.pk], voice.talk.path))


def talks_told(keys: Iterable[int]) -> dict[int, TalkPage]:
    """Public talks with their evening and their people, by key; without the long texts of their pages. Six queries.

    Evenings and series are fetched apart: making a page of a row costs more than asking for it.
    """
    found = TalkPage.objects.public().filter(pk__in=keys).defer("account")
    talks = {talk.pk: talk for talk in found.prefetch_related("topics")}
    events = EventPage.objects.defer(*UNREAD_OF_EVENING).select_related("host")
    known = events.in_bulk({talk.event_id for talk in talks.values() if talk.event_id})
    series = SeriesPage.objects.in_bulk({event.series_id for event in known.values() if event.series_id})
    for event in known.values():
        event.series = series.get(event.series_id)
    for talk in talks.values():
        talk.event = known.get(talk.event_id)
    prefetch_related_objects(list(talks.values()), *with_names())
    return talks


def whose(answer: Answer, talk: TalkPage) -> tuple[Person, ...]:
    """Everybody of the talk where they answered together; or the one who did, as they were on that day."""
    people = tuple(people_of(talk))
    if answer.joint:
        return people
    if answer.speaker is None:
        return ()
    speaker = answer.speaker.merged_into or answer.speaker
    # Somebody who is no longer in the programme of the talk: their words stay theirs.
    alone = Person(speaker, "", None, "", "")
    return (next((person for person in people if person.speaker.pk == speaker.pk), alone),)


def by_wording(voices: Iterable[Voice], question: StandardQuestion) -> list[tuple[str, list[Voice]]]:
    """Runs of answers to the same words, each with those words; "" for the question as it is put today."""
    runs = groupby(voices, key=lambda voice: voice.answer.wording)
    return [("" if wording == question.text else wording, list(run)) for wording, run in runs]


def answered_by(person: Speaker, talks: Iterable[TalkPage]) -> dict[int, list[Answer]]:
    """What somebody answered, alone or together with others, by the key of the talk. One query."""
    told = {talk.contribution_id: talk.pk for talk in talks if talk.contribution_id}
    theirs = Q(joint=True) | Q(speaker=person) | Q(speaker__merged_into=person)
    rows = Answer.objects.with_words().filter(theirs, contribution__in=querysets.readable(Q(pk__in=told)))
    found: dict[int, list[Answer]] = {}
    for answer in rows.select_related("question", "speaker").defer("text").order_by("sort_order", "pk"):
        found.setdefault(told[answer.contribution_id], []).append(answer)
    return found
