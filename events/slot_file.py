"""A speaker's slot as a file to keep: what an invitation carries, before the talk is public too."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from mailing.attached import MailFile
from pages.english import counted, listed
from speakers.models import Speaker

from .enums import TO_BE_ANNOUNCED, EventStatus
from .happenings import STATUSES, label, prefix, titled, where
from .ical import Happening, entry, joined, one_line, plain_head, stamped
from .models import EventPage, SeriesPage, SlotEntry, TalkPage
from .models.calendar import slot_uid
from .programme import programme_of

MEDIA_TYPE = "text/calendar"


def slot_starts_at(talk: TalkPage, event: EventPage) -> dt.datetime | None:
    """When a talk's slot begins, on the series' clock; None where it takes up none."""
    slot = programme_of(event).slot_of(talk)
    return slot.starts_at if slot else None


def minutes_in_words(series: SeriesPage) -> str:
    """ "eight minutes, and eight minutes of questions"."""
    parts = [counted(series.talk_minutes, "minute")]
    if series.question_minutes:
        parts.append(f"{counted(series.question_minutes, 'minute')} of questions")
    return listed(parts)


def slot_files(talk: TalkPage, speaker: Speaker, *, at: dt.datetime) -> list[MailFile]:
    """The file of a speaker's slot; none once it is over. It is the same entry as in their calendar on the site."""
    event = talk.event
    series = event.series if event else None
    starts_at = slot_starts_at(talk, event) if event else None
    if event is None or series is None or starts_at is None or event.over_at <= at:
        return []
    row = SlotEntry.objects.filter(talk=talk, speaker=speaker).first()
    told = _told(talk, event, series, starts_at, uid=str(row.uid if row else slot_uid(talk.pk, speaker.pk)))
    # To the second, so that sending again at once is the same file.
    vevent = stamped(entry(told), sequence=row.sequence if row else 0, last_modified=at.replace(microsecond=0))
    text = joined(plain_head(series.time_zone), [vevent])
    return [MailFile(f"{series.slug}-{event.number}.ics", MEDIA_TYPE, text.encode())]


def _told(talk: TalkPage, event: EventPage, series: SeriesPage, starts_at: dt.datetime, *, uid: str) -> Happening:
    name = label(series, event.number)
    url = settings.SITE_URL + reverse("portal:talk", args=[talk.pk])
    title = one_line(talk.draft_title)
    what = f"{title} ({name})" if title and title != TO_BE_ANNOUNCED else f"Your talk at {name}"
    venue = event.venue
    door = [f"The door: {venue.finding_it}"] if venue and venue.finding_it else []
    said = [f"At {titled(event.title, name)}. {minutes_in_words(series).capitalize()}.", *door, f"Your talk: {url}"]
    return Happening(
        uid=uid,
        summary=f"{prefix(event.status)}{what}",
        starts_at=starts_at,
        ends_at=starts_at + series.slot,
        zone=series.zone,
        status=str(STATUSES[EventStatus(event.status)]),
        description="\n\n".join(said),
        url=url,
        location=where(event),
        categories=(series.title,),
    )
