"""What was said at the newest evenings: their speakers' own words, at the seconds at which they were said."""

import re
from collections.abc import Iterator

from django.utils import timezone

from archive.models import Cue, Transcript
from events.chapter_texts import webvtt_text
from events.positions import write_timestamp

from .evenings import Programme
from .recordings import SLOT_SECONDS, TALK_SECONDS, WELCOME_SECONDS, Moment, moments_of
from .shapes import Content, Evening, Talk

TRANSCRIBED = (59, 60)
WORDS_A_SECOND = 2.6
BREATH_MS = 300
_SENTENCE_ENDS = re.compile(r"(?<=[.?!…])\s+")

type Line = tuple[int, int, str, str]  # from, to, who, what


def load_transcripts(content: Content, programme: Programme) -> int:
    """Captions of the newest evenings, as if a file had been put in for each; returns how many lines."""
    lines = 0
    for evening in content.held:
        if evening.number in TRANSCRIBED:
            lines += load_transcript(evening, programme)
    return lines


def load_transcript(evening: Evening, programme: Programme) -> int:
    said = list(spoken(evening))
    transcript = Transcript.objects.create(
        event=programme.events[evening.number],
        filename=f"data-bites-{evening.number}.vtt",
        source=as_file(said),
        at=min(programme.written_up_at(evening.number), timezone.now()),
        by=programme.nouns.accounts["Organiser"],
    )
    Cue.objects.bulk_create(
        [Cue(transcript=transcript, starts_ms=at, ends_ms=to, voice=who, text=what) for at, to, who, what in said]
    )
    return len(said)


def spoken(evening: Evening) -> Iterator[Line]:
    """Each chapter's words one after the other; nobody speaks on into the next."""
    moments = moments_of(evening)
    ends = [moment.seconds for moment in moments[1:]] + [moments[-1].seconds + WELCOME_SECONDS]
    for moment, end in zip(moments, ends, strict=True):
        at = moment.seconds * 1000 + 1000
        for who, what in words_of(evening, moment):
            to = at + round(len(what.split()) / WORDS_A_SECOND * 1000) + 400
            if to > end * 1000:
                break
            yield at, to, who, what
            at = to + BREATH_MS


def words_of(evening: Evening, moment: Moment) -> Iterator[tuple[str, str]]:
    """(who, a sentence) for what is said in a chapter."""
    if moment.talk is None:
        yield from (("Chair", sentence) for sentence in sentences(welcome(evening, moment)))
    elif moment.asked is not None:
        asked = moment.talk.asked[moment.asked]
        yield from (("From the audience", sentence) for sentence in sentences(asked.question))
        for speaker, text in asked.answers:
            yield from ((name_of(moment.talk, speaker), sentence) for sentence in sentences(text))
    else:
        for answer in moment.talk.answers:
            yield from ((name_of(moment.talk, answer.speaker), sentence) for sentence in sentences(answer.words))


def welcome(evening: Evening, moment: Moment) -> str:
    talks = len([talk for talk in evening.talks if talk.takes_a_slot])
    if moment.seconds:
        return "That was the last talk. Thank you to everybody who spoke, and to you for your questions. Good night."
    return (
        f"Good evening, and welcome. {evening.introduction} There are {talks} talks tonight, of {TALK_SECONDS // 60} "
        f"minutes each, and after each it is your turn for {(SLOT_SECONDS - TALK_SECONDS) // 60} minutes."
    )


def name_of(talk: Talk, speaker: int) -> str:
    return talk.billings[max(speaker, 1) - 1].name


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_ENDS.split(text.strip()) if sentence]


def as_file(said: list[Line]) -> str:
    blocks = [
        f"{write_timestamp(at)} --> {write_timestamp(to)}\n<v {webvtt_text(who)}>{webvtt_text(what)}\n"
        for at, to, who, what in said
    ]
    return "\n".join(["WEBVTT\n", *blocks])
