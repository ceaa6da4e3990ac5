"""Child rows of a contribution: answers, links, asks, promises."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from ..enums import DatePrecision, LinkKind, MissingReason
from ..periods import last_day
from ..prose import plain_text
from ..querysets import AnswerQuerySet
from .contributions import Contribution
from .people import Speaker
from .questions import StandardQuestion

PLAIN_PROSE = ["bold", "italic", "link", "ol", "ul"]
LANGUAGES = [("en", "English"), ("cy", "Welsh"), ("gd", "Scottish Gaelic"), ("ga", "Irish"), ("xx", "Another language")]


class Answer(Orderable):
    """An answer to a standard question, joint or one speaker's own. A question without a row was not asked."""

    contribution = ParentalKey(Contribution, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(StandardQuestion, on_delete=models.CASCADE, related_name="answers")
    wording = models.CharField("question as it was asked", max_length=300)
    text = RichTextField(blank=True, features=PLAIN_PROSE)
    speaker = models.ForeignKey(
        Speaker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="own_answers",
        verbose_name="answered by",
    )
    joint = models.BooleanField(
        default=True,
        help_text="Given by all speakers of the talk together. A flag of its own: an answer stays one "
        "person’s even when that person’s row is gone.",
    )
    missing = models.CharField("if empty, why", max_length=10, choices=MissingReason, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("contribution", "question"), condition=models.Q(joint=True), name="speakers_one_joint_answer"
            ),
            models.UniqueConstraint(
                fields=("contribution", "question", "speaker"),
                condition=models.Q(joint=False),
                name="speakers_one_own_answer",
            ),
        ]
        indexes = [models.Index(fields=("question", "contribution"), name="speakers_answer_by_question")]

    def __str__(self) -> str:
        return self.wording

    @property
    def has_text(self) -> bool:
        return bool(self.plain_text)

    @property
    def plain_text(self) -> str:
        """The words without markup; empty where only empty paragraphs stand."""
        return plain_text(self.text)

    @property
    def fragment(self) -> str:
        """The address within its talk's page: question, and speaker where it is one person's own."""
        return f"{self.question.slug}-{self.speaker.slug}" if not self.joint and self.speaker else self.question.slug

    def clean(self) -> None:
        super().clean()
        if self.joint and self.speaker_id:
            raise ValidationError({"speaker": "A joint answer has no speaker of its own."})


class TalkLink(Orderable):
    """Something a reader can follow: a dataset, a report, a service."""

    contribution = ParentalKey(Contribution, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=160, help_text="What it is, in a few words.")
    url = models.URLField("address", max_length=500)
    kind = models.CharField(max_length=15, choices=LinkKind, default=LinkKind.OTHER)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")

    class Meta(Orderable.Meta):
        verbose_name = "link"

    def __str__(self) -> str:
        return self.label


class Ask(Orderable):
    """What the speakers ask of the room: answer a consultation, join a test, write to us."""

    contribution = ParentalKey(Contribution, on_delete=models.CASCADE, related_name="asks")
    text = models.CharField(
        max_length=300, help_text="What people can do, such as “Tell us what the census should ask”."
    )
    url = models.URLField("link", max_length=500, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    opens_on = models.DateField("opens on", null=True, blank=True)
    closes_on = models.DateField(
        "closes on", null=True, blank=True, help_text="The last day. For a month, any day in it. Empty: no end."
    )
    closes_precision = models.CharField(
        "how exact is that", max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    class Meta(Orderable.Meta):
        verbose_name = "ask"

    def __str__(self) -> str:
        return self.text

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it is open; None where it has no end."""
        return last_day(self.closes_on, self.closes_precision)

    def is_open(self, *, on: dt.date) -> bool:
        """Whether it is open on that day (a day in the series' own zone)."""
        last = self.last_day
        return (self.opens_on is None or self.opens_on <= on) and (last is None or on <= last)

    def days_left(self, *, on: dt.date) -> int | None:
        """Whole days until it closes, 0 on the last day, negative after; None where it has no end."""
        last = self.last_day
        return None if last is None else (last - on).days

    def clean(self) -> None:
        super().clean()
        last = self.last_day
        if self.opens_on and last and last < self.opens_on:
            raise ValidationError({"closes_on": "It can’t close before it opens."})


class Promise(Orderable):
    """What the speakers said would happen, and about when."""

    contribution = ParentalKey(Contribution, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(max_length=300, help_text="What they said would happen, in a sentence.")
    due_on = models.DateField("about when", null=True, blank=True)
    due_precision = models.CharField(
        "how exact is that", max_length=5, choices=DatePrecision, default=DatePrecision.MONTH
    )

    class Meta(Orderable.Meta):
        verbose_name = "promise"

    def __str__(self) -> str:
        return self.text


class Introduction(Orderable):
    """How one speaker would like to be introduced: a proposal, which organisers take over into the programme."""

    contribution = ParentalKey(Contribution, on_delete=models.CASCADE, related_name="introductions")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="introductions")
    role = models.CharField(max_length=160, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    pronunciation = models.CharField("how the name is said", max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "introduction"

    def __str__(self) -> str:
        return f"How to introduce {self.speaker}"

    @property
    def in_words(self) -> str:
        """ "Ada Vale: Head of Maps, Board of Tides (AY-da)"."""
        about = ", ".join(filter(None, (self.role, self.organisation)))
        said = f" ({self.pronunciation})" if self.pronunciation else ""
        return f"{self.speaker}: {about}{said}"
