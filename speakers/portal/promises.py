"""What happened next: a promise that came due, and a short form for what became of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..enums import PromiseOutcome
from ..following_up import reply_to
from ..forms.promises import PromiseReplyForm
from ..models import PromiseQuestion
from ..notices import name_of
from .doors import at_my_talk
from .visits import Visit

THANKS = "Thank you. The organisers look at it, and then it stands beside your talk with today’s date."


@require_http_methods(["GET", "HEAD", "POST"])
@at_my_talk
def promise(visit: Visit, pk: int) -> HttpResponse:
    """What they said, what they have said about it since, and the question."""
    question = visit.contribution.promise_questions.filter(pk=pk).first()  # type: ignore[attr-defined]
    if question is None or not visit.contribution.is_released():
        raise Http404("No such promise.")
    waiting = visit.contribution.promise_replies.waiting().filter(said=question.said).first()  # type: ignore[attr-defined]
    first = {"outcome": waiting.outcome, "words": waiting.words} if waiting else {}
    form = PromiseReplyForm(visit.request.POST if visit.request.method == "POST" else None, initial=first)
    if form.is_valid():
        outcome, words = PromiseOutcome(form.cleaned_data["outcome"]), form.cleaned_data["words"]
        reply_to(question=question, outcome=outcome, words=words, speaker=visit.me, by=visit.user, at=timezone.now())
        messages.success(visit.request, THANKS)
        return redirect("portal:promise", visit.talk.pk, pk)
    return _ask(visit, question, waiting=waiting, form=form)


def _ask(visit: Visit, question: PromiseQuestion, *, waiting: Any, form: PromiseReplyForm) -> HttpResponse:
    published = visit.contribution.promise_replies.published().filter(said=question.said)  # type: ignore[attr-defined]
    context = {
        "visit": visit,
        "talk": visit.talk,
        "event": visit.talk.event,
        "title": name_of(visit.contribution),
        "question": question,
        "published": list(published),
        "waiting": waiting,
        "form": form,
    }
    return render(visit.request, "speakers/portal/promise.html", context, status=422 if form.errors else 200)
