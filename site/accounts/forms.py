"""What people type to sign in, and what an administrator types to let somebody."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
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


# What the libraries raise where bytes are not what a passkey says. Never a fault of ours: somebody made them up.
FORGED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)
DOES_NOT_FIT = "That passkey doesn’t fit. Try again, or take another way."


@contextmanager
def passkeys_words() -> Iterator[None]:
    """Anything but a passkey's words is a passkey that doesn't fit."""
    try:
        yield
    except FORGED as fault:
        raise forms.ValidationError(DOES_NOT_FIT) from fault
    except forms.ValidationError as fault:
        # allauth calls it a code; too many tries stay what they are.
        raise forms.ValidationError(DOES_NOT_FIT) if fault.code == "incorrect_code" else fault from fault


class CredentialField(forms.JSONField):
    """What a browser says for a passkey; one is a few kilobytes long."""

    widget = forms.HiddenInput
    default_error_messages = {"invalid": DOES_NOT_FIT, "required": DOES_NOT_FIT}
    longest = 20_000

    def to_python(self, value: Any) -> Any:
        with passkeys_words():
            return super().to_python(value if len(value or "") <= self.longest else "too long")


class PasskeyForm(forms.Form):
    """What the four forms below have in common."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        # The form that adds a passkey reads it later, in clean().
        read = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        with passkeys_words():
            return read()

    def clean(self) -> Any:
        with passkeys_words():
            return super().clean()


class PasskeySignInForm(PasskeyForm, LoginWebAuthnForm):
    """Signing in."""


class PasskeySecondForm(PasskeyForm, AuthenticateWebAuthnForm):
    """After a code."""


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """Before something that matters."""


class NewPasskeyForm(PasskeyForm, AddWebAuthnForm):
    """A new one, with a name."""

    name = forms.CharField(max_length=60, required=False)

    def clean(self) -> Any:
        data = super().clean()
        if not self.cleaned_data.get("credential") and not self.errors:
            raise forms.ValidationError(DOES_NOT_FIT)
        return data


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
