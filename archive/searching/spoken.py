"""What was said in recordings: neighbouring lines of a transcript, about half a minute, as one thing to find."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils import timezone

from events.models import EventPage, TalkPage
from events.playback import PLACE, Source, chapters_of, main_source
from events.positions import write_position

from ..models import Cue, Kind
from ..transcripts import public_transcripts
from .documents import Document, Evenings, facets_of, owner_of

PASSAGE_MS = 30_000
LONGEST_MS = 45_000  # a sentence is finished where it is finished soon
ENDS = (".", "?", "!")


def spoken(evenings: Evenings) -> Iterator[Document]:
    """The passages of evenings whose recording may be played. Six queries whatever their number."""
    transcripts = public_transcripts(at=timezone.now()).filter(event__in=list(evenings.events))
    cues = Cue.objects.filter(transcript__in=transcripts).select_related("transcript")
    rows = list(cues.order_by("transcript", "starts_ms", "pk"))
    events = EventPage.objects.prefetch_related("recordings__file", "chapters").in_bulk(
        {cue.transcript.event_id for cue in rows}
    )
    for _, own in groupby(rows, key=lambda cue: cue.transcript_id):
        lines = list(own)
        event = evenings.events[lines[0].transcript.event_id]
        source = main_source(events[event.pk])
        chapters = chapters_of(events[event.pk])
        for passage in passages(lines):
            talk = _talk_at(passage[0].second, chapters, evenings)
            yield _document(passage, event, talk, source, evenings)


def passages(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """Lines in order, cut about every half minute, after a sentence where one ends soon."""
    passage: list[Cue] = []
    for cue in cues:
        if passage and _is_full(passage, cue):
            yield passage
            passage = []
        passage.append(cue)
    if passage:
        yield passage


def _is_full(passage: list[Cue], following: Cue) -> bool:
    long = following.ends_ms - passage[0].starts_ms
    ended = passage[-1].text.rstrip().endswith(ENDS) or passage[-1].voice != following.voice
    return long > LONGEST_MS or (long > PASSAGE_MS and ended)


def _talk_at(second: int, chapters: list, evenings: Evenings) -> TalkPage | None:
    """The talk of the chapter in which a second lies."""
    before = [chapter for chapter in chapters if chapter.seconds <= second and chapter.talk_id]
    return evenings.talks.get(before[-1].talk_id) if before else None


def _document(
    passage: list[Cue], event: EventPage, talk: TalkPage | None, source: Source | None, evenings: Evenings
) -> Document:
    """It opens the evening's page, ready to play from its first line."""
    first = passage[0]
    people = evenings.people[talk.pk] if talk else []
    page = evenings.addresses.of(event)
    opens = f"{page}?t={first.second}#{PLACE}" if source else page
    return Document(
        kind=Kind.RECORDING,
        source=first.pk,
        owner=owner_of(event.pk),
        url=opens,
        title=f"At {write_position(first.second)}",
        text=" ".join(" ".join(cue.text for cue in passage).split()),
        who=", ".join(dict.fromkeys(cue.voice for cue in passage if cue.voice)),
        place=", ".join(filter(None, (talk.title if talk else "", evenings.label(event)))),
        place_url=page,
        day=event.local_start.date(),
        facets=facets_of(event, people, talk),
    )
