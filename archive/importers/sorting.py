"""Gives each line of a scanned write-up its one place."""

from enum import Enum, auto

from .assembly import AnswerDraft, AudienceDraft, Gathered, TalkDraft
from .links import Special, SpecialLine, starts_at
from .people import Opening
from .plan import ChapterPlan, WriteupPlan
from .questions import StandardQuestion
from .scan import AudienceHeading, Line, Mark
from .turns import is_about, returns_to_account, says_goodbye, split_preamble


class _Section(Enum):
    PREAMBLE = auto()
    ACCOUNT = auto()
    ANSWER = auto()
    AUDIENCE = auto()
    SIGN_OFF = auto()
    UNPLACED = auto()


class Sorter:
    """Takes the lines in order. `last_turn` is the position of the last talk's opening or standard question."""

    def __init__(self, *, number: int, series: str, last_turn: int) -> None:
        self._number = number
        self._series = series
        self._last_turn = last_turn
        self._section = _Section.PREAMBLE
        self._gathered = Gathered(number)
        self._preamble: list[str] = []
        self._talk: TalkDraft | None = None
        self._title = ""
        self._source = ""
        self._answer: list[str] | None = None  # where lines of the answer go that is being read
        self._held: list[SpecialLine] = []  # addresses below an answer: its own if it goes on, else the talk's
        self._is_first = False  # nothing of the answer has been read yet
        self._is_reported = False  # the answer is told by the organisers

    def place(self, position: int, line: Line) -> None:
        match line.what:
            case StandardQuestion() as question:
                self._place_question(line.text, question)
            case Opening() as opening:
                self._place_opening(line.text, opening)
            case AudienceHeading() as heading:
                self._place_audience_heading(line.text, heading.source)
            case SpecialLine() as special:
                self._place_special(special)
            case Mark() as mark:
                self._place_mark(position, line.text, mark)
            case None:
                self._place_text(position, line.text)

    def plan(self, *, taken: frozenset[str]) -> WriteupPlan:
        """The plan of all lines placed; call once, at the end. No title of ours equals a line in `taken`."""
        self._end_answer()
        self._end_preamble()
        return self._gathered.plan(taken=taken)

    def _place_opening(self, text: str, opening: Opening) -> None:
        self._end_answer()
        self._end_preamble()
        talk = self._talk
        same = talk is not None and talk.names == tuple(speaker.name for speaker in opening.speakers)
        if talk is None or not same or talk.answers or talk.audience:
            talk = self._talk = TalkDraft(opening.speakers, self._title)
            self._gathered.talks.append(talk)
        elif self._title:
            talk.text.append(self._title)
        talk.text.append(text)
        self._title = ""
        self._section = _Section.ACCOUNT

    def _place_question(self, text: str, question: StandardQuestion) -> None:
        self._keep_held()
        talk, unplaced = self._talk, self._gathered.unplaced
        if talk is None:
            self._end_preamble()
            self._gathered.warnings.append(f"No talk stands above “{text[:100]}”.")
            unplaced.append(text)
            self._section = _Section.UNPLACED
            return
        if any(answer.question.slug == question.slug for answer in talk.answers):
            whose = " and ".join(talk.names)
            self._gathered.warnings.append(
                f"{whose}: a second answer to “{question.wording[:100]}” is among the leftovers."
            )
            unplaced.append(text)
            self._begin_answer(_Section.ANSWER, unplaced)
            self._is_first = not question.rest
            return
        draft = AnswerDraft(question, [question.rest] if question.rest else [])
        talk.answers.append(draft)
        self._begin_answer(_Section.ANSWER, draft.lines)
        self._is_first = not question.rest

    def _place_audience_heading(self, text: str, source: str) -> None:
        if self._talk is None:
            self._gathered.unplaced.append(text)
        elif self._section in (_Section.UNPLACED, _Section.SIGN_OFF):
            self._append_here(text)
        else:
            self._end_answer()
            self._talk.text.append(text)
            self._source = source
            self._section = _Section.AUDIENCE

    def _place_special(self, special: SpecialLine) -> None:
        if self._section is _Section.UNPLACED:
            self._gathered.unplaced.append(special.what.line)
        elif self._answer is None:
            self._dispatch(special)
        elif self._is_first:
            self._append_answer(special.what.line)
        else:
            self._held.append(special)

    def _place_mark(self, position: int, text: str, mark: Mark) -> None:
        match mark:
            case Mark.TITLE:
                self._end_answer()
                self._title = text
            case Mark.LINKS_HEADING:
                if self._talk is not None and self._section not in (_Section.UNPLACED, _Section.SIGN_OFF):
                    self._end_answer()
                    self._section = _Section.ACCOUNT
                self._append_here(text)
            case Mark.FURNITURE | Mark.MORE_TO_READ:
                self._gathered.unplaced.append(text)
                if mark is Mark.MORE_TO_READ and self._talk is not None and position > self._last_turn:
                    self._end_answer()
                    self._section = _Section.UNPLACED

    def _place_text(self, position: int, text: str) -> None:
        if self._talk is not None and position > self._last_turn and self._section is not _Section.UNPLACED:
            answering = self._section in (_Section.ANSWER, _Section.AUDIENCE)
            if says_goodbye(text, series=self._series, after_answer=answering):
                self._end_answer()
                self._section = _Section.SIGN_OFF
        if self._section is _Section.ANSWER:
            self._place_in_answer(text)
        elif self._section is _Section.AUDIENCE:
            self._place_from_audience(text)
        else:
            self._append_here(text)

    def _place_in_answer(self, text: str) -> None:
        if self._returns(text, reported=self._is_reported):
            self._append_here(text)
        else:
            self._append_answer(text)

    def _place_from_audience(self, text: str) -> None:
        if self._returns(text, reported=True):
            self._append_here(text)
        elif text.rstrip("”’\"') ").endswith("?") and self._talk is not None:
            self._keep_held()
            draft = AudienceDraft(text, self._source)
            self._talk.audience.append(draft)
            self._begin_answer(_Section.AUDIENCE, draft.lines)
        elif self._answer is None:
            self._append_here(text)
        else:
            self._append_answer(text)

    def _returns(self, text: str, *, reported: bool) -> bool:
        """End the answer if the organisers speak again with this line."""
        if self._talk is None or self._is_first:
            return False
        if not returns_to_account(text, self._talk.speakers, series=self._series, reported=reported):
            return False
        self._end_answer()
        self._section = _Section.ACCOUNT
        return True

    def _begin_answer(self, section: _Section, lines: list[str]) -> None:
        self._section = section
        self._answer = lines
        self._is_first = True
        self._is_reported = False

    def _append_answer(self, text: str) -> None:
        self._keep_held()
        if self._answer is None or self._talk is None:
            self._append_here(text)
            return
        if self._is_first:
            self._is_reported = is_about(text, self._talk.speakers)
        self._answer.append(text)
        self._is_first = False

    def _keep_held(self) -> None:
        """Leave the addresses that were held in the answer they stand in."""
        if self._answer is not None:
            self._answer += [special.what.line for special in self._held]
        self._held = []

    def _end_answer(self) -> None:
        """End the answer that is being read, if any; the addresses below it are the talk's."""
        self._answer = None
        self._is_first = False
        held, self._held = self._held, []
        for special in held:
            self._dispatch(special)

    def _dispatch(self, special: SpecialLine) -> None:
        """Put a line with an address or a time where the event or the talk keeps such things."""
        what, talk = special.what, self._talk
        if isinstance(what, ChapterPlan):
            self._gathered.chapters.append(what)
        elif special.kind is Special.RECORDING:
            self._gathered.recordings.append(what)
            if talk is not None and talk.starts_at_seconds is None:
                talk.starts_at_seconds = starts_at(what.url)
        elif talk is None or self._section is _Section.SIGN_OFF:
            self._append_here(what.line)
        else:
            (talk.slides if special.kind is Special.SLIDES else talk.links).append(what)

    def _append_here(self, text: str) -> None:
        """Put a line of text where the section keeps its text; a talk's answers end in their own way."""
        if self._section is _Section.PREAMBLE:
            self._preamble.append(text)
        elif self._section is _Section.SIGN_OFF:
            self._gathered.sign_off.append(text)
        elif self._section is _Section.UNPLACED or self._talk is None:
            self._gathered.unplaced.append(text)
        else:
            self._talk.text.append(text)

    def _end_preamble(self) -> None:
        introduction, unplaced = split_preamble(self._preamble, number=self._number, series=self._series)
        self._gathered.introduction += introduction
        self._gathered.unplaced += unplaced
        self._preamble = []
