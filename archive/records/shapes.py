"""What programs are told of each thing. The API's description and the open data's dictionary are made from this."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from events.enums import EventStatus, RecordingKind, TalkState, TopicKind
from speakers.enums import DatePrecision, LinkKind, OrganisationKind, PromiseOutcome

from ..enums import AnswerStatus

Address = Annotated[str, Field(description="Its page, for people.")]
Text = Annotated[str, Field(description="Plain words, without markup.")]
Markup = Annotated[str, Field(description="The same words as HTML: p, b, i, a, ul, ol, li and little else.")]
Changed = Annotated[dt.datetime | None, Field(description="When its public words last changed, where that is known.")]
EventId = Annotated[int, Field(description="The evening’s id.")]
TalkId = Annotated[int, Field(description="The talk’s id.")]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LicenceRecord(Record):
    """The terms under which it may be used again. Empty: none were given, and nothing may be assumed."""

    name: str
    url: str


Licence = Annotated[LicenceRecord, Field(description="The terms under which it may be used again; empty: none known.")]


class RecordingRecord(Record):
    kind: Annotated[RecordingKind, Field(description="Whether it is seen or only heard.")]
    url: Annotated[str, Field(description="Where it is seen or heard.")]
    duration_seconds: Annotated[int | None, Field(description="Its length in seconds.")]
    captions: Annotated[bool, Field(description="Whether it has captions.")]


class ChapterRecord(Record):
    seconds: Annotated[int, Field(description="Where it begins, in seconds from the beginning of the evening.")]
    label: Annotated[str, Field(description="What begins there.")]
    talk: Annotated[int | None, Field(description="The talk that begins there, by its id.")]


class EventRecord(Record):
    """An evening of a series."""

    id: Annotated[int, Field(description="Stays the same, whatever its number or address becomes.")]
    series: Annotated[str, Field(description="The series it belongs to, by the name in its address.")]
    number: Annotated[int, Field(description="Its number in the series.")]
    title: Annotated[str, Field(description="Its title.")]
    standfirst: Annotated[str, Field(description="What it is about, in a sentence.")]
    starts_at: Annotated[dt.datetime, Field(description="On the clock of the series, with the offset from UTC.")]
    ends_at: Annotated[dt.datetime, Field(description="When it ends or is expected to; on the clock of the series.")]
    status: Annotated[EventStatus, Field(description="Where it stands in the calendar.")]
    host: Annotated[str | None, Field(description="Who hosts it, by the name in its address.")]
    venue: Annotated[str, Field(description="The name of the place.")]
    town: Annotated[str, Field(description="The town of the place.")]
    chair: Annotated[str | None, Field(description="Who leads it, by the name in their address.")]
    introduction: Text
    introduction_html: Markup
    written_up_on: Annotated[dt.date | None, Field(description="The day on which the write-up appeared.")]
    written_up_by: Annotated[str, Field(description="Who wrote it up.")]
    original_url: Annotated[str, Field(description="Where the write-up first appeared, if it was elsewhere.")]
    recordings: Annotated[list[RecordingRecord], Field(description="Where it is seen or heard.")]
    chapters: Annotated[list[ChapterRecord], Field(description="What begins when, in a recording.")]
    address: Address
    updated_at: Changed


class AppearanceRecord(Record):
    """Somebody in a talk, as they were on that day."""

    speaker: Annotated[str | None, Field(description="Who it is, by the name in their address; if they have a page.")]
    name: Annotated[str, Field(description="Their name in the programme.")]
    role: Annotated[str, Field(description="Their job at the time.")]
    organisation: Annotated[str | None, Field(description="Where they worked then, by the name in its address.")]
    organisation_name: Annotated[str, Field(description="What it was called at the time.")]
    place: Annotated[str, Field(description="Where they spoke from, if not from the room.")]


class LinkRecord(Record):
    label: Annotated[str, Field(description="What it leads to.")]
    url: Annotated[str, Field(description="Where it leads.")]
    kind: Annotated[LinkKind, Field(description="What it leads to.")]
    language: Annotated[str, Field(description="Of what it leads to: en, cy, gd, ga, or xx for another one.")]


class PromiseRecord(Record):
    text: Annotated[str, Field(description="What the speakers said would happen.")]
    due_on: Annotated[dt.date | None, Field(description="About when.")]
    due_precision: Annotated[DatePrecision, Field(description="How exact the day is.")]


class ReplyRecord(Record):
    promise: Annotated[str, Field(description="What they had said, in the words they were asked about.")]
    outcome: Annotated[PromiseOutcome, Field(description="How it stands.")]
    text: Annotated[str, Field(description="What they say about it; empty if they said no more.")]
    replied_on: Annotated[dt.date, Field(description="The day of the reply.")]


class TalkRecord(Record):
    """A talk in the programme of an evening."""

    id: Annotated[int, Field(description="Stays the same, whatever its title or address becomes.")]
    event: EventId
    position: Annotated[int | None, Field(description="Its place in the running order; none if it was taken out.")]
    title: Annotated[str, Field(description="Its title.")]
    title_is_ours: Annotated[bool, Field(description="Whether the organisers made the title up.")]
    teaser: Annotated[str, Field(description="What it is about, as the programme said.")]
    state: Annotated[TalkState, Field(description="How it stands in the programme.")]
    speakers: Annotated[list[AppearanceRecord], Field(description="Who speaks, in order.")]
    topics: Annotated[list[str], Field(description="What it was about, by the names in the topics’ addresses.")]
    account: Text
    account_html: Markup
    links: Annotated[list[LinkRecord], Field(description="What the speakers point to.")]
    promises: Annotated[list[PromiseRecord], Field(description="What the speakers said would happen.")]
    replies: Annotated[list[ReplyRecord], Field(description="What became of it, as the speakers say; newest first.")]
    slides: Annotated[str, Field(description="Where the slides are, if they may be seen and their speakers agreed.")]
    address: Address
    updated_at: Changed
    licence: Licence


class AnswerRecord(Record):
    """What the speakers of a talk, or one of them, answered to a standard question; or why there is nothing."""

    id: Annotated[
        str, Field(description="Talk, question and, of one person’s own, speaker, by their ids: 301-6 or 301-6-44.")
    ]
    talk: TalkId
    event: EventId
    question: Annotated[str, Field(description="The question, by the name in its address.")]
    status: Annotated[AnswerStatus, Field(description="Whether there is an answer, or why there is none.")]
    asked_as: Annotated[str, Field(description="The question’s words as they were put; empty if it was not asked.")]
    text: Text
    html: Markup
    together: Annotated[bool | None, Field(description="Whether several speakers answered together.")]
    speakers: Annotated[list[str], Field(description="Whose answer it is, by their names in the programme.")]
    address: Annotated[str, Field(description="Where it stands, for people; empty where there is nothing to see.")]
    updated_at: Changed
    licence: Licence


class AskRecord(Record):
    """What the speakers of a talk asked of the room. Whether it is still open is for the reader’s own clock."""

    id: Annotated[str, Field(description="The talk by its id, and which of its asks it is: 301-1.")]
    talk: TalkId
    event: EventId
    text: Annotated[str, Field(description="What people can do.")]
    url: Annotated[str, Field(description="Where to do it.")]
    opens_on: Annotated[dt.date | None, Field(description="The first day; none: at once.")]
    closes_on: Annotated[dt.date | None, Field(description="The last day, or a day of the last month; none: no end.")]
    closes_precision: Annotated[DatePrecision, Field(description="Whether closes_on is that day or that month.")]
    address: Annotated[str, Field(description="The page of its talk, for people.")]
    updated_at: Changed
    licence: Licence


class AudienceQuestionRecord(Record):
    """A question from the audience that was answered, in its published words."""

    event: EventId
    talk: Annotated[int | None, Field(description="The talk it was put to, by its id; none: to all.")]
    text: Annotated[str, Field(description="The question.")]
    answer: Text
    answer_html: Markup
    answered_by: Annotated[str, Field(description="Who answered.")]
    pointer_url: Annotated[str, Field(description="Where to look further.")]


class CorrectionRecord(Record):
    event: EventId
    talk: Annotated[int | None, Field(description="The talk it is about, by its id; none: the evening.")]
    made_on: Annotated[dt.date, Field(description="The day of the correction.")]
    text: Annotated[str, Field(description="What was wrong and is right now.")]


class LineRecord(Record):
    """A line of a transcript."""

    event: EventId
    talk: Annotated[int | None, Field(description="The talk in whose slot it was said, by its id.")]
    language: Annotated[str, Field(description="The language of the transcript, as in BCP 47.")]
    starts_milliseconds: Annotated[int, Field(description="Where it begins, from the beginning of the evening.")]
    ends_milliseconds: Annotated[int, Field(description="Where it ends, from the beginning of the evening.")]
    voice: Annotated[str, Field(description="Who speaks, where the captions say so.")]
    text: Text
    licence: Licence


class SpeakerRecord(Record):
    """Somebody who spoke or chaired in public."""

    id: Annotated[int, Field(description="Stays the same, whatever their name or address becomes.")]
    slug: Annotated[str, Field(description="The name in their address.")]
    name: Annotated[str, Field(description="As it stands in programmes.")]
    sort_name: Annotated[str, Field(description="Family name first.")]
    other_names: Annotated[list[str], Field(description="Other names that they are known by.")]
    biography: Text
    biography_html: Markup
    links: Annotated[list[str], Field(description="Where else to find them.")]
    address: Address
    updated_at: Changed


class FormerNameRecord(Record):
    name: Annotated[str, Field(description="A name it had.")]
    since: Annotated[dt.date | None, Field(description="The first day of that name.")]
    until: Annotated[dt.date | None, Field(description="The last day of that name.")]


class OrganisationRecord(Record):
    """An organisation whose people, or whose parts’ people, spoke in public."""

    id: Annotated[int, Field(description="Stays the same, whatever its name or address becomes.")]
    slug: Annotated[str, Field(description="The name in its address.")]
    name: Annotated[str, Field(description="Its name today.")]
    short_name: Annotated[str, Field(description="What people say.")]
    kind: Annotated[OrganisationKind, Field(description="What kind of organisation it is.")]
    parent: Annotated[str | None, Field(description="What it is part of, by the name in its address.")]
    became: Annotated[str | None, Field(description="What it was merged into, by the name in its address.")]
    former_names: Annotated[list[FormerNameRecord], Field(description="What it was called before.")]
    website: Annotated[str, Field(description="Its own website.")]
    address: Address


class HostRecord(Record):
    """Who hosts evenings."""

    id: Annotated[int, Field(description="Stays the same, whatever its name becomes.")]
    slug: Annotated[str, Field(description="The name in its address.")]
    name: Annotated[str, Field(description="Its name.")]
    website: Annotated[str, Field(description="Its own website.")]
    address: Address


class TopicRecord(Record):
    """A subject, or a named thing that returns."""

    id: Annotated[int, Field(description="Stays the same, whatever its name becomes.")]
    slug: Annotated[str, Field(description="The name in its address.")]
    name: Annotated[str, Field(description="Its name.")]
    kind: Annotated[TopicKind, Field(description="Whether it is a subject or a thing that returns.")]
    description: Annotated[str, Field(description="A sentence about it.")]
    address: Address


class FormerWordingRecord(Record):
    text: Annotated[str, Field(description="How it was put before.")]
    until: Annotated[dt.date | None, Field(description="The last day on which it was put so.")]


class QuestionRecord(Record):
    """A standard question, put to every speaker."""

    id: Annotated[int, Field(description="Stays the same, whatever its name becomes.")]
    slug: Annotated[str, Field(description="The name in its address.")]
    text: Annotated[str, Field(description="Its words today.")]
    short_name: Annotated[str, Field(description="What it is called in lists.")]
    is_asked: Annotated[bool, Field(description="Whether a series still asks it.")]
    former_wordings: Annotated[list[FormerWordingRecord], Field(description="How it was put before.")]
    address: Address


class SeriesRecord(Record):
    """A series of evenings."""

    id: Annotated[int, Field(description="Stays the same, whatever its name becomes.")]
    slug: Annotated[str, Field(description="The name in its address.")]
    title: Annotated[str, Field(description="Its title.")]
    strapline: Annotated[str, Field(description="What it is, in one line.")]
    time_zone: Annotated[str, Field(description="Its clock, by the name in the IANA database.")]
    talk_minutes: Annotated[int, Field(description="The length of a talk, in minutes.")]
    question_minutes: Annotated[int, Field(description="The time for questions after a talk, in minutes.")]
    questions: Annotated[list[str], Field(description="What it asks every speaker today, in order.")]
    address: Address
