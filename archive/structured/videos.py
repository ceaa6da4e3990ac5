"""A recording as schema.org's VideoObject, each chapter a Clip: https://developers.google.com/search/docs/appearance/structured-data/video."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from events.enums import RecordingKind
from events.happenings import address_of, label, titled
from events.models import EventPage
from events.playback import Moment, Playback, playback

from . import Node, absolute, node
from .evenings import badge


def video(event: EventPage) -> Node | None:
    """The evening's video; None where there is none to be seen. No query where recordings and chapters are at hand."""
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
        thumbnailUrl=[badge(event)],
        uploadDate=shown_since(event).isoformat(),
        duration=f"PT{seconds}S" if seconds else "",
        embedUrl=waiting(begin.embed),
        contentUrl=absolute(begin.url) if begin.source.is_file else "",
        url="" if begin.source.is_file else begin.url,
        hasPart=list(clips(found, ends_at=seconds)),
    )


def waiting(embed: str) -> str:
    """A frame's address that plays when somebody presses, not by itself."""
    parts = urlsplit(embed)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("autoplay", "auto_play")]
    return urlunsplit(parts._replace(query=urlencode(asked)))


def shown_since(event: EventPage) -> dt.datetime:
    """When the recording went up, as far as it is known: with the write-up, or else when the evening ended."""
    if event.written_up_on:
        return dt.datetime.combine(event.written_up_on, dt.time(), tzinfo=event.zone)
    return event.local_end


def clips(found: Playback, *, ends_at: int | None) -> Iterator[Node]:
    """A chapter lasts until the next one begins, the last until the end. Those of one second are one."""
    by_second: dict[int, Moment] = {}
    for moment in found.chapters:
        if moment.url:
            by_second.setdefault(moment.source.position(moment.seconds) or 0, moment)
    starts = sorted(by_second)
    for start, end in zip(starts, [*starts, ends_at][1:], strict=True):
        last = end if end and end > start else None
        chapter = by_second[start]
        told = node("Clip", name=chapter.label, url=absolute(chapter.url), endOffset=last)
        # Said even where it is 0.
        yield {**told, "startOffset": start}
