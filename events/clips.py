"""A published recording cut at its chapters: each with the second at which it plays on that recording's own clock.

What programs and platforms are told of chapters comes from here: structured data, WebVTT, texts to paste.
"""

from dataclasses import dataclass
from typing import Any

from .enums import RecordingKind
from .playback import Source, chapters_of, source_of


@dataclass(frozen=True, slots=True)
class Clip:
    """From `starts` to `ends` in whole seconds of the recording. `ends` is None where nobody knows its length."""

    starts: int
    ends: int | None
    label: str
    url: str
    talk_id: int | None
    question_id: int | None


@dataclass(frozen=True, slots=True)
class Published:
    """A recording that readers can play, and its chapters in the order in which they play."""

    source: Source
    clips: tuple[Clip, ...]


def published_video(event: Any) -> Published | None:
    return published(event, RecordingKind.VIDEO)


def published(event: Any, kind: str) -> Published | None:
    """The evening's recording of a kind; None where there is none that readers can get to.

    No query where recordings, their files and chapters are at hand. Whether the evening is public is the caller's
    business.
    """
    found = (source_of(recording) for recording in event.recordings.all() if recording.kind == kind)
    source = next(filter(None, found), None)
    return Published(source, clips_of(source.recording, event, source)) if source else None


def clips_of(recording: Any, event: Any, source: Source | None = None) -> tuple[Clip, ...]:
    """The chapters on one recording's clock. One that was cut away, before its beginning or behind its end, has none.

    Of those before the beginning the last is still going on when the recording begins, so it stands at 0.
    """
    length = recording.duration_seconds
    placed = [(chapter.seconds + recording.offset_seconds, chapter) for chapter in chapters_of(event)]
    begun = [chapter for at, chapter in placed if at <= 0][-1:]
    rest = [(at, chapter) for at, chapter in placed if at > 0 and (length is None or at < length)]
    kept = [*((0, chapter) for chapter in begun), *rest]
    ends = [*(at for at, _ in kept[1:]), length]
    return tuple(
        Clip(
            starts=at,
            ends=end,
            label=chapter.label,
            url=source.url(chapter.seconds) if source else "",
            talk_id=chapter.talk_id,
            question_id=chapter.question_id,
        )
        for (at, chapter), end in zip(kept, ends, strict=False)
    )
