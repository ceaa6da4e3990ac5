"""Transcripts come in, take the place of others, and go. Each is in the evening's history."""

import datetime as dt
from pathlib import PurePath
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from events.models import EventPage, Recording
from pages.cache import bump

from .caption_blocks import Fault, NotCaptions, counted_lines
from .captions import Captions, Said
from .models import Cue, Transcript

# What a transcript's file is called, where its own name says nothing.
NAMELESS = "captions"


@transaction.atomic
def keep_transcript(
    *,
    event: EventPage,
    language: str,
    filename: str,
    captions: Captions,
    made_for: Recording | None,
    by: Any,
    at: dt.datetime,
) -> tuple[Transcript, list[Fault]]:
    """Keep a file of captions; the one that was there in that language goes.

    `made_for` is the recording on whose clock its times are; None where they are on the evening's own. Gives what a
    person should look at besides.

    Side effects: a line in the evening's history; public pages are made anew.

    Raises:
        NotCaptions: everything in it is said before the evening's first second.
    """
    offset_ms = made_for.offset_seconds * 1000 if made_for else 0
    lines, warnings = on_the_evenings_clock(captions, offset_ms=offset_ms)
    transcript, _ = Transcript.objects.update_or_create(
        event=event,
        language=language,
        defaults={"filename": tidy_name(filename), "source": captions.source, "at": at, "by": by},
    )
    transcript.cues.all().delete()
    Cue.objects.bulk_create(
        [
            Cue(transcript=transcript, starts_ms=s.starts_ms, ends_ms=s.ends_ms, voice=s.voice, text=s.text)
            for s in lines
        ],
        batch_size=500,
    )
    log(instance=event, action="archive.keep_transcript", user=by, data={"filename": transcript.filename})
    transaction.on_commit(bump)
    return transcript, warnings


@transaction.atomic
def delete_transcript(*, transcript: Transcript, by: Any) -> None:
    """Side effects: a line in the evening's history; public pages are made anew."""
    log(instance=transcript.event, action="archive.delete_transcript", user=by, data={"filename": transcript.filename})
    transcript.delete()
    transaction.on_commit(bump)


def on_the_evenings_clock(captions: Captions, *, offset_ms: int) -> tuple[list[Said], list[Fault]]:
    """Lines from the evening's first second on; one that had begun by then begins with it.

    Raises:
        NotCaptions: there is none.
    """
    moved = [Said(s.starts_ms - offset_ms, s.ends_ms - offset_ms, s.voice, s.text) for s in captions.said]
    kept = [Said(max(0, s.starts_ms), s.ends_ms, s.voice, s.text) for s in moved if s.ends_ms > 0]
    if not kept:
        raise NotCaptions([Fault(1, "Everything in it is said before the evening’s first second. See the offset.")])
    gone = len(moved) - len(kept)
    were = "was" if gone == 1 else "were"
    words = f"{counted_lines(gone).capitalize()} before the evening’s first second {were} left out."
    return kept, [*captions.warnings, *([Fault(1, words)] if gone else [])]


def tidy_name(name: str) -> str:
    """The file's name as people will see it: no folders, no control characters."""
    plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable()).strip()
    return plain[-200:] or NAMELESS
