"""What stands around the answers: links, what is asked of the room, promises and what became of them, corrections."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Prefetch, Q

from events.conversation import ENGLISH, fragment, language_in_words, promises_of
from events.models import EventCorrection, EventPage, TalkCorrection, TalkPage
from events.players import host_name
from pages.english import short_day
from speakers.enums import LinkKind
from speakers.models import Contribution, PromiseReply, TalkLink

from .. import querysets
from ..models import Kind
from .documents import Document, Evenings, facets_of, owner_of, told


def around(evenings: Evenings) -> Iterator[Document]:
    """Each with the address at which it stands in its talk. Seven queries whatever the number of evenings."""
    replies = PromiseReply.objects.published().select_related("speaker__merged_into")
    given = querysets.readable(Q(talk__in=evenings.talks)).annotate(talk_key=F("talk"))
    rows = ("links", "asks", "promises", Prefetch("promise_replies", replies, to_attr="what_happened_next"))
    for contribution in given.prefetch_related(*rows).order_by("pk"):
        talk = evenings.talks[contribution.talk_key]
        yield from _asks(contribution, talk, evenings)
        yield from _promises(contribution, talk, evenings)
        yield from _links(contribution, talk, evenings)
    yield from _corrections(evenings)


def _in(talk: TalkPage, evenings: Evenings, at: str, *, day: dt.date | None = None) -> dict[str, Any]:
    """Where something stands in a talk: at a place of its page, and of another day than the evening's."""
    event, page = evenings.events[talk.event_id], evenings.addresses.of(talk)
    return {
        "owner": owner_of(event.pk),
        "url": f"{page}#{at}",
        "place": f"{talk.title}, {evenings.label(event)}",
        "place_url": page,
        "day": day or event.local_start.date(),
        "facets": facets_of(event, evenings.people[talk.pk], talk),
    }


def _asks(given: Contribution, talk: TalkPage, evenings: Evenings) -> Iterator[Document]:
    who = "; ".join(map(told, evenings.people[talk.pk]))
    for place, ask in enumerate(given.asks.all()):  # type: ignore[attr-defined]
        where = _in(talk, evenings, fragment("ask", place))
        yield Document(kind=Kind.ASK, source=ask.pk, title=ask.text, who=who, **where)


def _promises(given: Contribution, talk: TalkPage, evenings: Evenings) -> Iterator[Document]:
    """And the replies, to promises in words that are no longer there too: those stand in the page themselves."""
    who = "; ".join(map(told, evenings.people[talk.pk]))
    promises = list(given.promises.all())  # type: ignore[attr-defined]
    for place, promise in enumerate(promises):
        where = _in(talk, evenings, fragment("promise", place))
        yield Document(kind=Kind.PROMISE, source=promise.pk, title=promise.text, who=who, **where)
    for place, promised in enumerate(promises_of(given)):
        for reply in promised.replies:
            yield Document(
                kind=Kind.REPLY,
                source=reply.pk,
                title=promised.text,
                text=reply.words,
                who=_said_by(reply),
                also=promised.text if place >= len(promises) else "",
                **_in(talk, evenings, promised.fragment, day=reply.replied_on),
            )


def _said_by(reply: PromiseReply) -> str:
    """ "Done, says Ada Vale"."""
    outcome = str(reply.get_outcome_display())
    speaker = reply.speaker and (reply.speaker.merged_into or reply.speaker)
    return f"{outcome}, says {speaker.name}" if speaker else outcome


def _links(given: Contribution, talk: TalkPage, evenings: Evenings) -> Iterator[Document]:
    for place, link in enumerate(given.links.all()):  # type: ignore[attr-defined]
        where = _in(talk, evenings, fragment("link", place))
        yield Document(kind=Kind.LINK, source=link.pk, title=link.label, who=_what_it_is(link), **where)


def _what_it_is(link: TalkLink) -> str:
    """ "Report or paper, in Welsh, example.org"."""
    kind = "" if link.kind == LinkKind.OTHER else str(link.get_kind_display())
    language = "" if link.language in ("", ENGLISH) else f"in {language_in_words(link)}"
    return ", ".join(filter(None, (kind, language, host_name(link.url))))


def _corrections(evenings: Evenings) -> Iterator[Document]:
    """All of a page are one thing to find: their rows are made anew each time it is published."""
    of_talks = TalkCorrection.objects.filter(talk__in=evenings.talks).order_by("talk", "-made_on", "sort_order")
    of_evenings = EventCorrection.objects.filter(event__in=evenings.events).order_by("event", "-made_on", "sort_order")
    found: dict[int, list[TalkCorrection | EventCorrection]] = {}
    for row in of_talks:
        found.setdefault(row.talk_id, []).append(row)
    for row in of_evenings:
        found.setdefault(row.event_id, []).append(row)
    for key, rows in found.items():
        yield _corrected(evenings.talks.get(key) or evenings.events[key], rows, evenings)


def _corrected(page: TalkPage | EventPage, rows: Iterable[Any], evenings: Evenings) -> Document:
    talk = page if isinstance(page, TalkPage) else None
    event = evenings.events[talk.event_id] if talk else page
    corrections = list(rows)
    return Document(
        kind=Kind.CORRECTION,
        source=page.pk,
        owner=owner_of(event.pk),
        url=f"{evenings.addresses.of(page)}#corrected",
        title=page.title,
        text=" ".join(f"Corrected on {short_day(row.made_on)}: {row.text}" for row in corrections),
        place=evenings.label(event),
        place_url=evenings.addresses.of(event),
        day=corrections[0].made_on,
        facets=facets_of(event, evenings.people[talk.pk] if talk else (), talk),
    )
