"""A hundredfold archive, for measuring: real-looking words, many more of them, in a series of its own."""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from events.enums import EventStatus, TalkState
from events.models import EventPage, Host, HostSpell, SeriesPage, SeriesQuestion, TalkPage, Topic
from pages.models import HomePage
from speakers.enums import OrganisationKind
from speakers.models import Contribution, Organisation, Speaker, StandardQuestion
from speakers.names import sort_name

from .dates import LONDON
from .measured_rows import evening_rows, talk_rows
from .nouns import load_questions, load_topics
from .reading import read_content
from .supply import TALKS, Supply
from .tree import insert_pages, place_under, save_count

SLUG = "measured"
BATCH = 250
PEOPLE_PER_EVENING = 3.3
EVENINGS_PER_ORGANISATION = 13


def ready_series() -> SeriesPage:
    """The series, made on the first run."""
    found = SeriesPage.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    if not StandardQuestion.objects.exists():
        rows = read_content().site["questions"]
        load_questions([{key: row[key] for key in ("slug", "short_name", "text", "guidance")} for row in rows], {})
    series = SeriesPage(title="Measured", slug=SLUG, strapline="Evenings for measuring.", live=True)
    HomePage.objects.get(depth=2).add_child(instance=series)
    series.series_questions = [
        SeriesQuestion(question=question, sort_order=place)
        for place, question in enumerate(StandardQuestion.objects.filter(archived=False))
    ]
    host = Host.objects.create(name="The measuring room")
    series.host_spells = [HostSpell(host=host, first_number=1, sort_order=0)]
    series.save()
    return SeriesPage.objects.get(pk=series.pk)


def prepare(*, events: int, now: dt.datetime) -> Supply:
    """The series, and enough people and organisations for that many evenings."""
    series, content = ready_series(), read_content()
    talks = [talk for talk in content.talks.values() if talk.answers and talk.state == "given"]
    answers: dict[str, list[str]] = {}
    for answer in itertools.chain.from_iterable(talk.answers for talk in talks):
        if answer.lines:
            answers.setdefault(answer.question, []).append(answer.html)
    return Supply(
        series=series,
        host=series.host_spells.get().host,
        speakers=make_people(int(events * PEOPLE_PER_EVENING), content.names),
        organisations=make_organisations(
            max(1, events // EVENINGS_PER_ORGANISATION), [body.name for body in content.bodies.values()]
        ),
        topics=list(Topic.objects.order_by("pk")) or list(load_topics(content.site).values()),
        questions=series.questions(),
        talks=talks,
        answers=answers,
        links=[link for talk in talks for link in talk.links],
        now=now,
    )


def make_people(count: int, names: list[str]) -> Sequence[Speaker]:
    """Speakers with the demo's first names and family names in other combinations."""
    words = [name.split() for name in names]
    made = Speaker.objects.filter(slug__startswith=f"{SLUG}-").count()
    rows = []
    for place in range(made, count):
        first, last = words[place % len(words)], words[(place // len(words) * 3 + place + 1) % len(words)]
        name = f"{first[-2]} {last[-1]}"
        rows.append(Speaker(name=name, sort_name=sort_name(name), slug=f"{SLUG}-{place}", live=True))
    Speaker.objects.bulk_create(rows, batch_size=1000)
    return list(Speaker.objects.filter(slug__startswith=f"{SLUG}-").only("pk", "name").order_by("pk"))


def make_organisations(count: int, names: list[str]) -> Sequence[Organisation]:
    made = Organisation.objects.filter(slug__startswith=f"{SLUG}-").count()
    Organisation.objects.bulk_create(
        Organisation(
            name=f"{names[place % len(names)]} {place // len(names) + 2}",
            slug=f"{SLUG}-{place}",
            kind=OrganisationKind.values[place % len(OrganisationKind.values)],
        )
        for place in range(made, count)
    )
    return list(Organisation.objects.filter(slug__startswith=f"{SLUG}-").only("pk", "name").order_by("pk"))


def fill(supply: Supply, *, events: int) -> Iterator[int]:
    """Make evenings until there are `events`, one a day up to yesterday; yields how many there are by now.

    Each batch is a transaction of its own, so that a run cut short goes on where it stopped.
    """
    there = EventPage.objects.filter(series=supply.series).count()
    while there < events:
        numbers = range(there + 1, min(there + BATCH, events) + 1)
        with transaction.atomic():
            fill_batch(supply, numbers, last=events)
        there = numbers[-1]
        yield there


def fill_batch(supply: Supply, numbers: range, *, last: int) -> None:
    today = supply.now.astimezone(LONDON).date()
    events = [
        event_page(
            supply, number, dt.datetime.combine(today, dt.time(18), LONDON) - dt.timedelta(days=last - number + 1)
        )
        for number in numbers
    ]
    place_under(supply.series, events)
    insert_pages(events)
    save_count(supply.series)
    talks: list[TalkPage] = []
    for event in events:
        own = [talk_page(supply, event, order) for order in range(TALKS)]
        place_under(event, own)
        talks += own
    EventPage.objects.filter(pk__in=[event.pk for event in events]).update(numchild=TALKS)
    insert_talks(supply, talks)
    insert_rows(rows for event in events for rows in evening_rows(supply, event))
    insert_rows(rows for talk in talks for rows in talk_rows(supply, talk))


def insert_talks(supply: Supply, talks: list[TalkPage]) -> None:
    """Each with its contribution."""
    given = Contribution.objects.bulk_create(
        Contribution(
            proposed_title=talk.title,
            live=True,
            first_published_at=talk.first_published_at,
            last_published_at=talk.last_published_at,
        )
        for talk in talks
    )
    for talk, contribution in zip(talks, given, strict=True):
        talk.contribution = contribution
    insert_pages(talks)


def event_page(supply: Supply, number: int, starts_at: dt.datetime) -> EventPage:
    series, at = supply.series, starts_at + dt.timedelta(days=8)
    return EventPage(
        title=supply.talk(number * TALKS).title[:60],
        slug=str(number),
        number=number,
        series=series,
        starts_at=starts_at,
        over_at=starts_at + series.welcome + TALKS * series.slot,
        status=EventStatus.CONFIRMED,
        host=supply.host,
        introduction=supply.answer("summary", number),
        written_up_on=at.date(),
        live=True,
        first_published_at=at,
        last_published_at=at,
    )


def talk_page(supply: Supply, event: EventPage, order: int) -> TalkPage:
    talk = supply.talk(event.number * TALKS + order)
    return TalkPage(
        title=f"{talk.title[:200]} ({event.number})",
        slug=f"{slugify(talk.title)[:60].strip('-')}-{order + 1}",
        event=event,
        account=supply.answer("difference", event.number + order),
        state=TalkState.GIVEN,
        live=True,
        first_published_at=event.first_published_at,
        last_published_at=event.last_published_at,
    )


def insert_rows(rows: Iterator[models.Model]) -> None:
    """Save rows of several models, each model in one go."""
    found: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    for model, own in found.items():
        model._base_manager.bulk_create(own, batch_size=1000)
