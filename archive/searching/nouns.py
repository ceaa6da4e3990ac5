"""People, organisations, topics, hosts and the standard questions as things to find: those with a page for readers."""

import datetime as dt
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django.db.models import F, Max
from django.urls import reverse

from events.enums import FREES_A_SLOT
from events.models import EventPage, TalkPage, TalkSpeaker, Topic
from speakers.models import Organisation, Speaker

from .. import querysets, questions
from ..models import Kind
from ..querysets import talk_counts
from .documents import Document, plain


def people(keys: Iterable[int]) -> list[Document]:
    """Those with a public talk, or in the chair of a public evening; under every name they show. Six queries."""
    wanted = list(keys)
    spoke = dict(_newest(TalkSpeaker.objects.filter(speaker__in=wanted), "speaker"))
    led = _newest_evenings("chair", wanted)
    roles = _newest_roles(wanted)
    found = Speaker.objects.public().filter(pk__in={*spoke, *led}).prefetch_related("aliases")
    return [
        Document(
            kind=Kind.PERSON,
            source=person.pk,
            owner=f"person {person.pk}",
            url=person.get_absolute_url(),
            title=person.name,
            text=plain(person.biography),
            who=roles.get(person.pk, ""),
            day=max(day for day in (spoke.get(person.pk), led.get(person.pk)) if day),
            also="\n".join(alias.name for alias in person.aliases.all() if alias.public),
        )
        for person in found
    ]


def organisations(keys: Iterable[int]) -> list[Document]:
    """Those with a public talk, or a part that has one; under every name they ever had. Seven queries at most."""
    wanted = _with_those_above(set(keys))
    counts = talk_counts("talk_speakers__organisation")
    shown = _with_those_above(set(counts)) & wanted
    days = dict(_newest(TalkSpeaker.objects.filter(organisation__in=shown), "organisation"))
    found = Organisation.objects.filter(pk__in=shown).prefetch_related("former_names", "formerly", "became")
    return [
        Document(
            kind=Kind.ORGANISATION,
            source=organisation.pk,
            owner=f"organisation {organisation.pk}",
            url=organisation.get_absolute_url(),
            title=organisation.name,
            text=_formerly(organisation),
            who=str(organisation.get_kind_display()),
            day=days.get(organisation.pk),
            also="\n".join(filter(None, (organisation.short_name, *map(str, organisation.former_names.all())))),
            facets=frozenset({f"kind-{organisation.kind}", f"organisation-{organisation.slug}"}),
        )
        for organisation in found
    ]


def topics(keys: Iterable[int]) -> list[Document]:
    """Those with a talk that takes a slot of a public evening. Three queries."""
    talks = TalkPage.objects.public().exclude(state__in=FREES_A_SLOT).filter(topics__in=list(keys)).order_by()
    rows = talks.values_list("topics").annotate(at=Max("event__starts_at"), zone=F("event__series__time_zone"))
    days = {key: _day(at, zone) for key, at, zone in rows}
    return [
        Document(
            kind=Kind.TOPIC,
            source=topic.pk,
            owner=f"topic {topic.pk}",
            url=topic.get_absolute_url(),
            title=topic.name,
            text=topic.description,
            day=days[topic.pk],
            facets=frozenset({f"topic-{topic.slug}"}),
        )
        for topic in Topic.objects.filter(pk__in=days)
    ]


def hosts(keys: Iterable[int]) -> list[Document]:
    """Those of a public series or evening. Two queries."""
    wanted = list(keys)
    days = _newest_evenings("host", wanted)
    return [
        Document(
            kind=Kind.HOST,
            source=host.pk,
            owner=f"host {host.pk}",
            url=host.get_absolute_url(),
            title=host.name,
            text=plain(host.about),
            day=days.get(host.pk),
            facets=frozenset({f"host-{host.slug}"}),
        )
        for host in querysets.hosts().filter(pk__in=wanted)
    ]


def standard_questions(keys: Iterable[int]) -> list[Document]:
    """Those with a page, under former wordings too."""
    wanted = set(keys)
    return [
        Document(
            kind=Kind.STANDARD,
            source=listed.question.pk,
            owner=f"standard {listed.question.pk}",
            url=reverse("question", args=[listed.question.slug]),
            title=listed.question.text,
            who=listed.tally.words.capitalize(),
            also="\n".join([listed.question.short_name, *listed.question.wordings()[1:]]),
        )
        for listed in questions.in_order()
        if listed.question.pk in wanted
    ]


# How the rows of each are made, by the first word of their owner.
MAKERS: dict[str, Callable[[Iterable[int]], list[Document]]] = {
    "person": people,
    "organisation": organisations,
    "topic": topics,
    "host": hosts,
    "standard": standard_questions,
}


def _day(at: dt.datetime, zone: str) -> dt.date:
    return at.astimezone(ZoneInfo(zone)).date()


def _newest_evenings(field: str, keys: list[int]) -> dict[int, dt.date]:
    """The day of the newest public evening of each; `field` is where an evening names them. One query."""
    rows = EventPage.objects.public().filter(**{f"{field}__in": keys}).order_by().values_list(field)
    told = rows.annotate(at=Max("starts_at"), zone=F("series__time_zone"))
    return {key: _day(at, zone) for key, at, zone in told}


def _newest(rows: "TalkSpeaker | object", field: str) -> Iterable[tuple[int, dt.date]]:
    """(key, the day of the newest public talk) of each; withdrawn talks have a page and count as well."""
    public = rows.filter(talk__in=TalkPage.objects.public()).order_by()  # type: ignore[union-attr, attr-defined]
    told = public.values_list(field).annotate(
        at=Max("talk__event__starts_at"), zone=Max("talk__event__series__time_zone")
    )
    return [(key, _day(at, zone)) for key, at, zone in told if key is not None]


def _newest_roles(keys: Iterable[int]) -> dict[int, str]:
    """ "Head of Maps, Board of Tides": what each was when they last spoke."""
    rows = TalkSpeaker.objects.filter(speaker__in=list(keys), talk__in=TalkPage.objects.public())
    rows = rows.select_related("organisation").prefetch_related("organisation__former_names")
    days = rows.annotate(at=F("talk__event__starts_at"), zone=F("talk__event__series__time_zone"))
    found = {}
    for row in days.order_by("at", "pk"):
        named = row.organisation.name_on(_day(row.at, row.zone)) if row.organisation else ""
        found[row.speaker_id] = ", ".join(filter(None, (row.role, named)))
    return found


def _with_those_above(keys: set[int]) -> set[int]:
    """Organisations, and all that they are parts of: a page of a department shows its agencies. One query."""
    parents = dict(Organisation.objects.order_by().values_list("pk", "parent"))
    found: set[int] = set()
    for key in keys:
        above: int | None = key
        while above is not None and above not in found and above in parents:
            found.add(above)
            above = parents[above]
    return found


def _formerly(organisation: Organisation) -> str:
    """ "Formerly Office of Tides. Now part of Board of Waters."."""
    names = [name.name for name in organisation.former_names.all()]
    names += [other.name for other in organisation.formerly.all()]
    told = [f"Formerly {', '.join(dict.fromkeys(names))}."] if names else []
    return " ".join([*told, f"It became {organisation.became.name}." if organisation.became else ""]).strip()
