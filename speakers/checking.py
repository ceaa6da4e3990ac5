"""What must be right before a contribution is released, and what may be missing."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from .enums import ConsentTo, MissingReason
from .models import Contribution
from .sheet import Sheet


def tidy(draft: Contribution) -> None:
    """Take out empty answers that stand in a place that has an answer already."""
    seen: set[Any] = set()
    kept = []
    for row in sorted(draft.answers.all(), key=lambda row: not row.has_text):
        if (place := _place_of(row)) is None or place not in seen or row.has_text:
            kept.append(row)
        seen.add(place)
    draft.answers = kept


def check(draft: Contribution) -> None:
    """Raises ValidationError, one sentence a fault. The database's own constraints would only raise IntegrityError."""
    draft.full_clean()
    found = [*_doubles(draft), *_faulty_rows(draft)]
    if found:
        raise ValidationError(found)


def faults(draft: Contribution) -> list[str]:
    """The sentences of `check`; none where it is in order."""
    try:
        check(draft)
    except ValidationError as error:
        return list(error.messages)
    return []


def _doubles(draft: Contribution) -> Iterator[str]:
    places = Counter(place for row in draft.answers.all() if (place := _place_of(row)) is not None)
    wordings = {row.question_id: row.wording for row in draft.answers.all()}
    for (question, _), count in places.items():
        if count > 1:
            yield f"“{wordings[question]}” is answered twice in one name. Put the words into one answer."


def _place_of(row: Any) -> tuple[int, Any] | None:
    """Where only one answer may stand; None for an answer whose speaker's row is gone."""
    if not row.joint and row.speaker_id is None:
        return None
    return row.question_id, None if row.joint else row.speaker_id


def _faulty_rows(draft: Contribution) -> Iterator[str]:
    rows = [*draft.answers.all(), *draft.links.all(), *draft.asks.all(), *draft.promises.all()]
    rows += draft.introductions.all()
    for row in rows:
        try:
            row.full_clean(exclude={"contribution"}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            noun = row._meta.verbose_name
            yield f"{noun[0].upper()}{noun[1:]} “{row}”: {' '.join(error.messages)}"


def missing(draft: Contribution) -> list[str]:
    """What a reader would look for in vain: one sentence each. Nothing of it stops a release."""
    sheet = Sheet(draft, speakers=draft.speakers())
    sentences = [
        f"No answer{f' from {slot.speaker}' if slot.speaker else ''}: “{asked.wording}”"
        for asked in sheet.asked
        for slot in asked.slots
        if asked.uses(slot) and _is_awaited(slot)
    ]
    if not draft.slides_id and not draft.slides_url:
        sentences.append("No slides, neither a file nor a link.")
    elif draft.deck_for_readers is None and not draft.slides_url:
        sentences.append("No slides for readers: the file for the night is no PDF, and there is no link.")
    return [*sentences, *_consents(draft), *_unpublished(draft)]


def _is_awaited(slot: Any) -> bool:
    return not slot.text and slot.missing in ("", MissingReason.TO_COME) and slot.is_of_the_talk


def _consents(draft: Contribution) -> Iterator[str]:
    given = set(draft.consents.in_force(ConsentTo.ANSWERS).values_list("speaker_id", flat=True))
    taken_back = set(draft.consents.withdrawn(ConsentTo.ANSWERS).values_list("speaker_id", flat=True))
    for speaker in draft.speakers():
        if speaker.pk in taken_back:
            yield f"{speaker} took back their consent, so readers will not see this until they give it again."
        elif speaker.pk not in given:
            yield f"No consent of {speaker} to publishing the answers is on record."


def _unpublished(draft: Contribution) -> Iterator[str]:
    talk = getattr(draft, "talk", None)
    if talk is None:
        yield "It belongs to no talk, so readers will not see it."
    elif not talk.is_public:
        yield "Its talk is not public yet. Readers will see this when the talk and its evening are published."
