"""What people type to sign in, and what an administrator types to let somebody."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from .actions import address_changed
from .addresses import settle_address
from .models import User


class SignInForm(forms.Form):
    """An address. Whether somebody has it shows nowhere; it is counted by source and by address all the same."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True}),
        error_messages={
            "required": "Type your e-mail address.",
            "invalid": "That is not a whole e-mail address. One looks like name@example.org.",
        },
    )
    _user: User | None = None

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = User.objects.who_may_sign_in(email)
        return email


class PasskeySignInForm(LoginWebAuthnForm):
    """What a browser says for a passkey. Anything else is a passkey that doesn't fit, not a fault of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError) as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class NewPersonForm(UserCreationForm):
    """Somebody new, by address. They sign in with a code; there is nothing to hand over."""

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        user.set_unusable_password()
        if commit:
            user.save()
            self.save_m2m()
            settle_address(user=user)
        return user


class PersonForm(UserEditForm):
    """Somebody's name, address and roles. A new address ends what the old one opened."""

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        if commit and "email" in self.changed_data:
            address_changed(user=user)
        return user
