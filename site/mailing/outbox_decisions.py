"""Views that ask before a person's decision about a mail is done. GET asks, POST does."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from .deciding import NotPossible, call_one_back, send_again, try_again
from .models import OutgoingMail
from .outbox_door import OutboxMixin, subject_of
from .pausing import resume_news


class DecisionView(OutboxMixin, TemplateView):
    """Says what will happen; POST does it, says what happened, and leads back."""

    template_name = "mailing/admin/confirm.html"
    question = ""
    button = ""

    def act(self) -> str:
        """Does it and returns the sentence that says so. Raises NotPossible, in words."""
        raise NotImplementedError

    @cached_property
    def mail(self) -> OutgoingMail | None:
        return get_object_or_404(OutgoingMail.objects.select_related("message"), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("outbox:mail", args=[self.kwargs["pk"]])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"question": self.question, "button": self.button, "back": self.back(), "mail": self.mail}
        subject = subject_of(self.mail) if self.mail else ""
        return {**super().get_context_data(**kwargs), **words, "subject": subject}


class CallBackView(DecisionView):
    page_title = "Call the mail back"
    question = "It will not leave. This can’t be undone: whoever waits for it has to ask for another one."
    button = "Call it back"

    def act(self) -> str:
        call_one_back(mail=self.mail, by=self.request.user)  # type: ignore[arg-type]
        return "The mail is called back. It will not leave."


class TryAgainView(DecisionView):
    page_title = "Try again"
    question = "The mail was refused. It will be handed to the mail server once more, in a moment."
    button = "Try again"

    def act(self) -> str:
        try_again(mail=self.mail, at=timezone.now(), by=self.request.user)  # type: ignore[arg-type]
        return "The mail is in the outbox again."


class SendAgainView(DecisionView):
    page_title = "It did not arrive: send it again"
    question = (
        "Nobody knows whether this mail has gone: the connection, or the program, stopped in between. "
        "Ask the person first. If it did arrive, they get it twice."
    )
    button = "It did not arrive, send it again"

    def act(self) -> str:
        send_again(mail=self.mail, at=timezone.now(), by=self.request.user)  # type: ignore[arg-type]
        return "The mail is in the outbox again."


class ResumeView(DecisionView):
    page_title = "Let news leave again"
    question = (
        "News that wait will leave, the oldest first. What came back until now is no longer counted. "
        "If they come back again, news are paused again."
    )
    button = "Let news leave"
    mail = None

    def back(self) -> str:
        return reverse("outbox:index")

    def act(self) -> str:
        if not resume_news(at=timezone.now()):
            raise NotPossible("News were not paused.")
        return "News leave again."
