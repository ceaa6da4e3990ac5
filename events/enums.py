"""The choices of the organisers' side."""

from django.db import models


class EventStatus(models.TextChoices):
    """Where an evening stands in a calendar (RFC 5545, STATUS; postponed is ours)."""

    TENTATIVE = "tentative", "Tentative"
    CONFIRMED = "confirmed", "Confirmed"
    CANCELLED = "cancelled", "Cancelled"
    POSTPONED = "postponed", "Postponed"


class CalendarStatus(models.TextChoices):
    """What a calendar knows of an entry (RFC 5545, 3.8.1.11); a postponed evening is cancelled on its old day."""

    TENTATIVE = "TENTATIVE", "Tentative"
    CONFIRMED = "CONFIRMED", "Confirmed"
    CANCELLED = "CANCELLED", "Cancelled"


class TalkState(models.TextChoices):
    PLANNED = "planned", "Planned"
    GIVEN = "given", "Given"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MOVED = "moved", "Moved to another evening"


# A talk in such a state takes up no slot of its evening.
FREES_A_SLOT = (TalkState.WITHDRAWN, TalkState.MOVED)
TO_BE_ANNOUNCED = "To be announced"


class RecordingKind(models.TextChoices):
    VIDEO = "video", "Video"
    AUDIO = "audio", "Audio"


class RecordingState(models.TextChoices):
    PUBLISHED = "published", "Published"
    NOT_RECORDED = "not_recorded", "Not recorded"
    WITHHELD = "withheld", "Withheld"


class QuestionSource(models.TextChoices):
    ROOM = "room", "In the room"
    SLIDO = "slido", "Slido"
    CHAT = "chat", "Online chat"
    EMAIL = "email", "By e-mail"


class QuestionState(models.TextChoices):
    WAITING = "waiting", "Waiting for an answer"
    ON_THE_NIGHT = "on_the_night", "Answered on the night"
    IN_WRITING = "in_writing", "Answered in writing"
    PARTLY = "partly", "Partly answered, with somewhere to look"
    REPORTED = "reported", "Answered, as reported by us"
    PASSED_ON = "passed_on", "Passed on to somebody else"
    DECLINED = "declined", "Declined"


# What readers see: an answer of some kind was given.
ANSWERED = (QuestionState.ON_THE_NIGHT, QuestionState.IN_WRITING, QuestionState.PARTLY, QuestionState.REPORTED)


class TopicKind(models.TextChoices):
    SUBJECT = "subject", "A subject"
    NAMED_THING = "named_thing", "A named thing that returns (a code, a census)"


class MailKind(models.TextChoices):
    """What a mail about an evening tells. The value stands in its address."""

    ANNOUNCED = "announced", "The evening is announced"
    PROGRAMME = "programme", "The programme is complete"
    WEEK_BEFORE = "a-week-before", "A week before"
    TODAY = "today", "On the day"
    CHANGED = "changed", "Something has changed"
    CANCELLED = "called-off", "It doesn’t take place as announced"
    WRITE_UP = "write-up", "Recording and write-up"
    FREE = "message", "A message of your own"


# Mails that go once for an evening. A reminder can be due again where the evening moved after it went.
HAPPEN_ONCE = (MailKind.ANNOUNCED, MailKind.PROGRAMME, MailKind.WRITE_UP)
REMINDERS = (MailKind.WEEK_BEFORE, MailKind.TODAY)
# What they say of the evening is compared with it for as long as one waits.
TELL_FACTS = (MailKind.ANNOUNCED, MailKind.PROGRAMME, *REMINDERS, MailKind.CHANGED, MailKind.CANCELLED)


class PlanState(models.TextChoices):
    """How far a mail about an evening is. GOING is from the moment its words are frozen until none of it waits."""

    PLANNED = "planned", "To approve"
    APPROVED = "approved", "Approved"
    GOING = "going", "Going out"
    SENT = "sent", "Sent"
    RECALLED = "recalled", "Called back"
    STOPPED = "stopped", "Stopped"
    LAPSED = "lapsed", "Lapsed"


class Timing(models.TextChoices):
    ON_APPROVAL = "approval", "As soon as it is approved"
    DAY = "day", "On a day, at a time"
    START = "start", "So long before or after the start"


class Stage(models.TextChoices):
    """How far an evening is in its life; derived, never kept."""

    PLANNED = "planned", "Planned"
    ANNOUNCED = "announced", "Announced"
    TODAY = "today", "Today"
    HELD = "held", "Held"
    RECORDED = "recorded", "Recorded"
    WRITTEN_UP = "written_up", "Written up"
    CANCELLED = "cancelled", "Cancelled"


class Weekday(models.IntegerChoices):
    """As in `datetime.date.weekday()`."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"
