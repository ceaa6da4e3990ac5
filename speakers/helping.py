"""Somebody helps a speaker with one talk: named by address, written to with a link of their own, ended at once."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from accounts.links import make_sign_in_link, withdraw_links
from accounts.models import SignInLink, User
from mailing.actions import call_back, queue_mail, write_message
from mailing.enums import Urgency
from mailing.models import OutgoingMail
from pages import english

from .enums import HelperMay
from .models import Contribution, Helper, Speaker
from .notices import let_in_to, message_about, named, title_of, unmarked

MOST = 10
HOUR = dt.timedelta(hours=1)
MAILS_AN_HOUR = 10
MAILS_TO_ONE_AN_HOUR = 3
PRESENCE = dt.timedelta(minutes=5)
OPEN_FOR = dt.timedelta(weeks=8)


class NotNamed(Exception):
    """Somebody can't be let in; the message says why, for the speaker who named them."""


class IsASpeaker(NotNamed):
    """It is the speaker themselves, or another speaker of this talk."""


class HelpsAlready(NotNamed):
    """They help with this talk already, with the same rights or for another speaker."""


class TooManyHelpers(NotNamed):
    """There are enough helpers of this talk."""


class TooManyMails(NotNamed):
    """Enough mails to helpers went within the hour."""


@transaction.atomic
def name_helper(
    *, contribution: Contribution, speaker: Speaker, address: str, name: str, may: HelperMay, by: User, at: dt.datetime
) -> Helper:
    """Let somebody into one talk. Whoever helps this speaker already may do from now on what is said here.

    The same happens whether the address is known or not: where nobody has it, a person without any role is made.

    Side effects: a user; a line in the history; a mail with a link of their own, unless they are switched off.

    Raises:
        NotNamed: one of its kinds, with a sentence for the speaker.
    """
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    _check_speakers(contribution, address=address, by=by)
    helper = contribution.helpers.filter(user__email=address, ended_at=None).select_related("user", "speaker").first()
    if helper is None:
        if contribution.helpers.filter(ended_at=None).count() >= MOST:
            raise TooManyHelpers(f"{MOST} people help with this talk already. End one of them first.")
        _check_mails(contribution, address=address, by=by, at=at)
        user = _user_of(address, name)
        helper = Helper(contribution=contribution, user=user, speaker=speaker, named_by=by, named_at=at)
    elif helper.speaker_id != speaker.pk:
        raise HelpsAlready(f"{helper} helps {helper.speaker} with this talk already, and sees all of it.")
    elif helper.may == may:
        raise HelpsAlready(f"{helper} helps you with this talk already. You can send them a new link below.")
    else:
        _check_mails(contribution, address=address, by=by, at=at)
    helper.may, helper.name = may, name or helper.name
    helper.save()
    log(instance=contribution, action="speakers.name_helper", user=by, data=_told(helper))
    _write_to(helper, at=at)
    return helper


@transaction.atomic
def end_helper(*, helper: Helper, by: User, at: dt.datetime) -> None:
    """They come in no more, from this moment; their links and what still waits to go to them end too.

    Side effects: a line in the history.
    """
    if Helper.objects.filter(pk=helper.pk, ended_at=None).update(ended_at=at):
        withdraw_links(user=helper.user, purpose=helper.purpose)
        call_back(
            mails=OutgoingMail.objects.filter(recipient=helper.user.email, purpose__startswith=f"{helper.purpose}:"),
            why="They no longer help with this talk",
        )
        log(instance=helper.contribution, action="speakers.end_helper", user=by, data=_told(helper))


@transaction.atomic
def write_again(*, helper: Helper, by: User, at: dt.datetime) -> None:
    """Another mail with a fresh link; those of before still work.

    Raises:
        TooManyMails: enough went within the hour.
    """
    Contribution.objects.select_for_update().get(pk=helper.contribution_id)
    _check_mails(helper.contribution, address=helper.user.email, by=by, at=at)
    _write_to(helper, at=at)


def note_presence(*, helper: Helper, at: dt.datetime) -> None:
    """They did something here; kept to a few minutes, so that saving every few seconds isn't two writes."""
    if helper.last_seen_at is None or helper.last_seen_at < at - PRESENCE:
        Helper.objects.filter(pk=helper.pk).update(last_seen_at=at)


def link_for(helper: Helper, *, at: dt.datetime) -> SignInLink:
    """A fresh way in for one mail: one button, this person, this talk, until eight weeks after the evening."""
    talk = helper.contribution.talk  # type: ignore[attr-defined]
    event = talk.event
    ends = max(at, event.over_at if event else at) + OPEN_FOR
    leads_to = reverse("portal:talk", args=[talk.pk])
    return make_sign_in_link(user=helper.user, purpose=helper.purpose, next=leads_to, expires_at=ends)


def tell_writers(*, contribution: Contribution, what: str, purpose: str, **words: Any) -> None:
    """Queue `speakers/email/<what>` to whoever writes for a speaker of this talk, each with a link of their own.

    It names whom they help as `helped`. Not to whoever only comments: they can do nothing about it.
    """
    at = timezone.now()
    for helper in writers_of(contribution):
        helped = {"helped": helper.speaker.name, "otherwise": f"{helper.speaker.name}’s talk"}
        queue_mail(
            to=helper.user.email,
            message=message_about(contribution=contribution, what=what, address="%%link%%", **helped, **words),
            purpose=f"{helper.purpose}:{what}:{purpose}",
            urgency=Urgency.PERSONAL,
            filling={"link": link_for(helper, at=at).url},
        )


def writers_of(contribution: Contribution) -> list[Helper]:
    """Who writes for a speaker of this talk and isn't one of them."""
    writers = Helper.objects.open().filter(contribution=contribution, may=HelperMay.EDIT, user__is_active=True)
    speakers = [user.pk for user in let_in_to(contribution)]
    return list(writers.exclude(user__in=speakers).select_related("user", "speaker"))


def seen_last(helpers: list[Helper]) -> dict[int, dt.datetime]:
    """When each was last at work here, or at least used a link; by key, and nothing for who never came."""
    used = SignInLink.objects.filter(purpose__in=[helper.purpose for helper in helpers], used_at__isnull=False)
    newest = dict(used.order_by().values_list("purpose").annotate(models.Max("used_at")))
    moments = {helper.pk: [helper.last_seen_at, newest.get(helper.purpose)] for helper in helpers}
    return {pk: max(filter(None, found)) for pk, found in moments.items() if any(found)}


def _check_speakers(contribution: Contribution, *, address: str, by: User) -> None:
    if address == by.email:
        raise IsASpeaker("That is you. This talk is open to you already.")
    known = User.objects.filter(email=address).first()
    if known is not None and Contribution.objects.of(known).filter(pk=contribution.pk).exists():
        raise IsASpeaker("They speak in this talk themselves, and have a way in of their own.")


def _check_mails(contribution: Contribution, *, address: str, by: User, at: dt.datetime) -> None:
    """What went is counted by the links that were made for it: it holds over all processes."""
    ours = Helper.objects.filter(models.Q(contribution=contribution) | models.Q(named_by=by))
    purposes = {pk: f"helper:{pk}" for pk in ours.values_list("pk", flat=True)}
    lately = SignInLink.objects.filter(purpose__in=purposes.values(), made_at__gt=at - HOUR)
    if lately.count() >= MAILS_AN_HOUR or lately.filter(user__email=address).count() >= MAILS_TO_ONE_AN_HOUR:
        raise TooManyMails("Enough mails went to people who help you within this hour. Try again in an hour.")


def _user_of(address: str, name: str) -> User:
    """Whoever has this address; a person without any role where nobody has."""
    known = User.objects.filter(email=address).first()
    if known is not None:
        return known
    first, _, last = name.rpartition(" ")
    try:
        with transaction.atomic():
            return User.objects.create_user(address, first_name=first[:150], last_name=last[:150])
    except IntegrityError:
        return User.objects.get(email=address)


def _write_to(helper: Helper, *, at: dt.datetime) -> None:
    if not helper.user.is_active:
        return
    link, talk = link_for(helper, at=at), helper.contribution.talk  # type: ignore[attr-defined]
    draft = helper.contribution.get_latest_revision_as_object()
    words = {
        "who": unmarked(helper.speaker.name),
        "title": unmarked(title_of(draft)),
        "named": unmarked(named(draft, otherwise="their talk")),
        "event": talk.event,
        "may_write": helper.may_write,
    }
    queue_mail(
        to=helper.user.email,
        message=write_message(template="speakers/email/helper_named", context=words),
        purpose=f"{helper.purpose}:named:{link.pk}",
        urgency=Urgency.PERSONAL,
        filling={"link": link.url, "until": english.day(timezone.localtime(link.expires_at))},
    )


def _told(helper: Helper) -> dict[str, str]:
    return {
        "helper": f"{helper.name} ({helper.user.email})" if helper.name else helper.user.email,
        "speaker": helper.speaker.name,
        "may": str(HelperMay(helper.may).label),
    }
