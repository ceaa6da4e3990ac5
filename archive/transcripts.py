"""What was said at an evening, as readers have it: in the parts of the evening, a passage at a time."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import slugify

from events.enums import RecordingState
from events.models import EventPage, Recording
from events.playback import chapters_of
from events.positions import write_position
from speakers.enums import ConsentTo
from speakers.models import TalkConsent
from speakers.models.answers import LANGUAGES

from .models import Cue, Transcript

BEGINNING = "Before the first talk"
WHOLE = "The evening"
# A passage is as long as a person can take in, and goes on to the end of its sentence where that is near.
PASSAGE_MS = 12_000
LONGEST_PASSAGE_MS = 30_000
SENTENCE_ENDS = (".", "?", "!", "…", ".”", "?”", "!”")
# A part of the evening with more than these goes on in another: a page stays light on a phone.
LONGEST_PART = 120


def public_transcripts(*, at: dt.datetime) -> QuerySet[Transcript]:
    """Transcripts that readers may see: of a public evening that is over, unless its recording is withheld.

    Withheld: by an organiser, where nothing else of the evening can be played; or by a speaker who took back their
    consent to being recorded, until they give it again.
    """
    return of_public_recordings().filter(event__over_at__lte=at)


def of_public_recordings() -> QuerySet[Transcript]:
    """As `public_transcripts`, whether the evening is over or not."""
    recordings = Recording.objects.filter(event=OuterRef("event"))
    withheld = recordings.filter(state=RecordingState.WITHHELD)
    published = recordings.filter(state=RecordingState.PUBLISHED)
    taken_back = TalkConsent.objects.withdrawn(ConsentTo.RECORD).filter(contribution__talk__event=OuterRef("event"))
    return (
        Transcript.objects.filter(event__in=EventPage.objects.public())
        .exclude(Exists(withheld) & ~Exists(published))
        .exclude(Exists(taken_back))
    )


def language_in_words(code: str) -> str:
    return dict(LANGUAGES).get(code, code)


@dataclass(frozen=True, slots=True)
class Passage:
    """A few lines that one voice says without a stop."""

    starts_ms: int
    voice: str
    text: str

    @property
    def second(self) -> int:
        return self.starts_ms // 1000

    @property
    def clock(self) -> str:
        return write_position(self.second)


@dataclass(slots=True)
class Section:
    """What is said in a chapter: its heading is empty where the part's own says it."""

    label: str
    seconds: int
    is_question: bool
    passages: list[Passage] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A talk with the questions after it, or what is before and between talks. The first one's `slug` is empty."""

    slug: str
    label: str
    seconds: int
    talk_id: int | None
    sections: list[Section] = field(default_factory=list)
    url: str = ""

    @property
    def clock(self) -> str:
        return write_position(self.seconds)

    @property
    def is_empty(self) -> bool:
        return not any(section.passages for section in self.sections)


def passages(cues: Sequence[Cue], *, breaks: Sequence[int] = ()) -> Iterator[Passage]:
    """Lines joined into passages. A new voice begins one, and so does each second of `breaks`."""
    run: list[Cue] = []
    for cue in cues:
        if run and _begins_anew(run, cue, breaks):
            yield _joined(run)
            run = []
        run.append(cue)
    if run:
        yield _joined(run)


def _begins_anew(run: Sequence[Cue], cue: Cue, breaks: Sequence[int]) -> bool:
    first, last = run[0], run[-1]
    if cue.voice != first.voice or any(last.second < second <= cue.second for second in breaks):
        return True
    length = last.ends_ms - first.starts_ms
    return length >= LONGEST_PASSAGE_MS or (length >= PASSAGE_MS and last.text.endswith(SENTENCE_ENDS))


def _joined(run: Sequence[Cue]) -> Passage:
    return Passage(run[0].starts_ms, run[0].voice, " ".join(cue.text for cue in run))


def parts_of(event: EventPage, transcript: Transcript) -> list[Part]:
    """The parts in which something is said, in their order. One query beside the evening's chapters and talks."""
    chapters = chapters_of(event)
    parts = _divided(event, chapters)
    sections = [section for part in parts for section in part.sections]
    place = 0
    for passage in passages(list(transcript.cues.all()), breaks=[section.seconds for section in sections]):
        while place + 1 < len(sections) and sections[place + 1].seconds <= passage.second:
            place += 1
        sections[place].passages.append(passage)
    said = [piece for part in parts if not part.is_empty for piece in _pieces(part)]
    return _named(said)


def _divided(event: EventPage, chapters: Sequence[Any]) -> list[Part]:
    """Parts and sections without what is said in them: a question belongs to the talk that it follows."""
    if not chapters:
        return [Part("", WHOLE, 0, None, [Section("", 0, False)])]
    parts: list[Part] = []
    if chapters[0].seconds > 0:
        parts.append(Part("", BEGINNING, 0, None, [Section("", 0, False)]))
    slugs = {talk.pk: talk.slug for talk in event.talks.all()}
    for chapter in chapters:
        if chapter.question_id and parts:
            parts[-1].sections.append(Section(chapter.label, chapter.seconds, True))
        else:
            slug = slugs.get(chapter.talk_id) or slugify(chapter.label)[:80] or str(chapter.seconds)
            opening = Section("", chapter.seconds, False)
            parts.append(Part(slug, chapter.label, chapter.seconds, chapter.talk_id, [opening]))
    return parts


def _pieces(part: Part) -> Iterator[Part]:
    """A part, or several where it is long; cut between passages."""
    rows = [(section, passage) for section in part.sections for passage in section.passages]
    if len(rows) <= LONGEST_PART:
        part.sections = [section for section in part.sections if section.passages]
        yield part
        return
    for start in range(0, len(rows), LONGEST_PART):
        piece = rows[start : start + LONGEST_PART]
        begins = piece[0][1]
        sections: list[Section] = []
        for section, passage in piece:
            if not sections or sections[-1].seconds != section.seconds:
                sections.append(Section(section.label, section.seconds, section.is_question))
            sections[-1].passages.append(passage)
        label = f"{part.label}, from {begins.clock}" if start else part.label
        yield Part(part.slug, label, begins.second if start else part.seconds, part.talk_id, sections)


def _named(parts: list[Part]) -> list[Part]:
    """An address for each: two of one name differ by a number, and the first needs none."""
    seen: dict[str, int] = {}
    for part in parts:
        base = part.slug or "evening"
        seen[base] = seen.get(base, 0) + 1
        part.slug = base if seen[base] == 1 else f"{base}-{seen[base]}"
    if parts:
        parts[0].slug = ""
    return parts
