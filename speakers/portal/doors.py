"""Who comes in, and what happens to the words of those who can't: every refusal shows them again."""

import datetime as dt
import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from ..helping import note_presence
from ..slides import LARGEST_BYTES
from ..talk_links import note_visit
from .visits import Rank, Refusal, Visit, at_home, visit_of

logger = logging.getLogger(__name__)
LARGEST_WORDS = 1024 * 1024
ROOM_FOR_WORDS = 2 * 1024 * 1024
# Sending it again would be refused again: the words are there to copy.
FINAL = ("ended", "not-theirs")
NOT_TEXT = re.compile(r"(missing|mode|choice)[-:].*|.*-(id|kind|language)|.*_precision")
NOT_WORDS = ("csrfmiddlewaretoken", "base", "revision", "page", "who", "lists", "do", "settles")
TOO_LARGE = (
    "That was too much at once, so nothing of it was kept. "
    "Go back: your words are still in the form. Slides may have 50 MB."
)
SIGNED_OUT = "You have been signed out. Sign in again in another tab, then come back here and send this again."
OTHER_SESSION = "You signed in again after this page was opened. Your words are here: send them again."
DISK = "Something is wrong on our side, and your words could not be saved. They are here: send them again in a minute."
UNREAD = "Something is wrong on our side, and nothing of this was kept. Go back: your words are still in the form."
SOMEBODY_ELSE = "You are signed in as somebody else now. Sign in as yourself, then send this again."


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


View = Callable[..., HttpResponse]
Find = Callable[[HttpRequest, dict[str, Any]], Any]


def at_my_talk(view: View) -> View:
    """A view for a talk's own speakers. Whoever helps them is told in words that it isn't for them."""
    return _at_a_talk(view, least=Rank.SPEAKER)


def open_to_editors(view: View) -> View:
    """A view for a talk's speakers and whoever writes for them."""
    return _at_a_talk(view, least=Rank.EDITOR)


def open_to_helpers(view: View) -> View:
    """A view for a talk's speakers and everybody who helps them."""
    return _at_a_talk(view, least=Rank.COMMENTER)


def _at_a_talk(view: View, *, least: Rank) -> View:
    return guarded(view, lambda request, named: _admitted(request, named.pop("talk_pk"), least))


def at_my_profile(view: View) -> View:
    """A view of one's own person, in the same way."""
    return guarded(view, lambda request, named: at_home(request))


def guarded(view: View, find: Find) -> View:
    """`find` says who it is from the request, taking what it needs of the address; it raises Refusal or Http404.

    CSRF is checked here, after the size, so that a refusal can show the words again.
    """

    @csrf_exempt
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return _answer(request, view, find, kwargs)

    return opened


def _answer(request: HttpRequest, view: View, find: Find, named: dict[str, Any]) -> HttpResponse:
    try:
        if request.method == "POST":
            check_post(request)
        return view(find(request, named), **named)
    except Refusal as refusal:
        return refused(request, refusal)
    except DatabaseError:
        logger.exception("What a speaker sent to %s could not be saved.", request.path)
        return refused(request, Refusal(503, "unsaved", DISK))


def _admitted(request: HttpRequest, talk_pk: int, least: Rank) -> Visit:
    """Raises Refusal, or Http404, where this talk or this view isn't theirs."""
    visit = visit_of(request, talk_pk)
    visit.must_be(least)
    if request.method == "POST":
        _note(visit, at=timezone.now())
    return visit


def _note(visit: Visit, *, at: dt.datetime) -> None:
    """Who sends something was here: looking alone leaves no trace."""
    if visit.helper is not None:
        note_presence(helper=visit.helper, at=at)
    else:
        note_visit(contribution_id=visit.contribution.pk, user_id=visit.user.pk, at=at)


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
    except OSError as error:
        # A full disk has no room for the file on its way in; a browser that went away doesn't hear this.
        logger.exception("What a speaker sent could not be read.")
        raise Refusal(503, "unread", UNREAD) from error


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
    is_final = refusal.reason in FINAL
    context = {
        "words": refusal.words,
        "is_final": is_final,
        "signed_out": refusal.status == 401,
        "sent": [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
        "texts": [value for name, value in sent if is_text(name) and len(value.split()) > (0 if is_final else 2)],
    }
    return render(request, "speakers/portal/again.html", context, status=refusal.status)


def is_text(name: str) -> bool:
    """Whether a field holds what somebody wrote, rather than what they chose or what the page needs."""
    return name not in NOT_WORDS and not NOT_TEXT.fullmatch(name)
