"""Who comes in, and what happens to the words of those who can't: every refusal shows them again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User

from ..models import Contribution, Speaker
from ..slides import LARGEST_BYTES

logger = logging.getLogger(__name__)
LARGEST_WORDS = 1024 * 1024
ROOM_FOR_WORDS = 2 * 1024 * 1024
NOT_WORDS = ("csrfmiddlewaretoken", "base", "revision", "page", "who", "lists", "do")
TOO_LARGE = (
    "That was too much at once, so nothing of it was kept. "
    "Go back: your words are still in the form. Slides may have 50 MB."
)
SIGNED_OUT = "You have been signed out. Sign in again in another tab, then come back here and send this again."
OTHER_SESSION = "You signed in again after this page was opened. Your words are here: send them again."
DISK = "Something is wrong on our side, and your words could not be saved. They are here: send them again in a minute."
SOMEBODY_ELSE = "You are signed in as somebody else now. Sign in as yourself, then send this again."


@dataclass(slots=True)
class Refusal(Exception):
    """A request that goes no further: a status, a short name of the reason, and the words for a person."""

    status: int
    reason: str
    words: str


@dataclass(frozen=True)
class Visit:
    """A speaker at one of their talks."""

    request: HttpRequest
    user: User
    me: Speaker
    contribution: Contribution

    @property
    def talk(self) -> Any:
        return self.contribution.talk  # type: ignore[attr-defined]

    @cached_property
    def mine(self) -> set[int]:
        """The keys of the rows of people that are this speaker."""
        return {self.me.pk, *self.me.merged_from.values_list("pk", flat=True)}


def visit_of(request: HttpRequest, talk_pk: int) -> Visit:
    """Raises Http404 where the talk isn't theirs: nobody learns what else there is."""
    user: Any = request.user
    me = Speaker.objects.filter(user=user).first()
    found = (
        Contribution.objects.of(user)
        .filter(talk=talk_pk)
        .select_related("talk__event__series", "latest_revision__user")
        .first()
    )
    if me is None or found is None:
        raise Http404("No such talk of theirs.")
    return Visit(request, user, me, found)


@dataclass(frozen=True)
class AtHome:
    """A speaker at what is said of them on all evenings."""

    request: HttpRequest
    user: User
    me: Speaker


def at_home(request: HttpRequest) -> AtHome:
    """Raises Http404 where the account belongs to no speaker."""
    user: Any = request.user
    me = Speaker.objects.current().filter(user=user).select_related("latest_revision__user").first()
    if me is None:
        raise Http404("This account belongs to no speaker.")
    return AtHome(request, user, me)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def at_my_talk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one's own talk. CSRF is checked here, after the size, so that a refusal can show the words again."""
    return guarded(view, lambda request, talk_pk: visit_of(request, talk_pk))


def at_my_profile(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one's own person, in the same way."""
    return guarded(view, at_home)


def guarded(view: Callable[..., HttpResponse], find: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """`find` says whose it is from the request and the address, or raises Http404."""

    @csrf_exempt
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            if request.method == "POST":
                check_post(request)
            return view(find(request, **kwargs))
        except Refusal as refusal:
            return refused(request, refusal)
        except DatabaseError:
            logger.exception("What a speaker sent to %s could not be saved.", request.path)
            return refused(request, Refusal(503, "unsaved", DISK))

    return opened


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the portal that is about nobody's talk in particular."""

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        return view(request) if request.user.is_authenticated else redirect_to_login(request.get_full_path())

    return opened


def check_post(request: HttpRequest) -> None:
    """Raises Refusal: too large (413), signed out or somebody else (401, 403), sent from a page of another session."""
    check_size(request)
    if not request.user.is_authenticated:
        raise Refusal(401, "signed-out", SIGNED_OUT)
    if (fault := csrf_fault(request)) is not None:
        # A wrong origin is an attack, and its words are nobody's.
        raise Refusal(403, "session" if fault.startswith("CSRF") else "origin", OTHER_SESSION)
    if request.POST.get("who", str(request.user.pk)) != str(request.user.pk):
        raise Refusal(403, "somebody-else", SOMEBODY_ELSE)


def check_size(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_upload = request.content_type == "multipart/form-data" and request.user.is_authenticated
    if int(length) > (LARGEST_BYTES + ROOM_FOR_WORDS if is_upload else LARGEST_WORDS):
        raise Refusal(413, "too-large", TOO_LARGE)
    try:
        request.POST  # noqa: B018  reading it may refuse
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
        raise Refusal(413, "too-large", TOO_LARGE) from error


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def csrf_fault(request: HttpRequest) -> str | None:
    """Django's own check; what it has against the request, None where nothing."""
    check = _Check(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, None, (), {})  # type: ignore[arg-type,return-value]


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """To a script: the reason, and a fresh token where it lacks only that. To a person: their words, to send again."""
    if wants_json(request):
        token = {"token": get_token(request)} if refusal.reason == "session" else {}
        return JsonResponse({"reason": refusal.reason, "words": refusal.words, **token}, status=refusal.status)
    kept = refusal.reason not in ("too-large", "origin")
    sent = [(name, value) for name, values in request.POST.lists() for value in values] if kept else []
    context = {
        "words": refusal.words,
        "signed_out": refusal.status == 401,
        "sent": [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
        "texts": [value for name, value in sent if name not in NOT_WORDS and len(value.split()) > 2],
    }
    return render(request, "speakers/portal/again.html", context, status=refusal.status)
