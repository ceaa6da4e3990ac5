"""What can be found, as it goes into the index: public words alone, whose they are, and where they were said."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q
from wagtail.models import Site

from events.models import AudienceQuestion, EventPage, SeriesPage, TalkPage, TalkSpeaker
from events.programme import Person, people_of, with_names
from speakers.models import Answer
from speakers.prose import plain_text

from .. import querysets
from ..answers import whose
from ..models import Kind, Passage
from ..models.searching import place_of
from .engines import BEGINNING, NARROWED, TITLE
from .stemming import stem
from .words import folded

# Kinds that are suggested while somebody types.
SUGGESTED = (Kind.PERSON, Kind.TOPIC, Kind.ORGANISATION, Kind.HOST, Kind.EVENING, Kind.TALK)
# What they are called are the words of something else, or nobody's: they are found by their text.
UNTITLED = (Kind.ANSWER, Kind.RECORDING, Kind.REPLY, Kind.CORRECTION)
# Where a point of a list ends without a stop and another one follows.
_POINT = re.compile(r"(?<=[\w)”’\"])\s*</li>(?=\s*<li\b)")
LONGEST_TEXT = 50_000  # letters; the longest write-up has a tenth of it


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find. `also` are names under which it is found beside its own, one a line."""

    kind: Kind
    source: int
    owner: str
    url: str
    title: str = ""
    text: str = ""
    who: str = ""
    place: str = ""
    place_url: str = ""
    day: dt.date | None = None
    also: str = ""
    names: str = ""
    facets: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> int:
        return place_of(self.kind, self.day, self.source)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it is found by."""
        return ("" if self.kind in UNTITLED else self.title, self.text, self.who, self.also)

    def words(self) -> set[str]:
        return {word for text in self.texts for word in folded(text)}

    def tokens(self) -> list[str]:
        """The title twice, then the rest; nothing in between belongs to one phrase."""
        found = [TITLE + stem(word) for word in folded(self.texts[0])]
        if self.kind in SUGGESTED:
            found += ["", *(BEGINNING + word for word in folded(" ".join((self.title, *self._called()))))]
        for text in self.texts:
            found += ["", *map(stem, folded(text))]
        return [*found, "", *(NARROWED + facet for facet in sorted(self.facets))]

    def _called(self) -> list[str]:
        """Its other names. A talk's are others' names; so are an evening's, after "Data Bites 60"."""
        names = self.also.splitlines()
        return {Kind.TALK: [], Kind.EVENING: names[:1]}.get(self.kind, names)

    def digest(self) -> str:
        told = [getattr(self, name) for name in self.__slots__ if name != "facets"]
        text = json.dumps([*told, sorted(self.facets)], default=str)
        return hashlib.sha1(text.encode(errors="replace"), usedforsecurity=False).hexdigest()

    def row(self) -> Passage:
        shown = ("kind", "source", "owner", "title", "text", "who", "also", "place", "place_url", "url", "day", "names")
        values = {name: getattr(self, name) for name in shown}
        row = Passage(id=self.key, digest=self.digest(), **values)
        row.tokens = self.tokens()  # type: ignore[assignment]
        return row


def plain(html: str) -> str:
    """On one line, on which the points of a list stand apart."""
    return plain_text(_POINT.sub("; </li>", html)).replace("\x00", "")[:LONGEST_TEXT]


class Addresses:
    """Where pages are served, from their places in the tree."""

    def __init__(self) -> None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        self.above = len(site.root_page.url_path) - 1 if site else 0

    def of(self, page: EventPage | TalkPage) -> str:
        return str(page.url_path[self.above :])


def owner_of(event_pk: int) -> str:
    return f"evening {event_pk}"


def told(person: Person) -> str:
    """ "Ada Vale, Head of Maps, Board of Tides, from Cardiff"."""
    place = f"from {person.place}" if person.place else ""
    return ", ".join(filter(None, (person.speaker.name, person.role, person.organisation_name, place)))


def facets_of(event: EventPage, people: Iterable[Person] = (), talk: TalkPage | None = None) -> frozenset[str]:
    """What a list may be narrowed by, as tokens: "year-2026", "organisation-board-of-tides"."""
    found = [f"year-{event.local_start.year}"]
    if event.host:
        found.append(f"host-{event.host.slug}")
    for person in people:
        if person.organisation:
            found += [f"organisation-{person.organisation.slug}", f"kind-{person.organisation.kind}"]
    if talk is not None:
        found += [f"topic-{topic.slug}" for topic in talk.topics.all()]
    return frozenset(found)


class Evenings:
    """Public evenings with their talks, read at once: the same few queries whatever their number."""

    def __init__(self, keys: Iterable[int]) -> None:
        events = EventPage.objects.public().filter(pk__in=list(keys)).select_related("host", "venue", "chair")
        self.events = {event.pk: event for event in events}
        series = SeriesPage.objects.in_bulk({event.series_id for event in self.events.values()})
        for event in self.events.values():
            event.series = series[event.series_id]
        talks = TalkPage.objects.announced().filter(event__in=self.events)
        self.talks = {talk.pk: talk for talk in talks.prefetch_related("topics", *with_names())}
        for talk in self.talks.values():
            talk.event = self.events[talk.event_id]
        self.people = {key: people_of(talk) for key, talk in self.talks.items()}
        self.addresses = Addresses()

    def label(self, event: EventPage) -> str:
        return f"{event.series.title} {event.number}" if event.series else str(event.number)

    def documents(self) -> list[Document]:
        evenings = [self._evening(event) for event in self.events.values()]
        return [*evenings, *map(self._talk, self.talks.values()), *self._answers(), *self._questions()]

    def _evening(self, event: EventPage) -> Document:
        talks = [talk for talk in self.talks.values() if talk.event_id == event.pk]
        people = [person for talk in talks for person in self.people[talk.pk]]
        topics = frozenset().union(*(facets_of(event, self.people[talk.pk], talk) for talk in talks))
        texts = (event.standfirst, plain(event.introduction), plain(event.sign_off), event.related_title)
        known_by = (self.label(event), event.host.name if event.host else "", str(event.venue or ""))
        return Document(
            kind=Kind.EVENING,
            source=event.pk,
            owner=owner_of(event.pk),
            url=self.addresses.of(event),
            title=event.title,
            text=" ".join(filter(None, texts)),
            who=", ".join(dict.fromkeys(person.speaker.name for person in people)),
            place=", ".join(filter(None, known_by[:2])),
            day=event.local_start.date(),
            also="\n".join(filter(None, known_by)),
            names=" ".join(sorted(self._named(event, talks))),
            facets=facets_of(event) | topics,
        )

    def _named(self, event: EventPage, talks: Iterable[TalkPage]) -> set[str]:
        people = [person for talk in talks for person in self.people[talk.pk]]
        found = {f"person-{person.speaker.pk}" for person in people}
        found |= {f"organisation-{person.organisation.pk}" for person in people if person.organisation}
        found |= {f"topic-{topic.pk}" for talk in talks for topic in talk.topics.all()}
        found |= {f"host-{event.host_id}"} if event.host_id else set()
        return found | ({f"person-{event.chair_id}"} if event.chair_id else set())

    def _talk(self, talk: TalkPage) -> Document:
        event, people = self.events[talk.event_id], self.people[talk.pk]
        return Document(
            kind=Kind.TALK,
            source=talk.pk,
            owner=owner_of(event.pk),
            url=self.addresses.of(talk),
            title=talk.title,
            text=" ".join(filter(None, (talk.teaser, plain(talk.account)))),
            who="; ".join(map(told, people)),
            place=self.label(event),
            place_url=self.addresses.of(event),
            day=event.local_start.date(),
            also="\n".join([*(topic.name for topic in talk.topics.all()), *also_known(people)]),
            facets=facets_of(event, people, talk),
        )

    def _answers(self) -> Iterable[Document]:
        given = querysets.readable(Q(talk__in=self.talks))
        answers = Answer.objects.with_words().filter(contribution__in=given)
        answers = answers.select_related("question", "speaker__merged_into").annotate(talk_key=F("contribution__talk"))
        for answer in answers.order_by("pk"):
            talk = self.talks[answer.talk_key]
            event, people = self.events[talk.event_id], whose(answer, talk)
            yield Document(
                kind=Kind.ANSWER,
                source=answer.pk,
                owner=owner_of(event.pk),
                url=f"{self.addresses.of(talk)}#{answer.fragment}",
                title=answer.wording,
                text=plain(answer.text),
                who="; ".join(map(told, people)),
                place=f"{talk.title}, {self.label(event)}",
                place_url=self.addresses.of(talk),
                day=event.local_start.date(),
                facets=facets_of(event, people, talk),
            )

    def _questions(self) -> Iterable[Document]:
        """One put to a talk that is out of the programme stands nowhere."""
        asked = AudienceQuestion.objects.public().filter(Q(talk=None) | Q(talk__in=self.talks), event__in=self.events)
        for question in asked.select_related("answered_by").order_by("pk"):
            event = self.events[question.event_id or 0]
            talk = self.talks.get(question.talk_id or 0)
            people = self.people[talk.pk] if talk else []
            where = self.addresses.of(talk or event)
            yield Document(
                kind=Kind.QUESTION,
                source=question.pk,
                owner=owner_of(event.pk),
                url=f"{where}#asked-{question.pk}",
                title=question.text,
                text=plain(question.answer),
                who=f"Answered by {question.answered_by.name}" if question.answered_by else "",
                place=", ".join(filter(None, (talk.title if talk else "", self.label(event)))),
                place_url=where,
                day=event.local_start.date(),
                facets=facets_of(event, people, talk),
            )


def also_known(people: Sequence[Person]) -> list[str]:
    """Today's names and initials of organisations: the name of the day is shown."""
    organisations = [person.organisation for person in people if person.organisation]
    return list(dict.fromkeys(name for found in organisations for name in (found.name, found.short_name) if name))


def mentioned(event_keys: Iterable[int]) -> dict[str, set[int]]:
    """Whose own rows change with these evenings: keys of people, organisations, topics and hosts. Five queries."""
    keys = list(event_keys)
    rows = TalkSpeaker.objects.filter(talk__event__in=keys).order_by()
    events = EventPage.objects.filter(pk__in=keys).order_by()
    chairs = events.exclude(chair=None).values_list("chair", flat=True)
    named = TalkPage.topics.through.objects.filter(talkpage__event__in=keys)
    return {
        "person": set(rows.values_list("speaker", flat=True)) | set(chairs),
        "organisation": set(rows.exclude(organisation=None).values_list("organisation", flat=True)),
        "topic": set(named.values_list("topic", flat=True)),
        "host": set(events.exclude(host=None).values_list("host", flat=True)),
    }
