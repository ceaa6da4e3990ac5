"""One evening with far too much of everything: all that a talk, a recording and an audience can give."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils import timezone

from archive.demo.measured import insert_rows
from archive.models import Cue, Transcript
from events.enums import QuestionState
from events.models import (
    AudienceQuestion,
    Chapter,
    EventCorrection,
    EventPage,
    Recording,
    RelatedTalk,
    TalkCorrection,
    TalkPage,
)
from speakers.enums import LinkKind, PromiseOutcome
from speakers.models import Answer, Ask, Promise, PromiseReply, Speaker, StandardQuestion, TalkLink

from .long_words import ADDRESS, NAMES, PLACE, SENTENCES, TITLES, in_turn, prose, words

ANSWER = 5000  # words
AUDIENCE = 40
LINES = 3000  # of the transcript
LINKS = 200
RELATED = 20


def fill_evening(event: EventPage, talks: list[TalkPage]) -> None:
    """Its write-up, recording, chapters, audience, transcript and corrections. The first talk is asked most."""
    EventPage.objects.filter(pk=event.pk).update(
        introduction=prose(360),
        sign_off=prose(240),
        related_title=TITLES[0][:200],
        related_url=ADDRESS,
        original_url=ADDRESS,
        byline=f"{NAMES[0]} and others"[:120],
    )
    asked = AudienceQuestion.objects.bulk_create(
        AudienceQuestion(
            event=event,
            talk=talks[0] if at % 2 else None,
            order=at,
            as_asked="Why?",
            text=words(20) if at % 4 else PLACE * 4,
            state=QuestionState.values[at % len(QuestionState.values)],
            answer=prose(30) if at % 3 else "",
            pointer_url=ADDRESS,
        )
        for at in range(AUDIENCE)
    )
    insert_rows(rows_of_recording(event, talks, asked))
    transcript = Transcript.objects.create(event=event, filename="huge.vtt", source="WEBVTT", at=timezone.now())
    insert_rows(
        Cue(
            transcript=transcript,
            starts_ms=at * 3000,
            ends_ms=at * 3000 + 2900,
            voice=NAMES[at // 40 % len(NAMES)],
            text=SENTENCES[at % len(SENTENCES)],
        )
        for at in range(LINES)
    )


def rows_of_recording(event: EventPage, talks: list[TalkPage], asked: list[AudienceQuestion]) -> Iterator[Any]:
    yield Recording(event=event, url="https://youtu.be/aB3-_fGh1jK", duration_seconds=LINES * 3, captions=True)
    yield Recording(event=event, kind="audio", url="https://soundcloud.com/data-bites/huge", sort_order=1)
    yield Chapter(event=event, seconds=0, label="Welcome")
    for place, talk in enumerate(talks):
        second = 300 + place * LINES * 3 // (len(talks) + 1)
        yield Chapter(event=event, seconds=second, label=talk.title[:200], talk=talk, sort_order=place * 9 + 1)
        for at, question in enumerate(asked[place * 5 : place * 5 + 5], 1):
            label = question.text[:200]
            yield Chapter(event=event, seconds=second + at * 60, label=label, question=question, sort_order=place * 9)
    for at in range(8):
        yield EventCorrection(event=event, made_on=event.starts_at.date(), text=words(80), sort_order=at)


def fill_talk(talk: TalkPage, *, questions: list[StandardQuestion], people: list[Speaker], share: int = 1) -> None:
    """All that its speakers gave; every `share`-th part of it for a talk beside the first."""
    given, day = talk.contribution, talk.event.starts_at.date()  # type: ignore[union-attr]
    for place, question in enumerate(questions):
        count = ANSWER if question.slug == "summary" else ANSWER // 20
        answer = Answer(contribution=given, question=question, wording=question.text, sort_order=place)
        answer.text = prose(count // share)
        Answer.objects.filter(contribution=given, question=question).delete()
        answer.save()
        if question.slug == "change" and share == 1:
            insert_rows(own_answers(answer, people))
    insert_rows(
        TalkLink(
            contribution=given,
            label=label[:160],
            url=f"{ADDRESS}{at}",
            kind=LinkKind.values[at % len(LinkKind.values)],
            language=("en", "cy", "xx")[at % 3],
        )
        for at, label in enumerate(in_turn(TITLES, LINKS // share))
    )
    insert_rows(
        Ask(contribution=given, text=label[:300], url=ADDRESS, closes_on=day + dt.timedelta(days=30 * at))
        for at, label in enumerate(in_turn(TITLES, 24 // share))
    )
    insert_rows(rows_after(talk, share=share))


def own_answers(joint: Answer, people: list[Speaker]) -> Iterator[Answer]:
    """Beside the one they gave together, one of each."""
    for person in people:
        yield Answer(
            contribution=joint.contribution,
            question=joint.question,
            wording=joint.wording,
            text=prose(60),
            speaker=person,
            joint=False,
            sort_order=joint.sort_order,
        )


def rows_after(talk: TalkPage, *, share: int) -> Iterator[Any]:
    """What they said would happen, and did; what is related, and what was wrong."""
    given, day = talk.contribution, talk.event.starts_at.date()  # type: ignore[union-attr]
    for at, text in enumerate(in_turn(TITLES, 24 // share)):
        yield Promise(contribution=given, text=text[:300], due_on=day, sort_order=at)
        if at % 2:
            yield PromiseReply(
                contribution=given,
                said=text[:300],
                outcome=PromiseOutcome.values[at % 3],
                words=words(60),
                replied_on=day,
                at=timezone.now(),
                published_at=timezone.now(),
            )
    others = TalkPage.objects.exclude(event=talk.event).order_by("-pk")
    for at, other in enumerate(islice(others, RELATED // share)):
        yield RelatedTalk(talk=talk, related=other, reason=(PLACE * 3)[:200], sort_order=at)
    for at in range(4 // share):
        yield TalkCorrection(talk=talk, made_on=day, text=words(200), sort_order=at)
