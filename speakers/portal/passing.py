"""Passing it on: sent to the organisers, taken back, taken up again for a correction."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ..actions import WithTheSpeakers
from ..batons import (
    NothingToCorrect,
    SomethingIsMissing,
    TheyHaveBegun,
    missing_from_speakers,
    propose_correction,
    send_to_organisers,
    take_it_back,
)
from ..checking import faults, tidy
from ..enums import Baton
from ..notices import name_of
from ..saving import WithTheOrganisers
from .doors import at_my_talk
from .visits import Visit

REASON_LIMIT = 1000
SENT = "It is with the organisers now, and they are told. Thank you."


@require_http_methods(["GET", "HEAD", "POST"])
@at_my_talk
def send(visit: Visit) -> HttpResponse:
    """What is missing, and a button to send it all the same with a reason."""
    if visit.contribution.held_by != Baton.SPEAKERS:
        messages.info(visit.request, "The organisers have this already.")
        return redirect("portal:talk", visit.talk.pk)
    if visit.request.method != "POST":
        return _ask(visit)
    reason = visit.request.POST.get("reason", "").replace("\x00", "")
    if len(reason) > REASON_LIMIT:
        return _ask(visit, reason=reason, error=f"That is long. {REASON_LIMIT:,} characters are the most we can keep.")
    return _send(visit, reason)


def _send(visit: Visit, reason: str) -> HttpResponse:
    try:
        who = visit.me.name
        send_to_organisers(contribution=visit.contribution, by=visit.user, who=who, reason=reason, at=timezone.now())
    except SomethingIsMissing as refusal:
        return _ask(visit, reason=reason, error=str(refusal))
    except (ValidationError, WithTheOrganisers):
        return _ask(visit, reason=reason)
    messages.success(visit.request, SENT)
    return redirect("portal:talk", visit.talk.pk)


def _ask(visit: Visit, *, reason: str = "", error: str = "") -> HttpResponse:
    draft = visit.contribution.get_latest_revision_as_object()
    tidy(draft)
    context = {
        "visit": visit,
        "talk": visit.talk,
        "title": name_of(draft),
        "faults": faults(draft),
        "missing": missing_from_speakers(draft),
        "reason": reason,
        "error": error,
    }
    return render(visit.request, "speakers/portal/send.html", context)


@require_POST
@at_my_talk
def take_back(visit: Visit) -> HttpResponse:
    try:
        take_it_back(contribution=visit.contribution, by=visit.user, at=timezone.now())
    except TheyHaveBegun as refusal:
        messages.error(visit.request, str(refusal))
    else:
        messages.success(visit.request, "You have it back. Send it again when you are done.")
    return redirect("portal:talk", visit.talk.pk)


@require_POST
@at_my_talk
def correct(visit: Visit) -> HttpResponse:
    try:
        propose_correction(contribution=visit.contribution, by=visit.user, at=timezone.now())
    except (NothingToCorrect, WithTheSpeakers) as refusal:
        messages.error(visit.request, str(refusal))
    else:
        messages.success(visit.request, "Change what is wrong, then send it. Readers see it when the organisers agree.")
    return redirect("portal:talk", visit.talk.pk)
