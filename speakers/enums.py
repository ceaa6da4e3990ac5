"""The choices of the speakers' side."""

from django.db import models


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", "Government department"
    AGENCY = "agency", "Agency or public body"
    REGULATOR = "regulator", "Regulator"
    DEVOLVED = "devolved", "Devolved government"
    COUNCIL = "council", "Council or combined authority"
    HEALTH = "health", "Health service"
    CHARITY = "charity", "Charity or think tank"
    COMPANY = "company", "Company"
    UNIVERSITY = "university", "University"
    INTERNATIONAL = "international", "International body"
    OTHER = "other", "Something else"


class MissingReason(models.TextChoices):
    """Why an answer is empty. A question that was never asked has no row at all."""

    TO_COME = "to_come", "Still to come"
    DECLINED = "declined", "They chose not to answer"
    GIVEN_UP = "given_up", "We stopped asking"


class LinkKind(models.TextChoices):
    SERVICE = "service", "Service or website"
    DATASET = "dataset", "Dataset"
    REPORT = "report", "Report or paper"
    CODE = "code", "Code"
    CONSULTATION = "consultation", "Consultation"
    GUIDANCE = "guidance", "Guidance or standard"
    VIDEO = "video", "Video"
    ARTICLE = "article", "Article"
    OTHER = "other", "Something else"


class DatePrecision(models.TextChoices):
    DAY = "day", "On that day"
    MONTH = "month", "Some time in that month"


class Baton(models.TextChoices):
    """Who holds a contribution."""

    SPEAKERS = "speakers", "With the speakers"
    ORGANISERS = "organisers", "With the organisers"


class ConsentTo(models.TextChoices):
    RECORD = "record", "Being recorded"
    SLIDES = "slides", "Publishing the slides"
    ANSWERS = "answers", "Publishing the answers"


class ReleaseState(models.TextChoices):
    """How far a contribution is on its way to readers; derived, never kept."""

    EMPTY = "empty", "Nothing yet"
    DRAFT = "draft", "Draft"
    RELEASED = "released", "Released"
    CHANGED = "changed", "Released, with a newer draft"


class AnswerMode(models.TextChoices):
    """Who answers a question where a talk has several speakers."""

    JOINT = "joint", "Together"
    EACH = "each", "Each for themselves"
    BOTH = "both", "Together, and each for themselves"


class KeptBecause(models.TextChoices):
    """Why words were kept beside a draft and not in it."""

    CLASH = "clash", "Somebody else changed the same field"
    TAKEN = "taken", "The organisers had taken it back"
    REPLY = "reply", "It was in a pasted reply and has no place in the form"


class HelperMay(models.TextChoices):
    """What somebody may do who helps a speaker with one talk."""

    EDIT = "edit", "write and comment"
    COMMENT = "comment", "read and comment"


class CommentOn(models.TextChoices):
    """What a comment stands beside."""

    ANSWER = "answer", "An answer"
    TITLE = "title", "The title"
    TEASER = "teaser", "The teaser"
    SLIDES = "slides", "The slides"
    TALK = "talk", "The whole talk"


class ReuseTerms(models.TextChoices):
    """Under which terms readers may use the words of a talk again."""

    OGL = "ogl-3.0", "Open Government Licence v3.0"
    CC_BY = "cc-by-4.0", "Creative Commons Attribution 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "Creative Commons Attribution-ShareAlike 4.0"
    CC0 = "cc0-1.0", "Creative Commons Zero 1.0"
    RESERVED = "reserved", "All rights reserved (read and quote only)"


class ConversionState(models.TextChoices):
    """How far a PDF is that is made of somebody's slides."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Made"
    FAILED = "failed", "Not made"


class PromiseOutcome(models.TextChoices):
    """What became of a promise."""

    DONE = "done", "Done"
    UNDER_WAY = "under_way", "Under way"
    NOT_ANY_MORE = "not", "Not any more"
