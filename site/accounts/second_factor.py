"""When the admin opens: a second factor was shown in this session, and the admin was used within half a day since."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from .links import is_our_path

IDLE_SECONDS = 12 * 60 * 60
NOTED_EVERY_SECONDS = 10 * 60
SEEN_KEY = "accounts.admin_seen_at"
NEXT_KEY = "accounts.after_second_factor"


def shown_at(request: HttpRequest) -> float | None:
    """When a passkey, an authenticator's code or a recovery code was last shown in this session (seconds, Unix)."""
    records = get_authentication_records(request, request.user)
    return max((record["at"] for record in records if record["method"] == "mfa"), default=None)


def opens_admin(request: HttpRequest) -> bool:
    """Whether this session may use the admin now. Notes that it was used, every ten minutes at most."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return True
    shown, now = shown_at(request), time.time()
    if shown is None:
        return False
    seen = max(shown, request.session.get(SEEN_KEY, 0.0))
    if now - seen > IDLE_SECONDS:
        return False
    if now - seen > NOTED_EVERY_SECONDS:
        request.session[SEEN_KEY] = now
    return True


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to showing the second factor, or to setting one up, and from there to where they were going."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    way = methods[0]["url"] if methods else reverse("second_factor")
    goal = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{way}?{urlencode({'next': goal})}")


def keep_goal(request: HttpRequest, path: str) -> None:
    """Remember where somebody was going before they set up a second factor."""
    if path and is_our_path(path):
        request.session[NEXT_KEY] = path


def goal(request: HttpRequest) -> str:
    """Where they were going, or empty."""
    return str(request.session.get(NEXT_KEY, ""))


def set_up(request: HttpRequest, *, with_codes: bool) -> HttpResponse:
    """The page after setting one up: the recovery codes if they are new, or where they were going."""
    if with_codes:
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    return HttpResponseRedirect(request.session.pop(NEXT_KEY, None) or reverse("account"))
