"""A recording as schema.org's VideoObject, each chapter a Clip: https://developers.google.com/search/docs/appearance/structured-data/video."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from wagtail.models import PageLogEntry

from events.enums import RecordingKind, RecordingState
from events.happenings import address_of, label, titled
from events.models import EventPage, Recording
from events.playback import Moment, Playback, playback
from events.programme import Programme

from ..cards.subjects import of_evening
from . import Node, absolute, node
from .evenings import PUBLISHED


def video(event: EventPage, programme: Programme) -> Node | None:
    """The evening's video; None where there is none to be seen. One query where recordings and chapters are at hand."""
    found = playback(event)
    begin = found.begin
    if begin is None or begin.source.kind != RecordingKind.VIDEO or event.series is None:
        return None
    name = titled(event.title, label(event.series, event.number))
    seconds = begin.source.recording.duration_seconds
    return node(
        "VideoObject",
        at_id=f"{address_of(event)}#video",
        name=name,
        description=event.standfirst or f"The recording of {name}.",
        # Ours alone: a picture from the platform would tell it who looks.
        thumbnailUrl=[absolute(of_evening(event, programme.talks).url)],
        uploadDate=shown_since(event, begin.source.recording).isoformat(),
        duration=f"PT{seconds}S" if seconds else "",
        embedUrl=waiting(begin.embed),
        contentUrl=absolute(begin.url) if begin.source.is_file else "",
        url="" if begin.source.is_file else begin.url,
        hasPart=list(clips(found, page=address_of(event), ends_at=seconds)),
    )


def waiting(embed: str) -> str:
    """A frame's address that plays when somebody presses, not by itself."""
    parts = urlsplit(embed)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("autoplay", "auto_play")]
    return urlunsplit(parts._replace(query=urlencode(asked)))


def shown_since(event: EventPage, recording: Recording) -> dt.datetime:
    """When the recording went up, as far as it is known: with the write-up, or before it, when it was first published.

    Never before the evening was over: where a stream will be may stand on its page long before. One query.
    """
    known = [moment.astimezone(event.zone) for moment in published_with(event, recording)]
    if event.written_up_on:
        known.append(dt.datetime.combine(event.written_up_on, dt.time(), tzinfo=event.zone))
    return max(min(known, default=event.local_end), event.local_end)


def published_with(event: EventPage, recording: Recording) -> Iterator[dt.datetime]:
    """The moments at which the evening was published with this recording."""
    published = PageLogEntry.objects.filter(page=event.pk, action=PUBLISHED, revision__isnull=False)
    it = (recording.url, recording.file_id, RecordingState.PUBLISHED)
    for moment, rows in published.values_list("timestamp", "revision__content__recordings"):
        if any((row["url"], row["file"], row["state"]) == it for row in rows or []):
            yield moment


def clips(found: Playback, *, page: str, ends_at: int | None) -> Iterator[Node]:
    """A chapter lasts until the next one begins, the last until the end. Those of one second are one.

    Each opens the evening's page at its second of the evening's clock: a clip's address is its page's, with the time.
    """
    by_second: dict[int, Moment] = {}
    for moment in found.chapters:
        if moment.url:
            by_second.setdefault(moment.source.position(moment.seconds) or 0, moment)
    starts = sorted(by_second)
    for start, end in zip(starts, [*starts, ends_at][1:], strict=True):
        last = end if end and end > start else None
        chapter = by_second[start]
        told = node("Clip", name=chapter.label, url=f"{page}?t={chapter.seconds}", endOffset=last)
        # Said even where it is 0.
        yield {**told, "startOffset": start}
