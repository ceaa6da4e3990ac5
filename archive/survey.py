"""One look over all answers to a question: how many at which evening, and what they can be narrowed by.

Asking the database for each of these apart would test every answer for its release six times.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from events.models import EventPage, Host, TalkPage, TalkSpeaker, Topic
from pages.cache import remember
from speakers.enums import OrganisationKind
from speakers.models import Organisation, StandardQuestion

from . import querysets

Option = tuple[str, str]  # the value in the address, and its words
Options = dict[str, list[Option]]  # by the name in the address


@dataclass(frozen=True, slots=True)
class Survey:
    """`evenings` are (key, answers), newest first; `options` have only what at least one answer fits."""

    evenings: list[tuple[int, int]]
    options: Options
    organisations: int  # whose people answered; with their departments there are more to choose from

    @property
    def answers(self) -> int:
        return sum(count for _, count in self.evenings)

    @property
    def years(self) -> list[int]:
        """Those with an answer, newest first."""
        return [int(year) for year, _ in self.options["year"]]


def survey(question: StandardQuestion) -> Survey:
    """Seven queries, remembered."""
    return remember(f"survey.{question.pk}", lambda: _survey(question))


def _survey(question: StandardQuestion) -> Survey:
    columns = ("contribution__talk", "contribution__talk__event", "joint", "speaker")
    rows = list(querysets.given_answers(question).values_list(*columns))
    counts = Counter(event for _, event, *_ in rows)
    events = EventPage.objects.public().newest_first()
    told = events.values_list("pk", "starts_at", "series__time_zone", "host")
    held = [row for row in told if row[0] in counts]
    organisations = _organisations({(talk, None if joint else speaker) for talk, _, joint, speaker in rows})
    kinds = {kind for *_, kind in organisations}
    talks = {talk for talk, *_ in rows}
    named = TalkPage.topics.through.objects.values_list("talkpage", "topic")
    return Survey(
        evenings=[(key, counts[key]) for key, *_ in held],
        options={
            "year": [(str(year), str(year)) for year in _years((at, zone) for _, at, zone, _ in held)],
            "kind": [(kind, str(OrganisationKind(kind).label)) for kind in OrganisationKind.values if kind in kinds],
            "organisation": _with_above(organisations),
            "topic": _names(Topic, {topic for talk, topic in named if talk in talks}),
            "host": _names(Host, {host for *_, host in held}),
        },
        organisations=len(organisations),
    )


def _organisations(voices: set[tuple[int, int | None]]) -> list[tuple[int, str]]:
    """(key, kind) of those whose people answered; a voice is a talk, and its speaker or None for all of them."""
    rows = TalkSpeaker.objects.exclude(organisation=None).order_by().values_list("talk", "speaker", "organisation")
    keys = {key for talk, speaker, key in rows if (talk, None) in voices or (talk, speaker) in voices}
    known = Organisation.objects.order_by().values_list("pk", "kind")
    return [(pk, kind) for pk, kind in known if pk in keys]


def _with_above(organisations: Iterable[tuple[int, str]]) -> list[Option]:
    """These, what they are part of, and what they became: a department is chosen together with its agencies."""
    rows = list(Organisation.objects.order_by("name", "pk").values_list("pk", "slug", "name", "parent", "became"))
    above = {pk: (parent, became) for pk, *_, parent, became in rows}
    wanted: set[int] = set()
    nearest = {key for key, _ in organisations}
    while nearest:
        wanted |= nearest
        nearest = {key for one in nearest for key in above.get(one, ()) if key is not None} - wanted
    return [(slug, name) for pk, slug, name, *_ in rows if pk in wanted]


def _names(model: type[Topic | Host], keys: set[int | None]) -> list[Option]:
    rows = model._default_manager.order_by("name", "pk").values_list("pk", "slug", "name")
    return [(slug, name) for pk, slug, name in rows if pk in keys]


def _years(moments: Iterable[tuple[dt.datetime, str]]) -> list[int]:
    """Newest first, each on the clock of its series."""
    zones: dict[str, ZoneInfo] = {}
    return sorted({at.astimezone(zones.setdefault(zone, ZoneInfo(zone))).year for at, zone in moments}, reverse=True)
