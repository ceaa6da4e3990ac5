"""One's own account: what there is to sign in with, where one is signed in, and leaving."""

from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from .. import second_factor
from ..actions import sign_out_everywhere


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The address, passkeys, authenticator, recovery codes and sessions of whoever is signed in."""
    kept = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    types = Authenticator.Type
    context = {
        "passkeys": [each for each in kept if each.type == types.WEBAUTHN],
        "authenticator": next((each for each in kept if each.type == types.TOTP), None),
        "codes": next((each.wrap() for each in kept if each.type == types.RECOVERY_CODES), None),
        "sessions": UserSession.objects.filter(user=request.user).order_by("-created_at", "-pk"),
        "opens_admin": request.user.has_perm("wagtailadmin.access_admin"),
        "goal": second_factor.goal(request),
        "required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "account/account.html", context)


@require_POST
@login_required
def everywhere(request: HttpRequest) -> HttpResponse:
    """Ends all sessions of whoever is signed in, here and elsewhere."""
    sign_out_everywhere(user=request.user)  # type: ignore[arg-type]
    logout(request, show_message=False)
    messages.success(request, "You are signed out, here and everywhere else.")
    return HttpResponseRedirect(reverse("account_login"))
