"""What a write-up says, taken apart: the plan that a person looks at before anything is stored.

A plan is made of the input's own lines. Each non-empty line (stripped) stands in exactly one place of it, and
`WriteupPlan.lines()` gives them back by place; titles of ours, lost links, warnings and claims are derived from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .blocks import Block, read_blocks
from .headings import audience_source, is_links_heading


@dataclass(frozen=True, slots=True)
class SpeakerPlan:
    """A person as the text introduces them: role, organisation and place are as on the night, or empty."""

    name: str
    role: str = ""
    organisation: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """An address that had a line of its own. `line` is that whole line."""

    label: str
    url: str
    line: str


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A second of the recording and what begins there. `line` is the whole line."""

    seconds: int
    label: str
    line: str


@dataclass(frozen=True, slots=True)
class LostLink:
    """Words that were a link before the page was pasted as text, and the sentence they stand in."""

    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AskHint:
    """A sentence that asks something of the reader: an e-mail address, or a closing day or month (ISO: 2026-02)."""

    sentence: str
    email: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class HostCountClaim:
    """What the text says about the counting: `ordinal`-th at `host`, after `earlier_count` at `earlier_host`.

    `overall` is the number among all evenings. What the text does not say is None or empty.
    """

    ordinal: int | None = None
    host: str = ""
    earlier_count: int | None = None
    earlier_host: str = ""
    overall: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """One answer. `wording` is the question's line as it stands in the text; `text` has one input line per line.

    `run_on`: question and answer shared a line, so that line is `wording`, a space and the first line of `text`.
    """

    question: str
    wording: str
    text: str
    run_on: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        return read_blocks(self.text)

    def lines(self) -> tuple[str, ...]:
        answer = _text_lines(self.text)
        if self.run_on and answer:
            return (f"{self.wording} {answer[0]}", *answer[1:])
        return (self.wording, *answer)


@dataclass(frozen=True, slots=True)
class AudienceQuestionPlan:
    """A question from the audience; `answer` is empty when the text has none; `source` is "Slido" and the like."""

    question: str
    answer: str
    source: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The answer's blocks."""
        return read_blocks(self.answer)

    def lines(self) -> tuple[str, ...]:
        return (self.question, *_text_lines(self.answer))


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """One talk. `text` is the organisers' account of it, with the headings that stand in it."""

    title: str
    title_is_ours: bool
    speakers: tuple[SpeakerPlan, ...]
    answers: tuple[AnswerPlan, ...] = ()
    audience_questions: tuple[AudienceQuestionPlan, ...] = ()
    slides: tuple[LinkPlan, ...] = ()
    links: tuple[LinkPlan, ...] = ()
    text: str = ""
    starts_at_seconds: int | None = None
    lost_links: tuple[LostLink, ...] = ()
    asks: tuple[AskHint, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The account without the headings of audience questions and links, where those are told apart from it."""
        told = {question.source for question in self.audience_questions}
        kept = [line for line in _text_lines(self.text) if audience_source(line) not in told]
        return read_blocks("\n".join(line for line in kept if not (self.links and is_links_heading(line))))

    def as_json_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "speakers": [{"name": s.name, "role": s.role, "organisation": s.organisation} for s in self.speakers],
            "answers": [{"question": answer.question, "text": answer.text} for answer in self.answers],
            "audience_questions": [{"question": q.question, "answer": q.answer} for q in self.audience_questions],
            "slides": [slides.url for slides in self.slides],
            "links": [{"label": link.label, "url": link.url} for link in self.links],
            "text": self.text,
            "starts_at_seconds": self.starts_at_seconds,
        }

    def places(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each place of this talk with the input lines that stand there."""
        if not self.title_is_ours:
            yield "title", (self.title,)
        yield "text", _text_lines(self.text)
        for position, answer in enumerate(self.answers):
            yield f"answers[{position}]", answer.lines()
        for position, question in enumerate(self.audience_questions):
            yield f"audience_questions[{position}]", question.lines()
        yield "slides", tuple(link.line for link in self.slides)
        yield "links", tuple(link.line for link in self.links)


@dataclass(frozen=True, slots=True)
class WriteupPlan:
    """A whole write-up. `unplaced` are the lines that fit nowhere; only organisers may see them."""

    number: int
    talks: tuple[TalkPlan, ...] = ()
    recordings: tuple[LinkPlan, ...] = ()
    chapters: tuple[ChapterPlan, ...] = ()
    introduction: str = ""
    sign_off: str = ""
    unplaced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    lost_links: tuple[LostLink, ...] = ()
    host_count: HostCountClaim | None = None

    def as_json_dict(self) -> dict[str, Any]:
        """The plan as printed by a dry run. Warnings and lost links are not in it: no line stands twice."""
        return {
            "number": self.number,
            "talks": [talk.as_json_dict() for talk in self.talks],
            "recordings": [recording.url for recording in self.recordings],
            "chapters": [[chapter.seconds, chapter.label] for chapter in self.chapters],
            "introduction": self.introduction,
            "sign_off": self.sign_off,
            "unplaced": list(self.unplaced),
        }

    def lines(self) -> dict[str, tuple[str, ...]]:
        """The input's non-empty lines by place, such as "talks[0].answers[2]"; places without lines are left out."""
        return {place: lines for place, lines in self._places() if lines}

    def _places(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "introduction", _text_lines(self.introduction)
        for position, talk in enumerate(self.talks):
            for place, lines in talk.places():
                yield f"talks[{position}].{place}", lines
        yield "recordings", tuple(recording.line for recording in self.recordings)
        yield "chapters", tuple(chapter.line for chapter in self.chapters)
        yield "sign_off", _text_lines(self.sign_off)
        yield "unplaced", self.unplaced


def _text_lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
