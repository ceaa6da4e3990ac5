"""A standard question's editor keeps what the question was before."""

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from ..models import FormerWording, StandardQuestion


class StandardQuestionForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A new wording leaves the old one among the former wordings, so that old write-ups are still recognised."""

    def save(self, commit: bool = True) -> StandardQuestion:
        question: StandardQuestion = super().save(commit=False)
        before = self.initial.get("text", "")
        if question.pk and before and before not in question.wordings():
            question.former_wordings.add(FormerWording(text=before, until=timezone.localdate()))
        if commit:
            question.save()
            self.save_m2m()
        return question
