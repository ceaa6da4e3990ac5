"""The entries of feeds: evenings as announced, and what was said at them; of a narrowed feed, one talk each.

What an entry says and when it changed is read from the record. The clock decides only whether there is one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string

from events.conversation import Given, given_now, released
from events.enums import FREES_A_SLOT, TO_BE_ANNOUNCED
from events.models import AudienceQuestion, EventPage, TalkPage
from events.occasion import Occasion
from events.playback import Playback, playback
from events.programme import Person, people_of, with_names
from pages.english import listed
from pages.licence import data_licence
from speakers.models import Ask, TalkConsent, TermsChoice

from .atom import LONG_AGO, Entry, absolute, tag
from .clean import clean
from .following import Scope


@dataclass(frozen=True, slots=True)
class Said:
    """A public talk, its people as they were, and what of it readers may see."""

    talk: TalkPage
    people: tuple[Person, ...]
    given: Given
    given_at: tuple[dt.datetime | None, ...]
    questions: tuple[AudienceQuestion, ...]
    asks: tuple[Ask, ...] = ()

    @property
    def names(self) -> list[str]:
        return [person.speaker.name for person in self.people]

    @property
    def moments(self) -> tuple[dt.datetime | None, ...]:
        return (self.talk.last_published_at, *self.given_at)


@dataclass(frozen=True, slots=True)
class Night:
    """A public evening with its talks in order."""

    event: EventPage
    said: tuple[Said, ...]
    questions: tuple[AudienceQuestion, ...]

    @property
    def label(self) -> str:
        series = self.event.series
        return f"{series.title if series else ''} {self.event.number}".strip()

    @property
    def title(self) -> str:
        return self.event.title if self.label in self.event.title else f"{self.label}: {self.event.title}"

    @property
    def url(self) -> str:
        return absolute(self.event.get_url() or "/")

    @property
    def occasion(self) -> Occasion:
        """As it was before it began: a feed tells no time of its own."""
        return Occasion.of(self.event, at=LONG_AGO)

    @property
    def playback(self) -> Playback:
        return playback(self.event)

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(topic.name for said in self.said for topic in said.talk.topics.all()))


# Which


def announced(scope: Scope) -> Any:
    """Public evenings, or talks that were announced, the newest first."""
    if scope.talks is None:
        return EventPage.objects.public().filter(scope.events).newest_first()
    return _talks(scope).newest_first()


def written_up(scope: Scope, *, at: dt.datetime) -> Any:
    """Evenings with a write-up, or talks of such evenings, the newest first."""
    told = EventPage.objects.public().written_up().held(at=at)
    if scope.talks is None:
        return told.filter(scope.events).newest_first()
    return _talks(scope).filter(event__in=told.order_by().values("pk")).newest_first()


def _talks(scope: Scope) -> Any:
    talks = TalkPage.objects.public().filter(scope.talks)
    return talks.exclude(state__in=FREES_A_SLOT).exclude(title=TO_BE_ANNOUNCED)


# Reading


def nights_of(events: Iterable[int], *, words: bool) -> list[Night]:
    """Evenings in the keys’ order, with what was said where `words`. As many queries for one as for all."""
    keys = list(events)
    found = EventPage.objects.public().select_related("series", "host", "venue", "chair")
    along = ["recordings__file", "chapters", "corrections"] if words else []
    events_by_key = {event.pk: event for event in found.filter(pk__in=keys).prefetch_related(*along)}
    talks = TalkPage.objects.announced().filter(event__in=keys).prefetch_related(*with_names(), "topics", "corrections")
    asked = _questions(keys) if words else []
    said = _said(list(talks), events_by_key, asked, words=words)
    return [
        Night(
            event=events_by_key[key],
            said=tuple(one for one in said if one.talk.event_id == key),
            questions=tuple(row for row in asked if row.event_id == key and row.talk_id is None),
        )
        for key in keys
        if key in events_by_key
    ]


def _questions(events: Sequence[int]) -> list[AudienceQuestion]:
    return list(AudienceQuestion.objects.public().filter(event__in=events).select_related("answered_by"))


def _said(
    talks: Sequence[TalkPage], events: dict[int, EventPage], asked: Sequence[AudienceQuestion], *, words: bool
) -> list[Said]:
    known = [talk for talk in talks if talk.event_id in events]
    given = released(talk.contribution_id for talk in known) if words else {}
    keys = [talk.contribution_id for talk in known]
    taken_back, chosen = (_taken_back(keys), _terms_chosen(keys)) if words else ({}, {})
    found = []
    for talk in known:
        event = talk.event = events[talk.event_id or 0]
        key = talk.contribution_id or 0
        words_of = given.get(key)
        found.append(
            Said(
                talk=talk,
                people=tuple(people_of(talk)),
                given=given_now(words_of, at=LONG_AGO, zone=event.zone),
                given_at=(words_of.last_published_at if words_of else None, taken_back.get(key), chosen.get(key)),
                questions=tuple(row for row in asked if row.talk_id == talk.pk),
                asks=tuple(words_of.asks.all()) if words_of else (),
            )
        )
    return found


def _taken_back(contributions: Sequence[int | None]) -> dict[int, dt.datetime]:
    """When somebody last took back a consent: {key of the contribution: when}. From then on words are missing."""
    rows = TalkConsent.objects.filter(contribution__in=contributions).exclude(withdrawn_at=None).order_by()
    return dict(rows.values_list("contribution").annotate(newest=Max("withdrawn_at")))


def _terms_chosen(contributions: Sequence[int | None]) -> dict[int, dt.datetime]:
    """When a speaker last chose the terms of reuse: {key of the contribution: when}."""
    rows = TermsChoice.objects.filter(contribution__in=contributions).order_by()
    return dict(rows.values_list("contribution").annotate(newest=Max("at")))


# Writing


def rights_of(said: Sequence[Said]) -> str:
    """The terms of what was said: one for all, or talk by talk; the site's where nothing was said."""
    terms = [(one.talk.title, one.given.licence.words) for one in said if one.given.turns]
    if len({words for _, words in terms}) > 1:
        return "; ".join(f"“{title}”: {words}" for title, words in terms if words)
    return terms[0][1] if terms else data_licence().words


def evening_entry(night: Night) -> Entry:
    event = night.event
    return Entry(
        id=tag(f"evenings/{event.pk}"),
        title=night.title,
        url=night.url,
        published=event.first_published_at or event.starts_at,
        updated=_newest(event.last_published_at, *(one.talk.last_published_at for one in night.said), or_else=event),
        authors=(settings.WAGTAIL_SITE_NAME,),
        html=_html("evening", night=night),
        categories=night.topics,
        rights=data_licence().words,
    )


def write_up_entry(night: Night) -> Entry:
    event = night.event
    moments = [moment for one in night.said for moment in one.moments]
    published = _written_up_at(event)
    return Entry(
        id=tag(f"write-ups/{event.pk}"),
        title=night.title,
        url=night.url,
        published=published,
        updated=_newest(published, event.last_published_at, *moments, or_else=event),
        authors=(event.byline or settings.WAGTAIL_SITE_NAME,),
        html=_html("write_up", night=night),
        categories=night.topics,
        rights=rights_of(night.said),
    )


def talk_entries(talks: Sequence[int], *, words: bool) -> list[Entry]:
    """Talks by key, in the order given; with what was said where `words`."""
    known = TalkPage.objects.public().filter(pk__in=talks).values_list("pk", "event")
    nights = nights_of(dict.fromkeys(event for _, event in known), words=words)
    found = {one.talk.pk: (night, one) for night in nights for one in night.said}
    make = _said_entry if words else _talk_entry
    return [make(*found[key]) for key in talks if key in found]


def _talk_entry(night: Night, said: Said) -> Entry:
    event, talk = night.event, said.talk
    return Entry(
        id=tag(f"talks/{talk.pk}"),
        title=talk.title,
        url=absolute(talk.get_url() or "/"),
        published=max(filter(None, (event.first_published_at, talk.first_published_at)), default=event.starts_at),
        updated=_newest(event.last_published_at, talk.last_published_at, or_else=event),
        authors=tuple(said.names) or (settings.WAGTAIL_SITE_NAME,),
        html=_html("talk", night=night, said=said, names=listed(said.names)),
        categories=tuple(topic.name for topic in talk.topics.all()),
        rights=data_licence().words,
    )


def _said_entry(night: Night, said: Said) -> Entry:
    talk, published = said.talk, _written_up_at(night.event)
    return Entry(
        id=tag(f"talks/{talk.pk}/words"),
        title=talk.title,
        url=absolute(talk.get_url() or "/"),
        published=published,
        updated=_newest(published, *said.moments, or_else=night.event),
        authors=tuple(said.names) or (settings.WAGTAIL_SITE_NAME,),
        html=_html("said_alone", night=night, said=said),
        categories=tuple(topic.name for topic in talk.topics.all()),
        rights=rights_of([said]),
    )


def _written_up_at(event: EventPage) -> dt.datetime:
    """The day of the write-up as a moment; never before the evening was over."""
    day = event.written_up_on or event.local_end.date()
    return max(dt.datetime.combine(day, dt.time(12), tzinfo=event.zone), event.over_at)


def _newest(*moments: dt.datetime | None, or_else: EventPage) -> dt.datetime:
    return max((moment for moment in moments if moment), default=or_else.starts_at)


def _html(name: str, **context: Any) -> str:
    return clean(render_to_string(f"archive/feeds/{name}.html", context))
