"""Sorted lines, put together as a plan, with what follows from them: titles, times, lost links, warnings."""

from collections import Counter
from dataclasses import dataclass, field

from .claims import find_asks, read_host_count
from .lost_links import find_lost_headings, find_lost_links, find_lost_recordings
from .people import read_place
from .plan import (
    AnswerPlan,
    AudienceQuestionPlan,
    ChapterPlan,
    HostCountClaim,
    LinkPlan,
    LostLink,
    SpeakerPlan,
    TalkPlan,
    WriteupPlan,
)
from .questions import StandardQuestion
from .titles import derive_title

_LONGEST_NAME_WORDS = 5


@dataclass(slots=True)
class AnswerDraft:
    question: StandardQuestion
    lines: list[str]


@dataclass(slots=True)
class AudienceDraft:
    question: str
    source: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TalkDraft:
    """A talk while its lines come in. `title` is a line of the text, or empty."""

    speakers: tuple[SpeakerPlan, ...]
    title: str = ""
    text: list[str] = field(default_factory=list)
    answers: list[AnswerDraft] = field(default_factory=list)
    audience: list[AudienceDraft] = field(default_factory=list)
    slides: list[LinkPlan] = field(default_factory=list)
    links: list[LinkPlan] = field(default_factory=list)
    starts_at_seconds: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(speaker.name for speaker in self.speakers)

    def plan(self, *, taken: frozenset[str]) -> TalkPlan:
        """The talk as planned; a title of ours is none of the lines in `taken`."""
        answers = [line for draft in self.answers for line in draft.lines]
        replies = [line for draft in self.audience for line in draft.lines]
        lines = [*self.text, *answers, *replies]
        lost = list(find_lost_links(lines))
        if not self.links:
            lost += find_lost_headings(self.text)
        if self.slides:
            lost = [link for link in lost if not link.label.endswith("slides")]
        return TalkPlan(
            title=self.title or derive_title(self.text, self.speakers, taken),
            title_is_ours=not self.title,
            speakers=self._placed_speakers(),
            answers=tuple(_answer(draft) for draft in self.answers),
            audience_questions=tuple(
                AudienceQuestionPlan(draft.question, "\n".join(draft.lines), draft.source) for draft in self.audience
            ),
            slides=tuple(self.slides),
            links=tuple(self.links),
            text="\n".join(self.text),
            starts_at_seconds=self.starts_at_seconds,
            lost_links=tuple(lost),
            asks=tuple(find_asks(lines)),
        )

    def _placed_speakers(self) -> tuple[SpeakerPlan, ...]:
        """The speakers, with the place from the paragraph below a heading that names them alone."""
        if len(self.speakers) != 1 or self.speakers[0].place or len(self.text) < 2:
            return self.speakers
        (only,) = self.speakers
        return (SpeakerPlan(only.name, only.role, only.organisation, read_place(self.text[1])),)


@dataclass(slots=True)
class Gathered:
    """A write-up while its lines come in."""

    number: int
    introduction: list[str] = field(default_factory=list)
    sign_off: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    talks: list[TalkDraft] = field(default_factory=list)
    recordings: list[LinkPlan] = field(default_factory=list)
    chapters: list[ChapterPlan] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def plan(self, *, taken: frozenset[str]) -> WriteupPlan:
        """The finished plan; `taken` are all lines of the input."""
        _start_talks(self.talks, self.chapters)
        around = [*self.introduction, *self.sign_off]
        claim = read_host_count(around)
        return WriteupPlan(
            number=self.number,
            talks=tuple(talk.plan(taken=taken) for talk in self.talks),
            recordings=tuple(self.recordings),
            chapters=tuple(self.chapters),
            introduction="\n".join(self.introduction),
            sign_off="\n".join(self.sign_off),
            unplaced=tuple(self.unplaced),
            warnings=(*self.warnings, *_doubts(self), *_number_doubts(self.number, claim)),
            lost_links=tuple(self._lost_links(around)),
            host_count=claim,
        )

    def _lost_links(self, around: list[str]) -> list[LostLink]:
        """The lost links outside the talks."""
        lost = list(find_lost_links(around))
        return lost if self.recordings else [*find_lost_recordings(self.introduction), *lost]


def _answer(draft: AnswerDraft) -> AnswerPlan:
    question = draft.question
    return AnswerPlan(question.slug, question.wording, "\n".join(draft.lines), run_on=bool(question.rest))


def _start_talks(talks: list[TalkDraft], chapters: list[ChapterPlan]) -> None:
    """Give each talk without a start the second of the first chapter that names one of its speakers."""
    seconds: dict[str, int] = {}
    for chapter in chapters:
        if chapter.label.casefold().startswith(("question", "q&a", "q & a", "audience")):
            continue
        words = [word.strip(",.:;()[]–—-").casefold() for word in chapter.label.split()]
        for size in range(2, _LONGEST_NAME_WORDS + 1):
            for start in range(len(words) - size + 1):
                seconds.setdefault(" ".join(words[start : start + size]), chapter.seconds)
    for talk in talks:
        if talk.starts_at_seconds is None:
            talk.starts_at_seconds = next(
                (seconds[n] for name in talk.names if (n := name.casefold()) in seconds), None
            )


def _doubts(gathered: Gathered) -> list[str]:
    """What a person should look at, in the order of the text."""
    doubts = [] if gathered.talks else ["No talk was found: no paragraph reads “Name, Role, Organisation, spoke …”."]
    for talk in gathered.talks:
        whose = " and ".join(talk.names)
        doubts += [f"{person.name} has no organisation." for person in talk.speakers if not person.organisation]
        doubts += [f"{whose}: no answer under “{a.question.wording}”." for a in talk.answers if not a.lines]
        doubts += [f"{whose}: no answer to “{q.question}” from the audience." for q in talk.audience if not q.lines]
    opened = Counter(name for talk in gathered.talks for name in talk.names)
    doubts += [f"{name} opens {times} talks." for name, times in opened.items() if times > 1]
    seconds = [chapter.seconds for chapter in gathered.chapters]
    if seconds != sorted(seconds):
        doubts.append("The chapters are not in the order of the recording.")
    return doubts


def _number_doubts(number: int, claim: HostCountClaim | None) -> list[str]:
    if claim is None or claim.overall in (None, number):
        return []
    return [f"The text says that this is number {claim.overall} overall, not {number}."]
