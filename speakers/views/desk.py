"""What organisers do with a contribution beside its editor. Each is a POST and ends in the editor."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from ..actions import (
    WithTheSpeakers,
    give_consent,
    hand_over,
    release,
    withdraw_consent,
    write_note,
)
from ..batons import hand_to_speakers as hand_to_speakers_with_note
from ..enums import Baton, ConsentTo
from ..forms.desk import GIVE, ConsentForm, HandoverForm, NoteForm
from ..models import Contribution

EDITOR = "wagtailsnippets_speakers_contribution:edit"
WITHDRAWN = {
    ConsentTo.RECORD: "It is on record. The recording is kept with the evening: withhold it there.",
    ConsentTo.SLIDES: "It is on record. Readers no longer see the slides.",
    ConsentTo.ANSWERS: "It is on record. Readers no longer see what was given to this talk.",
}
DeskView = Callable[[HttpRequest, Contribution], None]


def editor_url(contribution: Contribution) -> str:
    return reverse(EDITOR, args=[contribution.pk])


def may(request: HttpRequest, *permissions: str) -> bool:
    policy = policy_registry.get_by_type(Contribution)
    return bool(policy.user_has_any_permission(request.user, permissions))


def at_the_desk(view: DeskView) -> Callable[..., HttpResponse]:
    """A POST on a contribution by somebody who may change contributions."""

    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, pk: int) -> HttpResponse:
        if not may(request, "change"):
            raise PermissionDenied
        contribution = get_object_or_404(Contribution, pk=pk)
        view(request, contribution)
        return redirect(editor_url(contribution))

    return checked


def is_in_order(request: HttpRequest, form: Form) -> bool:
    """Whether a small form is valid; its faults go into the message above the editor."""
    if form.is_valid():
        return True
    for faults in form.errors.values():
        for fault in faults:
            messages.error(request, fault)
    return False


def is_open_to(request: HttpRequest, contribution: Contribution) -> bool:
    """Whether this person may write in it now; a lock's own words say why not."""
    lock = contribution.get_lock()
    if lock is None or not lock.for_user(request.user):
        return True
    messages.error(request, lock.get_message(request.user))
    return False


@at_the_desk
def hand_to_speakers(request: HttpRequest, contribution: Contribution) -> None:
    form = HandoverForm(request.POST)
    if not contribution.speakers():
        messages.error(request, "Nobody speaks in this talk yet. Add a speaker to the talk, then hand it over.")
    elif is_in_order(request, form):
        note = form.cleaned_data["note"]
        hand_to_speakers_with_note(contribution=contribution, note=note, at=timezone.now(), by=request.user)  # type: ignore[arg-type]
        messages.success(request, "The speakers have it now. You can read it, and take it back at any time.")


@at_the_desk
def take_back(request: HttpRequest, contribution: Contribution) -> None:
    form = HandoverForm(request.POST)
    if is_in_order(request, form):
        note = form.cleaned_data["note"]
        hand_over(contribution=contribution, to=Baton.ORGANISERS, at=timezone.now(), by=request.user, note=note)  # type: ignore[arg-type]
        messages.success(request, "You have it back. The speakers keep what they typed; they can no longer change it.")


@at_the_desk
def add_note(request: HttpRequest, contribution: Contribution) -> None:
    form = NoteForm(request.POST)
    if is_in_order(request, form):
        write_note(contribution=contribution, text=form.cleaned_data["text"], at=timezone.now(), by=request.user)  # type: ignore[arg-type]
        messages.success(request, "The note is kept. Only organisers see it.")


@at_the_desk
def record_consent(request: HttpRequest, contribution: Contribution) -> None:
    form = ConsentForm(request.POST, contribution=contribution)
    if is_in_order(request, form):
        told = {name: form.cleaned_data[name] for name in ("speaker", "what", "wording")}
        gives = form.cleaned_data["decision"] == GIVE
        action = give_consent if gives else withdraw_consent
        action(contribution=contribution, at=timezone.now(), by=request.user, **told)  # type: ignore[arg-type]
        messages.success(request, "Their consent is on record." if gives else WITHDRAWN[told["what"]])


def release_now(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Release it, say how it went, and go back to the editor."""
    try:
        released = release(contribution=contribution, by=request.user)  # type: ignore[arg-type]
    except WithTheSpeakers as refusal:
        messages.error(request, str(refusal))
    except ValidationError as faults:
        for sentence in faults.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, f"Released. {_who_sees(released)}")
    return redirect(editor_url(contribution))


def _who_sees(contribution: Contribution) -> str:
    if contribution.is_released():
        return "Readers see it now."
    return "Readers will see it as soon as its talk and evening are public and no speaker has taken back their consent."
