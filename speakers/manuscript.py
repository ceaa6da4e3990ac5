"""A draft as one of its speakers works on it: fields by name, in the order of the page, read and written in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .enums import AnswerMode, MissingReason
from .fields import ANSWER_LIMIT, ROW_KINDS, Field, list_of
from .markup import links_into_the_site, to_html, to_text, word_count
from .models import Contribution, Introduction, Speaker
from .parts import Parts
from .sheet import Asked, Sheet, Slot

PLAIN = (
    Field("proposed_title", "Title of your talk", limit=255, hint="What should stand in the programme."),
    Field("teaser", "In one or two sentences", kind="text", limit=1000, hint="For the programme, before the evening."),
    Field(
        "introduction",
        "Anything else for whoever introduces you",
        kind="text",
        limit=2000,
        hint="For the night. Never shown to readers.",
    ),
    Field("slides_url", "Or a link to your slides", kind="url", limit=200),
)
ABOUT = (
    ("role", "Role", 160, "Your job on the day, such as “Head of Data”."),
    ("organisation", "Organisation", 200, "Where you work on the day."),
    ("pronunciation", "How the name is said", 120, "Such as “ID-ris KWAY”. Never shown to readers."),
)
IF_EMPTY = {MissingReason.TO_COME: "It is still to come", MissingReason.DECLINED: "We would rather not answer"}
WHO = {
    AnswerMode.JOINT: "We answer together",
    AnswerMode.EACH: "Each of us answers alone",
    AnswerMode.BOTH: "Together, and each of us alone",
}


@dataclass(slots=True)
class Place:
    """One answer's fields; without `text` it is somebody else's own, to read."""

    slot: Slot
    label: str
    shows_for: str
    text: Field | None = None
    missing: Field | None = None

    @property
    def words(self) -> int:
        return word_count(self.text.shown) if self.text else 0


@dataclass(slots=True)
class Question:
    """A question in the words in which it was asked, with its fields."""

    asked: Asked
    mode: Field | None
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    speaker: Speaker
    fields: list[Field]


class Manuscript(Parts):
    """`me` is the speaker who works on it: the joint answers and their own are theirs to write."""

    def __init__(self, draft: Contribution, *, me: Speaker) -> None:
        self.draft, self.me = draft, me
        self.appearances = draft.appearances()
        speakers = list(dict.fromkeys(row.speaker for row in self.appearances))
        self.sheet = Sheet(draft, speakers=speakers)
        self.fields: dict[str, Field] = {}
        self.lists = {name: list_of(name, getattr(draft, name).all()) for name in ROW_KINDS}
        for plain in PLAIN:
            kept = Field(plain.name, plain.label, "", plain.kind, plain.limit, plain.hint)
            kept.value = Field.read(Field("", "", kind=plain.kind), getattr(draft, plain.name))
            self._add(kept)
        self.people = [self._person(speaker) for speaker in speakers]
        self.questions = [self._question(asked) for asked in self.sheet.asked]

    # How it is laid out

    def _add(self, made: Field) -> Field:
        self.fields[made.name] = made
        return made

    def _person(self, speaker: Speaker) -> Person:
        """What they proposed, or where they proposed nothing yet what the programme says."""
        row = next((row for row in self.draft.introductions.all() if row.speaker_id == speaker.pk), None)
        told = programme_says(self.appearances, speaker) if row is None else vars(row)
        return Person(
            speaker,
            [
                self._add(Field(f"intro-{speaker.pk}-{name}", label, told[name], "line", limit, hint))
                for name, label, limit, hint in ABOUT
            ],
        )

    def _question(self, asked: Asked) -> Question:
        mode = None
        if asked.has_choice:
            choices = tuple((str(value), words) for value, words in WHO.items())
            mode = self._add(
                Field(asked.mode_name, f"Who answers: {asked.wording}", asked.mode, "choice", 0, "", choices)
            )
        question = Question(asked, mode)
        for slot in asked.slots:
            if asked.has_choice or slot.joint:
                question.places.append(self._place(asked, slot))
        return question

    def _place(self, asked: Asked, slot: Slot) -> Place:
        label = slot.label if asked.has_choice else ""
        place = Place(slot, label, "joint" if slot.joint else "each")
        if not slot.joint and slot.speaker != self.me:
            return place
        whose = f" ({slot.label})" if asked.has_choice else ""
        place.text = self._add(
            Field(
                slot.name, f"{asked.wording}{whose}", to_text(slot.text), "rich", ANSWER_LIMIT, asked.question.guidance
            )
        )
        reasons: dict[Any, Any] = dict(IF_EMPTY)
        if slot.missing not in ("", *reasons):
            reasons[slot.missing] = MissingReason(slot.missing).label
        missing = slot.missing or str(MissingReason.TO_COME)
        place.missing = self._add(
            Field(slot.missing_name, "If you leave it empty", missing, "choice", choices=_named(reasons))
        )
        return place

    # Writing

    def write(self, values: Mapping[str, str]) -> list[str]:
        """Put values into the draft, in memory. Returns the names of the fields that changed."""
        changed = {name: value for name, value in values.items() if value != self.parts[name].value}
        for name, value in changed.items():
            self.parts[name].value = value
        for plain in PLAIN:
            if plain.name in changed:
                setattr(self.draft, plain.name, changed[plain.name])
        for name in ROW_KINDS:
            if name in changed:
                setattr(self.draft, name, self.lists[name].objects())
        if any(name.startswith("intro-") for name in changed):
            self.draft.introductions = self._introductions(changed)
        if any(name.startswith(("answer-", "missing-", "mode-")) for name in changed):
            self._write_answers(changed)
        return list(changed)

    def _introductions(self, changed: Mapping[str, str]) -> list[Introduction]:
        rows = {row.speaker_id: row for row in self.draft.introductions.all()}
        for person in self.people:
            if any(part.name in changed for part in person.fields):
                row = rows.setdefault(person.speaker.pk, Introduction(speaker=person.speaker))
                for (name, *_), part in zip(ABOUT, person.fields, strict=True):
                    setattr(row, name, part.value)
        return list(rows.values())

    def _write_answers(self, changed: Mapping[str, str]) -> None:
        before = {slot.name: slot.text for slot in self.sheet.slots()}
        self.sheet.fill_in(
            {
                name: to_html(value, keep=links_into_the_site(before[name])) if name in before else value
                for name, value in changed.items()
            }
        )
        self.draft.answers = self.sheet.rows()
        self.draft.set_aside = self.sheet.set_aside()


def _named(choices: Mapping[Any, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices.items())


def programme_says(appearances: list[Any], speaker: Speaker) -> dict[str, str]:
    """How the programme introduces somebody."""
    row = next((row for row in appearances if row.speaker_id == speaker.pk), None)
    return {
        "role": row.role if row else "",
        "organisation": str(row.organisation or "") if row else "",
        "pronunciation": speaker.pronunciation,
    }
