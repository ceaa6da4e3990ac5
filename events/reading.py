"""What an evening's page and a talk's page say, at the moment of asking, to whoever may see them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest

from pages.cache import changes_at
from pages.clock import now
from speakers.models import Contribution

from .conversation import Given, given_now, released
from .earlier import around
from .enums import FREES_A_SLOT
from .lines import RelatedLine, TalkLine, lines_of
from .listing import main_series
from .models import AudienceQuestion, EventPage, RelatedTalk, TalkPage
from .models.events import CALLED_OFF
from .neighbours import neighbours
from .occasion import Occasion
from .players import seconds_of
from .programme import Person, Programme, Slot, people_of, programme_of, with_names, with_people, with_programme

ELSEWHERE = 3  # other talks named under a speaker; their own page has them all


@dataclass(frozen=True, slots=True)
class TalkReading:
    """A talk with everything around it that readers may see.

    `slot` and `place` (which talk of how many) are None for a talk outside the running order.
    """

    talk: TalkPage
    slot: Slot | None
    place: tuple[int, int] | None
    people: list[Person]
    given: Given
    questions: list[AudienceQuestion]
    related: list[RelatedLine]

    @property
    def names(self) -> list[str]:
        return [person.speaker.name for person in self.people]


def event_context(event: EventPage, request: HttpRequest) -> dict[str, Any]:
    """For `events/event_page.html`: the programme before, what was said after. Says when its words change next."""
    main_series(request, known=event.series)
    occasion = Occasion.of(event, at=now(request))
    changes_at(request, occasion.changes_at)
    if not is_preview(request):
        prefetch_related_objects([event], "corrections")
    along = [*with_people(), *with_programme()] if occasion.is_told else [*with_names(), "topics"]
    programme = programme_of(event, along=along, preview=is_preview(request))
    neighbours = EventPage.objects.public().of_series(event.series)
    return {
        "event": event,
        "occasion": occasion,
        "moment": second_asked(request),
        "programme": programme,
        **(_told(event, programme, request) if occasion.is_told else {}),
        "topics": list(dict.fromkeys(topic for talk in programme.talks for topic in talk.topics.all())),
        "count": event.host_count(),
        "earlier": neighbours.before(event).values("number", "title", "slug").first(),
        "later": neighbours.after(event).values("number", "title", "slug").first(),
    }


def second_asked(request: HttpRequest) -> int | None:
    """The second of the evening that an address names: ?t=553, ?t=9:13 or ?t=9m13s. None for what can't be read."""
    return seconds_of(request.GET.get("t", "")) or None


def _told(event: EventPage, programme: Programme, request: HttpRequest) -> dict[str, Any]:
    """What was said: only of an evening that is over."""
    if not is_preview(request):
        prefetch_related_objects([event], "recordings__file", "chapters")
    questions = list(AudienceQuestion.objects.public().filter(event=event).select_related("answered_by"))
    readings = read_talks(programme.talks, event=event, programme=programme, questions=questions, request=request)
    for reading in readings:
        changes_at(request, reading.given.changes_at)
    return {"readings": readings, "questions": [question for question in questions if question.talk_id is None]}


def talk_context(talk: TalkPage, request: HttpRequest, *, draft: Contribution | None = None) -> dict[str, Any]:
    """For `events/talk_page.html`. Says when its words change next. `draft` is a contribution to preview."""
    at, preview, event = now(request), is_preview(request), talk.event
    if event is None:
        raise Http404("A talk without an evening has no page.")
    main_series(request, known=event.series)
    if not preview:
        prefetch_related_objects([talk], *with_people(), *with_programme())
        prefetch_related_objects([event], "recordings__file", "chapters")
    programme = programme_of(event, preview=preview)
    occasion = Occasion.of(event, at=at)
    questions = list(AudienceQuestion.objects.public().filter(talk=talk).select_related("answered_by"))
    (reading,) = read_talks([talk], event=event, programme=programme, questions=questions, request=request)
    beside = around(talk, reading.people, reading.related, request=request)
    if talk.takes_a_slot:
        # What the same people said stands below, each talk once: here only where they can be heard again.
        reading = replace(reading, people=[replace(person, spoke=()) for person in reading.people])
    if draft is not None:
        reading = replace(reading, given=given_now(draft, at=at, zone=event.zone))
    for moment in (occasion.changes_at, reading.given.changes_at):
        changes_at(request, moment)
    return {
        "talk": talk,
        "event": event,
        "occasion": occasion,
        "programme": programme,
        "reading": reading,
        "around": beside,
        "neighbours": neighbours(talk, programme, request=request),
    }


def is_preview(request: HttpRequest) -> bool:
    """Whether an organiser looks at a draft in the admin."""
    return bool(getattr(request, "is_preview", False))


def read_talks(
    talks: Sequence[TalkPage],
    *,
    event: EventPage,
    programme: Programme,
    questions: Sequence[AudienceQuestion],
    request: HttpRequest,
) -> list[TalkReading]:
    """Talks with what was given to them and what readers know of elsewhere, in seven queries whatever the number."""
    at = now(request)
    given = released(talk.contribution_id for talk in talks)
    people = {talk.pk: people_of(talk) for talk in talks}
    everybody = {person.speaker.pk for found in people.values() for person in found}
    elsewhere = talks_elsewhere(everybody, event=event, request=request)
    related = related_to(talks, event=event, request=request)
    for lines in elsewhere.values():
        for line in lines:
            changes_at(request, line.over_at if line.over_at > at else None)
    return [
        TalkReading(
            talk=talk,
            slot=programme.slot_of(talk),
            place=programme.place_of(talk, over=event.over_at <= at),
            people=[_with_elsewhere(person, elsewhere, at=at) for person in people[talk.pk]],
            given=given_now(given.get(talk.contribution_id or 0), at=at, zone=event.zone),
            questions=[question for question in questions if question.talk_id == talk.pk],
            related=related[talk.pk],
        )
        for talk in talks
    ]


def talks_elsewhere(speakers: Collection[int], *, event: EventPage, request: HttpRequest) -> dict[int, list[TalkLine]]:
    """The talks of these people on other evenings, newest first, by the key of the person."""
    if not speakers:
        return {}
    talks = (
        TalkPage.objects.public()
        .filter(talk_speakers__speaker__in=speakers)
        .exclude(event=event)
        .exclude(state__in=FREES_A_SLOT)
        .exclude(event__status__in=CALLED_OFF)
        .newest_first()
    )
    found: dict[int, list[TalkLine]] = {}
    for line, speaker in lines_of(talks, request=request, beside="talk_speakers__speaker"):
        found.setdefault(speaker, []).append(line)
    return found


def _with_elsewhere(person: Person, elsewhere: dict[int, list[TalkLine]], *, at: dt.datetime) -> Person:
    lines = elsewhere.get(person.speaker.pk, [])
    return replace(
        person,
        spoke=tuple(line for line in lines if line.over_at <= at)[:ELSEWHERE],
        speaks=tuple(line for line in lines if line.over_at > at)[:ELSEWHERE],
    )


def related_to(talks: Sequence[TalkPage], *, event: EventPage, request: HttpRequest) -> dict[int, list[RelatedLine]]:
    """What each talk is related to, in its own order; a talk that readers may not see is told by its words alone."""
    rows = {talk.pk: list(talk.related_talks.all()) for talk in talks}
    keys = {row.related_id for found in rows.values() for row in found if row.related_id}
    public = TalkPage.objects.public().filter(pk__in=keys)
    lines = {line.key: line for line, _ in lines_of(public, request=request)}
    return {
        key: [_related(row, lines.get(row.related_id), event) for row in found if row.words or row.related_id in lines]
        for key, found in rows.items()
    }


def _related(row: RelatedTalk, line: TalkLine | None, event: EventPage) -> RelatedLine:
    series = event.series.title if event.series else ""
    when = f"{series} {row.number}" if row.number else str(row.year or "")
    return RelatedLine(line, row.words, row.url, line.label if line else when, row.reason)
