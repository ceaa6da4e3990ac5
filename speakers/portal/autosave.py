"""Autosave: what changed, every few seconds and on leaving, for a script that keeps words until they are saved."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User

from ..parts import Parts
from ..profiles import PROFILE_KINDS, keep_typed
from ..saving import Clash, Typed, WithTheOrganisers, save_words, stamp
from .doors import at_my_profile, open_to_editors
from .typed import typed_in
from .visits import AtHome, Refusal, Visit

TAKEN = (
    "The organisers took this back while you were typing. Your words are kept beside the draft: load the page again."
)


@require_POST
@open_to_editors
def autosave(visit: Visit) -> HttpResponse:
    """200 with what each field begins from now; 409 where somebody else changed the same; refusals in words."""
    typed = typed_in(visit.request.POST)
    try:
        saved = save_words(contribution=visit.contribution, me=visit.me, by=visit.user, typed=typed, at=timezone.now())
    except WithTheOrganisers as error:
        raise Refusal(403, "taken", TAKEN) from error
    latest = visit.contribution.latest_revision
    by = _whoever(visit.user, latest.user if latest else None)
    return _answer(saved.manuscript, saved.clashes, typed, by=by, revision=stamp(saved.revision))


@require_POST
@at_my_profile
def autosave_profile(visit: AtHome) -> HttpResponse:
    """The same of one's profile, where it waits, for nobody else, until it is saved."""
    typed = typed_in(visit.request.POST, kinds=PROFILE_KINDS)
    kept = keep_typed(speaker=visit.me, by=visit.user, typed=typed, at=timezone.now())
    return _answer(kept.profile, kept.clashes, typed, by=_whoever(visit.user, kept.who))


def _answer(form: Parts, clashes: list[Clash], typed: Typed, *, by: str, **told: str) -> HttpResponse:
    parts, clashing = form.parts, [clash.name for clash in clashes]
    sent = {*typed.values, *typed.lists}
    began = {name: parts[name].digest for name in sent if name in parts and name not in clashing}
    told |= {"by": by if clashing else ""}
    answer = {"base": began, "errors": form.errors, "clashes": clashing, **told}
    return JsonResponse(answer, status=409 if clashing else 200)


def _whoever(user: User, other: User | None) -> str:
    return "You, in another window," if other == user else str(other or "")
