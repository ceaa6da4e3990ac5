"""The nouns of the organisers' side: series, evenings, talks, recordings, audience questions, places, mails."""

from .announcements import Announcement
from .audience import AudienceQuestion
from .calendar import CalendarEntry, SlotEntry
from .events import EventCorrection, EventPage
from .places import Host, Topic, Venue
from .recordings import Chapter, Recording
from .series import HostSpell, SeriesPage, SeriesQuestion
from .talks import RelatedTalk, TalkCorrection, TalkPage, TalkSpeaker

__all__ = [
    "Announcement",
    "AudienceQuestion",
    "CalendarEntry",
    "Chapter",
    "EventCorrection",
    "EventPage",
    "Host",
    "HostSpell",
    "Recording",
    "RelatedTalk",
    "SeriesPage",
    "SeriesQuestion",
    "SlotEntry",
    "TalkCorrection",
    "TalkPage",
    "TalkSpeaker",
    "Topic",
    "Venue",
]
