"""The verbs of accounts: a code is mailed, an address changes, sessions end, somebody becomes an administrator."""

import datetime as dt
import uuid
from contextlib import suppress

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from mailing.actions import call_back, queue_mail, write_message
from mailing.enums import MailState, Urgency
from mailing.models import OutgoingMail
from pages import english

from .addresses import settle_address
from .links import withdraw_links
from .models import User

# Codes for addresses that nobody has go to nobody: RFC 6761 keeps `.invalid` from ever being a host.
NOBODY = "nobody@example.invalid"


def _codes_waiting_for(address: str) -> object:
    return OutgoingMail.objects.filter(recipient=address, state=MailState.QUEUED, purpose__startswith="code:")


@transaction.atomic
def _queue_code(*, to: str, code: str) -> None:
    until = timezone.now() + dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    queue_mail(
        to=to,
        message=write_message(template="accounts/email/sign_in_code"),
        purpose=f"code:{uuid.uuid4()}",
        urgency=Urgency.WAITING,
        filling={"code": code, "until": english.clock_time(timezone.localtime(until))},
    )


@transaction.atomic
def mail_code(*, to: str, code: str) -> None:
    """Mail a sign-in code, ahead of everything else. An older one that still waits is called back: it is dead."""
    call_back(mails=_codes_waiting_for(to), why="A newer code was asked for")
    _queue_code(to=to, code=code)


@transaction.atomic
def mail_code_to_nobody(*, code: str) -> None:
    """Do all of `mail_code` for an address that nobody has, so that it takes as long, and let nothing leave.

    The row names no address. It ends as called back within the same transaction.
    """
    _queue_code(to=NOBODY, code=code)
    call_back(mails=_codes_waiting_for(NOBODY), why="Nobody has the address that a code was asked for")


@transaction.atomic
def mail_notice(*, to: str, what: str) -> None:
    """Tell somebody that their account changed, in case it was not them."""
    queue_mail(
        to=to,
        message=write_message(template="accounts/email/account_changed", context={"what": what}),
        purpose=f"account-changed:{uuid.uuid4()}",
        urgency=Urgency.PERSONAL,
    )


class SwitchedOff(Exception):
    """The account with this address is switched off."""


@transaction.atomic
def let_in(*, email: str) -> User:
    """Whoever has this address; a new person without a role where nobody has.

    Raises:
        SwitchedOff: an administrator decided that they may not sign in.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        with suppress(IntegrityError), transaction.atomic():
            return User.objects.create_user(email)
        # Somebody else has just let them in.
        user = User.objects.get(email=email.strip().lower())
    if not user.is_active:
        raise SwitchedOff(f"The account of {user.email} is switched off. An administrator can switch it on again.")
    return user


def name_account(*, user: User, name: str) -> None:
    """What people are shown instead of an address."""
    first, _, last = name.rpartition(" ")
    user.first_name, user.last_name = first[:150], last[:150]
    user.save(update_fields=["first_name", "last_name"])


@transaction.atomic
def sign_out_everywhere(*, user: User) -> None:
    """End every session of a person, this one too.

    A session is signed with the user's password column, which holds no password but random letters: new letters end
    them all at their next request, whatever keeps sessions. The list of them goes at once.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def address_changed(*, user: User) -> None:
    """An organiser gave somebody another address: codes go there now. What the old one opened is closed."""
    settle_address(user=user)
    withdraw_links(user=user)
    sign_out_everywhere(user=user)


@transaction.atomic
def forget_second_factor(*, user: User) -> int:
    """Take away passkeys, authenticator and recovery codes, for somebody who lost them all; returns how many rows.

    Their sessions end. They set up a new second factor when they next open the admin.
    """
    gone, _ = Authenticator.objects.filter(user=user).delete()
    sign_out_everywhere(user=user)
    return gone


@transaction.atomic
def make_administrator(*, email: str) -> User:
    """Make somebody an administrator: a new person, or one that is there already and gets the right."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        return User.objects.create_superuser(email)
    user.is_staff = user.is_superuser = user.is_active = True
    user.save(update_fields=["is_staff", "is_superuser", "is_active"])
    settle_address(user=user)
    return user
