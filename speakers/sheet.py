"""A contribution's answers as an editor shows them: a field for each question, and one for each who answers alone.

The rows of a draft hold what is in use; `Contribution.set_aside` keeps words that aren't, so that going from "together"
to "each for themselves" and back loses nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .enums import AnswerMode, MissingReason
from .merging import standing_in
from .models import Answer, Contribution, Speaker, StandardQuestion
from .prose import plain_text

FIELD = re.compile(r"answer-(\d+)-(\d+)")


@dataclass(slots=True)
class Slot:
    """One field: a question's joint answer, or one speaker's own."""

    question: StandardQuestion
    key: str
    speaker: Speaker | None = None
    joint: bool = True
    row: Answer | None = None
    text: str = ""
    missing: str = ""
    is_double: bool = False
    is_of_the_talk: bool = True

    @property
    def name(self) -> str:
        return f"answer-{self.question.pk}-{self.key}"

    @property
    def missing_name(self) -> str:
        return f"missing-{self.question.pk}-{self.key}"

    @property
    def label(self) -> str:
        """Whose answer it is; empty where there is only one."""
        whose = "Together" if self.joint else str(self.speaker or "Somebody who is no longer in the list of people")
        return f"{whose}, a second time" if self.is_double else whose


@dataclass(slots=True)
class Asked:
    """A question, in the words in which it was asked, with its fields."""

    question: StandardQuestion
    wording: str
    slots: list[Slot] = field(default_factory=list)
    mode: str = AnswerMode.JOINT

    @property
    def mode_name(self) -> str:
        return f"mode-{self.question.pk}"

    @property
    def has_choice(self) -> bool:
        return any(not slot.joint for slot in self.slots)

    def uses(self, slot: Slot) -> bool:
        return self.mode == AnswerMode.BOTH or (self.mode == AnswerMode.JOINT) == slot.joint

    def find(self, key: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.key == key), None)


class Sheet:
    """All questions of a contribution. `speakers` are the people of its talk; a single one has joint answers alone."""

    def __init__(self, contribution: Contribution, *, speakers: Iterable[Speaker]) -> None:
        self.contribution = contribution
        self.speakers = list(speakers)
        rows = list(contribution.answers.all())
        aside = [dict(words) for words in contribution.set_aside]
        _follow_merges(aside)
        self._questions = StandardQuestion.objects.in_bulk(
            {row.question_id for row in rows} | {words["question"] for words in aside}
        )
        self._people = {speaker.pk: speaker for speaker in self.speakers}
        known = {row.speaker_id for row in rows} | {words["speaker"] for words in aside}
        self._people |= Speaker.objects.in_bulk(known - {None} - set(self._people))
        self.asked: list[Asked] = []
        for row in rows:
            self._place(row)
        for asked in self.asked:
            asked.mode = _mode_of(asked)
            self._complete(asked)
        for words in aside:
            self._recall(words)

    def slots(self) -> list[Slot]:
        return [slot for asked in self.asked for slot in asked.slots]

    def admit(self, names: Iterable[str]) -> None:
        """Make room for fields that a form sends though the talk has changed since it was opened: no word is lost."""
        for name in names:
            match = FIELD.fullmatch(name)
            asked = match and next((a for a in self.asked if a.question.pk == int(match[1])), None)
            if match and asked and asked.find(match[2]) is None:
                speaker = Speaker.objects.filter(pk=int(match[2])).first()
                if speaker is not None:
                    asked.slots.append(
                        Slot(asked.question, match[2], speaker=speaker, joint=False, is_of_the_talk=False)
                    )

    def unasked(self) -> list[StandardQuestion]:
        """What the series asks today and these speakers were not asked."""
        known = {asked.question.pk for asked in self.asked}
        return [question for question in self.contribution.series_questions() if question.pk not in known]

    def ask(self, question: StandardQuestion) -> None:
        """Ask one more, after the question that comes before it in the series."""
        order = [known.pk for known in self.contribution.series_questions()]
        before = set(order[: order.index(question.pk)]) if question.pk in order else set()
        places = [place for place, asked in enumerate(self.asked) if asked.question.pk in before]
        asked = Asked(question, question.text)
        self._complete(asked)
        self.asked.insert(max(places) + 1 if places else 0 if order else len(self.asked), asked)

    def fill_in(self, values: Mapping[str, Any]) -> None:
        """Take over what was typed. A field that was not sent stays as it is."""
        for asked in self.asked:
            asked.mode = values.get(asked.mode_name) or asked.mode
            for slot in asked.slots:
                slot.text = values.get(slot.name, slot.text) or ""
                slot.missing = values.get(slot.missing_name, slot.missing) or ""

    def rows(self) -> list[Answer]:
        """The answers in use, in order. An empty one says why it is empty."""
        rows: list[Answer] = []
        for asked in self.asked:
            for slot in asked.slots:
                if asked.uses(slot) and (plain_text(slot.text) or _is_wanted(slot)):
                    rows.append(_row_of(slot, asked, place=len(rows)))
        return rows

    def set_aside(self) -> list[dict[str, Any]]:
        """The words that are kept and not in use."""
        return [
            {
                "question": asked.question.pk,
                "speaker": slot.speaker.pk if slot.speaker else None,
                "joint": slot.joint,
                "text": slot.text,
            }
            for asked in self.asked
            for slot in asked.slots
            if not asked.uses(slot) and plain_text(slot.text)
        ]

    def doubles(self) -> list[Slot]:
        """Fields in use that answer a question a second time, jointly or as the same person."""
        return [
            slot
            for asked in self.asked
            for slot in asked.slots
            if slot.is_double and asked.uses(slot) and plain_text(slot.text)
        ]

    # How it is laid out

    def _place(self, row: Answer) -> None:
        asked = next((a for a in self.asked if a.question.pk == row.question_id), None)
        if asked is None:
            asked = Asked(self._questions[row.question_id], row.wording)
            self.asked.append(asked)
        speaker = self._people.get(row.speaker_id) if not row.joint and row.speaker_id else None
        key = first = "joint" if row.joint else str(speaker.pk) if speaker else "gone"
        count = 1
        while asked.find(key) is not None:
            count += 1
            key = f"{first}-{count}"
        asked.slots.append(
            Slot(
                asked.question,
                key,
                speaker=speaker,
                joint=row.joint,
                row=row,
                text=row.text,
                missing=row.missing,
                is_double=count > 1 and first != "gone",
                is_of_the_talk=row.joint or speaker in self.speakers,
            )
        )

    def _complete(self, asked: Asked) -> None:
        """The fields that have no row yet; the joint one first, then the speakers in their order."""
        if asked.find("joint") is None:
            asked.slots.append(Slot(asked.question, "joint"))
        for speaker in self.speakers if len(self.speakers) > 1 else ():
            if asked.find(str(speaker.pk)) is None:
                asked.slots.append(Slot(asked.question, str(speaker.pk), speaker=speaker, joint=False))
        order = [str(speaker.pk) for speaker in self.speakers]
        asked.slots.sort(
            key=lambda slot: (not slot.joint, order.index(slot.key) if slot.key in order else len(order), slot.key)
        )

    def _recall(self, words: dict[str, Any]) -> None:
        asked = next((a for a in self.asked if a.question.pk == words["question"]), None)
        if asked is None:
            return
        speaker = self._people.get(words["speaker"])
        key = "joint" if words["joint"] else str(speaker.pk) if speaker else "gone"
        slot = asked.find(key)
        if slot is None:
            slot = Slot(asked.question, key, speaker=speaker, joint=words["joint"], is_of_the_talk=False)
            asked.slots.append(slot)
        if not plain_text(slot.text):
            slot.text = words["text"]


def _mode_of(asked: Asked) -> str:
    joint = [slot for slot in asked.slots if slot.joint]
    own = [slot for slot in asked.slots if not slot.joint]
    if not own:
        return AnswerMode.JOINT
    return AnswerMode.BOTH if any(plain_text(slot.text) for slot in joint) else AnswerMode.EACH


def _is_wanted(slot: Slot) -> bool:
    """Whether an empty field keeps its row: not a double's, nor that of somebody who has left the talk."""
    return not slot.is_double and slot.is_of_the_talk


def _row_of(slot: Slot, asked: Asked, *, place: int) -> Answer:
    row = slot.row or Answer(question=asked.question, wording=asked.wording, speaker=slot.speaker, joint=slot.joint)
    has_words = bool(plain_text(slot.text))
    row.text = slot.text if has_words else ""
    row.missing = "" if has_words else slot.missing or MissingReason.TO_COME
    row.sort_order = place
    return row


def _follow_merges(aside: list[dict[str, Any]]) -> None:
    kept = standing_in(words["speaker"] for words in aside)
    for words in aside:
        words["speaker"] = kept.get(words["speaker"], words["speaker"])
