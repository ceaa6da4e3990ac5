"""The choices of the readers' side."""

from django.db import models


class AnswerStatus(models.TextChoices):
    """What became of a question that was, or could have been, put to the speakers of a talk."""

    ANSWERED = "answered", "There is an answer"
    RESERVED = "reserved", "There is an answer, to be read on the site: its speakers keep all rights"
    NO_CONSENT = "no_consent", "There is an answer, to be read on the site: no consent of its speakers is on record"
    DECLINED = "declined", "They chose not to answer"
    TO_COME = "to_come", "The answer is still to come"
    NOT_ANSWERED = "not_answered", "They were asked, and nobody asks any more"
    NOT_ASKED = "not_asked", "They were not asked, though their series asks this question"
