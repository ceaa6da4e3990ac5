"""How allauth fits this site: mails through the outbox, words of ours, no way off the site, no signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from .actions import mail_code, mail_notice
from .links import is_our_path

CODE = "account/email/login_code"
# allauth's name for a change → what the mail about it says.
NOTICES = {
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
    "mfa/email/totp_activated": "An authenticator app was set up for your account.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account; the old ones are dead.",
}
# allauth's name for a message → what the next page says. The others say what the page says anyway.
MESSAGES = {
    "account/messages/logged_out.txt": "You are signed out.",
    "mfa/messages/webauthn_added.txt": "Your passkey is added.",
    "mfa/messages/webauthn_removed.txt": "That passkey is removed.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is removed.",
}
WRONG_CODE = "That code is not right. Look at it again, and type it once more."


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by code."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": "Those were too many tries. Wait a few minutes, then try again.",
        "rate_limited": "Those were too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Organisers add people; nobody adds themselves."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Signing in leads to a path of this site and nowhere else, not even to its other names."""
        return bool(url) and is_our_path(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The admin for those who may use it; LOGIN_REDIRECT_URL for speakers."""
        admin = request.user.has_perm("wagtailadmin.access_admin")
        return resolve_url("wagtailadmin_home" if admin else settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, with words of ours. An unknown name is a mail nobody wrote: better a fault than a blank."""
        if template_prefix == CODE:
            mail_code(to=email, code=context["code"])
        else:
            mail_notice(to=email, what=NOTICES[template_prefix])

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or MESSAGES.get(message_template or "")
        if words:
            super().add_message(request, level, message=words, extra_tags=extra_tags)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey before codes, where somebody has no authenticator but only recovery codes beside it."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = "Use a passkey" if "webauthn" in method["id"] else "Use a code"
        if not Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists():
            methods.reverse()
        return methods


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys, authenticator apps and recovery codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {there + 1}" if there else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the host name, without its port, and shows the site's own name."""
        return {"id": context.request.get_host().partition(":")[0], "name": str(settings.WAGTAIL_SITE_NAME)}
