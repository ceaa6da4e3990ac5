"""An archive with too much of everything, in bulk: what its pages look like is for tests/browser to see.

Twenty-one years of evenings, of which one was held with eight talks, every one of them too long, and one is to come.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from wagtail.models import Site

from archive.demo.measured import insert_rows
from archive.demo.tree import insert_pages, place_under, save_count
from archive.linking import register
from archive.searching.keeping import index_everything
from events.entries import refresh_calendar
from events.models import EventPage, Host, SeriesPage, TalkPage, TalkSpeaker, Topic, Venue
from pages.models import HomePage, SiteSettings, StandardPage
from speakers.enums import OrganisationKind
from speakers.models import (
    Answer,
    Ask,
    Contribution,
    FormerWording,
    Organisation,
    OrganisationName,
    Promise,
    Speaker,
    SpeakerAlias,
    SpeakerLink,
    StandardQuestion,
)
from speakers.names import sort_name

from . import make_series
from .huge_evening import fill_evening, fill_talk
from .long_words import ADDRESS, NAMES, PLACE, TITLES, in_turn, prose, words

FIRST_YEAR, LAST_YEAR = 2015, 2035
SLOTS = 8
TALKS_OF_ONE = 60  # of the first speaker, beside those at the evening that is huge
ON_ONE_TOPIC, ON_ONE_TALK = 40, 24
DAY = dt.timedelta(days=1)


@dataclass
class House:
    """What the evenings are made of."""

    at: dt.datetime
    series: SeriesPage
    hosts: list[Host]
    venue: Venue
    people: list[Speaker]
    organisations: list[Organisation]
    topics: list[Topic]
    questions: list[StandardQuestion]


def make_huge_archive(*, at: dt.datetime) -> dict[str, str]:
    """Each kind of page by its name, with its address. `at` is now."""
    house = make_house(at)
    events = make_evenings(house)
    held = [event for event in events if event.starts_at < at]
    big, coming = held[-1], events[len(held)]
    talks = make_talks(house, [big] * SLOTS + [coming] * (SLOTS + 2) + held[-10 - TALKS_OF_ONE : -10])
    for talk, state in zip(talks[SLOTS * 2 : SLOTS * 2 + 2], ("withdrawn", "moved"), strict=True):
        TalkPage.objects.filter(pk=talk.pk).update(state=state)
    fill_evening(big, talks[:SLOTS])
    refresh_calendar(coming.pk)
    for place, talk in enumerate(talks[:SLOTS]):
        fill_talk(talk, questions=house.questions, people=house.people[:SLOTS], share=1 if place == 0 else SLOTS)
    for _ in index_everything():
        pass
    register.refresh(event.pk for event in events)
    return addresses(big, coming, held, talks)


def addresses(big: EventPage, coming: EventPage, held: list[EventPage], talks: list[TalkPage]) -> dict[str, str]:
    """Of what depends on the day."""
    base = f"/{big.series.slug}/"
    evening, to_come = f"{base}{big.number}/", f"{base}{coming.number}/"
    talk = f"{evening}{talks[0].slug}/"
    return {
        "evening written up": evening,
        "evening to come": to_come,
        "evening cancelled": f"{base}{coming.number + 1}/",
        "evening postponed": f"{base}{coming.number + 2}/",
        "evening that may be": f"{base}{coming.number + 3}/",
        "evening not written up": f"{base}{held[-2].number}/",
        "evening that was cancelled": f"{base}{held[-3].number}/",
        "talk": talk,
        "talk to come": f"{to_come}{talks[SLOTS].slug}/",
        "talk withdrawn": f"{to_come}{talks[SLOTS * 2].slug}/",
        "talk moved": f"{to_come}{talks[SLOTS * 2 + 1].slug}/",
        "answer": f"{talk}answers/change-person-1/",
        "transcript": f"{evening}transcript/",
        "transcript of a talk": f"{evening}transcript/{talks[0].slug}/",
    }


# Nouns


def make_house(at: dt.datetime) -> House:
    hosts = Host.objects.bulk_create(
        Host(name=name, slug=f"host-{at}", about=prose(120), website=f"https://{PLACE}.example/")
        for at, name in enumerate(in_turn(NAMES, 12))
    )
    spells = [(host, at * 21 + 1, at * 21 + 21) for at, host in enumerate(hosts)]
    series = make_series(spells=spells, strapline=words(30)[:200], newcomers=prose(240), slots=SLOTS)
    make_series(title=NAMES[0], slug="another", spells=[(hosts[0], 1, None)], strapline=f"{PLACE * 3}")
    question = StandardQuestion.objects.get(slug="change")
    FormerWording.objects.bulk_create(
        FormerWording(question=question, text=text[:300], until=dt.date(2015 + at, 1, 1), sort_order=at)
        for at, text in enumerate(TITLES)
    )
    StandardQuestion.objects.filter(slug="hurdles").update(text=f"{TITLES[0]} {TITLES[3]}?"[:300])
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.contact_email, settings.footer_text = f"{PLACE}@{PLACE}.example", words(30)[:300]
    settings.save()
    about = StandardPage(title=TITLES[1], slug="about", introduction=words(60), body=prose(900))
    HomePage.objects.get().add_child(instance=about)
    return House(
        at=at,
        series=series,
        hosts=hosts,
        venue=Venue.objects.create(
            name=NAMES[0], place=PLACE, address=words(30).replace(". ", ".\n"), finding_it=words(80), access=words(80)
        ),
        people=make_people(),
        organisations=make_organisations(),
        topics=Topic.objects.bulk_create(
            Topic(name=name[:160], slug=f"topic-{at}", kind=("subject", "named_thing")[at % 2], description=words(40))
            for at, name in enumerate(in_turn((*NAMES, *TITLES), 80))
        ),
        questions=list(StandardQuestion.objects.all()),
    )


def make_people() -> list[Speaker]:
    """The first has everything; one was merged into the second."""
    names = in_turn(NAMES, 400)
    people = Speaker.objects.bulk_create(
        Speaker(name=name, sort_name=sort_name(name), slug=f"person-{at}", live=True) for at, name in enumerate(names)
    )
    first = people[0]
    Speaker.objects.filter(pk=first.pk).update(biography=prose(900))
    Speaker.objects.filter(pk=people[-1].pk).update(merged_into=people[1])
    insert_rows(SpeakerAlias(speaker=first, name=name, public=True) for name in NAMES)
    insert_rows(SpeakerLink(speaker=first, label=label[:80], url=ADDRESS[:200]) for label in TITLES)
    return people


def make_organisations() -> list[Organisation]:
    """The first had twelve other names, has twenty parts and is made of twelve others."""
    kinds = OrganisationKind.values
    made = Organisation.objects.bulk_create(
        Organisation(
            name=name,
            short_name=PLACE if at % 9 == 0 else "",
            slug=f"organisation-{at}",
            kind=kinds[at % len(kinds)],
            website=f"https://{PLACE}.{PLACE}.example/",
        )
        for at, name in enumerate(in_turn(NAMES, 150))
    )
    keys = [organisation.pk for organisation in made]
    Organisation.objects.filter(pk__in=keys[1:21]).update(parent=made[0])
    Organisation.objects.filter(pk__in=keys[21:33]).update(became=made[0])
    Organisation.objects.filter(pk=keys[0]).update(parent=made[40], became=made[41])
    insert_rows(
        OrganisationName(
            organisation=made[0], name=name, since=dt.date(2000 + at, 4, 1), until=dt.date(2001 + at, 3, 31)
        )
        for at, name in enumerate(in_turn(NAMES, 12))
    )
    return made


# Evenings and talks


def make_evenings(house: House) -> list[EventPage]:
    """One a month. Those around today stand in every state that there is."""
    months = [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]
    starts = [dt.datetime(year, month, 4, 18, tzinfo=dt.UTC) for year, month in months]
    over = sum(start < house.at for start in starts)
    status = {over - 3: "cancelled", over - 4: "postponed"}
    status |= {over + 1: "cancelled", over + 2: "postponed", over + 3: "tentative"}
    events = []
    for place, (start, title) in enumerate(zip(starts, in_turn(TITLES, len(starts)), strict=True)):
        host = house.hosts[place // 21]
        events.append(evening(house, place + 1, title, start, host=host, status=status.get(place, "confirmed")))
        events[-1].written_up_on = start.date() + 3 * DAY if place < over and place != over - 2 else None
    place_under(house.series, events)
    insert_pages(events)
    save_count(house.series)
    return events


def evening(house: House, number: int, title: str, starts_at: dt.datetime, **fields: Any) -> EventPage:
    return EventPage(
        title=title[:255],
        slug=str(number),
        number=number,
        series=house.series,
        starts_at=starts_at,
        over_at=starts_at + house.series.welcome + SLOTS * house.series.slot,
        venue=house.venue,
        chair=house.people[0],
        standfirst=words(40),
        online_url=ADDRESS,
        booking_url=ADDRESS,
        live=True,
        first_published_at=starts_at - 30 * DAY,
        last_published_at=starts_at - 30 * DAY,
        **fields,
    )


def make_talks(house: House, events: list[EventPage]) -> list[TalkPage]:
    """One in each of these evenings, with what was given to it; of an evening that comes again, one more."""
    titles = in_turn(TITLES, len(events))
    given = Contribution.objects.bulk_create(Contribution(live=event.starts_at < house.at) for event in events)
    talks = [
        TalkPage(
            title=title[:255],
            slug=f"talk-{at}",
            event=event,
            contribution=contribution,
            teaser=words(40),
            account=prose(120),
            state="given" if event.starts_at < house.at else "planned",
            live=True,
        )
        for at, (event, title, contribution) in enumerate(zip(events, titles, given, strict=True))
    ]
    for event in dict.fromkeys(events):
        own = [talk for talk in talks if talk.event == event]
        place_under(event, own)
        save_count(event)
    insert_pages(talks)
    insert_rows(row for at, talk in enumerate(talks) for row in rows_of(house, talk, at))
    return talks


def rows_of(house: House, talk: TalkPage, at: int) -> list[Any]:
    """Who spoke, what it was about, and an answer, an ask and a promise. The first has all eight people."""
    people = house.people[:SLOTS] if at == 0 else [house.people[0], house.people[at]]
    speaking = [
        TalkSpeaker(
            talk=talk,
            speaker=person,
            role=f"{name}, {at}"[-160:],
            organisation=house.organisations[place if at == 0 else at % 21],
            place=PLACE,
            sort_order=place,
        )
        for place, (person, name) in enumerate(zip(people, NAMES, strict=False))
    ]
    topics = (
        house.topics[:ON_ONE_TALK]
        if at == 0
        else house.topics[:1]
        if at < ON_ONE_TOPIC
        else house.topics[1 : at + 1 : 9]
    )
    given, day = talk.contribution, talk.event.starts_at.date()  # type: ignore[union-attr]
    change = next(question for question in house.questions if question.slug == "change")
    return [
        *speaking,
        *(TalkPage.topics.through(talkpage_id=talk.pk, topic_id=topic.pk) for topic in topics),
        Answer(contribution=given, question=change, wording=change.text, text=prose(60), sort_order=9),
        Ask(contribution=given, text=f"{TITLES[at % 8]}"[:300], url=ADDRESS, closes_on=house.at.date() + at * DAY),
        Promise(contribution=given, text=f"{PLACE * 5}"[:300], due_on=day + 400 * DAY),
    ]
