"""How an evening's recordings are played: from a platform in a frame, as a file of ours, or by a link elsewhere."""

from dataclasses import dataclass
from typing import Any

from pages.english import duration

from .enums import RecordingKind, RecordingState
from .players import Player, host_name, parse
from .positions import write_position

# The one place of a page where a recording plays: every "watch from here" of that page plays there.
PLACE = "recording"
ABSENT = {
    (RecordingState.NOT_RECORDED, RecordingKind.VIDEO): "There is no video of this evening.",
    (RecordingState.NOT_RECORDED, RecordingKind.AUDIO): "There is no sound recording of this evening.",
    (RecordingState.WITHHELD, RecordingKind.VIDEO): "The video of this evening is not public.",
    (RecordingState.WITHHELD, RecordingKind.AUDIO): "The sound recording of this evening is not public.",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A published recording that a reader can get to."""

    recording: Any
    player: Player | None

    @property
    def kind(self) -> str:
        return str(self.recording.kind)

    @property
    def is_file(self) -> bool:
        return not self.recording.url and bool(self.recording.file_id)

    @property
    def is_video_file(self) -> bool:
        return self.is_file and self.recording.file.type == "video"

    @property
    def platform(self) -> str:
        """ "YouTube", or the host's name; empty for a file of ours."""
        return self.player.platform if self.player else host_name(self.recording.url)

    @property
    def words(self) -> str:
        """ "1 hour 12 minutes, with captions, on YouTube."."""
        length = self.recording.duration_seconds
        told = [duration(length) if length else "", *self.manner()]
        return sentence(told)

    def manner(self) -> list[str]:
        """How it can be watched, and where."""
        where = f"{'on' if self.player else 'at'} {self.platform}" if self.platform else ""
        return ["with captions" if self.recording.captions else "", where]

    @property
    def seeks(self) -> bool:
        """Whether an address can name a second of it."""
        return self.player is not None or self.is_file

    @property
    def offset(self) -> int:
        """What the recording's own clock shows at the evening's first second."""
        return int(self.recording.offset_seconds)

    def position(self, seconds: int | None) -> int | None:
        """The platform's second for one of the evening's clock. None, the beginning, is the address's own business."""
        if seconds is None:
            return self.recording.position(0) if self.recording.offset_seconds else None
        return int(self.recording.position(seconds))

    def url(self, seconds: int | None = None) -> str:
        """Where it is watched without us."""
        at = self.position(seconds)
        if self.player:
            return self.player.watch_url(at)
        if self.is_file:
            return f"{self.recording.file.url}{f'#t={at}' if at else ''}"
        return str(self.recording.url)

    def embed(self, seconds: int | None = None) -> str:
        """The address of a frame; empty where it isn't played in one."""
        return self.player.embed_url(self.position(seconds)) if self.player else ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A second from which a source plays. `url` is empty where no address can name that second."""

    source: Source
    clock: str
    label: str
    seconds: int | None
    is_question: bool = False

    @property
    def url(self) -> str:
        return self.source.url(self.seconds) if self.source.seeks or self.seconds is None else ""

    @property
    def embed(self) -> str:
        return self.source.embed(self.seconds)

    @property
    def words(self) -> str:
        """As its source's; "From 9:13 of the evening, …" where it begins later."""
        if self.seconds is None:
            return self.source.words
        return sentence([f"from {self.clock} of the evening", *self.source.manner()])


@dataclass(frozen=True, slots=True)
class Playback:
    """What stands where the recording is shown."""

    begin: Moment | None
    listen: Moment | None
    others: tuple[Source, ...]
    absent: tuple[tuple[str, str], ...]
    chapters: tuple[Moment, ...]


def playback(event: Any, talk: Any = None, at: int | None = None) -> Playback:
    """What can be played of an evening, or of one of its talks. No query where recordings and chapters are at hand.

    `at` is the second of the evening's clock from which it is to play.
    """
    recordings = list(event.recordings.all())
    sources = [source for source in map(source_of, recordings) if source]
    videos = [source for source in sources if source.kind == RecordingKind.VIDEO]
    sounds = [source for source in sources if source.kind == RecordingKind.AUDIO]
    main = next(iter(videos + sounds), None)
    listen = sounds[0] if videos and sounds else None
    chapters = chapters_of(event, talk) if main else []
    # A talk plays from its own first second; where no address can name it, and for an evening, from the beginning.
    start = chapters[0] if talk and chapters and main and main.seeks else None
    return Playback(
        begin=_begin(main, start, at) if main else None,
        listen=_begin(listen, start, at) if listen else None,
        others=tuple(source for source in sources if source not in (main, listen)),
        absent=tuple(_absences(recordings, sources)),
        chapters=tuple(_moment(main, chapter) for chapter in chapters if main),
    )


def _begin(source: Source, start: Any, at: int | None) -> Moment:
    return moment_at(source, at) if at is not None and source.seeks else _moment(source, start)


def moment_at(source: Source, seconds: int) -> Moment:
    """A second of the evening in a recording."""
    return Moment(source, write_position(seconds), "", seconds)


def moment_path(event: Any, seconds: int) -> str:
    """The evening's page, ready to play from a second of its own clock: "/data-bites/60/?t=553#recording"."""
    return f"{event.get_url()}?t={seconds}#{PLACE}"


def main_source(event: Any) -> Source | None:
    """What plays where the recording is shown: the video, or the sound where there is no video."""
    sources = [source for source in map(source_of, event.recordings.all()) if source]
    return next(iter(sorted(sources, key=lambda source: source.kind != RecordingKind.VIDEO)), None)


def _moment(source: Source, chapter: Any = None) -> Moment:
    if chapter is None:
        return Moment(source, "", "", None)
    return Moment(source, chapter.clock, chapter.label, chapter.seconds, bool(chapter.question_id))


def sentence(parts: list[str]) -> str:
    """The parts that aren't empty, with commas, a capital and a full stop; empty where all are."""
    told = ", ".join(part for part in parts if part)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def source_of(recording: Any) -> Source | None:
    """None for one that isn't published, and for an address that may not be linked."""
    if not recording.is_published:
        return None
    if recording.url and not host_name(recording.url):
        return None
    return Source(recording, parse(recording.url))


def chapters_of(event: Any, talk: Any = None) -> list[Any]:
    """The evening's chapters in order; of one talk, its own and those of the questions that follow it."""
    chapters = sorted(event.chapters.all(), key=lambda chapter: chapter.sort_key())
    if talk is None:
        return chapters
    found, within = [], False
    for chapter in chapters:
        if chapter.begins_a_part:
            within = chapter.talk_id == talk.pk
        if within:
            found.append(chapter)
    return found


def _absences(recordings: list[Any], sources: list[Source]) -> list[tuple[str, str]]:
    """(what there isn't, why) for what an organiser said about it; a kind that can be played isn't absent."""
    there = {source.kind for source in sources}
    rows = [row for row in recordings if row.state != RecordingState.PUBLISHED and row.kind not in there]
    if len(rows) == 1 and not there:
        said = (
            "was not recorded" if rows[0].state == RecordingState.NOT_RECORDED else "has a recording that is not public"
        )
        return [(f"This evening {said}.", rows[0].reason)]
    return [(ABSENT[(row.state, row.kind)], row.reason) for row in rows]
