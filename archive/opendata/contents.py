"""Every row of the open data, a few evenings at a time, so that no archive is too large."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import batched

from pydantic import BaseModel

from events.models import EventPage
from speakers.models import Answer, StandardQuestion

from .. import querysets
from ..enums import AnswerStatus
from ..records import evenings, lines, names, talks
from ..records.shapes import AnswerRecord
from ..reuse import may_be_reused

AT_ONCE = 40
NAMES_AT_ONCE = 200
type Row = tuple[str, BaseModel, int | None]  # the table, the record, and the key of what it belongs to


def every_row() -> Iterator[Row]:
    """In an order that depends on nothing but the rows, so that the same archive is the same file."""
    for series in evenings.series():
        yield "series", series, None
    asked = asked_in_series()
    keys = list(EventPage.objects.public().order_by("pk").values_list("pk", flat=True))
    for some in batched(keys, AT_ONCE):
        yield from _evenings(list(some), asked)
    yield from _names()


# Evenings and talks


def asked_in_series() -> dict[int, list[StandardQuestion]]:
    """What was ever asked in each series; what another one asks was not "not asked"."""
    rows = Answer.objects.filter(contribution__in=querysets.readable()).order_by()
    pairs = set(rows.values_list("contribution__talk__event__series", "question").distinct())
    questions = StandardQuestion.objects.in_bulk({question for _, question in pairs})
    found: dict[int, list[StandardQuestion]] = {}
    for series, question in sorted(pairs):
        found.setdefault(series, []).append(questions[question])
    return found


def _evenings(keys: list[int], asked: dict[int, list[StandardQuestion]]) -> Iterator[Row]:
    for event in evenings.evenings(keys):
        yield "events", event, None
        for recording in event.recordings:
            yield "recordings", recording, event.id
        for chapter in event.chapters:
            yield "chapters", chapter, event.id
    rows = querysets.titled_talks().filter(event__in=keys).order_by("event", "pk")
    found = talks.told(list(rows.values_list("pk", flat=True)))
    for talk in found:
        yield from _talk(talk, asked)
    for question in evenings.audience_questions(keys):
        yield "audience_questions", question, None
    for correction in evenings.corrections(keys, {talk.talk.pk: talk.talk.event_id for talk in found}):
        yield "corrections", correction, None
    for line in lines.lines(keys):
        yield "transcripts", line, None


def reusable(talk: talks.Told) -> talks.Told:
    """Without what its speakers gave, where that may not be used again elsewhere."""
    return talk if talk.given is None or may_be_reused(talk.given) else replace(talk, given=None)


def _talk(talk: talks.Told, asked: dict[int, list[StandardQuestion]]) -> Iterator[Row]:
    """Of a talk whose rights are reserved: that there are answers, and no word of them."""
    free = reusable(talk)
    record = free.record
    yield "talks", record, None
    for appearance in record.speakers:
        yield "appearances", appearance, record.id
    for link in record.links:
        yield "links", link, record.id
    for promise in record.promises:
        yield "promises", promise, record.id
    for reply in record.replies:
        yield "replies", reply, record.id
    for answer in talk.answers:
        yield "answers", answer, None
    for unasked in not_asked(talk, asked):
        yield "answers", unasked, None
    for ask in free.asks:
        yield "asks", ask, None


def not_asked(talk: talks.Told, asked: dict[int, list[StandardQuestion]]) -> Iterator[AnswerRecord]:
    """What its series asks and nobody put to its speakers; only where their words are public at all."""
    if talk.given is None:
        return
    put = {answer.question_id for answer in talk.given.answers.all()}
    for question in asked.get(talk.talk.event.series_id, []):
        if question.pk not in put:
            yield AnswerRecord(
                id=f"{talk.talk.pk}-{question.pk}",
                talk=talk.talk.pk,
                event=talk.talk.event_id,
                question=question.slug,
                status=AnswerStatus.NOT_ASKED,
                asked_as="",
                text="",
                html="",
                together=None,
                speakers=[person.speaker.name for person in talk.people],
                address="",
                updated_at=talk.given.last_published_at,
                licence=talk.licence,
            )


# Names


def _names() -> Iterator[Row]:
    for some in batched(names.speaker_keys(), NAMES_AT_ONCE):
        for speaker in names.speakers(some):
            yield "speakers", speaker, None
    for some in batched(names.organisation_keys(), NAMES_AT_ONCE):
        for organisation in names.organisations(some):
            yield "organisations", organisation, None
            for name in organisation.former_names:
                yield "organisation_names", name, organisation.id
    for host in names.hosts():
        yield "hosts", host, None
    for topic in names.all_topics():
        yield "topics", topic, None
    for question in names.all_questions():
        yield "questions", question, None
        for wording in question.former_wordings:
            yield "question_wordings", wording, question.id
