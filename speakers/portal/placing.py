"""A reply that was split, on the page: each answer beside its question, and what has no place yet."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from ..fields import Field
from ..importers.replies import Found, Loose, Where, split
from ..manuscript import Manuscript, Question
from ..notices import name_of
from ..paper import askings, lines_of_ours, place_in_use
from ..saving import Typed, stamp
from .visits import Visit

MINE, NEW, BOTH = "mine", "new", "both"
KEEP = "keep"
MOST_LOOSE = 60


@dataclass(slots=True)
class Row:
    """A question, what its draft says, and what was found for it in the reply."""

    question: Question
    field: Field
    text: str
    choice: str
    whose: str = ""
    found: Found | None = None
    answered_with: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def has_both(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.field.value and self.text and self.field.value != self.text)


@dataclass(frozen=True, slots=True)
class LooseRow:
    """Words without a place: where they stood, and the field they may go to; "keep", or "" for nowhere."""

    label: str
    text: str
    to: str

    @property
    def rows(self) -> int:
        return min(10, max(2, self.text.count("\n") + len(self.text) // 80 + 1))


def split_page(visit: Visit, *, text: str, is_typed: bool) -> dict[str, Any]:
    """The page that shows what was found. Nothing is saved yet: all of it is in the page's own form."""
    manuscript = Manuscript(visit.contribution.get_latest_revision_as_object(), me=visit.me)
    ours = lines_of_ours(manuscript, event=visit.talk.event)
    reply = split(text, askings(manuscript), ours=ours, is_typed=is_typed)
    rows = [_row(manuscript, question, reply.found) for question in manuscript.questions]
    names = {row.question.asked.question.pk: row.name for row in rows}
    return {
        **_page(visit, manuscript, rows),
        "answered": reply.answered,
        "loose": _loose(reply.loose, names),
        "ours": [*(words for found in reply.found.values() for words in found.headings), *reply.ours],
    }


def _page(visit: Visit, manuscript: Manuscript, rows: list[Row]) -> dict[str, Any]:
    return {
        "visit": visit,
        "talk": visit.talk,
        "title": name_of(manuscript.draft),
        "rows": rows,
        "revision": stamp(visit.contribution.latest_revision),
        "base": " ".join(f"{row.name}:{row.field.digest}" for row in rows),
        "page_key": visit.request.POST.get("page") or secrets.token_hex(8),
    }


def _row(manuscript: Manuscript, question: Question, found: Mapping[int, Found]) -> Row:
    hit = found[question.asked.question.pk]
    place = place_in_use(question, me=manuscript.me)
    assert place.text is not None  # noqa: S101  the joint field and one's own always are
    new, old = place.text.read_only(hit.text), place.text.value
    wordings = {other.asked.question.pk: other.asked.wording for other in manuscript.questions}
    return Row(
        question,
        place.text,
        new,
        choice=NEW if not old or old in new else MINE if new in old else BOTH,
        whose=place.label,
        found=hit,
        answered_with=wordings.get(hit.answered_with or 0, ""),
    )


def _loose(found: list[Loose], names: Mapping[int, str]) -> list[LooseRow]:
    shown = [
        LooseRow(
            one.where.label,
            one.text,
            "" if one.where.is_chaff else names[one.about] if one.about and one.where == Where.BEFORE else KEEP,
        )
        for one in found[:MOST_LOOSE]
    ]
    if rest := [one.text for one in found[MOST_LOOSE:]]:
        shown.append(LooseRow("And more", "\n\n".join(rest), KEEP))
    return shown


# What comes back


@dataclass(slots=True)
class Filling:
    """What goes into the draft, by field, and what is kept beside it: pairs of a label and the words."""

    values: dict[str, str] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)

    def typed(self, post: QueryDict, base: Mapping[str, str]) -> Typed:
        return Typed(values=self.values, base=base, revision=post.get("revision", ""), page=post.get("page", "")[:32])


def filling_of(post: QueryDict, manuscript: Manuscript) -> Filling:
    """What a speaker decided on that page. Words for a field that is no longer there are kept beside the draft."""
    filling, found = Filling(), _found(post)
    for number in range(MOST_LOOSE + 1):
        text, to = post.get(f"loose-{number}", "").strip(), post.get(f"to-{number}", "")
        if text and to in found:
            found[to] = f"{found[to]}\n\n{text}".strip()
        elif text and to:
            filling.kept.append((post.get(f"where-{number}", "") or "From your reply", text))
    for name, text in found.items():
        part, choice = manuscript.fields.get(name), post.get(f"choice-{name}", NEW)
        if part is None or part.kind != "rich":
            filling.kept += [("From your reply", text)] if text else []
        elif text and choice != MINE:
            filling.values[name] = part.joined(text, part.value) if choice == BOTH else text
    return filling


def _found(post: QueryDict) -> dict[str, str]:
    """The texts of the answers, by field. A browser sends line ends as CR LF."""
    texts = {name.removeprefix("found-"): str(text) for name, text in post.items() if name.startswith("found-")}
    return {name: text.replace("\r\n", "\n").strip() for name, text in texts.items()}


def refused_page(visit: Visit, *, manuscript: Manuscript) -> dict[str, Any]:
    """What could not be kept, to be shortened; the rest is in the draft."""
    rows = [
        Row(question, place.text, place.text.shown, NEW, place.label, error=place.text.error)
        for question in manuscript.questions
        for place in question.places
        if place.text and place.text.error
    ]
    for row in rows:
        row.field.typed = None
    return {**_page(visit, manuscript, rows), "answered": None, "loose": [], "ours": []}
