"""Autosave: what changed, every few seconds and on leaving, for a script that keeps words until they are saved."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User

from ..saving import Saved, WithTheOrganisers, save_words, stamp
from .doors import open_to_editors
from .typed import typed_in
from .visits import Refusal, Visit

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
    return JsonResponse(
        answer(visit, saved, sent=set(typed.values) | set(typed.lists)), status=409 if saved.clashes else 200
    )


def answer(visit: Visit, saved: Saved, *, sent: set[str]) -> dict[str, object]:
    parts = saved.manuscript.parts
    clashing = [clash.name for clash in saved.clashes]
    latest = visit.contribution.latest_revision
    return {
        "revision": stamp(saved.revision),
        "base": {name: parts[name].digest for name in sent if name in parts and name not in clashing},
        "errors": saved.errors,
        "clashes": clashing,
        "by": _whoever(visit, latest.user) if clashing and latest and latest.user else "",
    }


def _whoever(visit: Visit, user: User) -> str:
    return "You, in another window," if user.pk == visit.user.pk else str(user)
