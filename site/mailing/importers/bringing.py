"""Lines of a file compared with the list, and put on it: all of them or none."""

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
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
from .lines import Line, decode, read

AT_ONCE = 1000
# An invitation asks: it floods neither a mail server nor the people of one organisation.
INVITATIONS_AN_HOUR = 1000
# What a line comes to → what is said of it.
NEW, WAITING, HERE, LEFT, SUPPRESSED, TWICE = "new", "waiting", "here", "left", "suppressed", "twice"


class AlreadyApplied(Exception):
    """This list was brought in before, or is too old."""


def keep(*, content: bytes, filename: str, way: ListWay, by: Any, at: dt.datetime) -> AddressList:
    """Check a file and keep it to be looked at; nobody is on the list yet.

    Raises:
        Faulty: something is wrong with it; nothing is kept.
    """
    text = decode(content)
    lines = read(text, way=way, today=timezone.localdate(at))
    outcome = dict(Counter(fate for _, fate in fates(lines)))
    kept = zlib.compress(text.encode())
    return AddressList.objects.create(
        filename=filename[:200], content=kept, way=way, by=by, made_at=at, outcome=outcome
    )


def fates(lines: Iterable[Line]) -> Iterator[tuple[Line, str]]:
    """What each line comes to, as the list is now."""
    seen: set[str] = set()
    for batch in batched(lines, AT_ONCE):
        addresses = {line.address: address_hash(line.address) for line in batch}
        states = dict(Subscriber.objects.filter(address__in=addresses).values_list("address", "state"))
        hashes = addresses.values()
        suppressed = set(Suppression.objects.filter(hash__in=hashes).values_list("hash", flat=True))
        for line in batch:
            fate = _fate(states.get(line.address), addresses[line.address] in suppressed)
            yield line, TWICE if line.address in seen else fate
            seen.add(line.address)


def _fate(state: str | None, is_suppressed: bool) -> str:
    if is_suppressed:
        return SUPPRESSED
    by_state = {SubscriberState.PENDING: WAITING, SubscriberState.ACTIVE: HERE, SubscriberState.LEFT: LEFT}
    return by_state[SubscriberState(state)] if state else NEW


@transaction.atomic
def bring_in(*, address_list: AddressList, at: dt.datetime) -> dict[str, int]:
    """Put a list's new addresses on the list, or ask them; returns how many lines came to what.

    With proof they are on the list at once, and so is who had not confirmed yet. Without, each gets one mail that
    asks, a thousand an hour. Whoever left or is suppressed is never touched. The file's content goes.

    Raises:
        AlreadyApplied: it was done before.
        Faulty: a rule has changed since the file was looked at.
    """
    address_list = AddressList.objects.select_for_update().get(pk=address_list.pk)
    if address_list.applied_at is not None or not address_list.content:
        raise AlreadyApplied
    way = ListWay(address_list.way)
    text = zlib.decompress(bytes(address_list.content)).decode()
    found = list(fates(read(text, way=way, today=timezone.localdate(at))))
    new = [line for line, fate in found if fate == NEW]
    if way == ListWay.PROOF:
        _with_proof(new, [line for line, fate in found if fate == WAITING], at)
    else:
        _with_invitation(new, address_list, at)
    address_list.outcome = dict(Counter(fate for _, fate in found))
    address_list.applied_at, address_list.content = at, b""
    address_list.save(update_fields=["outcome", "applied_at", "content"])
    return address_list.outcome


def _with_proof(new: list[Line], waiting: list[Line], at: dt.datetime) -> None:
    rows = wordings(line.wording for line in [*new, *waiting])
    for batch in batched(new, AT_ONCE):
        made = Subscriber.objects.bulk_create(
            Subscriber.new(
                address=line.address,
                page=line.source,
                created_at=at,
                state=SubscriberState.ACTIVE,
                confirmed_at=line.agreed_at,
            )
            for line in batch
        )
        _agree(zip(made, batch, strict=True), rows)
    for batch in batched(waiting, AT_ONCE):
        known = Subscriber.objects.in_bulk([line.address for line in batch], field_name="address")
        SubscriberConsent.objects.waiting().filter(subscriber__in=known.values()).delete()
        for line in batch:
            known[line.address].state = SubscriberState.ACTIVE
            known[line.address].confirmed_at = line.agreed_at
        Subscriber.objects.bulk_update(known.values(), ["state", "confirmed_at"])
        _agree(((known[line.address], line) for line in batch), rows)


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


def _with_invitation(new: list[Line], address_list: AddressList, at: dt.datetime) -> None:
    page = f"List {address_list.pk}, brought in by the organisers"
    chosen = {line.headings for line in new}
    rows = wordings(wording_of(heading) for headings in chosen for heading in headings)
    messages = {
        headings: write_message(template="mailing/email/invite", context=words_for(headings)) for headings in chosen
    }
    step = dt.timedelta(hours=1) / INVITATIONS_AN_HOUR
    for number, batch in enumerate(batched(new, AT_ONCE)):
        moments = [at + step * (number * AT_ONCE + i) for i in range(len(batch))]
        made = Subscriber.objects.bulk_create(
            Subscriber.new(address=line.address, page=page, created_at=moment)
            for line, moment in zip(batch, moments, strict=True)
        )
        SubscriberConsent.objects.bulk_create(
            SubscriberConsent(
                subscriber=subscriber,
                heading=heading,
                wording=rows[wording_of(heading)],
                page=page,
                means=ConsentMeans.INVITATION,
                asked_at=subscriber.created_at,
            )
            for subscriber, line in zip(made, batch, strict=True)
            for heading in line.headings
        )
        OutgoingMail.objects.bulk_create(
            OutgoingMail(
                message=messages[line.headings],
                recipient=subscriber.address,
                filling=filling_for(subscriber, at=subscriber.created_at),
                purpose=f"{PURPOSE}invite:{subscriber.pk}",
                urgency=Urgency.NEWS,
                due_at=subscriber.created_at,
                made_at=at,
            )
            for subscriber, line in zip(made, batch, strict=True)
        )
