"""Signing in with a code: an address, then what was mailed to it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from ..actions import mail_code_to_nobody
from ..links import is_our_path
from ..models import User


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where a form for a password would be: to ours, keeping where they were going."""
    goal = request.GET.get("next", "")
    if not is_our_path(goal):
        goal = reverse("wagtailadmin_home") if request.path.startswith(reverse("wagtailadmin_home")) else ""
    query = f"?{urlencode({'next': goal})}" if goal else ""
    return HttpResponseRedirect(reverse("account_login") + query)


class SignInView(RequestLoginCodeView):
    """Asks for an address, and answers the same whether somebody has it or not."""

    template_name = "account/sign_in.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponse | None:
        """Who is halfway goes on there, unless they send the form again or ask for it (`?again`)."""
        if request.method == "POST":
            clear_login(request)
        if request.method == "POST" or "again" in request.GET or stage.urlname is None:
            return None
        return HttpResponseRedirect(self.passthrough_next_url(reverse(stage.urlname)))

    def form_valid(self, form: Any) -> HttpResponse:
        if form._user is None:
            mail_code_to_nobody(code=get_adapter().generate_login_code())
        return super().form_valid(form)


class CodeView(ConfirmLoginCodeView):
    """Asks for the code: three tries within ten minutes, in the browser that asked for it."""

    template_name = "account/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        stage = getattr(self, "stage", None)
        if stage is None and not request.user.is_authenticated:
            messages.error(request, "Type a code in the browser in which you asked for it, or ask for a new one here.")
        elif stage is not None and self._process is None:
            messages.error(request, "That code was more than ten minutes old. Ask for a new one.")
        elif stage is not None and stage.login.user is None:
            # A known person was read from the session by number: read somebody here too, so that it takes as long.
            User.objects.order_by("pk").first()
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Counts tries once more where two at the same time can't miss each other, as in a session they can."""
        asked = f"{request.session.session_key}:{self._process.state['at']}"
        if ratelimit.consume(request, action="sign_in_code", key=asked):
            return super().post(request, *args, **kwargs)
        self._process.abort()
        messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
        return HttpResponseRedirect(reverse("account_login"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        used = self._process.state["failed_attempts"]
        left = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS - used
        return super().get_context_data(**kwargs) | {"tries_left": left if used else None}
