"""What a speaker has still to do for a talk, and who has it now, in plain words. No query where a list brought all."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pages.english import counted

from .enums import Baton, ConsentTo, MissingReason
from .models import Contribution, Handover, Helper
from .prose import plain_text


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do, and where on the talk's page."""

    words: str
    anchor: str


def still_to_do(contribution: Contribution, *, mine: Collection[int], holder: str) -> list[Todo]:
    """`mine` are the keys of the rows of people that are this speaker (merged ones too).

    No query where `latest_revision`, `answers` and `consents` were brought along.
    """
    found = list(_words_to_write(_content(contribution), mine)) if holder == Baton.SPEAKERS else []
    if not contribution.live and _has_consents_to_give(contribution, mine):
        found.append(Todo("Say what may be recorded and published", "consents"))
    if holder == Baton.SPEAKERS:
        found.append(Todo("Send it to the organisers", "send"))
    return found


def _content(contribution: Contribution) -> dict[str, Any]:
    """The newest draft, as it lies in its revision; the rows where nobody has written yet."""
    if contribution.latest_revision is not None and (contribution.has_unpublished_changes or not contribution.live):
        return dict(contribution.latest_revision.content)
    rows = [
        {"joint": row.joint, "speaker": row.speaker_id, "text": row.text, "missing": row.missing}
        for row in contribution.answers.all()
    ]
    return {
        "answers": rows,
        "slides": contribution.slides_id,
        "slides_url": contribution.slides_url,
        "proposed_title": contribution.proposed_title,
    }


def _words_to_write(content: dict[str, Any], mine: Collection[int]) -> Iterator[Todo]:
    if not content.get("proposed_title"):
        yield Todo("Give your talk a title", "field-proposed_title")
    awaited = [
        row
        for row in content.get("answers", [])
        if (row.get("joint") or row.get("speaker") in mine)
        and not plain_text(row.get("text") or "")
        and row.get("missing") in ("", None, MissingReason.TO_COME)
    ]
    if awaited:
        yield Todo(f"Answer {counted(len(awaited), 'question')}", "answers")
    if not content.get("slides") and not content.get("slides_url"):
        yield Todo("Give your slides, as a file or a link", "slides")


def _has_consents_to_give(contribution: Contribution, mine: Collection[int]) -> bool:
    """Whether there is something that they have neither agreed to nor taken back."""
    told = {row.what for row in contribution.consents.all() if row.speaker_id in mine}
    return bool(set(ConsentTo.values) - told)


def for_helpers(found: list[Todo], helper: Helper) -> list[Todo]:
    """What is left for whoever writes for a speaker: not saying what may be published, nor sending it."""
    return [todo for todo in found if helper.may_write and todo.anchor not in ("consents", "send")]


def where_it_is(
    contribution: Contribution, newest: Handover | None, *, speakers: Collection[int], them: str = ""
) -> str:
    """Who has it, in plain words. `speakers` are the keys of its speakers' accounts.

    `them` names the speaker where it is told to somebody who helps.
    """
    seen = " Readers see what was published before." if contribution.live else ""
    if newest is not None and newest.to == Baton.SPEAKERS:
        return f"It is with {them or 'you'}.{seen or ' Nothing is public until the organisers publish it.'}"
    if contribution.live and not contribution.has_unpublished_changes:
        return "It is published."
    if newest is None:
        return f"The organisers have not handed this to {them or 'you'} yet.{seen}"
    if newest.by_id in speakers:
        return f"{f'{them} has' if them else 'You have'} sent it. The organisers are looking at it.{seen}"
    return f"The organisers have taken it back for now.{seen}"
