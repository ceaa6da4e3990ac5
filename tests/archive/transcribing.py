"""An evening with a transcript, for tests."""

from django.utils import timezone

from archive.captions import read_captions
from archive.transcribing import keep_transcript
from events.models import AudienceQuestion, Chapter, Recording
from tests.factories import START, make_event, make_speaker, make_talk, publish

WATCH = "https://www.youtube.com/watch?v=aB3-_fGh1jK"
VTT = """WEBVTT

00:01.000 --> 00:03.000
<v Chair>Good evening.

00:12.000 --> 00:15.000
<v Ada Vale>The tide comes twice a day,

00:15.000 --> 00:18.000
<v Ada Vale>and nobody measures it.

00:20.000 --> 00:22.000
<v Bo Reed>Why <b>not</b> & who?

00:30.000 --> 00:33.000
<v Cy Moss>Mud is data too.
"""


def make_evening(*, number=60, recordings=None, chapters=True):
    """Two talks, a question after the first; the chapters of all of it."""
    event = make_event(number=number, title="Finding out", starts_at=START)
    tides = make_talk(event=event, title="Tides", speakers=[make_speaker()])
    mud = make_talk(event=event, title="Mud", speakers=[make_speaker()])
    asked = AudienceQuestion.objects.create(
        event=event, talk=tides, as_asked="Why?", text="Why not?", state="on_the_night"
    )
    rows = [
        Chapter(seconds=0, label="Welcome"),
        Chapter(seconds=10, label="Tides", talk=tides),
        Chapter(seconds=20, label="Why not?", question=asked),
        Chapter(seconds=30, label="Mud", talk=mud),
    ]
    recordings = [Recording(url=WATCH)] if recordings is None else recordings
    return publish(event, recordings=recordings, chapters=rows if chapters else [])


def transcribe(event, text=VTT, *, language="en", made_for=None, by=None, filename="sixty.vtt"):
    transcript, _ = keep_transcript(
        event=event,
        language=language,
        filename=filename,
        captions=read_captions(text.encode()),
        made_for=made_for,
        by=by,
        at=timezone.now(),
    )
    return transcript
