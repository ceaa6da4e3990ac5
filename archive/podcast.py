"""The recordings that are sound files of ours, as a podcast: RSS 2.0 with Apple's tags and those of Podcasting 2.0.

https://podcasters.apple.com/support/823-podcast-requirements, https://github.com/Podcastindex-org/podcast-namespace
"""

import datetime as dt
import logging
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed

from events.enums import RecordingKind
from events.models import EventPage, Recording
from events.models.events import CALLED_OFF
from events.playback import chapters_of
from pages.cache import remember

from .atom import LONG_AGO, absolute, tag, writable
from .clean import clean
from .entries import Night
from .transcripts import public_transcripts

logger = logging.getLogger(__name__)
CATEGORY = "Government"  # of Apple's list
# By the namespace's own rule: https://podcasting2.org/docs/podcast-namespace/tags/guid
GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
A_DAY_SECONDS = 86_400
APPLE_TYPES = {".m4a": "audio/x-m4a", ".mp3": "audio/mpeg"}
NAMESPACES = {
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}


@dataclass(frozen=True, slots=True)
class Episode:
    """An evening's sound: a file of ours, its length, and what goes along."""

    night: Night
    recording: Recording
    size_bytes: int
    languages: tuple[str, ...]

    @property
    def event(self) -> EventPage:
        return self.night.event

    @property
    def file(self) -> Any:
        return self.recording.file

    @property
    def ending(self) -> str:
        return PurePosixPath(self.file.file.name).suffix.lower()

    @property
    def address(self) -> str:
        """With an ending, by which programs know what it is."""
        series = self.event.series
        name = f"{series.slug if series else 'evening'}-{self.event.number}{self.ending}"
        return absolute(reverse("recording_file", args=[self.file.pk, name]))

    @property
    def media_type(self) -> str:
        return APPLE_TYPES.get(self.ending) or media_type_of(self.ending)

    @property
    def seconds(self) -> int:
        return int(self.recording.duration_seconds or self.file.duration or 0)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(name for said in self.night.said for name in said.names))

    @property
    def parts(self) -> list[str]:
        """Series and number, for the addresses of what belongs to it."""
        return [self.event.series.slug if self.event.series else "", str(self.event.number)]


def media_type_of(ending: str) -> str:
    return mimetypes.guess_type(f"sound{ending}")[0] or ""


def recordings() -> Any:
    """Sound files of evenings that readers may see and that took place."""
    public = Recording.objects.public().filter(kind=RecordingKind.AUDIO, file__isnull=False)
    return public.exclude(event__status__in=CALLED_OFF)


def events_with_sound(fits: Q, *, at: dt.datetime) -> Any:
    """Public evenings with a sound file, the newest first."""
    found = EventPage.objects.public().held(at=at).filter(fits)
    return found.filter(pk__in=recordings().order_by().values("event"))


def series_with_sound() -> frozenset[int]:
    """Keys of the series that have a podcast. Remembered."""
    return remember("podcasts", lambda: frozenset(recordings().order_by().values_list("event__series", flat=True)))


def episodes_of(nights: Iterable[Night]) -> list[Episode]:
    """Of evenings with all that was said; a file that is missing from the store is written down and left out."""
    known = list(nights)
    spoken: dict[int, list[str]] = {}
    rows = public_transcripts(at=timezone.now()).filter(event__in=[night.event.pk for night in known])
    for event, language in rows.order_by("language").values_list("event", "language"):
        spoken.setdefault(event, []).append(language)
    found = []
    for night in known:
        recording = sound_of(night.event)
        size = size_of(recording.file.file) if recording else 0
        if recording and size:
            found.append(Episode(night, recording, size, tuple(spoken.get(night.event.pk, ()))))
    return found


def sound_of(event: EventPage) -> Any:
    """The first sound file of an evening that is published; its rows are at hand."""
    rows = (row for row in event.recordings.all() if row.is_published and row.kind == RecordingKind.AUDIO)
    return next((row for row in rows if row.file and _is_sound(row.file.file.name)), None)


def _is_sound(name: str) -> bool:
    return media_type_of(PurePosixPath(name).suffix.lower()).startswith("audio/")


def size_of(stored: Any) -> int:
    """Bytes; 0 where the file is not in its store. Asked for once a day: a file never changes under its name."""
    key = f"bytes.{sha256(stored.name.encode()).hexdigest()}"
    size: int | None = cache.get(key)
    if size is None:
        try:
            size = int(stored.size)
        except OSError:
            logger.exception("A recording is not in the store: %s", stored.name)
            return 0
        cache.set(key, size, A_DAY_SECONDS)
    return size


def chapters(episode_recording: Any, event: EventPage) -> list[dict[str, Any]]:
    """An evening's chapters on the clock of its sound file (Podcasting 2.0, JSON chapters 1.2.0)."""
    return [
        {"startTime": int(episode_recording.position(chapter.seconds)), "title": chapter.label}
        for chapter in chapters_of(event)
    ]


class Podcast(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def latest_post_date(self) -> dt.datetime:
        return max((item["changed"] for item in self.items), default=LONG_AGO)

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **NAMESPACES}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        feed = self.feed
        handler.addQuickElement("itunes:author", feed["author"])
        handler.addQuickElement("itunes:image", "", {"href": feed["image"]})
        handler.addQuickElement("itunes:category", "", {"text": CATEGORY})
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("podcast:guid", feed["guid"])
        if feed["email"]:
            handler.startElement("itunes:owner", {})
            handler.addQuickElement("itunes:name", feed["author"])
            handler.addQuickElement("itunes:email", feed["email"])
            handler.endElement("itunes:owner")
        for rel, address in feed["ways"]:
            handler.addQuickElement("atom:link", None, {"rel": rel, "href": address})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        episode: Episode = item["episode"]
        handler.addQuickElement("itunes:title", item["title"])
        handler.addQuickElement("itunes:episode", str(episode.event.number))
        handler.addQuickElement("itunes:episodeType", "full")
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:image", "", {"href": self.feed["image"]})
        if episode.seconds:
            handler.addQuickElement("itunes:duration", str(episode.seconds))
        for name in episode.names:
            handler.addQuickElement("podcast:person", writable(name), {"role": "guest"})
        if chapters_of(episode.event):
            address = absolute(reverse("sound_chapters", args=episode.parts))
            handler.addQuickElement("podcast:chapters", "", {"url": address, "type": "application/json+chapters"})
        for language in episode.languages:
            address = absolute(reverse("captions_vtt", args=[*episode.parts, "audio", language]))
            words = {"url": address, "type": "text/vtt", "language": language}
            handler.addQuickElement("podcast:transcript", "", words)


def podcast(
    *, title: str, page: str, address: str, image: str, email: str, ways: list[tuple[str, str]], rights: str
) -> Podcast:
    """A podcast without its episodes."""
    # The address without its scheme and its last slash, whatever page of the feed this is.
    guid = uuid5(GUIDS, address.partition("://")[2].rstrip("/"))
    return Podcast(
        title=writable(title),
        link=page,
        description=f"Short talks about data, and the questions after them: {writable(title)} to listen to.",
        feed_url=next((here for rel, here in ways if rel == "self"), address),
        language=settings.LANGUAGE_CODE,
        feed_copyright=writable(rights) or None,
        author=settings.WAGTAIL_SITE_NAME,
        image=image,
        email=email,
        guid=str(guid),
        ways=[(rel, here) for rel, here in ways if rel != "self"],
    )


def add(feed: Podcast, episode: Episode) -> None:
    event, night = episode.event, episode.night
    words = clean(render_to_string("archive/feeds/episode.html", {"night": night}))
    feed.add_item(
        title=writable(night.title),
        link=night.url,
        description=words,
        unique_id=tag(f"evenings/{event.pk}/sound"),
        unique_id_is_permalink=False,
        pubdate=event.over_at,
        enclosures=[Enclosure(episode.address, str(episode.size_bytes), episode.media_type)],
        episode=episode,
        changed=max(filter(None, (event.over_at, event.last_published_at))),
    )
