"""Setting up a second factor, and going on to where it was asked for."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.internal import flows as totp
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal import flows as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import second_factor


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """What a second factor is, and the two ways to have one."""
    second_factor.keep_goal(request, request.GET.get("next", ""))
    if second_factor.shown_at(request) is not None:
        return HttpResponseRedirect(second_factor.goal(request) or reverse("account"))
    return render(request, "account/second_factor.html", {"goal": second_factor.goal(request)})


class _Again:
    """Whoever has no second factor can't show it again: they are led to setting one up."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not get_adapter().get_reauthentication_methods(request.user):
            return HttpResponseRedirect(reverse("second_factor"))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class CodeAgainView(_Again, ReauthenticateView):
    """Asks for an authenticator's code, or a recovery code, before something that matters."""


class PasskeyAgainView(_Again, ReauthenticateWebAuthnView):
    """Asks for a passkey before something that matters."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response({**self.get_context_data(), "form": form})


class PasskeyView(AddWebAuthnView):
    """Adds a passkey: a key that the device keeps and opens with a finger, a face or a PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Always one that signs in by itself: what is only a second step, an authenticator app does as well.
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "form": kwargs.get("form") or context["form"], "js_data": {"creation_options": options}}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        key, codes = webauthn.add_authenticator(self.request, name=data["name"], credential=data["credential"])
        # They have just shown it.
        post_authentication(self.request, key, reauthenticated=True)
        return second_factor.set_up(self.request, with_codes=codes is not None)


class AuthenticatorView(ActivateTOTPView):
    """Sets up an authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        app, codes = totp.activate_totp(self.request, form)
        # They have just shown it.
        post_authentication(self.request, app, reauthenticated=True)
        return second_factor.set_up(self.request, with_codes=codes is not None)


class RecoveryCodesView(ViewRecoveryCodesView):
    """Shows the recovery codes, and the way on for somebody who came from elsewhere."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "goal": second_factor.goal(self.request)}
