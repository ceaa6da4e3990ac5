"""What was said at an evening: to read beside its recording, a part at a time, and to take away."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.views import serve

from events.clips import published
from events.models import EventPage, TalkPage
from events.playback import Moment, Source, main_source, moment_at
from pages.clock import now
from pages.errors import NotHere
from pages.views import read_only

from .. import transcript_files
from ..models import Transcript
from ..transcripts import Part, Passage, language_in_words, parts_of, public_transcripts

NOT_HERE = "There is no transcript of this evening."


@read_only
def transcript(request: HttpRequest, series: str, number: str, part: str = "") -> HttpResponse:
    """One part of it; `?language=` where there are several. A talk may have such an address too."""
    event, found = _found(request, series, number)
    if event is None or not found:
        return serve(request, request.path_info.lstrip("/"))
    asked = request.GET.get("language", "")
    chosen = next((row for row in found if row.language == asked), found[0])
    languages = _languages(found, chosen)
    parts = _with_addresses(event, parts_of(event, chosen), languages["query"])
    shown = next((row for row in parts if row.slug == part), None)
    if shown is None:
        return _elsewhere(event, chosen, part)
    context = {"event": event, "parts": parts, **languages, **_around(event, parts, shown)}
    return render(request, "archive/transcript.html", context)


def _languages(found: list[Transcript], chosen: Transcript) -> dict[str, Any]:
    return {
        "transcript": chosen,
        "others": [(row.language, language_in_words(row.language)) for row in found if row != chosen],
        "query": f"language={chosen.language}" if chosen != found[0] else "",
    }


def _with_addresses(event: EventPage, parts: list[Part], query: str) -> list[Part]:
    evening = [event.series.slug, event.number]  # type: ignore[union-attr]
    for part in parts:
        name, slug = ("transcript_part", [part.slug]) if part.slug else ("transcript", [])
        part.url = reverse(name, args=[*evening, *slug]) + (f"?{query}" if query else "")
    return parts


def _elsewhere(event: EventPage, chosen: Transcript, part: str) -> HttpResponse:
    """A talk's part is asked for by the talk's own address; where it has none, it is somewhere in the whole."""
    if any(talk.slug == part for talk in event.talks.all()):  # type: ignore[attr-defined]
        return redirect("transcript", event.series.slug, event.number)  # type: ignore[union-attr]
    raise NotHere("The transcript has no such part.")


def _around(event: EventPage, parts: list[Part], shown: Part) -> dict[str, Any]:
    """A part with its talk, its neighbours, and where each of its passages plays."""
    source, place = main_source(event), parts.index(shown)
    talks = {talk.pk: talk for talk in event.talks.all()}  # type: ignore[attr-defined]

    return {
        "part": shown,
        "at": shown.seconds or None,
        "talk": talks.get(shown.talk_id),
        "sections": [(section, list(_playing(section.passages, source))) for section in shown.sections],
        "before": parts[place - 1] if place else None,
        "after": parts[place + 1] if place + 1 < len(parts) else None,
        "kinds": [kind for kind in ("video", "audio") if published(event, kind)],
    }


def _playing(passages: list[Passage], source: Source | None) -> Iterator[tuple[Passage, Moment | None, bool]]:
    """Each with the moment at which it plays, and whether another voice begins."""
    voice = ""
    for passage in passages:
        moment = moment_at(source, passage.second) if source and source.seeks else None
        yield passage, moment, passage.voice != voice
        voice = passage.voice


@read_only
def as_text(request: HttpRequest, series: str, number: str, language: str) -> HttpResponse:
    """The whole of it, to keep or to search."""
    event, chosen = _one(request, series, number, language)
    return _file(event, transcript_files.as_text(event, parts_of(event, chosen)), f"{language}.txt", "text/plain")


@read_only
def as_vtt(request: HttpRequest, series: str, number: str, language: str, kind: str) -> HttpResponse:
    """Captions for the recording of that kind, on its own clock."""
    event, chosen = _one(request, series, number, language)
    recording = published(event, kind)
    if recording is None:
        raise NotHere("There is no such recording of this evening.")
    offset = recording.source.recording.offset_seconds
    words = transcript_files.as_captions(chosen.cues.all(), offset_seconds=offset)
    return _file(event, words, f"{kind}-{language}.vtt", "text/vtt")


def _file(event: EventPage, words: str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(words, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{event.series.slug}-{event.number}-{name}"'  # type: ignore[union-attr]
    response["X-Robots-Tag"] = "noindex"
    return response


def _one(request: HttpRequest, series: str, number: str, language: str) -> tuple[EventPage, Transcript]:
    event, found = _found(request, series, number)
    chosen = next((row for row in found if row.language == language), None)
    if event is None or chosen is None:
        raise NotHere(NOT_HERE)
    return event, chosen


def _found(request: HttpRequest, series: str, number: str) -> tuple[EventPage | None, list[Transcript]]:
    """The evening with all that a transcript is told with, and its public transcripts, English first."""
    talks = Prefetch("talks", queryset=TalkPage.objects.public())
    evenings = EventPage.objects.public().filter(series__slug=series, number=number).select_related("series")
    event = evenings.prefetch_related("recordings__file", "chapters", talks).first()
    if event is None:
        return None, []
    found = public_transcripts(at=now(request)).filter(event=event).defer("source")
    return event, sorted(found, key=lambda row: (row.language != "en", row.language))
