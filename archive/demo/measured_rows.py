"""What stands beside the evenings and talks for measuring: as much of each as the demo has, or a little more."""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle

from django.db import models

from archive.models import Cue, Transcript
from events.enums import QuestionState, RecordingState
from events.models import AudienceQuestion, Chapter, EventPage, Recording, TalkCorrection, TalkPage, TalkSpeaker
from speakers.enums import PromiseOutcome
from speakers.models import Answer, Ask, Promise, PromiseReply, TalkLink

from .recordings import SLOT_SECONDS, WELCOME_SECONDS
from .supply import TALKS, Supply
from .transcripts import BREATH_MS, WORDS_A_SECOND, Line, as_file, sentences

A_TRANSCRIPT_EVERY = 20  # evenings; the last of 6,000 has one
A_PROMISE_EVERY = 8  # talks
A_REPLY_EVERY = 3  # promises that are due
A_CORRECTION_EVERY = 100  # talks
DUE_AFTER = dt.timedelta(days=365)
REPLIED_AFTER = dt.timedelta(days=40)


def evening_rows(supply: Supply, event: EventPage) -> Iterator[models.Model]:
    has_transcript = event.number % A_TRANSCRIPT_EVERY == 0
    yield Recording(
        event=event,
        state=RecordingState.PUBLISHED,
        url=f"https://video.oakum.example/w/{event.number}",
        duration_seconds=WELCOME_SECONDS + TALKS * SLOT_SECONDS,
        captions=has_transcript,
        sort_order=0,
    )
    yield Chapter(event=event, seconds=0, label="Welcome", sort_order=0)
    if has_transcript:
        yield from transcript_rows(supply, event)


def transcript_rows(supply: Supply, event: EventPage) -> Iterator[models.Model]:
    said = [line for order in range(1, TALKS + 1) for line in spoken(supply, event.number, order)]
    transcript = Transcript(
        event=event, filename=f"{event.number}.vtt", source=as_file(said), at=event.last_published_at
    )
    yield transcript
    for at, to, who, what in said:
        yield Cue(transcript=transcript, starts_ms=at, ends_ms=to, voice=who, text=what)


def spoken(supply: Supply, number: int, order: int) -> Iterator[Line]:
    """A whole slot of words: what the talk's speakers answered, again and again."""
    place = number * TALKS + order
    talk, who = supply.talk(place), supply.speakers[place % len(supply.speakers)].name
    at = (WELCOME_SECONDS + (order - 1) * SLOT_SECONDS) * 1000
    end = at + SLOT_SECONDS * 1000
    for what in cycle([sentence for answer in talk.answers for sentence in sentences(answer.words)]):
        to = at + round(len(what.split()) / WORDS_A_SECOND * 1000) + 400
        if to > end:
            return
        yield at, to, who, what
        at = to + BREATH_MS


def talk_rows(supply: Supply, talk: TalkPage) -> Iterator[models.Model]:
    event, order = talk.event, int(talk.slug.rsplit("-", 1)[-1])
    if event is None:
        return
    place = event.number * TALKS + order
    yield TalkSpeaker(
        talk=talk,
        speaker=supply.speakers[place % len(supply.speakers)],
        role="Analyst",
        organisation=supply.organisations[place % len(supply.organisations)],
        sort_order=0,
    )
    start = WELCOME_SECONDS + (order - 1) * SLOT_SECONDS
    yield Chapter(event=event, seconds=start, label=talk.title[:200], talk=talk, sort_order=order)
    yield from given_rows(supply, talk, event, place)
    if supply.topics:
        yield TalkPage.topics.through(talkpage_id=talk.pk, topic_id=supply.topics[place % len(supply.topics)].pk)
    if place % 5 == 0:
        yield AudienceQuestion(
            event=event,
            talk=talk,
            as_asked="How do you know?",
            text="How do you know?",
            state=QuestionState.ON_THE_NIGHT,
            answer=supply.answer("success", place),
        )
    if place % A_CORRECTION_EVERY == 0:
        yield TalkCorrection(talk=talk, made_on=event.written_up_on, text="The second number was of another year.")


def given_rows(supply: Supply, talk: TalkPage, event: EventPage, place: int) -> Iterator[models.Model]:
    """What its speaker gave."""
    for at, question in enumerate(supply.questions):
        yield Answer(
            contribution=talk.contribution,
            question=question,
            wording=question.text,
            text=supply.answer(question.slug, place),
            sort_order=at,
        )
    link = supply.link(place)
    yield TalkLink(
        contribution=talk.contribution,
        label=link.label,
        url=f"https://{place % 400}.oakum.example/{place}",
        kind=link.kind,
        language=link.language,
        sort_order=0,
    )
    if place % 4 == 0:
        yield ask_row(talk, event, place)
    if place % A_PROMISE_EVERY == 0:
        yield from promise_rows(supply, talk, event, place)


def ask_row(talk: TalkPage, event: EventPage, place: int) -> Ask:
    """Every third has no end; the others close three months after their evening."""
    closes_on = None if place % 3 == 0 else event.starts_at.date() + dt.timedelta(days=90)
    return Ask(
        contribution=talk.contribution,
        text="Tell us which of these you use.",
        url=f"https://oakum.example/ask/{place}",
        closes_on=closes_on,
        sort_order=0,
    )


def promise_rows(supply: Supply, talk: TalkPage, event: EventPage, place: int) -> Iterator[models.Model]:
    """Due a year after its evening; of those that are due, every third has a reply."""
    said, due = f"We will publish the next {place} rows.", event.starts_at + DUE_AFTER
    yield Promise(contribution=talk.contribution, text=said, due_on=due.date(), sort_order=0)
    at = due + REPLIED_AFTER
    if place // A_PROMISE_EVERY % A_REPLY_EVERY == 0 and at < supply.now:
        yield PromiseReply(
            contribution=talk.contribution,
            said=said,
            outcome=PromiseOutcome.values[place % len(PromiseOutcome.values)],
            words="They are out, with a note on each column.",
            replied_on=at.date(),
            speaker=supply.speakers[place % len(supply.speakers)],
            at=at,
            published_at=at,
        )
