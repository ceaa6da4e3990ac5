"""A speaker is invited to a talk, again, or no longer."""

import datetime as dt

from django.db import transaction
from wagtail.log_actions import log

from accounts.links import withdraw_links
from accounts.models import SignInLink, User
from mailing.actions import call_back, queue_mail
from mailing.enums import Urgency
from mailing.models import Message, OutgoingMail
from pages import english

from .actions import hand_over
from .batons import sent_by_a_speaker
from .enums import Baton
from .models import Contribution, Invitation, Speaker
from .talk_links import make_talk_link, purpose_of
from .ties import tie_account, untie_account

# A second press of the button, not a second thought.
JUST_NOW = dt.timedelta(minutes=1)
WITHDRAWN = "The invitation was withdrawn."


@transaction.atomic
def invite(
    *,
    contribution: Contribution,
    speaker: Speaker,
    address: str,
    message: Message,
    note: str,
    hands_over: bool,
    by: User,
    at: dt.datetime,
) -> Invitation:
    """Mail a speaker the way to their talk, and let their account in to it.

    `message` has the blanks %%name%%, %%link%% and %%until%%. `hands_over` gives the contribution to its speakers,
    without a mail of its own. What was sent within the last minute is not sent twice; what went to another address of
    theirs is withdrawn, since that address was wrong.

    Side effects: an account, a link, a mail ahead of all but codes, a line in the contribution's history.

    Raises:
        ties.AddressTaken, accounts.actions.SwitchedOff
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    person = tie_account(speaker=speaker, address=address, by=by)
    user: User = person.user  # type: ignore[assignment]  # it has just been tied
    theirs = fresh.invitations.standing().filter(speaker=person)
    theirs.exclude(address=user.email).update(withdrawn_at=at)
    if (newest := theirs.filter(sent_at__gt=at - JUST_NOW).last()) is not None:
        return newest
    link = make_talk_link(user=user, contribution=fresh, at=at)
    invitation: Invitation = fresh.invitations.create(
        speaker=person, address=user.email, note=note, by=by, sent_at=at, link=link
    )
    _mail(invitation, message=message, zone=fresh.talk.event.zone if fresh.talk.event else None)
    if hands_over:
        hand_over(contribution=fresh, to=Baton.SPEAKERS, at=at, by=by)
    log(instance=fresh, action="speakers.invite", user=by, data={"speaker": person.name, "address": user.email})
    return invitation


def _mail(invitation: Invitation, *, message: Message, zone: dt.tzinfo | None) -> None:
    link: SignInLink = invitation.link  # type: ignore[assignment]  # it was made with its link
    until = english.day(link.expires_at.astimezone(zone).date())
    queue_mail(
        to=invitation.address,
        message=message,
        purpose=invitation.mail_purpose,
        urgency=Urgency.INVITATION,
        filling={"name": invitation.speaker.name, "link": link.url, "until": until},
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: dt.datetime) -> int:
    """End all invitations of one speaker to one talk: their links, their mails that wait, their way in.

    What they wrote stays. An account that nobody ever signed in to is taken away from them with its last invitation:
    its address may be wrong. Returns how many were standing.

    Side effects: a line in the contribution's history.
    """
    contribution = Contribution.objects.select_for_update().get(pk=invitation.contribution_id)
    speaker = Speaker.objects.select_related("user").get(pk=invitation.speaker_id)
    standing = list(contribution.invitations.standing().filter(speaker=speaker))
    if not standing:
        return 0
    Invitation.objects.filter(pk__in=[one.pk for one in standing]).update(withdrawn_at=at)
    purposes = [one.mail_purpose for one in standing]
    call_back(mails=OutgoingMail.objects.filter(purpose__in=purposes), why=WITHDRAWN)
    if speaker.user is not None:
        withdraw_links(user=speaker.user, purpose=purpose_of(contribution), for_good=True)
        if speaker.user.last_login is None and not speaker.invitations.standing().exists():
            untie_account(speaker=speaker, by=by)
    log(instance=contribution, action="speakers.withdraw_invitation", user=by, data={"speaker": speaker.name})
    return len(standing)


def should_hand_over(contribution: Contribution) -> bool:
    """Whether inviting hands it over unless somebody says otherwise: its speakers have not sent it yet."""
    newest = contribution.newest_handover()
    return newest is None or (newest.to == Baton.ORGANISERS and not sent_by_a_speaker(contribution, newest))
