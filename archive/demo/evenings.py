"""The evenings that were held, as pages, with everything of the organisers' side that hangs on them."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from events.enums import EventStatus, QuestionSource, QuestionState
from events.models import (
    AudienceQuestion,
    Chapter,
    EventPage,
    Host,
    HostSpell,
    Recording,
    RelatedTalk,
    SeriesPage,
    SeriesQuestion,
    TalkCorrection,
    TalkPage,
    TalkSpeaker,
)

from .nouns import Nouns
from .recordings import moments_of, tapes_of
from .shapes import Asked, Content, Evening, Talk, paragraph
from .tree import insert_pages, place_under, save_count

WRITE_UP_DAYS = 8
CORRECTION_DAYS = 17


@dataclass
class Programme:
    """The pages that were made, by number and by the talk's key."""

    series: SeriesPage
    nouns: Nouns
    starts: dict[int, dt.datetime]
    events: dict[int, EventPage] = field(default_factory=dict)
    talks: dict[str, TalkPage] = field(default_factory=dict)

    def written_up_on(self, number: int) -> dt.date:
        return self.starts[number].date() + dt.timedelta(days=WRITE_UP_DAYS)

    def written_up_at(self, number: int) -> dt.datetime:
        return self.starts[number] + dt.timedelta(days=WRITE_UP_DAYS, hours=-7)

    def host(self, number: int, site: dict[str, Any]) -> Host:
        return self.nouns.hosts[place_of(site["hosts"], number)]

    def page_facts(self, number: int) -> dict[str, Any]:
        """What every page of an evening that was written up has in common."""
        at = self.written_up_at(number)
        return {
            "live": True,
            "owner": self.nouns.accounts["Organiser"],
            "first_published_at": at,
            "last_published_at": at,
        }


def place_of(spells: list[dict[str, Any]], number: int) -> int:
    """Which of several that follow one another had this number."""
    return max(place for place, row in enumerate(spells) if row["first"] <= number)


def load_series(site: dict[str, Any], home: Any, nouns: Nouns, since: dt.datetime) -> SeriesPage:
    """The series with its questions and its hosts' spells."""
    series = SeriesPage(**site["series"], live=True, first_published_at=since, last_published_at=since)
    home.add_child(instance=series)
    series.series_questions = [
        SeriesQuestion(question=question, sort_order=place) for place, question in enumerate(nouns.questions.values())
    ]
    series.host_spells = [
        HostSpell(host=host, first_number=row["first"], last_number=row.get("last"), sort_order=place)
        for place, (host, row) in enumerate(zip(nouns.hosts, site["hosts"], strict=True))
    ]
    series.save()
    return SeriesPage.objects.get(pk=series.pk)


def load_evenings(content: Content, programme: Programme) -> None:
    """Sixty evenings and their talks, in a handful of statements."""
    events = [event_page(evening, content, programme) for evening in content.held]
    place_under(programme.series, events)
    insert_pages(events)
    save_count(programme.series)
    programme.events.update((event.number, event) for event in events)
    for evening in content.held:
        event = programme.events[evening.number]
        talks = [talk_page(talk, event, programme) for talk in evening.talks]
        place_under(event, talks)
        save_count(event)
        programme.talks.update((talk.key, page) for talk, page in zip(evening.talks, talks, strict=True))
    insert_pages(list(programme.talks.values()))
    load_talk_rows(content, programme)
    load_timelines(content, programme)


def event_page(evening: Evening, content: Content, programme: Programme) -> EventPage:
    number, series = evening.number, programme.series
    starts_at = programme.starts[number]
    chair = content.site["chairs"][place_of(content.site["chairs"], number)]["name"]
    slots = sum(talk.takes_a_slot for talk in evening.talks)
    piece_title, _, piece_address = (part.strip() for part in evening.piece.partition("|"))
    key, _, path = piece_address.partition("/")
    return EventPage(
        title=evening.title,
        slug=str(number),
        number=number,
        series=series,
        starts_at=starts_at,
        over_at=starts_at + series.welcome + slots * series.slot,
        status=EventStatus.CONFIRMED,
        host=programme.host(number, content.site),
        venue=programme.nouns.venues[
            evening.venue or ("penhallow", "kestrel")[place_of(content.site["hosts"], number)]
        ],
        chair=programme.nouns.speakers[chair],
        standfirst=f"A themed evening: {evening.theme.lower()}." if evening.theme else "",
        introduction=paragraph(evening.introduction),
        sign_off=paragraph(evening.sign_off),
        related_title=piece_title,
        related_url=f"https://{content.bodies[key].host}/{path}" if key else "",
        byline=evening.byline or "the Data Bites team",
        written_up_on=programme.written_up_on(number),
        **programme.page_facts(number),
    )


def talk_page(talk: Talk, event: EventPage, programme: Programme) -> TalkPage:
    return TalkPage(
        title=talk.title,
        slug=slugify(talk.title)[:80].strip("-"),
        event=event,
        account=paragraph(talk.account),
        state=talk.state,
        **programme.page_facts(talk.evening),
    )


def load_talk_rows(content: Content, programme: Programme) -> None:
    """Who spoke, what about, what it has to do with, what was put right."""
    speakers, topics, related, corrections = [], [], [], []
    for evening in content.held:
        for talk in evening.talks:
            page = programme.talks[talk.key]
            speakers += talk_speakers(talk, page, programme.nouns)
            topics += [
                TalkPage.topics.through(talkpage_id=page.pk, topic_id=programme.nouns.topics[name].pk)
                for name in talk.topics
            ]
            related += related_talks(talk, page, programme)
            corrections += [
                TalkCorrection(
                    talk=page,
                    text=text,
                    made_on=programme.starts[talk.evening].date() + dt.timedelta(days=CORRECTION_DAYS),
                    sort_order=0,
                )
                for text in talk.corrections
            ]
    TalkSpeaker.objects.bulk_create(speakers)
    TalkPage.topics.through.objects.bulk_create(topics)
    RelatedTalk.objects.bulk_create(related)
    TalkCorrection.objects.bulk_create(corrections)


def talk_speakers(talk: Talk, page: TalkPage, nouns: Nouns) -> list[TalkSpeaker]:
    return [
        TalkSpeaker(
            talk=page,
            speaker=nouns.speakers[billing.name],
            role=billing.role,
            organisation=nouns.organisations[billing.organisation],
            place=talk.spoke_from,
            sort_order=place,
        )
        for place, billing in enumerate(talk.billings)
    ]


def related_talks(talk: Talk, page: TalkPage, programme: Programme) -> list[RelatedTalk]:
    """A reason that says no more than the other talk's title is left out."""
    wanted = [*talk.related, *([(talk.moved_to, "Given here")] if talk.moved_to else [])]
    return [
        RelatedTalk(
            talk=page,
            related=programme.talks[key],
            reason="" if reason == programme.talks[key].title else reason,
            sort_order=place,
        )
        for place, (key, reason) in enumerate(wanted)
    ]


def load_timelines(content: Content, programme: Programme) -> None:
    """Recordings, audience questions, and the chapters that point to both."""
    recordings, asked, chapters = [], {}, []
    for evening in content.held:
        event = programme.events[evening.number]
        recordings += [
            Recording(event=event, sort_order=place, **vars(tape)) for place, tape in enumerate(tapes_of(evening))
        ]
        for talk in evening.talks:
            for place, question in enumerate(talk.asked):
                asked[talk.key, place] = audience_question(question, talk, place, programme)
    Recording.objects.bulk_create(recordings)
    AudienceQuestion.objects.bulk_create(asked.values())
    for evening in content.held:
        for place, moment in enumerate(moments_of(evening) if evening.state != "not recorded" else []):
            about = moment.talk
            chapters.append(
                Chapter(
                    event=programme.events[evening.number],
                    seconds=moment.seconds,
                    label=moment.label,
                    talk=programme.talks[about.key] if about else None,
                    question=asked[about.key, moment.asked] if about and moment.asked is not None else None,
                    sort_order=place,
                )
            )
    Chapter.objects.bulk_create(chapters)


def audience_question(asked: Asked, talk: Talk, place: int, programme: Programme) -> AudienceQuestion:
    chance = random.Random(f"{talk.key} {place}")  # noqa: S311  which channel it came by
    people = [programme.nouns.speakers[billing.name] for billing in talk.billings]
    words = [
        paragraph(f"{people[speaker - 1].name.split()[0]}: {text}" if speaker else text)
        for speaker, text in asked.answers
    ]
    in_writing = chance.random() < 0.3
    answered = QuestionState.IN_WRITING if in_writing else QuestionState.ON_THE_NIGHT
    day = programme.starts[talk.evening].date() + dt.timedelta(days=5 if in_writing else 0)
    return AudienceQuestion(
        event=programme.events[talk.evening],
        talk=programme.talks[talk.key],
        order=place,
        as_asked=asked.question,
        text="" if asked.state else asked.question,
        source=chance.choice([QuestionSource.ROOM, QuestionSource.ROOM, QuestionSource.SLIDO, QuestionSource.CHAT]),
        state=asked.state or answered,
        answer="".join(words),
        answered_by=people[0] if words and len(people) == 1 else None,
        answered_on=day if words else None,
    )
