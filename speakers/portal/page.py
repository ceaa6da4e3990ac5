"""Everything that *My talk* shows."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ..batons import may_take_back, sent_by_a_speaker
from ..carried import decks_of
from ..clearing import clearances_of
from ..enums import Baton
from ..manuscript import Manuscript
from ..notices import name_of
from ..saving import stamp
from ..terms import terms_page
from ..todo import Todo, for_helpers, still_to_do, where_it_is
from ..wordings import CONSENTS
from .threads import threads_of
from .visits import Visit


def talk_page(
    visit: Visit,
    *,
    manuscript: Manuscript | None = None,
    page: str = "",
    more: str = "",
    refused: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """`manuscript` and `refused` hold what was refused, to be shown again; `more` names a list that wants a row."""
    manuscript = manuscript or Manuscript(visit.contribution.get_latest_revision_as_object(), me=visit.me)
    if more in manuscript.lists:
        manuscript.lists[more].blank = 1
    return {
        "page_key": page or secrets.token_hex(8),
        "threads": threads_of(visit, manuscript, refused or {}),
        **_itself(visit, manuscript),
        **_baton(visit),
        **_beside(visit, manuscript),
    }


def _itself(visit: Visit, manuscript: Manuscript) -> dict[str, Any]:
    event = visit.talk.event
    return {
        "visit": visit,
        "talk": visit.talk,
        "event": event,
        "title": name_of(manuscript.draft),
        "manuscript": manuscript,
        "revision": stamp(visit.contribution.latest_revision),
        "wanted_on": event.answers_wanted_on if event and event.over_at > timezone.now() else None,
    }


def _baton(visit: Visit) -> dict[str, Any]:
    """Who has it, what there is still to do, and how it can be passed on."""
    contribution, newest = visit.contribution, visit.contribution.newest_handover()
    holder = newest.to if newest else Baton.ORGANISERS
    is_ours = newest is not None and sent_by_a_speaker(contribution, newest)
    speakers, them = {newest.by_id} if newest and is_ours else set(), "" if visit.is_speaker else visit.me.name
    is_published = contribution.live and not contribution.has_unpublished_changes
    return {
        "is_open": holder == Baton.SPEAKERS and visit.may_write,
        "todo": todo_of(visit, holder),
        "where": where_it_is(contribution, newest, speakers=speakers, them=them),
        "may_take_back": visit.is_speaker and may_take_back(contribution, newest, is_speaker=is_ours),
        "may_correct": visit.is_speaker and holder != Baton.SPEAKERS and is_published,
        "returned": newest.note if newest and holder == Baton.SPEAKERS and not is_ours and visit.may_write else "",
    }


def todo_of(visit: Visit, holder: str) -> list[Todo]:
    """What is left to do for this person: whoever helps writes, and neither consents nor sends."""
    found = still_to_do(visit.contribution, mine=visit.mine, holder=holder)
    return found if visit.helper is None else for_helpers(found, visit.helper)


def _beside(visit: Visit, manuscript: Manuscript) -> dict[str, Any]:
    """What stands beside the words: what was kept, consents, notes, links, slides."""
    contribution = visit.contribution
    return {
        "kept": list(contribution.kept_texts.filter(by=visit.user)),
        "clearances": clearances_of(contribution),
        **(_of_speakers(visit) if visit.is_speaker else {}),
        "links": list(contribution.preview_links.open(at=timezone.now())),
        "decks": decks_of(manuscript.draft),
    }


def _of_speakers(visit: Visit) -> dict[str, Any]:
    """What is a speaker's alone: nobody who helps sees or does any of it."""
    contribution = visit.contribution
    consents = consents_of(visit)
    return {
        "consents": consents,
        "may_agree_to_all": sum(row["given"] is None for row in consents) > 1,
        "notes": list(contribution.notes.filter(by=visit.user)),
        "helpers": list(contribution.helpers.filter(ended_at=None).select_related("user", "speaker")),
        "terms": terms_page(contribution),
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
