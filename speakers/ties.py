"""Which account is whose: what an organiser gives to a person, replaces and takes away."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from accounts.actions import let_in, name_account
from accounts.links import make_sign_in_link, withdraw_links
from accounts.models import User
from mailing.actions import call_back, queue_mail, write_message
from mailing.enums import Urgency
from mailing.models import OutgoingMail

from .models import KeptText, Speaker
from .talk_links import KIND

# What goes to speakers, and holds a link of theirs.
TO_SPEAKERS = (
    "speakers/email/handed_over",
    "speakers/email/reminder",
    "speakers/email/published",
    "speakers/email/comments",
    "speakers/email/promise_due",
    "speakers/email/account_given",
    "events/email/invitation",
)
WRONG_ADDRESS = "It went to an address that is no longer this person’s."
ALL_TALKS = "talks"
TOLD_UNTIL = dt.timedelta(weeks=8)


class AddressTaken(Exception):
    """The address is the account of somebody else who speaks."""


def why_not_theirs(*, speaker: Speaker | None, address: str) -> str:
    """Why an address can't be this person's; empty where it can. None is somebody new."""
    owner = Speaker.objects.filter(user__email=address.strip().lower()).first()
    if owner is None or (speaker is not None and owner.pk in (speaker.pk, speaker.merged_into_id)):
        return ""
    return f"{address} is the account of {owner.name}. Use another address, or merge the two if they are one person."


@transaction.atomic
def tie_account(*, speaker: Speaker, address: str, by: User | None = None) -> Speaker:
    """Let whoever has this address in to a person's talks; a new account is made where there is none.

    The account they had before loses them, its links and the mails that still wait for it. A merged person is whom
    they were merged into; that one is returned.

    Side effects: a line in the person's history.

    Raises:
        AddressTaken, accounts.actions.SwitchedOff
    """
    fresh = Speaker.objects.select_for_update().get(pk=speaker.merged_into_id or speaker.pk)
    if sentence := why_not_theirs(speaker=fresh, address=address):
        raise AddressTaken(sentence)
    user = let_in(email=address)
    if fresh.user_id == user.pk:
        return fresh
    if fresh.user is not None:
        _shut_out(fresh.user)
        # What they typed and nobody took over is theirs still.
        KeptText.objects.filter(by=fresh.user).update(by=user)
    _set(fresh, user=user, by=by)
    return fresh


@transaction.atomic
def untie_account(*, speaker: Speaker, by: User | None = None) -> Speaker:
    """Nobody signs in as this person any more. Their talks and words stay as they are.

    Side effects: a line in the person's history.
    """
    fresh = Speaker.objects.select_for_update().get(pk=speaker.merged_into_id or speaker.pk)
    if fresh.user is not None:
        _shut_out(fresh.user)
        _set(fresh, user=None, by=by)
    return fresh


def _set(speaker: Speaker, *, user: User | None, by: User | None) -> None:
    """Past revisions: an account is decided beside a person's draft."""
    data = {"address": user.email if user else "", "before": speaker.user.email if speaker.user else ""}
    speaker.user = user
    speaker.save(update_fields=["user"])
    if user is not None and not user.get_full_name():
        name_account(user=user, name=speaker.name)
    log(instance=speaker, action="speakers.account", user=by, data=data)


def _shut_out(user: User) -> None:
    for kind in (KIND, ALL_TALKS):
        withdraw_links(user=user, kind=kind, for_good=True)
    mails = OutgoingMail.objects.to(user.email).filter(message__template__in=TO_SPEAKERS)
    call_back(mails=mails, why=WRONG_ADDRESS)


@transaction.atomic
def give_account(*, speaker: Speaker, address: str, by: User) -> Speaker:
    """As `tie_account`, by itself and not with an invitation: both addresses are told.

    Side effects: a mail with a link to the new address, a notice to the old one.

    Raises:
        AddressTaken, accounts.actions.SwitchedOff
    """
    before = Speaker.objects.get(pk=speaker.merged_into_id or speaker.pk).user
    kept = tie_account(speaker=speaker, address=address, by=by)
    if kept.user is None or kept.user == before:
        return kept
    if before is not None:
        _tell_taken(kept, before)
    until = timezone.now() + TOLD_UNTIL
    link = make_sign_in_link(
        user=kept.user, purpose=f"{ALL_TALKS}:{kept.pk}", next=reverse("portal:index"), expires_at=until
    )
    queue_mail(
        to=kept.user.email,
        message=write_message(template="speakers/email/account_given"),
        purpose=f"account-given:{link.pk}",
        urgency=Urgency.PERSONAL,
        filling={"name": kept.name, "link": link.url},
    )
    return kept


@transaction.atomic
def take_account_away(*, speaker: Speaker, by: User) -> Speaker:
    """As `untie_account`, and the address is told."""
    before = Speaker.objects.get(pk=speaker.merged_into_id or speaker.pk).user
    kept = untie_account(speaker=speaker, by=by)
    if before is not None:
        _tell_taken(kept, before)
    return kept


def _tell_taken(speaker: Speaker, user: User) -> None:
    queue_mail(
        to=user.email,
        message=write_message(template="speakers/email/account_taken"),
        purpose=f"account-taken:{speaker.pk}:{user.pk}:{timezone.now().timestamp():.0f}",
        urgency=Urgency.PERSONAL,
        filling={"name": speaker.name},
    )
