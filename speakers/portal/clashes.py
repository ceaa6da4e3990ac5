"""Two people changed the same field: both texts side by side, and what came of it."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from ..fields import ROW_KINDS, Field, RowKind, RowList, digest, rows_in
from ..notices import name_of
from ..saving import Clash, Saved, Typed, stamp
from .visits import Visit

MINE, THEIRS, BOTH = "mine", "theirs", "both"


def clash_page(visit: Visit, saved: Saved) -> dict[str, Any]:
    """The fields, each with both texts. Sending it again settles them, unless somebody changed one once more."""
    latest = visit.contribution.latest_revision
    parts = saved.manuscript.parts
    return {
        "visit": visit,
        "talk": visit.talk,
        "title": name_of(saved.manuscript.draft),
        "who": latest.user if latest else None,
        "is_me": bool(latest and latest.user_id == visit.user.pk),
        "when": latest.created_at.astimezone(visit.talk.event.zone) if latest else None,
        "revision": stamp(saved.revision),
        "page_key": visit.request.POST.get("page", "") or secrets.token_hex(8),
        "clashes": [side_by_side(clash, parts[clash.name]) for clash in saved.clashes],
    }


def side_by_side(clash: Clash, part: Field | RowList) -> dict[str, Any]:
    return {
        "name": clash.name,
        "label": clash.label,
        "mine": clash.mine,
        "theirs": clash.theirs,
        "mine_reads": part.readable(clash.mine),
        "theirs_reads": part.readable(clash.theirs),
        "digest": digest(clash.theirs),
        "can_join": not (isinstance(part, Field) and part.kind == "choice"),
    }


def chosen(post: QueryDict, typed: Typed, *, kinds: Mapping[str, RowKind] = ROW_KINDS) -> Typed:
    """A settled clash as if it had been typed: ours, theirs (nothing to do), or both in one."""
    if not (names := post.getlist("settles")):
        return typed
    values, lists = dict(typed.values), list(typed.lists)
    for name in names:
        choice, mine, theirs = (post.get(f"{part}:{name}", "") for part in ("choice", "mine", "theirs"))
        value = mine if choice == MINE else theirs if choice == THEIRS else _both(name, mine, theirs, kinds)
        if name in kinds:
            values |= cells_of(name, value)
            lists.append(name)
        else:
            values[name] = value
    return replace(typed, values=values, lists=tuple(lists))


def _both(name: str, mine: str, theirs: str, kinds: Mapping[str, RowKind]) -> str:
    part: Any = RowList(name, kinds[name]) if name in kinds else Field(name, "", kind=_kind(name))
    return str(part.joined(mine, theirs))


def _kind(name: str) -> str:
    return (
        "rich"
        if name.startswith(("answer-", "biography"))
        else "text"
        if name in ("teaser", "introduction")
        else "line"
    )


def cells_of(name: str, value: str) -> dict[str, str]:
    """The rows of a list as a form sends them."""
    return {f"{name}-{at}-{cell}": str(text) for at, row in enumerate(rows_in(value)) for cell, text in row.items()}
