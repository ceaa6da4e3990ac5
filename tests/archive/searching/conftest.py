"""An archive to search: a handful of talks in which each word has its place."""

import datetime as dt

import pytest

from archive.models import Cue, Transcript
from archive.searching import keeping
from events.models import AudienceQuestion, Chapter, EventCorrection, Recording, TalkCorrection
from pages.cache import bump
from speakers.models import Ask, OrganisationName, Promise, PromiseReply, SpeakerAlias, TalkLink
from tests.archive.answering import YEAR, make_answer, make_own
from tests.factories import (
    START,
    make_event,
    make_host,
    make_organisation,
    make_speaker,
    make_topic,
    make_venue,
    publish,
)
from tests.remembering import remembered


@pytest.fixture
def index(empty_cache):
    """Call it when everything is there."""

    def make():
        done = dict(keeping.index_everything())
        bump()
        return done

    return make


def what_was_said(new, maps):
    """A question from the audience, and a recording with its transcript."""
    AudienceQuestion.objects.create(
        event=new,
        talk=maps,
        as_asked="canary",
        text="Why <b>now</b>?",
        state="in_writing",
        answer="<p>It was time.</p>",
    )
    publish(
        new,
        recordings=[Recording(url="https://youtu.be/aB3-_fGh1jK", offset_seconds=5)],
        chapters=[Chapter(seconds=0, label="Welcome"), Chapter(seconds=60, label="Where things are", talk=maps)],
    )
    transcript = Transcript.objects.create(event=new, filename="60.vtt", source="WEBVTT", at=START)
    lines = [(1, "Good evening."), (65, "We drew a zebra"), (69, "on the chart."), (130, "Another one.")]
    Cue.objects.bulk_create(
        Cue(transcript=transcript, starts_ms=at * 1000, ends_ms=at * 1000 + 4000, voice="Ada", text=text)
        for at, text in lines
    )
    return transcript


def what_stands_around(talk, ada):
    """A link, an ask, a promise with what became of it, another whose words are gone, and two corrections."""
    given = {"contribution": talk.contribution}
    told = {"kind": "dataset", "language": "xx"}
    TalkLink.objects.create(label="A dictionary", url="https://www.words.example.org/d", **told, **given)
    Ask.objects.create(text="Send us your gazetteers", closes_on=START.date(), **given)
    Ask.objects.create(text="Test the almanac", **given)
    Promise.objects.create(text="An atlas will be printed", due_on=START.date(), **given)
    replied = {"outcome": "done", "replied_on": dt.date(2026, 2, 20), "at": START, **given}
    for said, words in (("An atlas will be printed", "Libraries have it."), ("Globes for everybody", "We ran out.")):
        PromiseReply.objects.create(said=said, words=words, speaker=ada, published_at=START, **replied)
    PromiseReply.objects.create(said="An atlas will be printed", words="Canary.", **replied)
    wrong = {"made_on": dt.date(2026, 3, 4)}
    publish(talk, corrections=[TalkCorrection(text="There are forty otters, not four.", **wrong)])
    publish(talk.event, corrections=[EventCorrection(text="It was the ferry, not the train.", **wrong)])


def _renamed():
    board = make_organisation("Board of Tides", short_name="BoT", kind="regulator")
    OrganisationName.objects.create(organisation=board, name="Office of Harbours", until=dt.date(2020, 1, 1))
    return board


@pytest.fixture
def archive(index):
    """Two evenings, two years apart, in the index."""
    made = two_evenings()
    index()
    return made


@remembered
def two_evenings():
    board = _renamed()
    trust = make_organisation("River Trust", kind="charity")
    ada = make_speaker("Ada Vale", biography="<p>Counts lighthouses.</p>")
    SpeakerAlias.objects.create(speaker=ada, name="Ada Stone", public=True)
    SpeakerAlias.objects.create(speaker=ada, name="Ada Canary", public=False)
    new = make_event(
        number=60,
        title="Finding out",
        host=make_host("The Barn"),
        venue=make_venue(name="Corn Exchange", place="Leeds"),
        introduction="<p>It rained in Cardiff.</p>",
    )
    old = make_event(number=41, title="Standing water", host=make_host("The Hall"), starts_at=START - 2 * YEAR)
    maps = make_answer(
        "Everybody uses StatsWales. The standardisation of place names took years.",
        event=new,
        title="Where things are",
        speakers=[ada],
        role="Head of Maps",
        organisation=board,
        topics=[make_topic(name="Codes", description="What a place is called.")],
        account="<p>About the names of harbours.</p>",
    )
    rivers = make_answer(
        "Open data about rivers; people’s data isn’t open.",
        event=old,
        title="StatsWales & rivers",
        speakers=[make_speaker("Bo Wick"), ada],
        role="Analyst",
        organisation=trust,
        topics=[make_topic(name="Water")],
    )
    make_own(rivers, ada, "Bridges, alone.")
    what_stands_around(maps, ada)
    transcript = what_was_said(new, maps)
    return {"new": new, "maps": maps, "transcript": transcript}
