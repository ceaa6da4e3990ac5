"""Everything that *My talk* shows."""

import secrets
from typing import Any

from django.utils import timezone

from ..batons import may_take_back, sent_by_a_speaker
from ..carried import decks_of
from ..enums import Baton
from ..manuscript import Manuscript
from ..notices import name_of
from ..saving import stamp
from ..todo import still_to_do, where_it_is
from ..wordings import CONSENTS
from .doors import Visit


def talk_page(visit: Visit, *, manuscript: Manuscript | None = None, page: str = "", more: str = "") -> dict[str, Any]:
    """`manuscript` is one that refused something, to be shown again; `more` names a list that wants an empty row."""
    contribution, event = visit.contribution, visit.talk.event
    manuscript = manuscript or Manuscript(contribution.get_latest_revision_as_object(), me=visit.me)
    if more in manuscript.lists:
        manuscript.lists[more].blank = 1
    return {
        "visit": visit,
        "talk": visit.talk,
        "event": event,
        "title": name_of(manuscript.draft),
        "manuscript": manuscript,
        "revision": stamp(contribution.latest_revision),
        "page_key": page or secrets.token_hex(8),
        "wanted_on": event.answers_wanted_on if event and event.over_at > timezone.now() else None,
        **_baton(visit),
        **_beside(visit, manuscript),
    }


def _baton(visit: Visit) -> dict[str, Any]:
    """Who has it, what there is still to do, and how it can be passed on."""
    contribution, newest = visit.contribution, visit.contribution.newest_handover()
    holder = newest.to if newest else Baton.ORGANISERS
    is_ours = newest is not None and sent_by_a_speaker(contribution, newest)
    return {
        "is_open": holder == Baton.SPEAKERS,
        "todo": still_to_do(contribution, mine=visit.mine, holder=holder),
        "where": where_it_is(contribution, newest, speakers={newest.by_id} if newest and is_ours else set()),
        "may_take_back": may_take_back(contribution, newest, is_speaker=is_ours),
        "may_correct": holder != Baton.SPEAKERS and contribution.live and not contribution.has_unpublished_changes,
        "returned": newest.note if newest and holder == Baton.SPEAKERS and not is_ours else "",
    }


def _beside(visit: Visit, manuscript: Manuscript) -> dict[str, Any]:
    """What stands beside the words: what was kept, consents, notes, links, slides."""
    contribution = visit.contribution
    return {
        "kept": list(contribution.kept_texts.filter(by=visit.user)),
        "consents": consents_of(visit),
        "notes": list(contribution.notes.filter(by=visit.user)),
        "links": list(contribution.preview_links.open(at=timezone.now())),
        "decks": decks_of(manuscript.draft),
    }


def consents_of(visit: Visit) -> list[dict[str, Any]]:
    """Each consent that is asked for: its words, and what they said last."""
    told = list(visit.contribution.consents.filter(speaker__in=visit.mine))
    rows = []
    for what, wording in CONSENTS.items():
        of_this = [row for row in told if row.what == what]
        given = next((row for row in of_this if row.withdrawn_at is None), None)
        rows.append({"what": str(what), "wording": wording, "given": given, "last": of_this[-1] if of_this else None})
    return rows
