"""What the audience asked, as it was asked and as it is published."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import RichTextField
from wagtail.search import index

from speakers.models import Speaker
from speakers.prose import plain_text

from ..enums import ANSWERED, QuestionSource, QuestionState
from ..querysets import AudienceQuestionQuerySet


class AudienceQuestion(index.Indexed, models.Model):
    """A question from the audience. The words as asked stay private; readers see the published ones."""

    event = models.ForeignKey(
        "events.EventPage", null=True, on_delete=models.SET_NULL, related_name="audience_questions"
    )
    talk = models.ForeignKey(
        "events.TalkPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="audience_questions"
    )
    order = models.PositiveIntegerField(default=0, help_text="Lower numbers come first.")
    as_asked = models.TextField("as it was asked", help_text="Private: it may name people. Readers never see this.")
    text = models.TextField("as published", blank=True, help_text="The wording readers see. Empty: not published.")
    source = models.CharField("where it came from", max_length=5, choices=QuestionSource, default=QuestionSource.ROOM)
    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.WAITING)
    answer = RichTextField(blank=True, features=["bold", "italic", "link", "ol", "ul"])
    pointer_url = models.URLField("where to look", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="answered_questions"
    )
    answered_on = models.DateField(null=True, blank=True)

    objects = AudienceQuestionQuerySet.as_manager()

    search_fields = [
        index.SearchField("text"),
        index.SearchField("answer"),
        index.FilterField("state"),
        index.FilterField("event_id"),
    ]

    class Meta:
        ordering = ("event_id", "order", "pk")
        indexes = [models.Index(fields=("talk", "order"), name="events_question_by_talk")]

    def __str__(self) -> str:
        return (self.text or self.as_asked)[:100]

    def clean(self) -> None:
        super().clean()
        if self.talk_id and self.talk and self.talk.event_id != self.event_id:
            raise ValidationError({"talk": "That talk belongs to another evening."})
        if self.state in ANSWERED and not self.text:
            raise ValidationError({"text": "Give the wording to publish: this question is marked as answered."})
        if self.state == QuestionState.IN_WRITING and not plain_text(self.answer):
            raise ValidationError({"answer": "Give the answer: this question is marked as answered in writing."})
