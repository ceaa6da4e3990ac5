"""Who has cleared the words, when, and whether they have changed since. A private line: readers never see it."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User

from .models import Clearance, Contribution, Speaker
from .prose import plain_text

WORDS = {
    "links": ("label", "url", "kind", "language"),
    "asks": ("text", "url", "email", "opens_on", "closes_on", "closes_precision"),
    "promises": ("text", "due_on", "due_precision"),
}


@dataclass(frozen=True, slots=True)
class Cleared:
    """A clearance as it stands against the newest draft."""

    row: Clearance
    changed_since: bool


def words_of(draft: Contribution) -> str:
    """A digest of what readers would see of a draft: not of how speakers are introduced, nor of where a row lies."""
    told: dict[str, Any] = {
        "plain": [draft.proposed_title, draft.teaser, draft.slides_id, draft.slides_url],
        "answers": sorted(
            [row.question_id, str(row.joint), row.speaker_id or 0, plain_text(row.text), row.text]
            for row in draft.answers.all()
            if row.has_text
        ),
    }
    for name, cells in WORDS.items():
        told[name] = [[str(getattr(row, cell) or "") for cell in cells] for row in getattr(draft, name).all()]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def clearances_of(contribution: Contribution) -> list[Cleared]:
    """Those that stand, the newest last."""
    rows = list(contribution.clearances.standing().select_related("speaker"))
    now = words_of(contribution.get_latest_revision_as_object()) if rows else ""
    return [Cleared(row, row.words != now) for row in rows]


@transaction.atomic
def record_clearance(
    *,
    contribution: Contribution,
    speaker: Speaker,
    cleared_by: str,
    cleared_on: dt.date,
    note: str,
    by: User,
    called: str,
    at: dt.datetime,
) -> Clearance:
    """The words of the newest draft are cleared. Organisers see by whom and when, never the note.

    Side effects: a line in the contribution's history.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    clearance = Clearance.objects.create(
        contribution=fresh,
        speaker=speaker,
        cleared_by=cleared_by,
        cleared_on=cleared_on,
        note=note,
        words=words_of(fresh.get_latest_revision_as_object()),
        recorded_by=by,
        recorded_by_name=called[:255],
        recorded_at=at,
    )
    log(instance=fresh, action="speakers.clear", user=by, data={"by": cleared_by, "on": f"{cleared_on:%Y-%m-%d}"})
    return clearance


@transaction.atomic
def take_clearance_back(*, clearance: Clearance, by: User, at: dt.datetime) -> None:
    """It was recorded in error, or no longer holds.

    Side effects: a line in the contribution's history.
    """
    if Clearance.objects.filter(pk=clearance.pk, taken_back_at=None).update(taken_back_at=at):
        data = {"by": clearance.cleared_by, "on": f"{clearance.cleared_on:%Y-%m-%d}"}
        log(instance=clearance.contribution, action="speakers.take_clearance_back", user=by, data=data)
