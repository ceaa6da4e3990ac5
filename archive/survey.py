"""One look over all answers to a question: how many at which evening, and what they can be narrowed by.

Asking the database for each of these apart would test every answer for its release six times.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from events.models import EventPage, Host, TalkPage, TalkSpeaker, Topic
from pages.cache import remember
from speakers.enums import OrganisationKind
from speakers.models import Answer, Organisation, StandardQuestion

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
    """Six queries, remembered."""
    return remember(f"survey.{question.pk}", lambda: _survey(question))


def _survey(question: StandardQuestion) -> Survey:
    by_evening = querysets.given_answers(question).values_list("contribution__talk__event")
    counts = dict(by_evening.annotate(answers=Count("pk")))
    events = EventPage.objects.public().newest_first()
    told = events.values_list("pk", "starts_at", "series__time_zone", "host")
    held = [row for row in told if row[0] in counts]
    organisations = _organisations(question)
    kinds = {kind for _, kind in organisations}
    return Survey(
        evenings=[(key, counts[key]) for key, *_ in held],
        options={
            "year": [(str(year), str(year)) for year in _years((at, zone) for _, at, zone, _ in held)],
            "kind": [(kind, str(OrganisationKind(kind).label)) for kind in OrganisationKind.values if kind in kinds],
            "organisation": _with_above(organisations),
            "topic": _topics(question),
            "host": _names(Host.objects.filter(pk__in={host for *_, host in held})),
        },
        organisations=len(organisations),
    )


# What follows asks of each name whether there is one answer, and stops there: to read all of them costs ten times more.


def _answers_of(talk: str, answers: QuerySet[Answer]) -> Q:
    """Of a row whose field `talk` names one: whether what was given to that is public and has one of these answers."""
    given = querysets.readable(Q(talk=OuterRef(talk)))
    return Q(Exists(given)) & Q(Exists(answers.filter(contribution__talk=OuterRef(talk))))


def _organisations(question: StandardQuestion) -> list[tuple[int, str]]:
    """(key, kind) of those whose people answered, alone or with the others of their talk."""
    answers = Answer.objects.with_words().filter(question=question).spoken_by("speaker")
    theirs = TalkSpeaker.objects.filter(_answers_of("talk", answers), organisation=OuterRef("pk"))
    return list(Organisation.objects.filter(Exists(theirs)).order_by().values_list("pk", "kind"))


def _topics(question: StandardQuestion) -> list[Option]:
    answers = Answer.objects.with_words().filter(question=question)
    named = TalkPage.topics.through.objects.filter(_answers_of("talkpage", answers), topic=OuterRef("pk"))
    return _names(Topic.objects.filter(Exists(named)))


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


def _names(found: QuerySet[Topic] | QuerySet[Host]) -> list[Option]:
    return list(found.order_by("name", "pk").values_list("slug", "name"))


def _years(moments: Iterable[tuple[dt.datetime, str]]) -> list[int]:
    """Newest first, each on the clock of its series."""
    zones: dict[str, ZoneInfo] = {}
    return sorted({at.astimezone(zones.setdefault(zone, ZoneInfo(zone))).year for at, zone in moments}, reverse=True)
