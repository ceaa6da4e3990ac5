"""A page of each list, read from what is public. None counts what there is: a page costs the same at any length."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from django.db.models import Exists, OuterRef, Q

from events.models import EventPage
from speakers.models import Answer, Ask, Contribution, Organisation, PromiseReply, Speaker

from .. import querysets
from ..answers import spoken_by
from ..records import evenings, names, talks
from ..records.shapes import AnswerRecord, AskRecord, EventRecord, OrganisationRecord, SpeakerRecord, TalkRecord
from .filters import AnswerFilters, EventFilters, GivenFilters, OrganisationFilters, Paging, SpeakerFilters, TalkFilters

type Leaf[R] = tuple[Sequence[R], str]  # what stands on it, and the id to go on after; "" on the last one


def cut(keys: Sequence[int], limit: int) -> tuple[list[int], str]:
    """One more key than was asked for says that there are more."""
    kept = list(keys[:limit])
    return kept, str(kept[-1]) if len(keys) > limit else ""


def event_leaf(chosen: EventFilters) -> Leaf[EventRecord]:
    events = EventPage.objects.public().filter(chosen.fits(), pk__gt=chosen.after or 0)
    if chosen.topic:
        on_topic = querysets.titled_talks().filter(topics__slug=chosen.topic).values("event")
        events = events.filter(pk__in=on_topic)
    if chosen.updated_since:
        changed = querysets.titled_talks().filter(_changed(chosen.updated_since)).values("event")
        events = events.filter(Q(last_published_at__gte=chosen.updated_since) | Q(pk__in=changed))
    keys, after = cut(events.order_by("pk").values_list("pk", flat=True)[: chosen.limit + 1], chosen.limit)
    return evenings.evenings(keys), after


def talk_leaf(chosen: TalkFilters) -> Leaf[TalkRecord]:
    found = querysets.titled_talks().filter(chosen.fits(), pk__gt=chosen.after or 0)
    if chosen.updated_since:
        found = found.filter(_changed(chosen.updated_since))
    keys, after = cut(found.order_by("pk").values_list("pk", flat=True)[: chosen.limit + 1], chosen.limit)
    return [talk.record for talk in talks.told(keys)], after


def _changed(moment: Any) -> Q:
    """Talks whose own words, or released ones of their speakers, changed since."""
    given = Contribution.objects.filter(live=True, last_published_at__gte=moment).values("pk")
    replied = PromiseReply.objects.published().filter(published_at__gte=moment).values("contribution")
    return Q(last_published_at__gte=moment) | Q(contribution__in=given) | Q(contribution__in=replied)


def answer_leaf(chosen: AnswerFilters) -> Leaf[AnswerRecord]:
    """By talk, question and person: each talk that is read has an answer that fits, so a page needs few of them."""
    fitting = spoken_by(Answer.objects.filter(chosen.answers()), chosen.people())
    return _given_leaf(chosen, fitting, lambda talk: sorted(talk.answers, key=lambda answer: numbers(answer.id)))


def ask_leaf(chosen: GivenFilters) -> Leaf[AskRecord]:
    return _given_leaf(chosen, Ask.objects.all(), lambda talk: list(talk.asks))


def _given_leaf(chosen: GivenFilters, fitting: Any, read: Callable[[talks.Told], list[Any]]) -> Leaf[Any]:
    """Rows of contributions. `fitting` are those that may be shown, `read` gives all of a talk's in order."""
    theirs = fitting.filter(contribution=OuterRef("pk"))
    given = querysets.readable(chosen.given() & Q(talk__gte=chosen.start[0])).filter(Exists(theirs))
    # The first of them may be the talk that the last page ended in, and have no more.
    keys = _enough(list(given.order_by("talk").values_list("talk", "pk")[: chosen.limit + 2]), fitting, chosen.limit)
    found = talks.told([talk for talk, _ in keys])
    allowed = _allowed(chosen, fitting, [pk for _, pk in keys])
    records = [row for talk in found for row in read(talk) if numbers(row.id) > chosen.start]
    shown = [row for row in records if allowed is None or row.id in allowed]
    more = len(shown) > chosen.limit
    leaf = shown[: chosen.limit]
    return leaf, leaf[-1].id if more else ""


def _enough(keys: list[tuple[int, int]], fitting: Any, limit: int) -> list[tuple[int, int]]:
    """Of these (talk, contribution) as many as have a page's worth of rows after the first one's. One query."""
    rows = fitting.filter(contribution__in=[pk for _, pk in keys]).order_by()
    counts = Counter(rows.values_list("contribution", flat=True))
    reached = accumulate(counts[pk] for _, pk in keys[1:])
    return keys[:1] + [key for key, count in zip(keys[1:], reached, strict=True) if count - counts[key[1]] <= limit]


def _allowed(chosen: GivenFilters, fitting: Any, contributions: Sequence[int]) -> set[str] | None:
    """The ids of the answers that fit, where not all of a talk's do. One query."""
    if not isinstance(chosen, AnswerFilters) or not (chosen.question or chosen.status or chosen.people()):
        return None
    rows = fitting.filter(contribution__in=contributions).select_related("contribution__talk")
    return {talks.answer_id(row.contribution.talk.pk, row) for row in rows}


def numbers(identifier: str) -> tuple[int, ...]:
    return tuple(map(int, identifier.split("-")))


def speaker_leaf(chosen: SpeakerFilters) -> Leaf[SpeakerRecord]:
    keys = _beyond(names.speaker_keys(), chosen)
    if chosen.updated_since:
        changed = Speaker.objects.public().filter(last_published_at__gte=chosen.updated_since)
        keys = sorted(set(keys) & set(changed.values_list("pk", flat=True)))
    kept, after = cut(keys, chosen.limit)
    return names.speakers(kept), after


def organisation_leaf(chosen: OrganisationFilters) -> Leaf[OrganisationRecord]:
    keys = _beyond(names.organisation_keys(), chosen)
    if chosen.kind:
        fitting = Organisation.objects.filter(kind=chosen.kind).values_list("pk", flat=True)
        keys = sorted(set(keys) & set(fitting))
    kept, after = cut(keys, chosen.limit)
    return names.organisations(kept), after


def short_leaf[R](rows: Sequence[R], chosen: Paging) -> Leaf[R]:
    """Of a list that is short: hosts, topics, questions."""
    keyed: dict[int, Any] = {row.id: row for row in rows}  # type: ignore[attr-defined]
    kept, after = cut(_beyond(sorted(keyed), chosen), chosen.limit)
    return [keyed[key] for key in kept], after


def _beyond(keys: Sequence[int], chosen: Paging) -> list[int]:
    return [key for key in keys if key > (chosen.after or 0)]


# One of each


def one_answer(identifier: str) -> list[AnswerRecord]:
    return [row for talk in _talk_of(identifier) for row in talk.answers if row.id == identifier]


def one_ask(identifier: str) -> list[AskRecord]:
    return [row for talk in _talk_of(identifier) for row in talk.asks if row.id == identifier]


def _talk_of(identifier: str) -> list[talks.Told]:
    return talks.told(public_keys([numbers(identifier)[0]]))


def public_keys(keys: Sequence[int]) -> list[int]:
    return list(querysets.titled_talks().filter(pk__in=keys).values_list("pk", flat=True))


def speaker_named(name: str) -> list[int]:
    """The key of a speaker with a page, by it or by the name in their address."""
    return _known(Speaker.objects.public(), name, names.speaker_keys())


def organisation_named(name: str) -> list[int]:
    return _known(Organisation.objects.all(), name, names.organisation_keys())


def _known(rows: Any, name: str, keys: Sequence[int]) -> list[int]:
    """A number is an id first, and a name where no row has that id."""
    if name.isdecimal() and int(name) in keys:
        return [int(name)]
    found = rows.filter(slug=name).values_list("pk", flat=True).first()
    return [found] if found in keys else []
