"""Where the demo's evenings were recorded, and the chapters of their timelines. The ids belong to nobody."""

import random
from dataclasses import dataclass
from textwrap import shorten

from .shapes import Evening, Talk

SLOT_SECONDS = 16 * 60
WELCOME_SECONDS = 5 * 60
TALK_SECONDS = 8 * 60
WITH_CAPTIONS_FROM = 25
OWN_SERVERS = {13: "https://video.oakum.example/w/data-bites-13", 41: "https://video.ormsdale.example/w/data-bites-41"}
AUDIO_ALONE = 30
REASONS = {
    1: "Nobody had thought of it.",
    42: "The camera was in the wrong building.",
    47: "A speaker asked us not to publish it. The write-up is complete.",
}


@dataclass(frozen=True)
class Tape:
    """A recording: its kind and state as the models spell them."""

    kind: str = "video"
    state: str = "published"
    url: str = ""
    duration_seconds: int | None = None
    offset_seconds: int = 0
    captions: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Moment:
    """A chapter: of a talk, of one of its audience questions (counted from 0), or of the evening."""

    seconds: int
    label: str
    talk: Talk | None = None
    asked: int | None = None


def tapes_of(evening: Evening) -> list[Tape]:
    """Video for most, sound beside it for some, sound alone once; three were not recorded or are withheld."""
    number = evening.number
    if number in REASONS:
        return [Tape(state=evening.state.replace(" ", "_"), reason=REASONS[number])]
    length = moments_of(evening)[-1].seconds + TALK_SECONDS
    offset = 40 if number % 7 == 0 else 0
    tapes = []
    if number != AUDIO_ALONE:
        tapes.append(
            Tape("video", "published", video_url(number), length + offset, offset, number >= WITH_CAPTIONS_FROM)
        )
    if number == AUDIO_ALONE or (number >= 20 and number % 3 == 0):
        url = f"https://soundcloud.com/data-bites-demo/evening-{number}"
        tapes.append(Tape("audio", "published", url, length - 90, -90))
    return tapes


def label(text: str) -> str:
    """Whole words only; a chapter's label holds 200 letters."""
    return shorten(text, 200, placeholder="…")


def video_url(number: int) -> str:
    if number in OWN_SERVERS:
        return OWN_SERVERS[number]
    if number % 5 == 0:
        return f"https://vimeo.com/{9_999_900_000 + number}"
    return f"https://www.youtube.com/watch?v=DataBites{number:02}"


def moments_of(evening: Evening) -> list[Moment]:
    """The welcome, each talk about where its slot should begin, and the questions that were asked after it."""
    chance = random.Random(evening.number)  # noqa: S311  a shape, not a secret
    moments = [Moment(0, "Welcome")]
    begins = WELCOME_SECONDS + chance.randint(-60, 90)
    for talk in (talk for talk in evening.talks if talk.takes_a_slot):
        moments.append(Moment(begins, label(talk.title), talk))
        asked_at = begins + TALK_SECONDS + chance.randint(-20, 60)
        for place, asked in enumerate(talk.asked):
            moments.append(Moment(asked_at, label(asked.question), talk, place))
            asked_at += chance.randint(60, 110)
        begins += SLOT_SECONDS + chance.randint(-35, 70)
    return [*moments, Moment(begins, "Thank you and good night")]
