"""Evenings and series as records."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, Q

from events.happenings import absolute, address_of
from events.models import AudienceQuestion, EventCorrection, EventPage, SeriesPage, SeriesQuestion, TalkCorrection
from events.playback import source_of
from speakers.prose import plain_text

from ..sitemaps import newest
from .shapes import (
    AudienceQuestionRecord,
    ChapterRecord,
    CorrectionRecord,
    EventRecord,
    RecordingRecord,
    SeriesRecord,
)


def evenings(keys: Sequence[int]) -> list[EventRecord]:
    """Public evenings in the order of their keys. Eight queries whatever the number."""
    events = EventPage.objects.public().filter(pk__in=keys).defer("leftovers", "sign_off")
    events = events.select_related("series", "host", "venue", "chair")
    shown = Q(talks__live=True)
    words = (
        events.order_by()
        .values_list("pk")
        .annotate(
            talk=Max("talks__last_published_at", filter=shown),
            given=Max("talks__contribution__last_published_at", filter=shown & Q(talks__contribution__live=True)),
        )
    )
    changed = {key: moments for key, *moments in words}
    found = {event.pk: event for event in events.prefetch_related("recordings__file", "chapters__talk__event__series")}
    return [_evening(found[key], changed.get(key, [])) for key in keys if key in found]


def _evening(event: Any, moments: Sequence[Any]) -> EventRecord:
    sources = [source for source in map(source_of, event.recordings.all()) if source]
    # As on its page: without a recording there is nothing that begins at a second.
    chapters = sorted(event.chapters.all(), key=lambda row: row.sort_key()) if sources else []
    return EventRecord(
        id=event.pk,
        series=event.series.slug,
        number=event.number,
        title=event.title,
        standfirst=event.standfirst,
        starts_at=event.local_start,
        ends_at=event.local_end,
        status=event.status,
        host=event.host.slug if event.host else None,
        venue=event.venue.name if event.venue else "",
        town=event.venue.place if event.venue else "",
        chair=event.chair.slug if event.chair and event.chair.live and not event.chair.merged_into_id else None,
        introduction=plain_text(event.introduction),
        introduction_html=event.introduction,
        written_up_on=event.written_up_on,
        written_up_by=event.byline,
        original_url=event.original_url,
        recordings=[_recording(source) for source in sources],
        chapters=[_chapter(row) for row in chapters],
        address=address_of(event),
        updated_at=newest([event.last_published_at, *moments]),
    )


def _recording(source: Any) -> RecordingRecord:
    row = source.recording
    return RecordingRecord(
        kind=row.kind, url=absolute(source.url()), duration_seconds=row.duration_seconds, captions=row.captions
    )


def _chapter(row: Any) -> ChapterRecord:
    """A talk that isn't public is named by nothing but the chapter's own words."""
    talk = row.talk if row.talk and row.talk.is_public else None
    return ChapterRecord(seconds=row.seconds, label=row.label, talk=talk.pk if talk else None)


def audience_questions(keys: Iterable[int]) -> list[AudienceQuestionRecord]:
    """What the audience of these evenings asked and was answered. One query."""
    rows = AudienceQuestion.objects.public().filter(event__in=keys).select_related("answered_by")
    return [
        AudienceQuestionRecord(
            event=row.event_id or 0,
            talk=row.talk_id,
            text=row.text,
            answer=plain_text(row.answer),
            answer_html=row.answer,
            answered_by=row.answered_by.name if row.answered_by else "",
            pointer_url=row.pointer_url,
        )
        for row in rows.order_by("event", "order", "pk")
    ]


def corrections(keys: Iterable[int], talks: dict[int, int]) -> list[CorrectionRecord]:
    """Of these evenings, and of these of their talks (with the key of each one's evening). Two queries."""
    own = EventCorrection.objects.filter(event__in=keys).order_by("event", "sort_order", "pk")
    theirs = TalkCorrection.objects.filter(talk__in=talks).order_by("talk", "sort_order", "pk")
    return [
        *(CorrectionRecord(event=row.event_id, talk=None, made_on=row.made_on, text=row.text) for row in own),
        *(
            CorrectionRecord(event=talks[row.talk_id], talk=row.talk_id, made_on=row.made_on, text=row.text)
            for row in theirs
        ),
    ]


def series() -> list[SeriesRecord]:
    """Every live series. Two queries."""
    asked: dict[int, list[str]] = {}
    rows = SeriesQuestion.objects.filter(question__archived=False).order_by("series", "sort_order", "pk")
    for key, slug in rows.values_list("series", "question__slug"):
        asked.setdefault(key, []).append(slug)
    return [
        SeriesRecord(
            id=page.pk,
            slug=page.slug,
            title=page.title,
            strapline=page.strapline,
            time_zone=page.time_zone,
            talk_minutes=page.talk_minutes,
            question_minutes=page.question_minutes,
            questions=asked.get(page.pk, []),
            address=address_of(page),
        )
        for page in SeriesPage.objects.live().order_by("pk")
    ]
