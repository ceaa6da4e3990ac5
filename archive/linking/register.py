"""The register follows what is public: after each change of an evening, and by a sweep for what was left behind."""

import datetime as dt
import logging
from collections.abc import Iterable
from functools import partial
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.models import EventPage
from pages.cache import bump
from speakers.enums import LinkKind

from ..models import Link, Mention
from ..searching.door import events_of
from .finding import Found, host_of, key_of, links_of

logger = logging.getLogger(__name__)
CHUNK = 100
A_SWEEP = 50
ROUNDS = 1440  # sweeps until every evening had its turn: a day


def changed(row: Any) -> None:
    """Something came through the one door: the evenings that tell of it are read anew once that is committed."""
    keys = sorted(set(events_of(row)))
    if keys:
        transaction.on_commit(partial(refresh, keys[:CHUNK]), robust=True)


def refresh(keys: Iterable[int]) -> int:
    """Let the register say where these evenings name what. Returns how many places were added or taken away."""
    moved = sum(_refresh(chunk) for chunk in batched(dict.fromkeys(keys), CHUNK))
    if moved:
        bump()
    return moved


@transaction.atomic
def _refresh(keys: tuple[int, ...]) -> int:
    # An evening's page is the lock: two that read it anew at once would both add the same places.
    list(EventPage.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
    found = {one.place: one for one in links_of(keys)}
    rows = Mention.objects.filter(event__in=keys).select_related("link")
    known = {(row.link.key, row.event_id, row.talk_id): row for row in rows}
    gone = [row for place, row in known.items() if place not in found]
    new = [one for place, one in found.items() if place not in known]
    told = [row for place, row in known.items() if place in found and _retell(row, found[place])]
    Mention.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Mention.objects.bulk_update(told, ("label", "kind"))
    links = _links(new)
    Mention.objects.bulk_create(
        [Mention(link=links[key_of(one.url)], event=one.event, talk=one.talk, **_words(one)) for one in new],
        ignore_conflicts=True,
    )
    _tell({row.link_id for row in (*gone, *told)} | {link.pk for link in links.values()})
    return len(gone) + len(new)


def _words(one: Found) -> dict[str, str]:
    return {"label": one.label, "kind": one.kind}


def _retell(row: Mention, one: Found) -> bool:
    """Whether it is called something else now; the row is changed, not saved."""
    differs = (row.label, row.kind) != (one.label, one.kind)
    row.label, row.kind = one.label, one.kind
    return differs


def _links(found: Iterable[Found]) -> dict[str, Link]:
    """A row for each address, by its key; made where there is none."""
    urls = {key_of(one.url): one.url for one in found}
    at = timezone.now()
    rows = [Link(url=url, key=key, host=host_of(url), due_at=at) for key, url in urls.items()]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    return {link.key: link for link in Link.objects.filter(key__in=urls)}


def _tell(keys: Iterable[int]) -> None:
    """What a link is called, what it is and how new: as the newest evening has it that names it."""
    links = Link.objects.filter(pk__in=list(keys))
    newest: dict[int, dt.datetime] = dict(
        links.filter(mentions__isnull=False).values_list("pk").annotate(newest=Max("mentions__event__starts_at"))
    )
    mentions: dict[int, list[Mention]] = {}
    rows = Mention.objects.filter(link__in=newest).select_related("event").order_by("-event__starts_at", "pk")
    for row in rows:
        mentions.setdefault(row.link_id, []).append(row)
    changed = list(links)
    for link in changed:
        theirs = mentions.get(link.pk, [])
        link.named_at = newest.get(link.pk)
        link.kind = next((row.kind for row in theirs if row.kind != LinkKind.OTHER), LinkKind.OTHER)
        link.label = next((row.label for row in theirs), link.label)
    Link.objects.bulk_update(changed, ("named_at", "kind", "label"), batch_size=200)


def sweep() -> int:
    """The minute's job: mend what a crash left behind, some evenings at a time. Returns how many places differed."""
    newest = EventPage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    a_round = max(A_SWEEP, newest // ROUNDS + 1)
    rounds = max(1, newest // a_round + 1)
    turn = int(timezone.now().timestamp() // 60) % rounds
    keys = EventPage.objects.filter(pk__gt=turn * a_round, pk__lte=(turn + 1) * a_round).order_by("pk")
    mended = refresh(keys.values_list("pk", flat=True))
    if mended:
        logger.info("The register of links was mended in %s places.", mended)
    return mended
