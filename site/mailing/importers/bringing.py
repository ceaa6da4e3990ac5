"""Lines of a file compared with the list, and put on it in short steps, so that nobody who signs up has to wait.

A step is one transaction, and it writes down how far it came: whoever goes on after a worker's death begins there.
"""

import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..actions import write_message
from ..enums import ConsentMeans, ListWay, SubscriberState, Urgency
from ..models import AddressList, OutgoingMail, Subscriber, SubscriberConsent, Suppression, Wording
from ..models.subscribers import PURPOSE
from ..models.suppressions import address_hash
from ..subscriptions import filling_for, wordings, words_for
from ..wording import wording_of
from .lines import Line, decode, from_json, read, to_json

AT_ONCE = 1000
# What a press on the button does itself; the worker does the rest, so much each minute.
STEPS_AT_ONCE, STEPS_A_MINUTE = 2, 10
# An invitation asks: it floods neither a mail server nor the people of one organisation.
INVITATIONS_AN_HOUR = 1000
# What a line comes to.
NEW, WAITING, HERE, LEFT, SUPPRESSED, TWICE = "new", "waiting", "here", "left", "suppressed", "twice"


class AlreadyWanted(Exception):
    """This list was brought in before, or is too old."""


def keep(*, content: bytes, filename: str, way: ListWay, by: Any, at: dt.datetime) -> AddressList:
    """Check a file and keep it to be looked at; nobody is on the list yet.

    Raises:
        Faulty: something is wrong with it; nothing is kept.
    """
    lines = read(decode(content), way=way, today=timezone.localdate(at))
    once, outcome = _once(lines), Counter[str]()
    for batch in batched(once, AT_ONCE):
        outcome.update(fate for _, fate in fates(batch))
    outcome[TWICE] = len(lines) - len(once)
    return AddressList.objects.create(
        filename=filename[:200],
        content=zlib.compress(json.dumps([to_json(line) for line in once]).encode()),
        way=way,
        by=by,
        made_at=at,
        outcome=dict(outcome),
        line_count=len(once),
    )


def _once(lines: list[Line]) -> list[Line]:
    """Each address once; its first line counts."""
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.address, line)
    return list(first.values())


def fates(lines: Iterable[Line]) -> list[tuple[Line, str]]:
    """What each line comes to, as the list is now."""
    hashes = {line.address: address_hash(line.address) for line in lines}
    states = dict(Subscriber.objects.filter(address__in=hashes).values_list("address", "state"))
    suppressed = set(Suppression.objects.filter(hash__in=hashes.values()).values_list("hash", flat=True))
    return [(line, _fate(states.get(line.address), hashes[line.address] in suppressed)) for line in lines]


def _fate(state: str | None, is_suppressed: bool) -> str:
    if is_suppressed:
        return SUPPRESSED
    by_state = {SubscriberState.PENDING: WAITING, SubscriberState.ACTIVE: HERE, SubscriberState.LEFT: LEFT}
    return by_state[SubscriberState(state)] if state else NEW


@transaction.atomic
def want(*, address_list: AddressList, at: dt.datetime) -> None:
    """An organiser says yes to a list they looked at; `go_on` does it.

    Raises:
        AlreadyWanted: they did before, or it is too old.
    """
    address_list = AddressList.objects.select_for_update().get(pk=address_list.pk)
    if address_list.wanted_at is not None or not address_list.content:
        raise AlreadyWanted
    address_list.wanted_at = at
    address_list.outcome = {TWICE: address_list.outcome.get(TWICE, 0)}
    address_list.save(update_fields=["wanted_at", "outcome"])


def go_on(*, address_list: AddressList, at: dt.datetime, steps: int) -> None:
    """Put a wanted list's next lines on the list, or ask them. Called again, and by several, it goes on from there.

    With proof they are on the list at once, and so is who had not confirmed yet. Without, each gets one mail that
    asks, a thousand an hour. Whoever left or is suppressed is never touched. At the end the file's content goes.
    """
    if not address_list.content:
        return
    lines = [from_json(row) for row in json.loads(zlib.decompress(bytes(address_list.content)))]
    for _ in range(steps):
        if _step(address_list.pk, lines, at):
            return


def bring_in_wanted() -> None:
    """What the worker does each minute."""
    for address_list in AddressList.objects.filter(applied_at=None).exclude(wanted_at=None).order_by("wanted_at"):
        go_on(address_list=address_list, at=timezone.now(), steps=STEPS_A_MINUTE)


@transaction.atomic
def _step(pk: int, lines: list[Line], at: dt.datetime) -> bool:
    """Bring in the next lines; says whether that was the end."""
    address_list = AddressList.objects.select_for_update().get(pk=pk)
    if address_list.wanted_at is None or address_list.applied_at is not None:
        return True
    found = fates(lines[address_list.lines_done : address_list.lines_done + AT_ONCE])
    new = [line for line, fate in found if fate == NEW]
    if address_list.way == ListWay.PROOF:
        _with_proof(new, [line for line, fate in found if fate == WAITING], at)
    else:
        _with_invitation(new, address_list)
    address_list.outcome = dict(Counter(address_list.outcome) + Counter(fate for _, fate in found))
    address_list.lines_done += len(found)
    if is_done := address_list.lines_done >= len(lines):
        address_list.applied_at, address_list.content = at, b""
    address_list.save(update_fields=["outcome", "lines_done", "applied_at", "content"])
    return is_done


def _with_proof(new: list[Line], waiting: list[Line], at: dt.datetime) -> None:
    rows = wordings(line.wording for line in [*new, *waiting])
    made = Subscriber.objects.bulk_create(
        Subscriber.new(
            address=line.address,
            page=line.source,
            created_at=at,
            state=SubscriberState.ACTIVE,
            confirmed_at=line.agreed_at,
        )
        for line in new
    )
    known = Subscriber.objects.in_bulk([line.address for line in waiting], field_name="address")
    SubscriberConsent.objects.waiting().filter(subscriber__in=known.values()).delete()
    for line in waiting:
        known[line.address].state, known[line.address].confirmed_at = SubscriberState.ACTIVE, line.agreed_at
    Subscriber.objects.bulk_update(known.values(), ["state", "confirmed_at"])
    _agree([*zip(made, new, strict=True), *((known[line.address], line) for line in waiting)], rows)


def _agree(pairs: Iterable[tuple[Subscriber, Line]], rows: dict[str, Wording]) -> None:
    SubscriberConsent.objects.bulk_create(
        SubscriberConsent(
            subscriber=subscriber,
            heading=heading,
            wording=rows[line.wording],
            page=line.source,
            means=ConsentMeans.CSV,
            asked_at=line.agreed_at,
            confirmed_at=line.agreed_at,
        )
        for subscriber, line in pairs
        for heading in line.headings
    )


def _with_invitation(new: list[Line], address_list: AddressList) -> None:
    page = f"List {address_list.pk}, brought in by the organisers"
    rows = wordings(wording_of(heading) for line in new for heading in line.headings)
    made = Subscriber.objects.bulk_create(
        Subscriber.new(address=line.address, page=page, created_at=address_list.wanted_at) for line in new
    )
    pace, asked_before = dt.timedelta(hours=1) / INVITATIONS_AN_HOUR, address_list.outcome.get(NEW, 0)
    asked = [
        (subscriber, line, subscriber.created_at + pace * (asked_before + i))
        for i, (subscriber, line) in enumerate(zip(made, new, strict=True))
    ]
    SubscriberConsent.objects.bulk_create(
        SubscriberConsent(
            subscriber=subscriber,
            heading=heading,
            wording=rows[wording_of(heading)],
            page=page,
            means=ConsentMeans.INVITATION,
            asked_at=moment,
        )
        for subscriber, line, moment in asked
        for heading in line.headings
    )
    _invite(asked)


def _invite(asked: list[tuple[Subscriber, Line, dt.datetime]]) -> None:
    messages = {
        headings: write_message(template="mailing/email/invite", context=words_for(headings))
        for headings in {line.headings for _, line, _ in asked}
    }
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            message=messages[line.headings],
            recipient=subscriber.address,
            filling=filling_for(subscriber, at=moment),
            purpose=f"{PURPOSE}invite:{subscriber.pk}",
            urgency=Urgency.NEWS,
            due_at=moment,
            made_at=subscriber.created_at,
        )
        for subscriber, line, moment in asked
    )
