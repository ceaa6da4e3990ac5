"""The question sheet: what stands on it besides the answers, as it is written and as it is known again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pages.english import day

from .enums import AnswerMode
from .importers.asking import Asking
from .manuscript import Manuscript, Place, Question
from .notices import name_of

DRAFT = "Draft, not for publication"
BRING_BACK = (
    "When it is cleared: open your talk on the site, choose “Paste your whole reply”, and drop this file there."
)
LEAVE = "Write below each question, and leave the questions as they are. Bold words, links and lists come along."


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A question with what is in the draft so far, as text with marks."""

    wording: str
    guidance: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """`facts` are the lines under the title: the evening, by when, whose answers these are."""

    title: str
    facts: list[str]
    questions: list[OnPaper]


def place_in_use(question: Question, *, me: Any) -> Place:
    """The field in which somebody answers: their own where each answers alone, the joint one otherwise."""
    own = next((place for place in question.places if place.text and place.slot.speaker == me), None)
    joint = next(place for place in question.places if place.slot.joint)
    return own if own is not None and question.asked.mode == AnswerMode.EACH else joint


def paper_of(manuscript: Manuscript, *, event: Any, at: dt.datetime) -> Paper:
    """The sheet for one of the speakers. `event` is the talk's evening, `at` the moment it is made."""
    return Paper(
        title=_capitalised(name_of(manuscript.draft)),
        facts=_facts(manuscript, event, at),
        questions=[
            OnPaper(
                question.asked.wording,
                question.asked.question.guidance,
                (place.text.value if (place := place_in_use(question, me=manuscript.me)).text else ""),
            )
            for question in manuscript.questions
        ],
    )


def _facts(manuscript: Manuscript, event: Any, at: dt.datetime) -> list[str]:
    facts = [", ".join(map(str, (person.speaker for person in manuscript.people)))]
    if event is not None:
        facts.append(f"{event.series.title} {event.number}, {day(event.local_start.date())}")
        if event.over_at > at:
            facts.append(f"Please finish by {day(event.answers_wanted_on)}.")
    return [fact for fact in facts if fact]


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def lines_of_ours(manuscript: Manuscript, *, event: Any) -> list[str]:
    """Whatever the site may have written into what comes back. The day by which it was wanted may be over since."""
    paper = paper_of(manuscript, event=event, at=dt.datetime.min.replace(tzinfo=dt.UTC))
    guidance = [line for question in paper.questions for line in question.guidance.splitlines()]
    return [DRAFT, BRING_BACK, LEAVE, paper.title, *paper.facts, *guidance]


def askings(manuscript: Manuscript) -> list[Asking]:
    """The questions of a draft, in every wording they ever had."""
    return [
        Asking(
            question.asked.question.pk,
            tuple(_unique([question.asked.wording, *question.asked.question.wordings()])),
            question.asked.question.short_name,
        )
        for question in manuscript.questions
    ]


def _unique(wordings: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(wordings)
